"""A hint: the name of a mistake, and paragraphs, the rungs of a ladder: each new attempt shows one more."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checks.texts import later, say


@dataclass(frozen=True)
class Hint:
    """The name of a mistake, and the rungs: a remark on the answer, the principle, a worked fragment.

    unseen: the first rung for a report that does not show the messages of errors, as for hidden cases; "" if
        the first rung is true there too.
    worth: the share of the marks that an answer keeps if a known mistake explains it. It is above 0 for a
        slip in a function that is otherwise correct.

    No rung says at which place of a page something is. A notebook, a feedback page and the report of a class
    show it in different places.
    """

    name: str
    rungs: tuple[str, ...]
    unseen: str = ""
    worth: float = 0.0

    def as_read(self, errors_shown: bool) -> tuple[str, ...]:
        """Return the rungs that are true for a report, which may show the messages of errors, or not."""
        return self.rungs if errors_shown or not self.unseen else (self.unseen, *self.rungs[1:])


def hint_of(name: str, function: Callable[..., Any], unseen: str = "") -> Hint:
    """Return the hint in a docstring: each paragraph is a rung. unseen: see `Hint`."""
    paragraphs = inspect.cleandoc(function.__doc__ or "").split("\n\n")
    return Hint(name, tuple(" ".join(each.split()) for each in paragraphs), unseen)


def wording(book: dict[str, Hint]) -> Callable[..., Callable[[Callable[..., Any]], Callable[..., Any]]]:
    """Return a decorator that adds a course's own words for a hint of the engine to the book.

    The docstring of the decorated function is the hint. called: the course's name for the hint, by default
    the engine's name. unseen: see `Hint`; by default the engine's. The course gives the book to its
    `Checker`, which knows the engine's hints by their names.

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
    """The rungs of hints that this session has shown: each new attempt shows one more."""

    steps: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def climb(self, exercise: str, hint: str, attempt: Any) -> int:
        """Return the number of this step, from 1. To check the same attempt again is not a new step."""
        if self.last.get(exercise) != (hint, attempt):
            self.last[exercise] = (hint, attempt)
            self.steps[exercise, hint] = self.steps.get((exercise, hint), 0) + 1
        return self.steps[exercise, hint]

    def attempts(self, exercise: str) -> dict[str, int]:
        """Return for each hint of an exercise how many attempts of this session got it."""
        return {hint: steps for (name, hint), steps in self.steps.items() if name == exercise}


# One of these is shown if the student has read the last rung and the answer is still wrong.
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
    """Return the rungs up to this step. After the last rung, add one of the sentences in BEYOND."""
    beyond = [BEYOND[(step - len(hint.rungs) - 1) % len(BEYOND)]] if step > len(hint.rungs) else []
    return (*map(say, hint.rungs[:step]), *(say(each, exercise=exercise) for each in beyond))
