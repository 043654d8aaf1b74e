"""Small inputs for hints on `map_covariances`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _prior(points: Any, resp: Any, psi: Any) -> Args:
    data, shares = np.array(points, dtype=float), np.array(resp, dtype=float)
    counts = shares.sum(axis=0)
    means = shares.T @ data / counts[:, None]
    return {
        "data": data,
        "resp": shares,
        "counts": counts,
        "means": means,
        "psi": np.array(psi, dtype=float),
        "nu": 3.0,
    }


@trial("the point 0, one component, `psi` = 6 and `nu` = 3")
def _() -> Args:
    """The point lies on its mean, so the scatter S_k is 0. The divisor is 3 + 1 + 1 + 1 = 6. So the answer is
    6 / 6 = 1, as a 1 × 1 matrix.

    The variance comes from the prior alone. Check your divisor: it is `nu` plus the count plus D plus 1.
    """
    return _prior([[0]], [[1]], [[6]])


@trial("the points -2 and 2, one component, `psi` = 6 and `nu` = 3")
def _() -> Args:
    """The mean is 0, so the scatter S_k is 4 + 4 = 8. The divisor is 3 + 2 + 1 + 1 = 7. So the answer is (6 +
    8) / 7 = 2.

    The scatter is a sum, not a mean. Add `psi` to the scatter, and then divide the sum once.
    """
    return _prior([[-2], [2]], [[1], [1]], [[6]])


@trial("the points 4 and 8, one component, `psi` = 6 and `nu` = 3")
def _() -> Args:
    """The mean is 6, and both points are at distance 2 from the mean. So the answer is the same as for the
    points -2 and 2: it is (6 + 8) / 7 = 2.

    Does your function subtract the mean from each point before it multiplies?
    """
    return _prior([[4], [8]], [[1], [1]], [[6]])


@trial("the points 0 and 4, with the responsibilities (3/4, 1/4) and (1/4, 3/4)")
def _() -> Args:
    """`psi` is 6 and `nu` is 3. Component 0 has the count 1 and the mean 1. Its scatter S_k is 3/4 · 1 + 1/4
    · 9 = 3. So its covariance is (6 + 3) / 6 = 1.5. The covariance of component 1 is also 1.5.

    Multiply each squared distance by the responsibility once. Use the count of the component in the divisor,
    not the number of all points.
    """
    return _prior([[0], [4]], [[0.75, 0.25], [0.25, 0.75]], [[6]])


@trial("the points (1, 2) and (-1, -2) and one component")
def _() -> Args:
    """The scatter S_k is [[2, 4], [4, 8]]. `psi` has 6 and 8 on its diagonal, and zeros off the diagonal.
    `nu` is 3, so the divisor is 3 + 2 + 2 + 1 = 8. The answer is [[1, 0.5], [0.5, 2]].

    There are two dimensions here, so D is 2. The scatter is a sum of outer products.
    """
    return _prior([[1, 2], [-1, -2]], [[1], [1]], [[6, 0], [0, 8]])


@trial("five points in the plane, two of component 0 and three of component 1")
def _() -> Args:
    """`psi` is [[6, 2], [2, 8]] and `nu` is 3. Component 0 has the points (1, 2) and (-1, -2). Its scatter
    S_k is [[2, 4], [4, 8]], so its covariance is [[1, 0.75], [0.75, 2]]. Component 1 has the points (8, 5),
    (9, 5) and (10, 5). Its covariance is [[8/9, 2/9], [2/9, 8/9]].

    For each component, use its own mean, its own column of `resp` and its own count. All components have the
    same `psi`.
    """
    points = [[1, 2], [-1, -2], [8, 5], [9, 5], [10, 5]]
    return _prior(points, [[1, 0], [1, 0], [0, 1], [0, 1], [0, 1]], [[6, 2], [2, 8]])
