"""The total that counts for a whole submission, from nbgrader's gradebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nbgrader.api import SubmittedAssignment


@dataclass(frozen=True)
class Total:
    """The total that counts for a submission. mark: None if there are no marks yet. most: the points."""

    mark: float | None
    most: float

    def __str__(self) -> str:
        return "no marks" if self.mark is None else f"{self.mark:g} of {self.most:g}"


def total_of(submission: SubmittedAssignment) -> float | None:
    """Return the total that counts in the end, minus the penalty; None if there are no marks yet."""
    grades = (grade for notebook in submission.notebooks for grade in notebook.grades)
    penalty = float(submission.late_submission_penalty or 0)
    return max(0.0, submission.score - penalty) if any(map(has_mark, grades)) else None


def hours_late(submission: SubmittedAssignment) -> float:
    return submission.total_seconds_late / 3600


def has_mark(grade: Any) -> bool:
    """Tell whether a cell has a mark. If a person must still read it, it has no mark, which is not 0."""
    return grade.auto_score is not None or grade.manual_score is not None
