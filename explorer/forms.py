"""One form of parameters for both kinds of mixture, and functions that convert to it and from it.

The mean of a Bernoulli component is its probability of ink. So weights, means and perhaps covariances
describe both kinds. A learner's functions may use other forms: logs, lists, (1, K) for (K,), K x N for N x K.
The functions that read these raise ValueError with one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from checks.texts import say

Numbers = NDArray[np.float64]
# The names of the parameters of each family (kind of mixture), in the order of the course's functions.
PARTS = {"gaussian": ("weights", "means", "covariances"), "bernoulli": ("log_p", "log_mix")}


class Params(NamedTuple):
    """Parameters: weights (K,), means (K, D), covariances (K, D, D), which are None for Bernoulli."""

    weights: Numbers
    means: Numbers
    covariances: Numbers | None = None


def read_points(given: Any) -> Numbers:
    """Return the data as an (N, D) array of finite numbers, N and D at least 1."""
    points = numbers(given, "data")
    if points.size == 0:
        raise ValueError(say("data is empty: give at least one point."))
    if points.ndim != 2:
        raise ValueError(
            say(
                "data has shape {shape}, but must be (N, D), one row for each point; for N points in one "
                "dimension write data[:, None].",
                shape=points.shape,
            )
        )
    if len(bad := np.argwhere(~np.isfinite(points))):
        at = bad[0].tolist()
        raise ValueError(
            say("data is not finite at {at}: the value there is {points}.", at=at, points=points[tuple(at)])
        )
    return points


def read_gaussians(given: Any, K: int, D: int) -> Params:
    """Return the parameters from the result of an M-step: (weights, means, covariances), arrays or lists."""
    weights, means, covariances = in_parts(given, PARTS["gaussian"])
    return Params(
        _shaped(np.ravel(numbers(weights, "weights")), "weights", (K,)),
        _shaped(numbers(means, "means"), "means", (K, D)),
        _shaped(numbers(covariances, "covariances"), "covariances", (K, D, D)),
    )


def read_bernoullis(given: Any, K: int, D: int) -> Params:
    """Return the parameters from the result of an M-step: log_p and log_mix, in either order."""
    log_p, log_mix = in_parts(given, PARTS["bernoulli"])
    if np.size(log_p) == K and np.shape(log_mix) == (K, D):
        log_p, log_mix = log_mix, log_p
    return Params(
        np.exp(_shaped(np.ravel(numbers(log_mix, "log_mix")), "log_mix", (K,))),
        np.exp(_shaped(numbers(log_p, "log_p"), "log_p", (K, D))),
    )


def read_resp(given: Any, N: int, K: int, logs: bool) -> Numbers:
    """Return responsibilities, (N, K), from the result of an E-step: (N, K) or (K, N), perhaps logs."""
    name = "log_resp" if logs else "resp"
    array = numbers(given, name)
    table = _shaped(_one_row_each(array, N, name) if array.ndim == 2 else array, name, (N, K))
    return np.exp(table) if logs else table


def tell_gaussians(params: Params) -> list[Numbers]:
    """Return weights, means and covariances, as arguments for an E-step."""
    return list(params)


def tell_bernoullis(params: Params) -> list[Numbers]:
    """Return log_p and log_mix, as arguments for an E-step."""
    with np.errstate(divide="ignore"):
        return [np.log(params.means), np.log(params.weights)]


def in_parts(given: Any, names: Sequence[str]) -> list[Any]:
    """Return the values of a sequence. It must have one value for each of these names."""
    many = isinstance(given, Sequence | np.ndarray) and not isinstance(given, str)
    if not many or len(given) != len(names):
        came = say("{count} values", count=len(given)) if many else type(given).__name__
        raise ValueError(say("({names}) was expected, not {came}.", names=", ".join(names), came=came))
    return list(given)


def numbers(value: Any, name: str) -> Numbers:
    """Return a copy as an array of floats. The learner's code may later change the original."""
    try:
        return np.array(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            say(
                "{name} cannot be read as an array of numbers: all rows must have the same length.", name=name
            )
        ) from None


def _one_row_each(array: Numbers, N: int, name: str) -> Numbers:
    if N not in array.shape:
        raise ValueError(
            say(
                "{name} has shape {shape}, but must have one row or one column for each of {n} points.",
                name=name,
                shape=array.shape,
                n=N,
            )
        )
    return array if len(array) == N else array.T


def _shaped(array: Numbers, name: str, shape: tuple[int, ...]) -> Numbers:
    if array.shape != shape:
        raise ValueError(
            say("{name} has shape {shape}, but must be {shape2}.", name=name, shape=array.shape, shape2=shape)
        )
    return array
