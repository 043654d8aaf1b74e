"""Small inputs for hints on `mahalanobis`, the simplest first."""

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
    """The distance is 0, whatever the covariance is.

    The formula uses the point and the mean only through their difference. Do not add a constant or a
    determinant.
    """
    return _from([3, 4], [3, 4], [[2, 1], [1, 3]])


@trial("the point 3 on a line, the mean 0 and the variance 1")
def _() -> Args:
    """With variance 1 the answer is the ordinary distance, 3.

    The root is the last step: the square of 3 is 9, and the root of 9 is 3.
    """
    return _from([3], [0], [[1]])


@trial("the point 2 on a line, the mean 0 and the variance 4")
def _() -> Args:
    """The standard deviation is 2. The point is 2 away from the mean, so the distance is 1 standard
    deviation.

    The covariance holds the variance, and the formula contains the inverse of the covariance. Here the
    formula is the root of 2 · 1/4 · 2, which is 1.
    """
    return _from([2], [0], [[4]])


@trial("the point (3, 4) in the plane and a round Gaussian with variance 1")
def _() -> Args:
    """The answer is the ordinary distance from (0, 0): the root of 9 + 16, which is 5.

    Add the squares of both coordinates. Then take the root of the sum once.
    """
    return _from([3, 4], [0, 0], [[1, 0], [0, 1]])


@trial("the point (2, 1) in the plane, with the variances 4 and 1")
def _() -> Args:
    """The mean is (0, 0). The first coordinate differs by 2, which is 1 standard deviation of 2. The second
    coordinate differs by 1, which is 1 standard deviation of 1. So the distance is the root of 1 + 1, which
    is 1.414.

    Each coordinate is measured in its own standard deviation.
    """
    return _from([2, 1], [0, 0], [[4, 0], [0, 1]])


@trial("the point (1, 1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The mean is (0, 0), so the difference d is (1, 1). The inverse is [[1, -1], [-1, 4]] / 3. So d times
    the inverse times d is (1 - 1 - 1 + 4) / 3 = 1, and the root of 1 is 1.

    Use the entries off the diagonal, too. `np.linalg.inv` returns the inverse of the matrix. If you divide
    1 by each entry, you get another matrix. If you use `cholesky` or `eigh`, check whether you must
    transpose the result.
    """
    return _from([1, 1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, -1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The mean is (0, 0), so the difference d is (1, -1). The inverse is [[1, -1], [-1, 4]] / 3. So d times
    the inverse times d is (1 + 1 + 1 + 4) / 3 = 7/3, and the root of 7/3 is 1.528.

    If an entry off the diagonal is not 0, the signs of the differences matter.
    """
    return _from([1, -1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, 0, 2) in space")
def _() -> Args:
    """The mean is (0, 0, 0) and the covariance is [[4, 1, 0], [1, 2, 1], [0, 1, 3]]. With the difference d,
    d times the inverse times d is 37/17. The root of 37/17 is 1.4753.

    Here the matrix of eigenvectors is not symmetric, so this matrix and its transpose give different
    results. If you use `eigh` or `cholesky`, check which of the two your formula needs. `eigh` returns the
    eigenvectors as columns. `cholesky` returns a matrix L, and L times its transpose is the covariance.
    """
    return _from([1, 0, 2], [0, 0, 0], [[4, 1, 0], [1, 2, 1], [0, 1, 3]])
