"""For whoever must explain a mark: how each case of a check went, which the report for students leaves out.

Nothing is kept unless somebody watches. A student's notebook never does.
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
    """What `check` has found. hint: the one that was shown; None without one. said: what was added to it."""

    name: str
    outcomes: Sequence[Outcome]
    hint: Hint | None
    said: str
    earned: float
    out_of: float


@dataclass(frozen=True)
class CheckedAnswers:
    """What `check_answer` has found: each question, what was answered, and what is wrong with that."""

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
    """While this lasts, collect what every check finds.

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
    """Hand over what a check has found, if somebody watches."""
    watching = _WATCHING.get()
    if watching is not None:
        watching.append(found)
