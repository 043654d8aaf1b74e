"""One form for both kinds of mixture, and the ways into it and out of it.

The mean of a Bernoulli component is its probability of ink, so weights, means and perhaps
covariances describe either kind. A learner's functions have other forms: logs, lists,
(1, K) for (K,), K x N for N x K. What is read here raises ValueError with one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.validate import as_bernoullis, as_mixture, as_weights, one_row_each

Numbers = NDArray[np.float64]
GAUSSIAN_PARTS, BERNOULLI_PARTS = ("weights", "means", "covariances"), ("log_p", "log_mix")


class Params(NamedTuple):
    """weights (K,), means (K, D), covariances (K, D, D); None for Bernoulli components."""

    weights: Numbers
    means: Numbers
    covariances: Numbers | None = None


def read_gaussians(given: Any, K: int, D: int) -> Params:
    """Return what an M-step returned: weights, means and covariances, as arrays or lists."""
    weights, means, covariances = _parts(given, GAUSSIAN_PARTS)
    return Params(
        _shaped(np.ravel(_numbers(weights, "weights")), "weights", (K,)),
        _shaped(_numbers(means, "means"), "means", (K, D)),
        _shaped(_numbers(covariances, "covariances"), "covariances", (K, D, D)),
    )


def read_bernoullis(given: Any, K: int, D: int) -> Params:
    """Return what an M-step returned: log_p and log_mix, in either order."""
    log_p, log_mix = _parts(given, BERNOULLI_PARTS)
    if np.size(log_p) == K and np.shape(log_mix) == (K, D):
        log_p, log_mix = log_mix, log_p
    return Params(
        np.exp(_shaped(np.ravel(_numbers(log_mix, "log_mix")), "log_mix", (K,))),
        np.exp(_shaped(_numbers(log_p, "log_p"), "log_p", (K, D))),
    )


def read_resp(given: Any, N: int, K: int, logs: bool) -> Numbers:
    """Return responsibilities, (N, K), of what an E-step returned: (N, K) or (K, N), perhaps logs."""
    name = "log_resp" if logs else "resp"
    array = _numbers(given, name)
    table = _shaped(one_row_each(array, N, name) if array.ndim == 2 else array, name, (N, K))
    return np.exp(table) if logs else table


def tell_gaussians(params: Params) -> list[Numbers]:
    """Return weights, means and covariances, to be handed to an E-step."""
    return list(params)


def tell_bernoullis(params: Params) -> list[Numbers]:
    """Return log_p and log_mix, to be handed to an E-step."""
    with np.errstate(divide="ignore"):
        return [np.log(params.means), np.log(params.weights)]


def start_of_gaussians(given: Any, D: int) -> Params:
    """Return a start that must be a mixture: weights, means and covariances."""
    return Params(*as_mixture(*_parts(given, GAUSSIAN_PARTS), num_dims=D))


def start_of_bernoullis(given: Any, D: int) -> Params:
    """Return a start that must be a mixture: log_p and log_mix."""
    log_p, log_mix = _parts(given, BERNOULLI_PARTS)
    p, weights = np.exp(as_bernoullis(log_p, D)), as_weights(np.exp(_numbers(log_mix, "log_mix")))
    if len(p) != len(weights):
        raise ValueError(f"there are {len(weights)} weights but {len(p)} rows of log_p.")
    return Params(weights, p)


def by_names(given: Mapping[str, Any], names: Sequence[str]) -> list[Any]:
    """Return the parts of a dictionary in this order; "covs" is short for "covariances"."""
    named = {"covariances" if name == "covs" else name: value for name, value in given.items()}
    if missing := [name for name in names if name not in named]:
        raise ValueError(f"init has no '{missing[0]}': it needs {', '.join(names)}.")
    return [named[name] for name in names]


def _parts(given: Any, names: Sequence[str]) -> list[Any]:
    many = isinstance(given, Sequence | np.ndarray) and not isinstance(given, str)
    if not many or len(given) != len(names):
        came = f"{len(given)} things" if many else type(given).__name__
        raise ValueError(f"({', '.join(names)}) was expected, but {came} came.")
    return list(given)


def _numbers(value: Any, name: str) -> Numbers:
    try:
        return np.array(value, dtype=float)  # a copy: the owner may go on and change the original
    except (TypeError, ValueError):
        raise ValueError(f"{name} cannot be read as an array of numbers.") from None


def _shaped(array: Numbers, name: str, shape: tuple[int, ...]) -> Numbers:
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}, but must be {shape}.")
    return array
