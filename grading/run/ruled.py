"""The policies of a run. They are read before marking, and are in the gradebook before a row is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from grading.policies.known import KnownNames
from grading.policies.read import NO_POLICIES, Policies, read_policies
from grading.run.gradebook import MarkBook
from grading.run.options import Work
from grading.run.rows import Rows

if TYPE_CHECKING:
    from grading.run.course import ClassRun

__all__ = ["NO_POLICIES", "known_names", "policies_for", "settled_rows"]


def policies_for(run: ClassRun) -> Policies:
    """Return the policies in policies.toml. If they choose earlier attempts, these are read from now on.

    Raises ValueError, which names everything in the file that is not understood.
    """
    policies = read_policies(run.course.root, known_names(run))
    run.received.use_attempts(run.course.root, policies)
    return policies


def known_names(run: ClassRun) -> KnownNames:
    """Return the names that policies.toml may use: from students.csv, submitted/ and the results."""
    others = {student for _, student in {*run.received.there, *run.records}}
    return KnownNames(run.course, run.received.rows, others)


def settled_rows(run: ClassRun, marks: MarkBook, work: Sequence[Work]) -> Rows:
    """Write the marks that count into the gradebook, and return the writer of each submission's row."""
    points = known_names(run).questions
    for name in (each.assignment.name for each in work if each.todo or each.unchanged):
        marks.settle(name, run.records, partial(points, name))
    return Rows(run.kept, run.received, marks, run.in_book)
