"""Starts of `EM` for one submission. They are near the starts that all submissions of a term share.

Each submission has its own numbers. But a mistake that fails from the shared start also fails from these
starts. So the same mistake has the same mark in every submission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator

from exercises.gaussian_mixture.em_starts import (
    CONVERGED,
    DEFAULT,
    LAST,
    MORE,
    Start,
    a_start,
    both_runs,
    climbs,
    near_misses,
    old_means_off,
    stops_clearly,
)

# How far the points of a start are moved, as a share of their spread. They are tried in this order.
SHAKES = np.repeat([0.01, 0.005, 0.0025], [6, 3, 3])
FIRST = 4  # one of these is usually good


def moved(rng: Generator, start: Start, alike: Callable[[Sequence[Start]], Iterable[bool]]) -> Start:
    """Return a start in other units and at another place. Each of its points is also moved a little.

    So its numbers differ by much more than the tolerance. The same functions are correct or wrong, because
    EM takes the same steps in all units. alike: tells which of several starts are good. The first good start
    is returned. Each start is moved less than the one before.
    """
    data, means, covariances, weights = start.values()
    unit, spread = rng.uniform(1, 1.2), np.std(data, axis=0)
    shift = spread * rng.uniform(-0.5, 0.5, spread.shape)
    found = a_start(unit * data + shift, unit * means + shift, unit**2 * np.array(covariances), weights)
    near = [_shaken(rng, found, by * unit * spread) for by in (*SHAKES, 0.0)]
    for some in (near[:FIRST], near[FIRST:]):
        for each, is_alike in zip(some, alike(some)):
            if is_alike:
                return each
    return found


def _shaken(rng: Generator, start: Start, size: Any) -> Start:
    """Return a start with its points and means moved by random steps of this size."""
    moves = {name: size * rng.normal(size=np.shape(start[name])) for name in ("data", "init_means")}
    return {**start, **{name: start[name] + step for name, step in moves.items()}}


def stop_alike(starts: Sequence[Start], found: Start, **kwargs: Any) -> list[bool]:
    """Tell which starts are good: EM converges clearly, and near misses fail as they do from `found`.

    Near misses are runs with one iteration less or more, and runs with the old means.
    """
    thresh = kwargs.get("thresh", DEFAULT)
    right, old = both_runs([found, *starts], LAST + 1)
    sides = [tuple(each > CONVERGED) for each in near_misses(right, old, thresh)]
    clear = [stops_clearly(each, len(found["data"]), **kwargs) for each in right.traces[1:]]
    return [is_clear and each == sides[0] for is_clear, each in zip(clear, sides[1:])]


def climb_alike(starts: Sequence[Start], found: Start, maxiter: int, thresh: float) -> list[bool]:
    """Tell which starts are good: all gains are large, and old means fail as they do from `found`."""
    right, old = both_runs([found, *starts], maxiter + MORE)
    sides = [tuple(each > CONVERGED) for each in old_means_off(right, old, maxiter)]
    pairs = zip(right.traces[1:], sides[1:])
    return [climbs(trace, thresh) and each == sides[0] for trace, each in pairs]
