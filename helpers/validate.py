"""Input checks for the other modules: one clear sentence for each way to be wrong.

Every function returns its input in standard shape, as a copy or a view with floats. If that is not possible,
it raises ValueError. So the formulas in other modules need no checks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.texts import say
from helpers.required import (
    SUM_TOLERANCE,
    Refuse,
    as_floats,
    first_at,
    refuse,
    require_finite,
    require_positive_definite,
    require_symmetric,
)


def as_points(data: ArrayLike, name: str = "data") -> NDArray[np.float64]:
    """Return the points as an (N, D) array of finite floats, N and D at least 1."""
    points = as_floats(data, name)
    if points.size == 0:
        raise ValueError(say("{name} is empty: give at least one point.", name=name))
    if points.ndim != 2:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (N, D), one row for each point; for N points in one "
                "dimension write {name}[:, None].",
                name=name,
                shape=points.shape,
            )
        )
    require_finite(points, name)
    return points


def as_weights(weights: ArrayLike, name: str = "weights", refuse: Refuse = refuse) -> NDArray[np.float64]:
    """Return mixing weights as a (K,) array: finite, none negative, with sum 1.

    (K, 1) and (1, K) are accepted, because published code has both. refuse: called with a sentence if the
    weights do not sum to 1.
    """
    raw = as_floats(weights, name)
    if raw.size == 0:
        raise ValueError(say("{name} is empty: a mixture needs at least one component.", name=name))
    if raw.size != max(raw.shape, default=1):
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K,), one weight for each component.",
                name=name,
                shape=raw.shape,
            )
        )
    flat = raw.reshape(-1)
    require_finite(flat, name)
    if flat.min() < 0:
        k = int(flat.argmin())
        raise ValueError(
            say("{name}[{k}] is {flat:.6g}, but no weight may be negative.", name=name, k=k, flat=flat[k])
        )
    if abs(flat.sum() - 1) > SUM_TOLERANCE:
        refuse(say("{name} sum to {sum:.6g}, not to 1: divide them by their sum.", name=name, sum=flat.sum()))
    return flat


def as_means(means: ArrayLike, name: str = "means") -> NDArray[np.float64]:
    """Return the means as a (K, D) array of finite floats."""
    array = as_floats(means, name)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K, D), one row for each component.",
                name=name,
                shape=array.shape,
            )
        )
    require_finite(array, name)
    return array


def as_covariances(covs: ArrayLike, name: str = "covs", refuse: Refuse = refuse) -> NDArray[np.float64]:
    """Return (K, D, D) matrices, each symmetric and positive definite.

    refuse: called with a sentence about a matrix that is not symmetric. If `refuse` does not raise, only the
    lower half of the matrix is used.
    """
    array = as_floats(covs, name)
    if array.ndim != 3 or array.shape[1] != array.shape[2] or array.size == 0:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K, D, D), one square matrix for each component.",
                name=name,
                shape=array.shape,
            )
        )
    require_finite(array, name)
    for k, matrix in enumerate(array):
        require_symmetric(matrix, f"{name}[{k}]", refuse)
        require_positive_definite(matrix, f"{name}[{k}]")
    return array


def as_components(
    means: ArrayLike, covs: ArrayLike, num_dims: int | None = None, refuse: Refuse = refuse
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return means (K, D) and covariances (K, D, D) that agree with each other.

    num_dims: the dimension of the points. If it is given, means and covariances must have it.
    """
    mu, sigma = as_means(means), as_covariances(covs, refuse=refuse)
    if num_dims is not None and mu.shape[1] != num_dims:
        raise ValueError(
            say(
                "means has {shape} columns, but the points have {num_dims} dimensions: each row of "
                "means must be one point of the same space.",
                shape=mu.shape[1],
                num_dims=num_dims,
            )
        )
    if sigma.shape != (len(mu), mu.shape[1], mu.shape[1]):
        raise ValueError(
            say(
                "covs has shape {shape}, but with means of shape {shape2} it must be {value}.",
                shape=sigma.shape,
                shape2=mu.shape,
                value=(len(mu), mu.shape[1], mu.shape[1]),
            )
        )
    return mu, sigma


def as_mixture(
    weights: ArrayLike,
    means: ArrayLike,
    covs: ArrayLike,
    num_dims: int | None = None,
    refuse: Refuse = refuse,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return weights (K,), means (K, D) and covariances (K, D, D) of one mixture."""
    pi = as_weights(weights, refuse=refuse)
    mu, sigma = as_components(means, covs, num_dims, refuse)
    if len(pi) != len(mu):
        raise ValueError(
            say(
                "there are {number} weights but {number2} means: give one of each for every component.",
                number=len(pi),
                number2=len(mu),
            )
        )
    return pi, mu, sigma


def as_responsibilities(resp: ArrayLike, num_points: int, name: str = "resp") -> NDArray[np.float64]:
    """Return responsibilities as an (N, K) array whose rows sum to 1."""
    array = as_floats(resp, name)
    if array.ndim != 2 or len(array) != num_points or array.size == 0:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (N, K) = ({num_points}, K), one row for each point.",
                name=name,
                shape=array.shape,
                num_points=num_points,
            )
        )
    require_finite(array, name)
    if array.min() < 0:
        raise ValueError(
            say("{name} holds a negative number at {first}.", name=name, first=first_at(array < 0))
        )
    off = np.abs(array.sum(axis=1) - 1) > SUM_TOLERANCE
    if off.any():
        n = int(off.argmax())
        raise ValueError(
            say("row {n} of {name} sums to {sum:.6g}, not to 1.", n=n, name=name, sum=array[n].sum())
        )
    return array


def as_bernoullis(log_p: ArrayLike, num_dims: int, name: str = "log_p") -> NDArray[np.float64]:
    """Return log probabilities as a (K, D) array of finite numbers below 0.

    Rounding may make a probability equal to 1. It is then replaced by the largest number below 1.
    """
    array = as_floats(log_p, name)
    if array.ndim != 2 or array.shape[1] != num_dims or array.size == 0:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must be (K, {num_dims}), one row for each component.",
                name=name,
                shape=array.shape,
                num_dims=num_dims,
            )
        )
    if np.isneginf(array).any():
        raise ValueError(
            say(
                "{name} is -inf at {first}: this pixel has probability 0, so every image with ink in it is "
                "impossible. Smooth with an alpha above 0.",
                name=name,
                first=first_at(np.isneginf(array)),
            )
        )
    require_finite(array, name)
    if array.max() > SUM_TOLERANCE:
        raise ValueError(
            say(
                "{name} is above 0 at {first}: a probability cannot be above 1.",
                name=name,
                first=first_at(array > SUM_TOLERANCE),
            )
        )
    return np.minimum(array, -np.finfo(float).eps)


def one_row_each(table: ArrayLike, num_points: int, name: str = "the table") -> NDArray[np.float64]:
    """Return a table with one row for each point. A (K, N) table is transposed to (N, K)."""
    array = as_floats(table, name)
    if array.ndim != 2 or num_points not in array.shape:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must have one row or one column for each of "
                "{num_points} points.",
                name=name,
                shape=array.shape,
                num_points=num_points,
            )
        )
    return array if len(array) == num_points else array.T


def require_enough_points(num_points: int, num_components: int) -> None:
    """Refuse a mixture with more components than points: it cannot be estimated."""
    if num_components > num_points:
        raise ValueError(
            say(
                "there are {num_components} components but only {num_points} points: K may not be "
                "greater than N.",
                num_components=num_components,
                num_points=num_points,
            )
        )
