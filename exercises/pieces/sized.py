"""Problems whose answers have a known size, so that the seed does not change which answers count as equal.

An answer may differ by a share of its largest number: `Case.tolerance`. Suppose that code adds a small number
on the way to the answer. This number passes up to a *line*: the size at which the error reaches the
tolerance. The line depends on the size of the answer. So in each exercise one case is drawn to a fixed size,
and all others to larger sizes. Then this one case decides, and the line is the same for every seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from checks.authors import Case

Numbers = NDArray[np.float64]
Args = dict[str, Any]
LENGTHS = {"data": 1, "means": 1, "covariances": 2}  # an argument scales with this power of a length
LENGTHS |= {"init_means": 1, "init_covariances": 2, "point": 1, "mean": 1, "covariance": 2}
LITTLE = 1e-12  # much smaller than every tolerance, much larger than rounding errors
TRIAL = 1e-9  # so small that an error is proportional to the number added


def largest(value: Any) -> float:
    """Return the largest absolute number in an array."""
    return float(np.abs(value).max())


def absolute(answer: Any) -> float:
    """Return the relative tolerance for which the allowed error does not depend on the size of the answer."""
    return Case.tolerance / largest(answer)


def in_units(args: Mapping[str, Any], unit: float) -> Args:
    """Return a problem with all lengths multiplied by `unit`. Other arguments do not change."""
    return {
        name: np.asarray(value) * unit ** LENGTHS[name] if name in LENGTHS else value
        for name, value in args.items()
    }


def line(right: Callable[[Args], Any], off: Callable[[Args, float], Any], args: Args) -> float:
    """Return the line of `off`: its answer with an added number of this size is wrong by just the tolerance.

    Example:
        >>> round(line(lambda args: args["x"], lambda args, e: args["x"] + e, {"x": 2.0}), 9)
        6e-06
    """
    exact = np.asarray(right(args), dtype=float)
    error = largest(np.asarray(off(args, TRIAL)) - exact) / TRIAL
    return Case.tolerance * largest(exact) / error


def wider(covariances: Any, ridge: float) -> Numbers:
    """Return covariances with `ridge` added to their diagonals."""
    return np.asarray(covariances) + ridge * np.eye(np.shape(covariances)[-1])


def draw_counts(rng: Generator, num_components: int, num_points: int) -> Numbers:
    """Draw soft counts that sum to the number of points. No two are similar, and no count is small."""
    raw = 2 + rng.permutation(num_components) + rng.uniform(0, 0.5, num_components)
    return num_points * raw / raw.sum()


def draw_shares(rng: Generator, counts: Numbers) -> Numbers:
    """Draw responsibilities (N, K). Their columns sum to `counts`, and each row sums to 1."""
    num_points = int(round(float(np.sum(counts))))
    resp = rng.dirichlet(np.ones(len(counts)), num_points) + 0.02
    for _ in range(200):  # normalise rows and columns in turn (Sinkhorn)
        resp *= counts / resp.sum(axis=0)
        resp /= resp.sum(axis=1, keepdims=True)
    return resp


def sums_just_beside(rng: Generator, counts: Numbers, side: int) -> Numbers:
    """Draw responsibilities whose soft counts have a sum just below or just above N in floating point.

    This is so in whatever order they are added. So `int` of this sum is one too few, or `ceil` is one too
    many. side: -1 for below N, 1 for above. The shares are drawn only once: tiny random changes of them round
    to other sums.
    """
    drawn = draw_shares(rng, counts)
    while True:
        resp = drawn * (1 + LITTLE * rng.normal(size=drawn.shape))
        resp /= resp.sum(axis=1, keepdims=True)
        if all(side * (each - len(resp)) > 0 for each in _sums(resp.sum(axis=0))):
            return resp


def _sums(counts: Numbers) -> Iterator[float]:
    yield float(np.sum(counts))
    yield float(sum(counts))
    yield float(sum(counts[::-1]))
    yield float(np.sum(np.sort(counts)))
    yield float(np.sum(np.longdouble(counts)))
