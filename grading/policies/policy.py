"""The policies of one assignment: the decisions of an instructor that change marks, points or dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grading.policies.penalty import PenaltyRule


@dataclass(frozen=True)
class DueDate:
    """A time in UTC without a zone, as the gradebook keeps it, and as the instructor wrote it."""

    when: datetime
    written: str


@dataclass(frozen=True)
class Extension:
    """More time for one student, or no penalty. reason: a note for the instructor; no page shows it."""

    until: DueDate | None = None
    no_penalty: bool = False
    reason: str = ""


@dataclass(frozen=True)
class AttemptChoice:
    """The earlier attempt of a student that is marked. reason: a note for the instructor."""

    use: int
    reason: str = ""


@dataclass(frozen=True)
class HandMark:
    """A mark that replaces all others, with a comment for the student."""

    marks: float
    comment: str = ""


@dataclass(frozen=True)
class Policy:
    """All policies of one assignment. Questions are named by their grade_id, students as in students.csv."""

    due: DueDate | None = None
    penalty: PenaltyRule | None = None
    dropped: tuple[str, ...] = ()
    full_marks: tuple[str, ...] = ()
    points: Mapping[str, float] = field(default_factory=dict)
    extensions: Mapping[str, Extension] = field(default_factory=dict)
    attempts: Mapping[str, AttemptChoice] = field(default_factory=dict)
    by_hand: Mapping[tuple[str, str], HandMark] = field(default_factory=dict)  # by student and question

    @property
    def is_empty(self) -> bool:
        return self == Policy()

    def points_of(self, question: str, most: float) -> float:
        """Return the points of a question that is not dropped. most: the points in the notebook."""
        return self.points.get(question, most)

    def points_by(self, points: Mapping[str, float]) -> dict[str, float]:
        """Return the points of each question that counts. points: the points in the notebook."""
        return {name: self.points_of(name, most) for name, most in points.items() if name not in self.dropped}


NO_POLICY = Policy()
POLICIES = "policies.toml"  # a file in the course's folder
