"""The distribution of an assignment's marks: bars, quartiles, and both in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MOST_BARS = 10


@dataclass(frozen=True)
class Bar:
    """The number of students with marks from `low` to less than `high`. The last bar includes `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Distribution:
    """The distribution of the marks of all students who have marks: quartiles and bars."""

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
        """Return in words where most marks are, and those quartiles that add information."""
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
    """Return the distribution of marks out of `most`; None if there are no marks."""
    if not totals:
        return None
    top = max(most, *totals, 1.0)  # a person may give more marks than the maximum
    edges = [*np.arange(0.0, top, math.ceil(top / MOST_BARS)), top]
    counts, _ = np.histogram(np.maximum(totals, 0.0), edges)
    bars = [Bar(float(low), float(high), int(n)) for low, high, n in zip(edges, edges[1:], counts)]
    lower, median, upper = (round(float(each), 2) for each in np.percentile(totals, [25, 50, 75]))
    return Distribution(len(totals), most, lower, median, upper, tuple(bars))
