"""Problems of a known size, so that what counts as equal does not depend on the seed.

An answer may be off by a share of its largest number: `Case.tolerance`. So a number that is added somewhere
on the way passes up to a *line*, which lies where the error reaches that share. The line depends on how
large the answer is. In each exercise one case is drawn to a fixed size, and the others to larger ones. Then
that one case decides, and the line is the same for every seed.
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
LENGTHS = {"data": 1, "means": 1, "covariances": 2}  # powers of a length in each argument
LENGTHS |= {"init_means": 1, "init_covariances": 2, "point": 1, "mean": 1, "covariance": 2}
LITTLE = 1e-12  # far below every tolerance, far above the last digit
TRIAL = 1e-9  # small enough for errors to grow in proportion


def largest(value: Any) -> float:
    """Return the largest absolute number in an array."""
    return float(np.abs(value).max())


def absolute(answer: Any) -> float:
    """Return the tolerance with which the error allowed is the same for an answer of any size."""
    return Case.tolerance / largest(answer)


def in_units(args: Mapping[str, Any], unit: float) -> Args:
    """Return a problem with all lengths multiplied by `unit`; what is no length stays."""
    return {
        name: np.asarray(value) * unit ** LENGTHS[name] if name in LENGTHS else value
        for name, value in args.items()
    }


def line(right: Callable[[Args], Any], off: Callable[[Args, float], Any], args: Args) -> float:
    """Return how large a number may be that `off` adds on the way: there its error is the tolerance.

    Example:
        >>> round(line(lambda args: args["x"], lambda args, e: args["x"] + e, {"x": 2.0}), 9)
        6e-06
    """
    exact = np.asarray(right(args), dtype=float)
    error = largest(np.asarray(off(args, TRIAL)) - exact) / TRIAL
    return Case.tolerance * largest(exact) / error


def wider(covariances: Any, ridge: float) -> Numbers:
    """Return covariances with a little added to their diagonals."""
    return np.asarray(covariances) + ridge * np.eye(np.shape(covariances)[-1])


def draw_counts(rng: Generator, num_components: int, num_points: int) -> Numbers:
    """Draw soft counts that sum to the number of points; no two are alike, none is small."""
    raw = 2 + rng.permutation(num_components) + rng.uniform(0, 0.5, num_components)
    return num_points * raw / raw.sum()


def draw_shares(rng: Generator, counts: Numbers) -> Numbers:
    """Draw responsibilities (N, K) whose columns sum to `counts`, and each row to 1."""
    num_points = int(round(float(np.sum(counts))))
    resp = rng.dirichlet(np.ones(len(counts)), num_points) + 0.02
    for _ in range(200):  # rows and columns in turn (Sinkhorn)
        resp *= counts / resp.sum(axis=0)
        resp /= resp.sum(axis=1, keepdims=True)
    return resp


def sums_just_beside(rng: Generator, counts: Numbers, side: int) -> Numbers:
    """Draw responsibilities whose soft counts add up, in floating point, to a little less than N, or more.

    They do so in whatever order they are added: `int` of such a sum is one too few, or `ceil` one too many.
    side: -1 for less, 1 for more. Shares that are a little off round to other sums, so they are drawn once.
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
