"""Small inputs for hints on `compute_responsibilities`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _on_a_line(points: Any, weights: Any, means: Any, variances: Any) -> Args:
    column = np.array(variances, float)[:, None, None]
    return {
        "data": np.array(points, float)[:, None],
        "weights": np.array(weights, float),
        "means": np.array(means, float)[:, None],
        "covariances": column,
    }


@trial("two points and one component")
def _() -> Args:
    """There is only one component. So its share of each point is 1.

    Divide each row by its own sum. Then a row with one number becomes 1, whatever the density is.
    """
    return _on_a_line([0, 3], [1], [1], [2])


@trial("two points halfway between two equal components")
def _() -> Args:
    """The two components have the same distance from the points, the same width and the same weight. So each
    share is one half, for both points.

    Which line of your function treats the two components differently?
    """
    return _on_a_line([0, 0], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points that lie nearer to one of two equal components")
def _() -> Args:
    """The log densities differ by 1, so the second density is e = 2.72 times the first. The shares are 1 /
    3.72 = 0.27 and 2.72 / 3.72 = 0.73.

    Compute the shares from the densities themselves, not from their logs and not from distances. Take one
    point and one component. Compare the density in your function with `multivariate_normal.pdf`.
    """
    return _on_a_line([0.5, 0.5], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points halfway between two components that differ in their weights")
def _() -> Args:
    """Both densities are the same. So the shares are the mixing weights, 0.8 and 0.2.

    Multiply each density by the weight of its component. With logs, add the log of the weight. Find the line
    of your function that uses `weights`.
    """
    return _on_a_line([0, 0], [0.8, 0.2], [-1, 1], [1, 1])


@trial("two points at the centre of a narrow and of a wide component")
def _() -> Args:
    """At the points, the density of the narrow component is four times the density of the wide one. Their
    standard deviations are 1 and 4. So the shares are 0.8 and 0.2.

    The density has a factor before `exp`: 1 divided by the root of the determinant of the covariance. This
    factor does not cancel if the components have different widths.
    """
    return _on_a_line([0, 0], [0.5, 0.5], [0, 0], [1, 16])


@trial("three points and two components")
def _() -> Args:
    """The first point lies near component 0, the second is halfway, and the third lies near component 1. So
    the numbers in the first column become smaller from row to row. Each row sums to 1.

    Each row belongs to one point. Divide it by its own sum. Print the scores and their shape before you
    divide: rows are points, and columns are components.
    """
    return _on_a_line([-1, 0, 1], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points in the plane, on the long and on the short axis of component 0")
def _() -> Args:
    """Component 0 is long, along a diagonal, and component 1 is round. The first point lies on the long axis,
    so component 0 has more than half of this point. The second point lies on the short axis, so component 0
    has less than half of it.

    Use the whole covariance matrix, with the entries off its diagonal. If you write the density yourself, you
    need the inverse matrix: difference times inverse matrix times difference.
    """
    slanted = [[1, 0.8], [0.8, 1]]
    return {
        "data": np.array([[1.0, 1], [1, -1]]),
        "weights": np.array([0.5, 0.5]),
        "means": np.zeros((2, 2)),
        "covariances": np.array([slanted, np.eye(2)]),
    }
