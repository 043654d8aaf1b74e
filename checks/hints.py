"""A hint: the name of a mistake, and what to say of it, one rung of a ladder after the other."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checks.texts import later, say


@dataclass(frozen=True)
class Hint:
    """What a mistake is called, and the rungs: a point, the principle, a worked fragment.

    unseen: the first rung where the report does not show what an error says, as of hidden cases; "" if
    the first rung is true there too. worth: the share of the marks that an answer keeps which a known
    mistake explains; above 0 for a slip in a function that is right but for it. No rung says where on a
    page something stands: a notebook, a page of feedback and the report of a class show it in different
    places.
    """

    name: str
    rungs: tuple[str, ...]
    unseen: str = ""
    worth: float = 0.0

    def as_read(self, errors_shown: bool) -> tuple[str, ...]:
        """Return the rungs as they are true where a report shows what errors say, or where it does not."""
        return self.rungs if errors_shown or not self.unseen else (self.unseen, *self.rungs[1:])


def hint_of(name: str, function: Callable[..., Any], unseen: str = "") -> Hint:
    """Return the hint in a docstring: each paragraph is a rung. unseen: see `Hint`."""
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    return Hint(name, tuple(" ".join(each.split()) for each in paragraphs), unseen)


def wording(book: dict[str, Hint]) -> Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """Return a decorator that puts a course's own words for a hint of the engine into the book.

    The docstring is the hint. called: what the course calls it, by default as the engine does. unseen: see
    `Hint`, by default the engine's. The book is given to the course's `Checker`, which knows the engine's
    hints by their names.

    Example:
        >>> from checks.authors import wording
        >>> book = {}
        >>> words = wording(book)
        >>> @words("the sign is turned round", called="residuals turned round")
        ... def _():
        ...     '''A residual is the value minus what the line says there.'''
        >>> book["the sign is turned round"].name
        'residuals turned round'
    """

    def words(
        hint: str, called: str = "", unseen: str = ""
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            book[hint] = hint_of(called or hint, function, unseen)
            return function

        return register

    return words


@dataclass
class Ladder:
    """How far the hints of this session have been climbed: every new try says something new."""

    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def climb(self, exercise: str, hint: str, attempt: Any) -> int:
        """Return which step this is, from 1. To check the same attempt again is no step."""
        if self.last.get(exercise) != (hint, attempt):
            self.last[exercise] = (hint, attempt)
            self.steps[exercise, hint] = self.steps.get((exercise, hint), 0) + 1
        return self.steps[exercise, hint]

    def attempts(self, exercise: str) -> dict[str, int]:
        """Return how many attempts of this session drew each hint of an exercise."""
        return {hint: steps for (name, hint), steps in self.steps.items() if name == exercise}


# Said when the last rung has been read and the answer is still wrong.
BEYOND = (
    later(
        "You have read the whole hint. `example('{exercise}')` returns the arguments of the first public "
        "case. Call your function with them, and print the shape and the first row of every line's result."
    ),
    later(
        "Make up an input that is small enough for paper: two rows and two columns. Compute the result by "
        "hand. Then find the first line of your function that gives something else."
    ),
    later(
        "Explain to somebody, aloud, what each line does. If you do not find the mistake like this, show "
        "your instructor its name, and the line that you trust least."
    ),
)


def rungs(hint: Hint, step: int, exercise: str) -> tuple[str, ...]:
    """Return what has been climbed to: so many rungs, and then one of the last resorts."""
    beyond = [BEYOND[(step - len(hint.rungs) - 1) % len(BEYOND)]] if step > len(hint.rungs) else []
    return (*map(say, hint.rungs[:step]), *(say(each, exercise=exercise) for each in beyond))
