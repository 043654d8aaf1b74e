"""results.jsonl: the result of every submission, one line for each, for programs.

A line is added after everything about a submission has been written. So the file shows where an interrupted
run must go on. At the end of a run the lines are sorted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grading.files import replace_file
from grading.private import opener
from grading.run.schema import is_ours, is_readable, stamped

RESULTS = "results.jsonl"
STRANGE = f"{RESULTS}.not-understood"
DIGITS = 18  # the most digits of a whole number
Record = dict[str, Any]
Key = tuple[str, str]  # assignment and student


@dataclass(frozen=True)
class Journal:
    """The contents of results.jsonl: the last line of each submission, and lines that are not understood.

    A line of another version's schema is used only if no line of this version comes before it.
    """

    records: dict[Key, Record]
    not_understood: tuple[str, ...] = ()


def read_journal(folder: Path) -> Journal:
    """Return the contents of results.jsonl. A line that was cut off is not understood."""
    path = folder / RESULTS
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    records: dict[Key, Record] = {}
    strange = []
    for line in filter(str.strip, lines):
        record = _record(line)
        key = (record["assignment"], record["student"]) if record else ("", "")
        if record is None or (key in records and is_ours(records[key]) and not is_ours(record)):
            strange.append(line)
        else:
            records[key] = record
    return Journal(records, tuple(strange))


def read_records(folder: Path) -> dict[Key, Record]:
    """Return the last understood line of each submission."""
    return read_journal(folder).records


def _record(line: str) -> Record | None:
    """Return a line as a record; None if it is incomplete or not a record."""
    try:
        record = json.loads(line, parse_int=_whole, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return record if is_readable(record) else None


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= DIGITS else _no_number(digits)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text[:DIGITS]} is no number that we write")


def add_record(folder: Path, record: Record, known: dict[Key, Record] | None = None) -> Record:
    """Add a line; when this returns, it is on the disk. If the last line was cut off, begin a new line first.

    Return the record as it is written, with the schema's version. Raises ValueError if it does not fit
    the schema, for example if it has an unknown status.

    known: records to which this record is also added. That happens first, because Ctrl + C may come between
    the two. If it replaces a line of another version, that line is kept in a separate file.
    """
    record, key = stamped(record), (record["assignment"], record["student"])
    if known is not None:
        if not is_ours(known.get(key, record)):
            _set_aside(folder, [_line(known[key]).strip()])
        known[key] = record
    with open(folder / RESULTS, "ab+", opener=opener) as file:
        file.seek(max(0, file.tell() - 1))
        cut_off = file.read(1) not in (b"", b"\n")
        file.write(b"\n" * cut_off + _line(record).encode())
        file.flush()
        os.fsync(file.fileno())
    return record


def write_records(folder: Path, records: Mapping[Key, Record]) -> None:
    """Write all lines again, sorted. Lines that are not understood are kept in a separate file."""
    _set_aside(folder, read_journal(folder).not_understood)
    replace_file(folder / RESULTS, "".join(_line(records[key]) for key in sorted(records)))


def _set_aside(folder: Path, lines: Sequence[str]) -> None:
    """Keep lines in a separate file in the same folder, each line once."""
    path = folder / STRANGE
    kept = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    if new := [line for line in lines if line not in kept.split("\n")]:
        replace_file(path, kept + "".join(f"{line}\n" for line in new))


def _line(record: Record) -> str:
    return json.dumps(record) + "\n"  # in ASCII: no character of a name can end a line
