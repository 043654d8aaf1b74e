"""Small inputs for hints on `mahalanobis`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _from(point: Any, mean: Any, covariance: Any) -> Args:
    return {
        "point": np.array(point, float),
        "mean": np.array(mean, float),
        "covariance": np.array(covariance, float),
    }


@trial("a point at the mean itself")
def _() -> Args:
    """Its distance is 0, whatever the covariance is.

    The formula uses the point and the mean only through their difference. Do not add a constant or a
    determinant.
    """
    return _from([3, 4], [3, 4], [[2, 1], [1, 3]])


@trial("the point 3 on a line, the mean 0 and the variance 1")
def _() -> Args:
    """With variance 1 it is the ordinary distance, 3.

    The root comes at the end: 3 squared is 9, and the root of 9 is 3.
    """
    return _from([3], [0], [[1]])


@trial("the point 2 on a line, the mean 0 and the variance 4")
def _() -> Args:
    """The standard deviation is 2. The point is 2 away, so the distance is 1 standard deviation.

    The covariance holds the variance, and the formula has its inverse: the root of 2 · 1/4 · 2 is 1.
    """
    return _from([2], [0], [[4]])


@trial("the point (3, 4) in the plane and a round Gaussian with variance 1")
def _() -> Args:
    """It is the ordinary distance again: the root of 9 + 16, that is 5.

    The squares of both coordinates are added. The root of the sum is taken once.
    """
    return _from([3, 4], [0, 0], [[1, 0], [0, 1]])


@trial("the point (2, 1) in the plane, with the variances 4 and 1")
def _() -> Args:
    """The first coordinate differs by 2, and its standard deviation is 2: that is 1. The second differs
    by 1, and its standard deviation is 1: that is 1. So the distance is the root of 2, 1.414.

    Each coordinate is measured by its own width.
    """
    return _from([2, 1], [0, 0], [[4, 0], [0, 1]])


@trial("the point (1, 1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The mean is (0, 0), so the difference d is (1, 1). The inverse is [[1, -1], [-1, 4]] / 3. So d
    times the inverse times d is (1 - 1 - 1 + 4) / 3 = 1, and the root of 1 is 1.

    The entries off the diagonal are used too. `np.linalg.inv` gives the inverse of the matrix; one over
    each entry is something else. If you use a factor or eigenvectors, check whether it must be
    transposed.
    """
    return _from([1, 1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, -1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The mean is (0, 0), so the difference d is (1, -1). The inverse is [[1, -1], [-1, 4]] / 3. So d
    times the inverse times d is (1 + 1 + 1 + 4) / 3 = 7/3, and the root of 7/3 is 1.528.

    The signs of the differences matter as soon as an entry off the diagonal is not 0.
    """
    return _from([1, -1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, 0, 2) in space")
def _() -> Args:
    """The mean is (0, 0, 0) and the covariance is [[4, 1, 0], [1, 2, 1], [0, 1, 3]]. With the difference
    d, d times the inverse times d is 37/17, and its root is 1.4753.

    Here the matrix of eigenvectors is not symmetric, so it and its transpose give different results. If
    you use `eigh` or `cholesky`, check which one your formula needs: `eigh` returns the eigenvectors as
    columns, and `cholesky` returns L with L times its transpose = covariance.
    """
    return _from([1, 0, 2], [0, 0, 0], [[4, 1, 0], [1, 2, 1], [0, 1, 3]])
