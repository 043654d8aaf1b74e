"""Starts of `EM` for one submission, near those that all of a term share.

Each has its own numbers. But a mistake gets the same wrong from it as from the shared start: so the same
mistake has the same mark, whoever makes it.
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
    Start,
    a_start,
    climb,
    old_means_off,
    stop_of,
    stops_clearly,
)
from exercises.pieces.many import runs

MOVED = 0.01  # how far the points of a start are moved, of their spread


def moved(rng: Generator, start: Start, alike: Callable[[Sequence[Start]], Iterable[bool]]) -> Start:
    """Return a start in other units, elsewhere, with points that are moved a little each.

    So its numbers differ by far more than the tolerance. What is right and what is wrong stays the same:
    EM takes the same steps in all units. alike: tells of several, moved less and less, from which it does.
    """
    data, means, covariances, weights = start.values()
    unit, spread = rng.uniform(1, 1.2), np.std(data, axis=0)
    shift = spread * rng.uniform(-0.5, 0.5, spread.shape)
    found = a_start(unit * data + shift, unit * means + shift, unit**2 * np.array(covariances), weights)
    steps = [unit * spread * rng.normal(size=np.shape(each)) for each in (data, means)]
    near = [
        {**found, "data": found["data"] + by * steps[0], "init_means": found["init_means"] + by * steps[1]}
        for by in (*MOVED * 0.5 ** np.arange(4), 0.0)
    ]
    return next((each for each, is_alike in zip(near, alike(near)) if is_alike), found)


def stop_alike(starts: Sequence[Start], found: Start, **kwargs: Any) -> list[bool]:
    """Tell from which starts EM converges as soon as from another, also with the old means."""
    every, thresh = [found, *starts], kwargs.get("thresh", DEFAULT)
    found_traces = runs(2 * every, LAST + 1, np.repeat([False, True], len(every))).traces
    right, slower = found_traces[: len(every)], found_traces[len(every) :]
    stops = [[stop_of(trace, thresh) for trace in both] for both in zip(right, slower)]
    clear = [stops_clearly(trace, len(found["data"]), **kwargs) for trace in right]
    return [is_clear and each == stops[0] for is_clear, each in zip(clear[1:], stops[1:])]


def climb_alike(starts: Sequence[Start], found: Start, maxiter: int, thresh: float) -> list[bool]:
    """Tell which starts climb so, and where old means get wrong what they do from the start found."""
    sides = [tuple(each > CONVERGED) for each in old_means_off([found, *starts], maxiter)]
    return [climbs and each == sides[0] for climbs, each in zip(climb(starts, maxiter, thresh), sides[1:])]
