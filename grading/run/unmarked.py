"""unmarked.json: the submissions that the last run had to mark, and has not marked yet.

It is written before a run marks anything. So the report can name the missing students, however the run ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path
from typing import Any

from grading.files import read_json, replace_file
from grading.run.journal import Key, Record
from grading.run.standing import stands
from grading.status import SubmissionStatus

FILE = "unmarked.json"


@dataclass(frozen=True)
class Unmarked:
    """A submission to be marked. key: the key that its record gets when it is marked."""

    assignment: str
    student: str
    key: str

    def is_done(self, records: Mapping[Key, Record]) -> bool:
        """Tell whether it has its record, or one that says why there are no marks, or only earlier ones."""
        record = records.get((self.assignment, self.student), {})
        status = SubmissionStatus.known(record.get("status"))
        without_marks = status is not None and not status.has_marks and "key" not in record
        return without_marks or stands(record) or record.get("key") == self.key


def write_unmarked(folder: Path, waiting: Iterable[Unmarked]) -> None:
    """Write the file again, or remove it if no submission is waiting."""
    told = [asdict(each) for each in waiting]
    if told:
        replace_file(folder / FILE, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    else:
        (folder / FILE).unlink(missing_ok=True)


def unmarked_in(told: Any) -> list[Unmarked]:
    """Return the contents of the file's JSON. Raises an error if it has another form."""
    found = [Unmarked(**one) for one in told]
    if not all(isinstance(part, str) for each in found for part in astuple(each)):
        raise TypeError(f"{FILE} holds something that is no text")
    return found


def read_unmarked(folder: Path, records: Mapping[Key, Record]) -> list[Unmarked]:
    """Return the submissions that have not been marked yet, sorted."""
    found = [each for each in read_json(folder / FILE, unmarked_in, []) if not each.is_done(records)]
    return sorted(found, key=lambda each: (each.assignment, each.student))
