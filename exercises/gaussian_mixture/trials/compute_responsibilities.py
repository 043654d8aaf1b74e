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
    """There is only one component, so its share of each point is 1.

    Divide each row by its own sum. A row of one number becomes 1, whatever the density is.
    """
    return _on_a_line([0, 3], [1], [1], [2])


@trial("two points halfway between two equal components")
def _() -> Args:
    """Both components are equally far away, equally wide and have the same weight. So each share is one
    half, for both points.

    Which line of your function treats the two components differently?
    """
    return _on_a_line([0, 0], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points that lie nearer to one of two equal components")
def _() -> Args:
    """The log densities differ by 1, so the second density is e = 2.72 times the first. The shares are
    1 / 3.72 = 0.27 and 2.72 / 3.72 = 0.73.

    The share is made of the densities themselves, not of their logs and not of distances. Compare the
    density in your function with `multivariate_normal.pdf` for one point and one component.
    """
    return _on_a_line([0.5, 0.5], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points halfway between two components that differ in their weights")
def _() -> Args:
    """Both densities are the same. So the shares are the mixing weights, 0.8 and 0.2.

    Each density is multiplied by the weight of its component; in logs, the log of the weight is added.
    Find the line where your function uses `weights`.
    """
    return _on_a_line([0, 0], [0.8, 0.2], [-1, 1], [1, 1])


@trial("two points at the centre of a narrow and of a wide component")
def _() -> Args:
    """The narrow component is four times as high there: its standard deviation is 1, and the other's is
    4. So the shares are 0.8 and 0.2.

    The density has a factor before `exp`: 1 divided by the root of the determinant of the covariance. It
    does not cancel if the components have different widths.
    """
    return _on_a_line([0, 0], [0.5, 0.5], [0, 0], [1, 16])


@trial("three points and two components")
def _() -> Args:
    """The first point lies near component 0, the second halfway, and the third near component 1. So the
    first column falls from row to row, and each row sums to 1.

    Each row is about one point, and is divided by the sum of its own row. Print the scores before you
    divide them, and their shape: rows are points, columns are components.
    """
    return _on_a_line([-1, 0, 1], [0.5, 0.5], [-1, 1], [1, 1])


@trial("two points in the plane, on the long and on the short axis of component 0")
def _() -> Args:
    """Component 0 is long and slanted, component 1 is round. The first point lies on the long axis, so
    component 0 has more than half of it. The second lies on the short axis, so component 0 has less than
    half.

    The whole covariance matrix is used, also the entries off its diagonal. If you write the density
    yourself, the inverse matrix stands in the middle: difference times inverse matrix times difference.
    """
    slanted = [[1, 0.8], [0.8, 1]]
    return {
        "data": np.array([[1.0, 1], [1, -1]]),
        "weights": np.array([0.5, 0.5]),
        "means": np.zeros((2, 2)),
        "covariances": np.array([slanted, np.eye(2)]),
    }
