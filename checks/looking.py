"""One wrong part of an answer, and how finders look at it.

A finder returns what to say of this very answer, or None if it finds nothing. Its docstring
is the hint: a point, the principle, a worked fragment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.call import Outcome
from checks.compare import as_parts, same_shape
from checks.hints import Hint, hint_of


@dataclass(frozen=True)
class Look:
    """One wrong part of an answer: the outcome that it is from, and the part's name."""

    outcome: Outcome
    part: str

    @property
    def fault(self) -> str:
        """What the report says of it."""
        return next(each.what for each in self.outcome.tries[0].faults if each.part == self.part)

    @property
    def error(self) -> BaseException | None:
        """What the call raised."""
        return self.outcome.tries[0].error

    @property
    def tolerance(self) -> float:
        return self.outcome.case.tolerance

    @property
    def value(self) -> Any:
        """The part as it was returned; None if it is missing."""
        return as_parts(self.outcome.tries[0].value, self.outcome.case.returns).get(self.part)

    @property
    def rights(self) -> list[NDArray[np.float64]]:
        """Every right answer for this part."""
        case = self.outcome.case
        named = (as_parts(answer, case.returns) for answer in case.answers)
        return [np.asarray(each[self.part], dtype=float) for each in named if self.part in each]

    @property
    def pairs(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """The part as finite numbers, beside each right answer that has its shape."""
        try:
            mine = np.asarray(self.value, dtype=float)
        except (TypeError, ValueError):
            return []
        fits = [right for right in self.rights if same_shape(mine, right)]
        return [(mine.reshape(right.shape), right) for right in fits if np.isfinite(mine).all()]


Finder = Callable[[Look], str | None]


@dataclass(frozen=True)
class Property:
    """A hint, and what finds out whether it holds for a wrong part."""

    hint: Hint
    find: Finder


def registrar(book: list[Property]) -> Callable[[str], Callable[[Finder], Finder]]:
    """Return a decorator that puts finders into the book, in order: @finder(name of the hint)."""

    def finder(name: str) -> Callable[[Finder], Finder]:
        def register(find: Finder) -> Finder:
            book.append(Property(hint_of(name, find), find))
            return find

        return register

    return finder


def looks(outcome: Outcome) -> Iterator[Look]:
    """Yield each wrong part of an answer, in the order of the report."""
    yield from (Look(outcome, fault.part) for fault in outcome.tries[0].faults)


def found(holds: object) -> str | None:
    """Return "" (found, with nothing more to say) if it holds, else None."""
    return "" if holds else None
