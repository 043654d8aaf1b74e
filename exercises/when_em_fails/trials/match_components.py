"""Small inputs for hints on `match_components`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _fits(means: list[tuple[float, float]], others: list[tuple[float, float]]) -> Args:
    return {"means": np.array(means, dtype=float), "others": np.array(others, dtype=float)}


@trial("the means (0, 0) and (10, 0), and the others (9, 0) and (1, 0)")
def _() -> Args:
    """`means[0]` is (0, 0), near `others[1]`, which is (1, 0). `means[1]` is (10, 0), near `others[0]`, which
    is (9, 0). So the answer is 1, 0.

    The result has one number for each mean: the number of its partner in `others`. Count from 0.
    """
    return _fits([(0, 0), (10, 0)], [(9, 0), (1, 0)])


@trial("the means (0, 0), (10, 0) and (20, 0), and the others (10, 1), (20, 1) and (0, 1)")
def _() -> Args:
    """The mean (0, 0) is near number 2, (10, 0) is near number 0, and (20, 0) is near number 1. So the answer
    is 2, 0, 1.

    The answer has a number of `others` for each of the `means`. A number of `means` for each of the `others`
    would give 1, 2, 0.
    """
    return _fits([(0, 0), (10, 0), (20, 0)], [(10, 1), (20, 1), (0, 1)])


@trial("the means (0, 0) and (1, 9), and the others (0, 9) and (1, 0)")
def _() -> Args:
    """The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]` with `others[1]`. The squared
    distances are 81 and 81. In the order 1, 0 the squared distances are 1 and 1. So the answer is 1, 0.

    All coordinates count. The first coordinate alone would give 0, 1.
    """
    return _fits([(0, 0), (1, 9)], [(0, 9), (1, 0)])


@trial("the means (0, 0) and (4, 0), and the others (1, 0) and (8, 0)")
def _() -> Args:
    """`others[0]` is nearest to both means. The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]`
    with `others[1]`. Its sum of squared distances is 1 + 16 = 17. The sum of the order 1, 0 is 64 + 9 = 73.
    So the answer is 0, 1.

    Use each partner once. The sum over all pairs decides, not the nearest partner of each mean.
    """
    return _fits([(0, 0), (4, 0)], [(1, 0), (8, 0)])


@trial("the means (4, 0) and (0, 0), and the others (1, 0) and (8, 0)")
def _() -> Args:
    """The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]` with `others[1]`. Its sum of squared
    distances is 9 + 64 = 73. The sum of the order 1, 0 is 16 + 1 = 17. So the answer is 1, 0.

    `others[0]` is nearest to `means[0]`. But `means[1]` must have `others[0]`, because `means[1]` is very far
    from `others[1]`.
    """
    return _fits([(4, 0), (0, 0)], [(1, 0), (8, 0)])


@trial("the means (0, 0) and (4, 0), and the others (3, 0) and (9, 0)")
def _() -> Args:
    """The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]` with `others[1]`. Its sum of squared
    distances is 9 + 25 = 34. The sum of the order 1, 0 is 81 + 1 = 82. So the answer is 0, 1.

    The nearest pair is (4, 0) with (3, 0). But then (0, 0) must go with (9, 0), and these two are far apart.
    """
    return _fits([(0, 0), (4, 0)], [(3, 0), (9, 0)])


@trial("the means (0, 0) and (4, 3), and the others (4, 3) and (8, 0)")
def _() -> Args:
    """The order 0, 1 pairs `means[0]` with `others[0]`, and `means[1]` with `others[1]`. Its distances are 5
    and 5. The distances of the order 1, 0 are 8 and 0. The squares sum to 50 and 64. So the answer is 0, 1.

    Without squares, the distances sum to 10 and 8, and the other order would win. Does your function square
    the distances?
    """
    return _fits([(0, 0), (4, 3)], [(4, 3), (8, 0)])
