"""Marks that are out of date: the assignment or the grader has changed, and the run did not mark them again.

After a change of an assignment, a run for only some students does not change the other students' marks. But
old marks must not look like marks for the same assignment as the new ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from grading.run.bundle import Bundle, digest
from grading.run.environment import environment, environment_key
from grading.run.journal import Key, Record
from grading.run.schema import is_ours
from grading.status import SubmissionStatus

WHY = "the assignment or the grader has changed since these marks were made"
DIGITS = 16  # of a hash; this is sufficient to distinguish two hashes


def against(bundle: Bundle) -> str:
    """Return a hash of what submissions are marked with: the assignment, the packages, and this course."""
    return digest([environment_key(environment(bundle.world)), bundle.key])[:DIGITS]


def outdated(
    records: Mapping[Key, Record], assignment: str, now: str, except_for: Collection[str]
) -> Iterator[Record]:
    """Yield the records of an assignment that were made with something other than `now`, as out of date.

    except_for: students whose records this run has checked. A record that does not say what it was marked
    with is left out.
    """
    for (name, student), record in records.items():
        is_it = name == assignment and student not in except_for and is_ours(record)
        if is_it and record.get("against", now) != now and SubmissionStatus(record["status"]).has_marks:
            yield {**record, "status": SubmissionStatus.OUT_OF_DATE, "why": WHY}


def is_outdated(record: Record) -> bool:
    """Tell whether a record says that its marks are out of date."""
    return record.get("status") == SubmissionStatus.OUT_OF_DATE


def outdated_in(records: Mapping[Key, Record]) -> dict[str, list[str]]:
    """Return the students whose marks are out of date, sorted, by assignment."""
    found: dict[str, list[str]] = {}
    for (name, student), record in sorted(records.items()):
        if is_outdated(record):
            found.setdefault(name, []).append(student)
    return found
