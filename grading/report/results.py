"""The class's results, read from results.jsonl: one submission a line, the last line of each counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

UNREAD = "cannot be read"
OUR_FAULT = "fault of ours"
STATUSES = ("graded", "repaired", "limit hit", UNREAD, OUR_FAULT)


@dataclass(frozen=True)
class Question:
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
    questions: Mapping[str, Question] = field(default_factory=dict)
    tries: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        return self.status not in (UNREAD, OUR_FAULT)


def read_results(path: Path) -> list[Submission]:
    """Return the submissions in results.jsonl, by assignment and student.

    The last line of a submission counts. A line that is torn, as the last one of a run that was
    ended is, is left out. Raises OSError if there is no such file.
    """
    if not path.exists():
        raise FileNotFoundError(f"there are no results to report in {path.parent}: mark the class first.")
    told = [_submission(line) for line in path.read_text(encoding="utf-8", errors="replace").split("\n")]
    last = {(each.assignment, each.student): each for each in told if each}
    return [last[key] for key in sorted(last)]


def _submission(line: str) -> Submission | None:
    try:
        told = json.loads(line)
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
    except (ValueError, TypeError, KeyError, AttributeError):  # ValueError: no JSON
        return None


def _question(told: Mapping[str, Any]) -> Question:
    """One question; a mark by hand wins over the automatic one."""
    by_hand = told.get("by_hand")
    mark = told.get("mark") if by_hand is None else by_hand
    most = float(told.get("max") or 0)
    return Question(str(told["status"]), mark, most, str(told.get("why") or ""), _texts(told.get("hints")))


def _texts(values: Sequence[Any] | None) -> tuple[str, ...]:
    return tuple(str(each) for each in values or ())


def exercise_of(question: str) -> str:
    """Return the exercise that a question tests."""
    return question.removeprefix("test-")
