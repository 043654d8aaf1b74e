"""One wrong part of an answer, in the form in which finders (see finders.py) look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.call import Outcome
from checks.compare import as_numbers, as_parts, same_shape
from checks.faults import Fault


@dataclass(frozen=True)
class Look:
    """One wrong part of an answer: the outcome (result) of its case, and the part's name."""

    outcome: Outcome
    part: str

    @property
    def fault(self) -> Fault:
        """The fault of this part."""
        return next(each for each in self.outcome.calls[0].faults if each.part == self.part)

    @property
    def error(self) -> BaseException | None:
        """The error that the call raised; None if it raised no error."""
        return self.outcome.calls[0].error

    @property
    def tolerance(self) -> float:
        return self.outcome.case.tolerance

    @property
    def value(self) -> Any:
        """The part that was returned; None if it is missing."""
        return as_parts(self.outcome.calls[0].value, self.outcome.case.returns).get(self.part)

    @property
    def rights(self) -> list[NDArray[np.float64]]:
        """Every right answer for this part."""
        case = self.outcome.case
        named = (as_parts(answer, case.returns) for answer in case.answers)
        return [np.asarray(each[self.part], dtype=float) for each in named if self.part in each]

    @property
    def pairs(self) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """The part as finite numbers, with each right answer that has its shape."""
        mine = as_numbers(self.value)
        if mine is None:
            return []
        fits = [right for right in self.rights if same_shape(mine, right)]
        return [(mine.reshape(right.shape), right) for right in fits if np.isfinite(mine).all()]


def looks(outcome: Outcome) -> Iterator[Look]:
    """Yield each wrong part of an answer, in the order of the report."""
    yield from (Look(outcome, fault.part) for fault in outcome.calls[0].faults)
