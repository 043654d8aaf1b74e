"""Small inputs for hints on `compute_means`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def soft(points: Any, resp: Any) -> Args:
    resp = np.array(resp, float)
    return {"data": np.array(points, float), "resp": resp, "counts": resp.sum(axis=0)}


@trial("two points and one component on a line")
def _() -> Args:
    """The component has both points completely: 0 and 4. So its mean is 2.

    Divide the sum of the points by the count, which is 2 here.
    """
    return soft([[0], [4]], [[1], [1]])


@trial("three points on a line, two of component 0 and one of component 1")
def _() -> Args:
    """Component 0 has the points 0 and 4. Component 1 has the point 9. So the means are 2 and 9.

    Divide the sum of each component by its own count: by 2 and by 1.
    """
    return soft([[0], [4], [9]], [[1, 0], [1, 0], [0, 1]])


@trial("two points on a line, shared by two components")
def _() -> Args:
    """Component 0 has 3/4 of the point 0 and 1/4 of the point 4. So its mean is 1. The mean of component 1 is
    3.

    Each point counts with its share. Where does your function multiply the points by `resp`?
    """
    return soft([[0], [4]], [[0.75, 0.25], [0.25, 0.75]])


@trial("two points in the plane and three components")
def _() -> Args:
    """The answer has a row for each component and a column for each coordinate, so its shape is (3, 2).
    Component 0 has the first point completely, so row 0 is that point.

    Name the axes of each array: `resp` is (points, components), and `data` is (points, coordinates). Your sum
    must run over the axis of the points.
    """
    return soft([[0, 10], [4, 30]], [[1, 0, 0], [0, 0.5, 0.5]])
