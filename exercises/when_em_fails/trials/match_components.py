"""Small inputs for hints on `match_components`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _fits(means: list[tuple[float, float]], others: list[tuple[float, float]]) -> Args:
    return {"means": np.array(means, dtype=float), "others": np.array(others, dtype=float)}


@trial("the means (0, 0) and (10, 0), and the others (9, 0) and (1, 0)")
def _() -> Args:
    """The first mean is near (1, 0), which is number 1. The second is near (9, 0), number 0. So: 1, 0.

    The result has one number for each mean: the number of its partner in `others`, counted from 0.
    """
    return _fits([(0, 0), (10, 0)], [(9, 0), (1, 0)])


@trial("the means (0, 0), (10, 0) and (20, 0), and the others (10, 1), (20, 1) and (0, 1)")
def _() -> Args:
    """(0, 0) is near number 2, (10, 0) near number 0, and (20, 0) near number 1. So the answer is 2, 0, 1.

    The answer is listed by `means` and holds numbers of `others`. The other way round it would be 1, 2, 0.
    """
    return _fits([(0, 0), (10, 0), (20, 0)], [(10, 1), (20, 1), (0, 1)])


@trial("the means (0, 0) and (1, 9), and the others (0, 9) and (1, 0)")
def _() -> Args:
    """The order 0, 1 (mean 0 with other 0, mean 1 with other 1) has the squared distances 81 and 81. The
    order 1, 0 has 1 and 1. So the answer is 1, 0.

    All coordinates count. The first coordinate alone would give 0, 1.
    """
    return _fits([(0, 0), (1, 9)], [(0, 9), (1, 0)])


@trial("the means (0, 0) and (4, 0), and the others (1, 0) and (8, 0)")
def _() -> Args:
    """Other 0 is the nearest to both means. The order 0, 1 (mean 0 with other 0, mean 1 with other 1) has the
    sum 1 + 16. The order 1, 0 has 64 + 9. So the answer is 0, 1.

    Each partner is used once. The sum over all components decides, not the nearest partner of each.
    """
    return _fits([(0, 0), (4, 0)], [(1, 0), (8, 0)])


@trial("the means (4, 0) and (0, 0), and the others (1, 0) and (8, 0)")
def _() -> Args:
    """The order 0, 1 (mean 0 with other 0, mean 1 with other 1) has the sum 9 + 64. The order 1, 0 has
    16 + 1. So the answer is 1, 0.

    The first mean must not take its nearest partner, because the second needs it more.
    """
    return _fits([(4, 0), (0, 0)], [(1, 0), (8, 0)])


@trial("the means (0, 0) and (4, 0), and the others (3, 0) and (9, 0)")
def _() -> Args:
    """The order 0, 1 (mean 0 with other 0, mean 1 with other 1) has the sum 9 + 25. The order 1, 0 has
    81 + 1. So the answer is 0, 1.

    The nearest pair is (4, 0) with (3, 0). But it leaves (0, 0) with (9, 0), and that pair is far apart.
    """
    return _fits([(0, 0), (4, 0)], [(3, 0), (9, 0)])


@trial("the means (0, 0) and (4, 3), and the others (4, 3) and (8, 0)")
def _() -> Args:
    """The order 0, 1 (mean 0 with other 0, mean 1 with other 1) has the distances 5 and 5. The order 1, 0 has
    8 and 0. The squares sum to 50 and 64. So the answer is 0, 1.

    The distances themselves sum to 10 and 8, and would give the other order. Are yours squared?
    """
    return _fits([(0, 0), (4, 3)], [(4, 3), (8, 0)])
