"""How the marks of an assignment are distributed: bars, quartiles, and both in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_BARS = 10


@dataclass(frozen=True)
class Bar:
    """How many have marks from `low` up to, and in the last bar with, `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Distribution:
    """The marks of those who have some: quartiles and bars."""

    count: int
    most: float
    lower: float
    median: float
    upper: float
    bars: tuple[Bar, ...]

    @property
    def highest(self) -> int:
        return max(bar.count for bar in self.bars)

    @property
    def words(self) -> str:
        """Where most marks are, and the quartiles, of which one that says nothing is left out."""
        if self.count == 1:
            return f"One student has marks: {self.median:g} of {self.most:g}."
        bar = max(self.bars, key=lambda each: each.count)
        low, high = f"{bar.low:g}", f"{bar.high:g}"
        between = f"{low} to {high}" if bar is self.bars[-1] else f"at least {low} and less than {high}"
        quarter = "a quarter of the students has"
        upper = f"{quarter} {self.upper:g} or more" if self.median < self.upper < self.most else ""
        lower = f"{quarter} {self.lower:g} or fewer" if self.lower < self.median else ""
        more = "".join(f"; {each}" for each in (upper, lower) if each)
        return (
            f"{bar.count} of the {self.count} students with marks have {between} "
            f"of {self.most:g} marks. The median is {self.median:g}{more}."
        )


def distribution(totals: Sequence[float], most: float) -> Distribution | None:
    """Return how marks out of `most` are distributed; None if there are none."""
    if not totals:
        return None
    top = max(most, *totals, 1.0)  # a person may give more than there is
    edges = [*np.arange(0.0, top, math.ceil(top / MOST_BARS)), top]
    counts, _ = np.histogram(np.maximum(totals, 0.0), edges)
    bars = [Bar(float(low), float(high), int(n)) for low, high, n in zip(edges, edges[1:], counts)]
    lower, median, upper = (round(float(each), 2) for each in np.percentile(totals, [25, 50, 75]))
    return Distribution(len(totals), most, lower, median, upper, tuple(bars))
