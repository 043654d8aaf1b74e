"""Small inputs for hints on `compute_scores`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _line(points: Any, means: Any, variances: Any) -> Args:
    return {
        "data": np.array(points, float)[:, None],
        "means": np.array(means, float)[:, None],
        "covariances": np.array(variances, float)[:, None, None],
    }


@trial("two points at the mean of a Gaussian with variance 1")
def _() -> Args:
    """The density at the mean is 1 divided by the root of 2π, which is 0.3989.

    The score is the density, not the log of the density. Do not multiply the density by a weight.
    """
    return _line([0, 0], [0], [1])


@trial("two points at the mean of a Gaussian with variance 4")
def _() -> Args:
    """At its mean, a Gaussian with variance 1 has the density 0.3989. With variance 4 the Gaussian is twice
    as wide, so its density at the mean is half as large: 0.1995.

    The covariance holds the variance, 4. If a function expects the standard deviation, give it the root of
    the variance, 2.
    """
    return _line([3, 3], [3], [4])


@trial("two points at the mean of a Gaussian with variance 0.0001")
def _() -> Args:
    """At its mean, a Gaussian with variance 1 has the density 0.3989. With variance 0.0001 the Gaussian is
    100 times as narrow, so its density at the mean is 100 times as large: 39.89.

    A density may be larger than 1. Do not limit it to 1, and do not divide it by a sum.
    """
    return _line([2, 2], [2], [1e-4])


@trial("two points that are 1 away from the mean, with variance 1")
def _() -> Args:
    """The density is 0.3989 times exp(-1/2), which is 0.242.

    The exponent is minus one half of the squared distance. This distance is measured with the inverse of
    the covariance.
    """
    return _line([1, -1], [0], [1])


@trial("three points and two components on a line")
def _() -> Args:
    """The answer has a row for each point and a column for each component, so its shape is (3, 2). The
    first row is 0.3989, 0.0270. A row need not sum to 1.

    Each entry belongs to one point and one component. Does your function use the mean and the covariance of
    the same component? Does your function change `data`, so that the next component gets other data?
    """
    return _line([0, 1, 4], [0, 4], [1, 4])


@trial("two points at the mean of a round Gaussian in the plane")
def _() -> Args:
    """In two dimensions the density at the mean is 1 / (2π), which is 0.1592.

    The constant depends on the number of dimensions D: it contains 2π to the power -D/2.
    """
    return {"data": np.zeros((2, 2)), "means": np.zeros((1, 2)), "covariances": np.eye(2)[None]}


@trial("the points (1, 1) and (1, -1), the mean (0, 0) and the covariance [[4, 1], [1, 1]]")
def _() -> Args:
    """The squared distances, measured with the inverse of the covariance, are 1 and 7/3. So the densities
    are 0.0557 and 0.0286.

    The entries off the diagonal of the covariance matter. For the exponent, invert the whole covariance
    matrix. For the constant, divide by the root of its determinant. If you use `cholesky` or `eigh`, check
    whether you must transpose the result.
    """
    slanted = np.array([[[4.0, 1], [1, 1]]])
    return {"data": np.array([[1.0, 1], [1, -1]]), "means": np.zeros((1, 2)), "covariances": slanted}
