"""What counts for a whole submission, as nbgrader's gradebook has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbgrader.api import SubmittedAssignment


@dataclass(frozen=True)
class Total:
    """What counts for a submission: the marks, None if there are none yet, and the points."""

    mark: float | None
    most: float

    def __str__(self) -> str:
        return "no marks" if self.mark is None else f"{self.mark:g} of {self.most:g}"


def total_of(submission: SubmittedAssignment) -> float | None:
    """What counts in the end, the penalty taken off; None if there are no marks yet."""
    grades = (grade for notebook in submission.notebooks for grade in notebook.grades)
    penalty = float(submission.late_submission_penalty or 0)
    return max(0.0, submission.score - penalty) if any(map(has_mark, grades)) else None


def hours_late(submission: SubmittedAssignment) -> float:
    return submission.total_seconds_late / 3600


def has_mark(grade: Any) -> bool:
    """A cell that a person has yet to read has no mark, which is not the same as 0."""
    return grade.auto_score is not None or grade.manual_score is not None
