"""Small inputs for hints on `compute_covariances`, from the simplest on."""

from __future__ import annotations

from typing import Any

from checks.authors import trial
from exercises.gaussian_mixture.trials.compute_means import soft

Args = dict[str, Any]


def _spread(points: Any, resp: Any) -> Args:
    args = soft(points, resp)
    means = args["resp"].T @ args["data"] / args["counts"][:, None]
    return {**args, "means": means}


@trial("the points -1 and 1 and one component")
def _() -> Args:
    """The mean is 0, and both squared distances are 1. So the variance is 1. The answer holds it as a 1 × 1
    matrix.

    Divide the sum of the squared distances by the count, which is 2 here.
    """
    return _spread([[-1], [1]], [[1], [1]])


@trial("the points 4 and 6 and one component")
def _() -> Args:
    """The mean is 5, and both points are 1 away from the mean. So the variance is 1, as it is for the points
    -1 and 1.

    Subtract the mean from each point before you square.
    """
    return _spread([[4], [6]], [[1], [1]])


@trial("four points on a line, two of component 0 and two of component 1")
def _() -> Args:
    """Component 0 has the points 0 and 2. Component 1 has the points 10 and 14. So the variances are 1 and 4.

    For each component, use its own mean, its own column of `resp` and its own count.
    """
    return _spread([[0], [2], [10], [14]], [[1, 0], [1, 0], [0, 1], [0, 1]])


@trial("two points on a line, shared by two components")
def _() -> Args:
    """Component 0 has 3/4 of the point 0 and 1/4 of the point 4, so its mean is 1. Its variance is 3/4 · 1 +
    1/4 · 9 = 3. The variance of component 1 is also 3.

    Multiply each squared distance by the share itself, and only once. Do not multiply by the root or the
    square of the share.
    """
    return _spread([[0], [4]], [[0.75, 0.25], [0.25, 0.75]])


@trial("the points (1, 2) and (-1, -2) and one component")
def _() -> Args:
    """The two variances are 1 and 4. Both entries off the diagonal are 2, the mean of the products of the two
    coordinates.

    A difference is a point minus the mean. The outer product of a difference with itself has the shape (2,
    2). It holds the squares and the products that you need.
    """
    return _spread([[1, 2], [-1, -2]], [[1], [1]])


@trial("four points in the plane and two components")
def _() -> Args:
    """The answer has one matrix for each component, so its shape is (2, 2, 2). Each matrix is symmetric.
    Component 0 has the first two points, and component 1 has the last two.

    Follow one component. Its differences (points minus mean) have the axes (points, coordinates). Its shares
    are one number for each point.
    """
    points = [[0, 0], [2, 4], [10, 10], [10, 16]]
    return _spread(points, [[1, 0], [1, 0], [0, 1], [0, 1]])
