"""Small inputs for hints on `kmeans_step`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("the points 1 and 3, and one mean at 5")
def _() -> Args:
    """Both points belong to the only component, which has number 0. So the labels are 0, 0. The new mean is
    (1 + 3) / 2 = 2.

    Count the labels from 0. Return the labels first, and then the means. Average only the points, not the old
    mean.
    """
    return {"data": np.array([[1.0], [3]]), "means": np.array([[5.0]])}


@trial("the points 0, 2 and 9, and means at 3 and 8")
def _() -> Args:
    """The points 0 and 2 are nearest to the mean 3, and the point 9 is nearest to the mean 8. So the labels
    are 0, 0, 1. The new means are (0 + 2) / 2 = 1 and 9 / 1 = 9.

    Square the differences. For each point, choose the mean with the smallest sum of squares. For a new mean,
    divide the sum of the component's points by their number.
    """
    return {"data": np.array([[0.0], [2], [9]]), "means": np.array([[3.0], [8]])}


@trial("the points 0, 3 and 11, and means at 0 and 5")
def _() -> Args:
    """The distance from the point 3 is 3 to the mean 0, and 2 to the mean 5. So the labels are 0, 1, 1. The
    new means are 0 and (3 + 11) / 2 = 7.

    Compute the labels from the given means. Do not compute them again from the new means.
    """
    return {"data": np.array([[0.0], [3], [11]]), "means": np.array([[0.0], [5]])}


@trial("the points (0, 10), (2, 14) and (9, 0), and means at (0, 11) and (8, 1)")
def _() -> Args:
    """The first two points belong to component 0, and the third point belongs to component 1. So the labels
    are 0, 0, 1. The new means are (1, 12) and (9, 0).

    Each coordinate of a new mean is the mean of this coordinate over the points. Which `axis` does your
    `mean` use?
    """
    data = np.array([[0.0, 10], [2, 14], [9, 0]])
    return {"data": data, "means": np.array([[0.0, 11], [8, 1]])}


@trial("the points (0, 0) and (0, 6), and means at (3, 3) and (0, 5)")
def _() -> Args:
    """From (0, 0), the squared distances are 18 and 25. From (0, 6), the squared distances are 18 and 1. So
    the labels are 0, 1. The new means are (0, 0) and (0, 6).

    Add up the squares of the differences, not the absolute differences.
    """
    return {"data": np.array([[0.0, 0], [0, 6]]), "means": np.array([[3.0, 3], [0, 5]])}


@trial("the points 0 and 4, and means at 1 and 100")
def _() -> Args:
    """Both points are nearest to the mean 1. So the labels are 0, 0. The new mean of component 0 is 2.
    Component 1 has no points, so its mean stays at 100.

    What does your function do if a component has no points? It must not divide by 0, and it must not drop the
    mean.
    """
    return {"data": np.array([[0.0], [4]]), "means": np.array([[1.0], [100]])}
