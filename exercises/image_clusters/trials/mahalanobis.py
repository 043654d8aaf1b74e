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

    Only the difference between point and mean may enter. No constant and no determinant is added.
    """
    return _from([3, 4], [3, 4], [[2, 1], [1, 3]])


@trial("the point 3 on a line, the mean 0 and the variance 1")
def _() -> Args:
    """With variance 1 it is the distance of a ruler, 3.

    The root comes at the end: 3 squared is 9, and the root of 9 is 3.
    """
    return _from([3], [0], [[1]])


@trial("the point 2 on a line, the mean 0 and the variance 4")
def _() -> Args:
    """The Gaussian is 2 wide, so the distance is 1 of its widths.

    The covariance holds the variance, and the formula has its inverse: the root of 2 · 1/4 · 2 is 1.
    """
    return _from([2], [0], [[4]])


@trial("the point (3, 4) in the plane and a round Gaussian with variance 1")
def _() -> Args:
    """It is the distance of a ruler again: the root of 9 + 16, that is 5.

    The squares of both coordinates are added. The root of the sum is taken once.
    """
    return _from([3, 4], [0, 0], [[1, 0], [0, 1]])


@trial("the point (2, 1) in the plane, with the variances 4 and 1")
def _() -> Args:
    """The first step counts 2/2 = 1, the second counts 1. So the distance is the root of 2, 1.414.

    Each coordinate is measured by its own width.
    """
    return _from([2, 1], [0, 0], [[4, 0], [0, 1]])


@trial("the point (1, 1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The inverse is [[1, -1], [-1, 4]] / 3. From both sides this gives (1 - 1 - 1 + 4) / 3 = 1, and its
    root is 1.

    What stands beside the diagonal takes part. `np.linalg.inv` gives the inverse of the matrix; one over
    each entry is something else. If you use a factor or eigenvectors, check whether it must be
    transposed.
    """
    return _from([1, 1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, -1) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The steps go against the slant. From both sides the inverse gives (1 + 1 + 1 + 4) / 3, and its root
    is 1.528.

    The signs of the differences matter as soon as something stands beside the diagonal.
    """
    return _from([1, -1], [0, 0], [[4, 1], [1, 1]])


@trial("the point (1, 0, 2) in space and a slanted covariance")
def _() -> Args:
    """With the inverse of the matrix from both sides it is 37/17, and its root is 1.4753.

    In three dimensions the matrix of eigenvectors is not symmetric. `np.linalg.eigh` gives the eigenvectors
    as columns, and `np.linalg.cholesky` gives a lower factor. Must yours be transposed?
    """
    return _from([1, 0, 2], [0, 0, 0], [[4, 1, 0], [1, 2, 1], [0, 1, 3]])
