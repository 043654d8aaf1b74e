"""Marks that a run would make anew, and has not: the assignment or the grader has changed since.

After a change of an assignment, a run of some students alone leaves the others' marks as they are. Beside the
new ones they must not pass for marks of the same assignment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from grading.run.bundle import Bundle, digest
from grading.run.environment import environment, environment_key
from grading.run.journal import Key, Record
from grading.run.schema import is_ours
from grading.status import SubmissionStatus

WHY = "the assignment or the grader has changed since these marks were made"
DIGITS = 16  # of a hash, enough to tell two apart


def against(bundle: Bundle) -> str:
    """Return in a word what submissions are marked with: the assignment, the packages, and this course."""
    return digest([environment_key(environment(bundle.world)), bundle.key])[:DIGITS]


def outdated(
    records: Mapping[Key, Record], assignment: str, now: str, except_for: Collection[str]
) -> Iterator[Record]:
    """Yield the records of an assignment that other than `now` made, with the status that says so.

    except_for: students of whom this run has made sure. A record that does not say what it was marked with
    is left out.
    """
    for (name, student), record in records.items():
        is_it = name == assignment and student not in except_for and is_ours(record)
        if is_it and record.get("against", now) != now and SubmissionStatus(record["status"]).has_marks:
            yield {**record, "status": SubmissionStatus.OUT_OF_DATE, "why": WHY}


def is_outdated(record: Record) -> bool:
    """Tell whether a record says that its marks are out of date."""
    return record.get("status") == SubmissionStatus.OUT_OF_DATE


def outdated_in(records: Mapping[Key, Record]) -> dict[str, list[str]]:
    """Return who has marks that are out of date, in order, by assignment."""
    found: dict[str, list[str]] = {}
    for (name, student), record in sorted(records.items()):
        if is_outdated(record):
            found.setdefault(name, []).append(student)
    return found
