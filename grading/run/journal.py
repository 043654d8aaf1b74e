"""results.jsonl: what came of every submission, a line for each, for programs.

A line is added when all of a submission has been written. So it says where a run that was
interrupted goes on, and a run that ends puts the lines in order.
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
DIGITS = 18  # of a whole number
Record = dict[str, Any]
Key = tuple[str, str]  # assignment and student


@dataclass(frozen=True)
class Journal:
    """What is in it: the last line of each submission, and the lines that are none of ours.

    A line of another version's schema is the last one only if no line of this version comes before it.
    """

    records: dict[Key, Record]
    not_understood: tuple[str, ...] = ()


def read_journal(folder: Path) -> Journal:
    """Return what results.jsonl holds. A line that was cut off is not understood."""
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
    """Return the last line of each submission, of those that are understood."""
    return read_journal(folder).records


def _record(line: str) -> Record | None:
    """A line as a record; None if it is incomplete or of something else."""
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
    """Add a line, on the disk before this returns; after one that was cut off, on a line of its own.

    Returns the record as it is written, with the schema's version. Raises ValueError if it does not fit
    the schema, such as an unknown status. known: where it is put as well, before it is on the disk: Ctrl + C
    may come between the two. A line of another version that is replaced there is kept aside.
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
    """Write all lines anew, in order. Those that are not understood are kept in a file beside it."""
    _set_aside(folder, read_journal(folder).not_understood)
    replace_file(folder / RESULTS, "".join(_line(records[key]) for key in sorted(records)))


def _set_aside(folder: Path, lines: Sequence[str]) -> None:
    """Keep lines in a file beside it, each once."""
    path = folder / STRANGE
    kept = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    if new := [line for line in lines if line not in kept.split("\n")]:
        replace_file(path, kept + "".join(f"{line}\n" for line in new))


def _line(record: Record) -> str:
    return json.dumps(record) + "\n"  # in ASCII: no sign of a name ends a line
