"""Small inputs for hints on `kmeans_plus_plus`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("the points 4, 9, 6 and 1, and the one draw 0.7")
def _() -> Args:
    """0.7 times 4 points is 2.8, and its whole part is 2. So the answer is one number, 2.

    The first choice needs no distances. Return the number of the point, and not the point itself, which is 6.
    """
    return {"data": np.array([[4.0], [9], [6], [1]]), "draws": np.array([0.7])}


@trial("the points 0, 1 and 3, and the draws 0.1 and 0.5")
def _() -> Args:
    """The first choice has number 0. The squared distances are 0, 1 and 9, so the chances are 0, 0.1 and 0.9.
    Their cumulative sums are 0, 0.1 and 1. The first that exceeds 0.5 is the last: the answer is 0, 2.

    Divide the squared distances by their sum before you compare them with a draw.
    """
    return {"data": np.array([[0.0], [1], [3]]), "draws": np.array([0.1, 0.5])}


@trial("the points 0, 1 and 3, and the draws 0.3 and 0.15")
def _() -> Args:
    """0.3 times 3 is 0.9, so the first choice has number 0. The cumulative sums are 0, 0.1 and 1. The first
    that exceeds 0.15 is the last: the answer is 0, 2.

    Look at the chances: they are 0, 0.1 and 0.9. Does your function square the distances?
    """
    return {"data": np.array([[0.0], [1], [3]]), "draws": np.array([0.3, 0.15])}


@trial("the points 0, 3 and 1, and the draws 0.1 and 0.93")
def _() -> Args:
    """The first choice has number 0. The squared distances are 0, 9 and 1, and the cumulative sums of the
    chances are 0, 0.9 and 1. The first that exceeds 0.93 is the last: the answer is 0, 2.

    The farthest point is likely, but it is not sure. The draw decides, with the first sum that exceeds it.
    """
    return {"data": np.array([[0.0], [3], [1]]), "draws": np.array([0.1, 0.93])}


@trial("the points (0, 0), (1, 1) and (0, 3), and the draws 0.1 and 0.25")
def _() -> Args:
    """The first choice has number 0. The squared distances are 0, 2 and 9, and the cumulative sums of the
    chances are 0, 0.18 and 1. The first that exceeds 0.25 is the last: the answer is 0, 2.

    A squared distance is the sum of the squares of all coordinates' differences.
    """
    return {"data": np.array([[0.0, 0], [1, 1], [0, 3]]), "draws": np.array([0.1, 0.25])}


@trial("the points 0, 4, 9 and 10, and the draws 0.1, 0.7 and 0.6")
def _() -> Args:
    """The first choice has number 0. The squared distances from it are 0, 16, 81 and 100, so the draw 0.7
    chooses number 3. Now points 0 and 10 are chosen. The squared distances from the nearer one are 0, 16, 1
    and 0. Number 1 has the chance 16/17 and is chosen by 0.6. The answer is 0, 3, 1.

    After each choice, look again which chosen point is nearest. Each choice has a draw of its own.
    """
    return {"data": np.array([[0.0], [4], [9], [10]]), "draws": np.array([0.1, 0.7, 0.6])}


@trial("the points 4, 6 and 9, and the draws 0 and 0")
def _() -> Args:
    """The first choice has number 0. The squared distances are 0, 4 and 25, and the cumulative sums of the
    chances are 0, 0.14 and 1. The first that exceeds 0 is the second: the answer is 0, 1.

    A sum that only equals the draw does not exceed it. Otherwise a point with the chance 0 would be chosen.
    """
    return {"data": np.array([[4.0], [6], [9]]), "draws": np.zeros(2)}
