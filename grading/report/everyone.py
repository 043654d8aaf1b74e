"""Each student over all assignments, the totals of the course, and the students who handed in nothing.

Here a missing mark never counts as 0. A sum is over the assignments that have marks, and it says how many
marks they have at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from grading.report.marks import Distribution, distribution
from grading.report.overview import left_out
from grading.report.results import Submission
from grading.roster import same_text
from grading.run.unmarked import Unmarked
from grading.status import SubmissionStatus


class Standing(Enum):
    """The state of a student's work on one assignment."""

    FINAL = "final"
    NOT_FINAL = "not final"  # answers wait to be read
    OUT_OF_DATE = SubmissionStatus.OUT_OF_DATE.value
    NO_MARKS = "no marks"  # handed in, but could not be marked
    NOT_MARKED = "not marked yet"  # the last run was stopped before this submission
    NOTHING = "nothing handed in"

    @property
    def has_marks(self) -> bool:
        return self in (Standing.FINAL, Standing.NOT_FINAL, Standing.OUT_OF_DATE)


@dataclass(frozen=True)
class StudentMark:
    """A student's marks in one assignment. There are marks only if the standing has marks.

    most: the most marks for the answers that have been marked. An answer that waits for a person is left out.
    """

    assignment: str
    standing: Standing
    marks: float = 0.0
    most: float = 0.0


@dataclass(frozen=True)
class StudentRow:
    """One student over all assignments, in the order of the report."""

    student: str
    cells: tuple[StudentMark, ...]

    @property
    def marks(self) -> float:
        return sum(each.marks for each in self.cells if each.standing.has_marks)

    @property
    def most(self) -> float:
        """Return the most marks in the assignments in which this student has marks."""
        return sum(each.most for each in self.cells if each.standing.has_marks)

    @property
    def has_marks(self) -> bool:
        return any(each.standing.has_marks for each in self.cells)

    @property
    def unfinished(self) -> tuple[StudentMark, ...]:
        """Return the assignments without marks, and those whose marks are not final."""
        return tuple(each for each in self.cells if each.standing is not Standing.FINAL)


@dataclass(frozen=True)
class Everyone:
    """The class over all assignments.

    rows: one row for each student.
    totals: the totals of the students who have marks in all assignments.
    absent: for each assignment, the students of students.csv who handed in nothing; empty without that file.
    listed: how many students are in students.csv.
    """

    names: tuple[str, ...]
    rows: tuple[StudentRow, ...]
    totals: Distribution | None
    absent: Mapping[str, tuple[str, ...]]
    listed: int

    @property
    def counted(self) -> int:
        """Return how many students the totals count."""
        return self.totals.count if self.totals else 0


def everyone(
    grouped: Mapping[str, Sequence[Submission]],
    missing: Sequence[Unmarked] = (),
    roster: Sequence[str] = (),
) -> Everyone:
    """Return the class over all assignments.

    grouped: the submissions of each assignment. missing: the submissions that are not marked yet.
    roster: the students of the class.
    """
    known = {(each.student, each.assignment): each for own in grouped.values() for each in own}
    waiting = {(each.student, each.assignment) for each in missing}
    students = _students(known, waiting, roster)
    rows = tuple(
        StudentRow(student, tuple(_mark(student, name, known, waiting) for name in grouped))
        for student in students
    )
    here = {(same_text(student), name) for student, name in {*known, *waiting}}
    absent = {
        name: tuple(sorted(each for each in roster if (same_text(each), name) not in here))
        for name in grouped
    }
    return Everyone(tuple(grouped), rows, _totals(grouped), absent, len(roster))


def _students(
    known: Iterable[tuple[str, str]], waiting: Iterable[tuple[str, str]], roster: Sequence[str]
) -> list[str]:
    """Return every student once, in order. Two forms of a name in Unicode are the same name."""
    found = {same_text(student): student for student in roster}
    found |= {same_text(student): student for student, _ in [*waiting, *known]}
    return sorted(found.values(), key=str.casefold)


def _mark(
    student: str,
    name: str,
    known: Mapping[tuple[str, str], Submission],
    waiting: Iterable[tuple[str, str]],
) -> StudentMark:
    found = known.get((student, name))
    if found is None or (student, name) in waiting:
        return StudentMark(name, Standing.NOT_MARKED if (student, name) in waiting else Standing.NOTHING)
    standing = standing_of(found)
    return StudentMark(name, standing, *((found.total, _most(found)) if standing.has_marks else ()))


def _most(submission: Submission) -> float:
    """Return the most marks of a submission, without the answers that wait to be read."""
    return submission.most - sum(each.most for each in submission.questions.values() if each.waits)


def standing_of(submission: Submission) -> Standing:
    """Return the standing of one submission."""
    if not submission.is_read or submission.total is None:
        return Standing.NO_MARKS
    if submission.status is SubmissionStatus.OUT_OF_DATE:
        return Standing.OUT_OF_DATE
    waits = any(each.waits for each in submission.questions.values())
    return Standing.NOT_FINAL if waits else Standing.FINAL


def _totals(grouped: Mapping[str, Sequence[Submission]]) -> Distribution | None:
    """Return the totals of students with marks in all assignments, without questions with unread answers."""
    earned: list[dict[str, float]] = []
    most = 0.0
    for own in grouped.values():
        out = left_out(own)
        earned.append({each.student: total for each in own if (total := each.counted(out)) is not None})
        most += max((each.most for each in own), default=0.0) - sum(out.values())
    everywhere = set.intersection(*map(set, earned)) if earned else set()
    return distribution([sum(each[student] for each in earned) for student in sorted(everywhere)], most)
