"""Mark the reference before a class: if it does not get full marks, something is wrong with the set-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grading.run.bundle import Bundle
from grading.run.pool import Pool, mark_all
from grading.run.task import HandedIn

REFERENCE = "(reference)"
NOTHING = (
    "So something is wrong with the set-up, and nothing was graded: run `make build`, and look at it first."
)


def require_full_marks(pool: Pool, bundle: Bundle) -> None:
    """Raise RuntimeError, with the tests that it fails, if the reference does not get full marks."""
    solution = HandedIn(REFERENCE, bundle.source)
    ((_, graded),) = mark_all(pool, bundle, [REFERENCE], lambda _: solution)
    if not graded.has_marks:
        raise RuntimeError(
            f"the reference of '{bundle.assignment}' cannot be marked: {graded.why}. {NOTHING}"
        )
    lacking = [f"{name} ({_said(each)})" for name, each in graded.questions.items() if _lacks(each)]
    if lacking:
        raise RuntimeError(
            f"the reference of '{bundle.assignment}' lacks marks in {', '.join(lacking)}. {NOTHING}"
        )


def _lacks(question: Mapping[str, Any]) -> bool:
    """Tell whether a question does not have full marks. If a person must read it, no mark is missing."""
    return question["mark"] is not None and question["mark"] < question["max"]


def _said(question: Mapping[str, Any]) -> str:
    return f"{question['status']}: {question['why']}" if question["why"] else question["status"]
