"""results.jsonl: what came of every submission, a line for each, for programs.

A line is added when all of a submission has been written. So it says where a run that was
interrupted goes on, and a run that ends puts the lines in order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grading.files import replace_file
from grading.run.schema import stamped

RESULTS = "results.jsonl"
Record = dict[str, Any]
Key = tuple[str, str]  # assignment and student


def read_records(folder: Path) -> dict[Key, Record]:
    """Return the last line of each submission; a line that is cut off is none."""
    path = folder / RESULTS
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    records: dict[Key, Record] = {}
    for line in lines:
        try:
            record = json.loads(line)
            records[record["assignment"], record["student"]] = record
        except (ValueError, KeyError, TypeError):
            continue  # the run was ended while it wrote this
    return records


def add_record(folder: Path, record: Record) -> Record:
    """Add a line, on the disk before this returns; after one that was cut off, on a line of its own.

    Returns the record as it is written, with the schema's version. Raises ValueError if it does not fit
    the schema, such as an unknown status.
    """
    record = stamped(record)
    with (folder / RESULTS).open("ab+") as file:
        file.seek(max(0, file.tell() - 1))
        cut_off = file.read(1) not in (b"", b"\n")
        file.write(b"\n" * cut_off + _line(record).encode())
        file.flush()
        os.fsync(file.fileno())
    return record


def write_records(folder: Path, records: Mapping[Key, Record]) -> None:
    """Write all lines anew, in order."""
    replace_file(folder / RESULTS, "".join(_line(records[key]) for key in sorted(records)))


def _line(record: Record) -> str:
    return json.dumps(record) + "\n"  # in ASCII: no sign of a name ends a line
