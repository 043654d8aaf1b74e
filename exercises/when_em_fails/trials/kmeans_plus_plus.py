"""Small inputs for hints on `kmeans_plus_plus`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("the points 4, 9, 6 and 1, and a single draw, 0.7")
def _() -> Args:
    """0.7 times 4 points is 2.8. Without its fraction, 2.8 becomes 2. So the answer is a single number, 2.

    The first choice needs no distances. Return the number of the point, which is 2. Do not return the point
    itself, which is 6.
    """
    return {"data": np.array([[4.0], [9], [6], [1]]), "draws": np.array([0.7])}


@trial("the points 0, 1 and 3, and the draws 0.1 and 0.5")
def _() -> Args:
    """The first choice is point number 0. The squared distances are 0, 1 and 9, so the chances are 0, 0.1 and
    0.9. Their cumulative sums are 0, 0.1 and 1. Only the last sum is greater than 0.5. So the answer is 0, 2.

    Divide the squared distances by their sum before you compare them with a draw.
    """
    return {"data": np.array([[0.0], [1], [3]]), "draws": np.array([0.1, 0.5])}


@trial("the points 0, 1 and 3, and the draws 0.3 and 0.15")
def _() -> Args:
    """0.3 times 3 is 0.9, so the first choice is point number 0. The cumulative sums of the chances are 0,
    0.1 and 1. Only the last sum is greater than 0.15. So the answer is 0, 2.

    The chances are 0, 0.1 and 0.9. Does your function square the distances?
    """
    return {"data": np.array([[0.0], [1], [3]]), "draws": np.array([0.3, 0.15])}


@trial("the points 0, 3 and 1, and the draws 0.1 and 0.93")
def _() -> Args:
    """The first choice is point number 0. The squared distances are 0, 9 and 1, and the cumulative sums of
    the chances are 0, 0.9 and 1. Only the last sum is greater than 0.93. So the answer is 0, 2.

    The farthest point is likely, but not certain. Take the first point whose cumulative sum is greater than
    the draw.
    """
    return {"data": np.array([[0.0], [3], [1]]), "draws": np.array([0.1, 0.93])}


@trial("the points (0, 0), (1, 1) and (0, 3), and the draws 0.1 and 0.25")
def _() -> Args:
    """The first choice is point number 0. The squared distances are 0, 2 and 9, and the cumulative sums of
    the chances are 0, 0.18 and 1. Only the last sum is greater than 0.25. So the answer is 0, 2.

    A squared distance is the sum of the squared differences of all coordinates.
    """
    return {"data": np.array([[0.0, 0], [1, 1], [0, 3]]), "draws": np.array([0.1, 0.25])}


@trial("the points 0, 4, 9 and 10, and the draws 0.1, 0.7 and 0.6")
def _() -> Args:
    """The first choice is number 0. The squared distances from point 0 are 0, 16, 81 and 100, so the draw 0.7
    chooses number 3, the point 10. The squared distances from the nearest chosen point are now 0, 16, 1 and
    0. Number 1 has the chance 16/17, and the draw 0.6 chooses it. So the answer is 0, 3, 1.

    After each choice, compute again which chosen point is nearest. Use a new draw for each choice.
    """
    return {"data": np.array([[0.0], [4], [9], [10]]), "draws": np.array([0.1, 0.7, 0.6])}


@trial("the points 4, 6 and 9, and the draws 0 and 0")
def _() -> Args:
    """The first choice is point number 0. The squared distances are 0, 4 and 25, and the cumulative sums of
    the chances are 0, 0.14 and 1. The first sum that is greater than 0 is the second sum. So the answer is 0,
    1.

    A sum that equals the draw is not greater than the draw. If it counted, a point with the chance 0 would be
    chosen.
    """
    return {"data": np.array([[4.0], [6], [9]]), "draws": np.zeros(2)}
