"""The class's results, read from results.jsonl: one submission a line, the last line of each counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.run.journal import RESULTS, Record, read_records
from grading.run.status import UNMARKED


@dataclass(frozen=True)
class QuestionResult:
    """How one question of a submission came out."""

    status: str
    mark: float | None
    most: float
    why: str = ""
    hints: tuple[str, ...] = ()

    @property
    def is_limit(self) -> bool:
        return self.status.endswith(" limit") or self.status == "crashed"

    @property
    def waits(self) -> bool:
        """Whether a person has yet to give the mark."""
        return self.mark is None


@dataclass(frozen=True)
class Submission:
    """What the class runner told of one submission."""

    student: str
    assignment: str
    status: str
    why: str = ""
    total: float | None = None
    most: float = 0.0
    late_hours: float = 0.0
    penalty: float = 0.0
    repaired: tuple[str, ...] = ()
    questions: Mapping[str, QuestionResult] = field(default_factory=dict)
    tries: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        return self.status not in UNMARKED


def read_results(folder: Path) -> list[Submission]:
    """Return the submissions in the folder's results.jsonl, by assignment and student.

    What is no submission is left out. Raises OSError if there is no such file.
    """
    if not (folder / RESULTS).exists():
        raise FileNotFoundError(f"there are no results to report in {folder}: mark the class first.")
    records = read_records(folder)
    return [told for key in sorted(records) if (told := _submission(records[key]))]


def _submission(told: Record) -> Submission | None:
    try:
        return Submission(
            str(told["student"]),
            str(told["assignment"]),
            str(told["status"]),
            str(told.get("why") or ""),
            told.get("total"),
            float(told.get("max") or 0),
            float(told.get("late_hours") or 0),
            float(told.get("penalty") or 0),
            _texts(told.get("repaired")),
            {name: _question(each) for name, each in (told.get("questions") or {}).items()},
            told.get("tries") or {},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _question(told: Mapping[str, Any]) -> QuestionResult:
    """One question; a mark by hand wins over the automatic one."""
    by_hand = told.get("by_hand")
    mark = told.get("mark") if by_hand is None else by_hand
    most = float(told.get("max") or 0)
    return QuestionResult(
        str(told["status"]), mark, most, str(told.get("why") or ""), _texts(told.get("hints"))
    )


def _texts(values: Sequence[Any] | None) -> tuple[str, ...]:
    return tuple(str(each) for each in values or ())


def exercise_of(question: str) -> str:
    """Return the exercise that a question tests."""
    return question.removeprefix("test-")
