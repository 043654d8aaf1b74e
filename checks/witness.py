"""Collect how each case of a check went, for a person who must explain a mark. Students' reports omit this.

Results are kept only inside a `witnessing` block. A student's notebook has no such block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from checks.call import Outcome
from checks.faults import Fault
from checks.hints import Hint
from checks.questions import Question


@dataclass(frozen=True)
class CheckedFunction:
    """The result of `check`. hint: the hint that was shown, or None. said: the words added to the hint."""

    name: str
    outcomes: Sequence[Outcome]
    hint: Hint | None
    said: str
    earned: float
    out_of: float


@dataclass(frozen=True)
class CheckedAnswers:
    """The result of `check_answer`: each question, its answer, and the fault of the answer."""

    name: str
    asked: Sequence[Question]
    answers: Sequence[Any]
    faults: Sequence[Fault | None]
    earned: float
    out_of: float


Witnessed = CheckedFunction | CheckedAnswers
_WATCHING: ContextVar[list[Witnessed] | None] = ContextVar("watching", default=None)


@contextmanager
def witnessing() -> Iterator[list[Witnessed]]:
    """Collect the results of all checks inside the `with` block.

    Example:
        >>> with witnessing() as seen:
        ...     pass
        >>> seen
        []
    """
    seen: list[Witnessed] = []
    token = _WATCHING.set(seen)
    try:
        yield seen
    finally:
        _WATCHING.reset(token)


def witness(found: Witnessed) -> None:
    """Add the result of a check to the list, if a `witnessing` block is open."""
    watching = _WATCHING.get()
    if watching is not None:
        watching.append(found)
