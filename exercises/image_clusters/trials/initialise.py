"""Small inputs for hints on `initialise`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _chosen(data: Any, chosen: Any) -> tuple[Args, list[Any]]:
    points, numbers = np.array(data, float), np.array(chosen)
    weights = np.full(len(numbers), 1 / len(numbers))
    spreads = (points.var(axis=0), points.var(axis=0, ddof=1))
    answers = [(points[numbers], np.array([np.diag(each)] * len(numbers)), weights) for each in spreads]
    return {"data": points, "chosen": numbers}, answers


@trial("the points 0 and 2 on a line, of which the second is chosen")
def _() -> tuple[Args, list[Any]]:
    """The mean is the point 2. The covariance is one number, computed from both points: 1 if you divide by
    N, or 2 if you divide by N - 1. Its shape is 1 × 1. There is one component, and its weight is 1.

    The means come from the chosen points only. The variance comes from all points.
    """
    return _chosen([[0], [2]], [1])


@trial("the points 0, 3 and 6 on a line, of which the last two are chosen")
def _() -> tuple[Args, list[Any]]:
    """The means are 3 and 6. Both components have the variance of all three points, 6 (or 9 if you divide
    by N - 1). Both components have the weight 1/2.

    `chosen` holds row numbers of `data`. The length of `chosen` is K, and each weight is 1/K.
    """
    return _chosen([[0], [3], [6]], [1, 2])


@trial("the points (0, 0) and (2, 4), of which the second is chosen")
def _() -> tuple[Args, list[Any]]:
    """The covariance is diagonal. Its diagonal holds the variances of the two columns: 1 and 4, or 2 and 8
    if you divide by N - 1. All entries off the diagonal are 0.

    Each column has its own variance. `np.diag` makes a matrix from the two variances.
    """
    return _chosen([[0, 0], [2, 4]], [1])


@trial("three points in the plane, of which the last and the first are chosen")
def _() -> tuple[Args, list[Any]]:
    """The means are the last point and the first point, in this order. Each of the two components has one 2
    × 2 matrix, so the shape of the covariances is (2, 2, 2).

    Check the shapes: means (K, D), covariances (K, D, D), weights (K,).
    """
    return _chosen([[1, 1], [3, 5], [5, 9]], [2, 0])
