"""Values of policies.toml: which values are allowed, and the error messages for other values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grading.policies.penalty import PenaltyRule, penalty_of
from grading.policies.policy import DueDate
from grading.submitted.times import time_of

if TYPE_CHECKING:
    from grading.policies.entries import InTable

TIME = (
    "Write it as 2026-01-31 17:00:00 Europe/Berlin. A time without a zone is in UTC. For a time in the "
    "hour in which clocks change, write 2026-10-25 02:30:00 +01:00"
)


def text(value: Any, what: str) -> str:
    """Return a text. Raises ValueError if the value is not a text."""
    if not isinstance(value, str):
        raise ValueError(f"{value!r} must be a text in quotes: the {what}")
    return value


def number(value: Any) -> float:
    """Return a number that is 0 or more. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
        raise ValueError(f"{value!r} must be a number, 0 or more, without quotes")
    return float(value)


def due_date(value: Any) -> DueDate:
    """Return a time, which TOML may have as a text or as its own kind of time. Raises ValueError."""
    written = str(value).strip() if isinstance(value, str | datetime) else ""
    found = time_of(written.encode())
    if found.when is None:
        raise ValueError(f"{written or value!r} is not a clear date and time. {TIME}")
    return DueDate(found.when, written)


def _due(place: InTable, value: Any) -> DueDate:
    return due_date(value)


def _penalty(place: InTable, value: Any) -> PenaltyRule:
    return penalty_of(text(value, "rule"))


def _questions(place: InTable, value: Any) -> tuple[str, ...]:
    """Return a list of questions, by their grade_ids."""
    if not isinstance(value, list):
        raise ValueError(f'{value!r} must be a list of questions, such as ["quiz-one"]')
    return tuple(dict.fromkeys(place.question(each) for each in value))


def _points(place: InTable, value: Any) -> dict[str, float]:
    """Return points by question.

    The points of a question with 0 points cannot be changed: nobody has earned a share of them.
    """
    if not isinstance(value, dict):
        raise ValueError(f'{value!r} must be a table, such as {{"quiz-one" = 3}}')
    found = {place.question(name): number(each) for name, each in value.items()}
    if len(found) < len(value):
        raise ValueError(
            "a question is in the table twice, with and without 'test-': keep one of the two lines"
        )
    for name, each in found.items():
        if not place.known.questions(place.assignment)[name]:
            told = f"'{name}' has 0 points in the notebook, so everybody has 0 marks for it"
            raise ValueError(f"{told}: other points would not change that. Take this line out")
        if not each:
            raise ValueError(
                f"'{name}' would have 0 points. If the question should not count, write it into `dropped`"
            )
    return found


VALUES: dict[str, Callable[[InTable, Any], Any]] = {
    "due": _due,
    "penalty": _penalty,
    "dropped": _questions,
    "full_marks": _questions,
    "points": _points,
}
