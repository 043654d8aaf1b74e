"""Starts that `EM` is called with. Each start tells correct answers from wrong ones, despite rounding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from exercises.pieces.draw import Mixture, draw_covariance, draw_mixture, draw_weights
from exercises.pieces.guarded import PRODUCT, product_lines
from exercises.pieces.many import Runs, first_that, runs, traces
from exercises.pieces.sized import in_units, largest

Reference = dict[str, Callable[..., Any]]
Start = dict[str, Any]
Trace = Sequence[float] | NDArray[np.float64]

CLEAR = 1.3  # the gains before and at the stop are this factor away from the threshold
MORE = 5  # so many iterations are looked at after the last one of a slow run
CONVERGED = 1e-4  # the tolerance of cases with many iterations
DEFAULT = 1e-4  # the threshold of code that ignores the argument `thresh`
LAST = 60  # a run has stopped by this iteration, even with a threshold ten times smaller


def a_start(data: Any, means: Any, covariances: Any, weights: Any) -> Start:
    return {"data": data, "init_means": means, "init_covariances": covariances, "init_weights": weights}


def start_from(data: np.ndarray, chosen: Any) -> Start:
    num_components = len(chosen)
    spread = np.atleast_2d(np.cov(data, rowvar=False))
    equal = np.full(num_components, 1 / num_components)
    return a_start(data, data[chosen], np.array([spread] * num_components), equal)


def unequal_start(reference: Reference, rng: Generator) -> Start:
    """Draw a start with unequal weights, in units in which one iteration makes the largest covariance 1.

    Code that adds a number to products or to their sums passes and fails as in the cases of
    `compute_responsibilities`.
    """
    while True:
        drawn: Mixture = draw_mixture(rng, 2, 3, 26)
        covariances = 2 * np.array([draw_covariance(rng, 3) for _ in range(2)])
        means = drawn.means + rng.normal(size=(2, 3))
        start = a_start(drawn.data, means, covariances, draw_weights(rng, 2))
        start = in_units(start, largest(reference["EM"](*start.values(), maxiter=1)["covs"]) ** -0.5)
        names = ("data", "means", "covariances", "weights")
        low, high = product_lines(dict(zip(names, start.values())))
        if low > 1.8 * PRODUCT and high < 3 * PRODUCT:
            return start


def far_apart(rng: Generator) -> Start:
    """Draw two groups that are so far apart that each point belongs fully to its own group.

    The second iteration finds exactly the numbers of the first. So a loop that waits for equality ends here,
    too, and it can be told from a loop that never ends.
    """
    sizes, far = (
        rng.choice(np.arange(7, 11), 2, replace=False),
        rng.uniform(13, 15, 2) * rng.choice([-1, 1], 2),
    )
    noise = [np.clip(rng.normal(size=(size, 2)), -2, 2) for size in sizes]
    data = np.concatenate([noise[0], far + 1.5 * noise[1]])
    means = np.array([[0.5, -0.5], far + 0.5])
    return a_start(data, means, np.array([np.eye(2), 2 * np.eye(2)]), np.array([0.5, 0.5]))


def almost_there(reference: Reference, rng: Generator, thresh: float) -> Start:
    """Draw four components, and points from them, for `nearly_there`."""
    while True:
        truth = a_start(*(draw_mixture(rng, 4, 1, 20)[place] for place in (0, 2, 3, 1)))
        if gains_little(reference, truth, thresh):
            return truth


def nearly_there(reference: Reference, truth: Start) -> Start:
    """Return a start whose first gain is clearly below a threshold, so that one iteration is enough.

    truth: a start for which `gains_little` holds.
    """
    run = _run(reference, truth, 8)
    return a_start(truth["data"], run["means"], np.array(run["covs"]), run["weights"]) if run else truth


def gains_little(reference: Reference, truth: Start, thresh: float) -> bool:
    """Tell whether one iteration is enough from the parameters that EM finds in eight iterations.

    A threshold ten times smaller needs more iterations. The gain is still much larger than rounding errors.
    """
    run = _run(reference, nearly_there(reference, truth), maxiter=6, thresh=0)
    gains = np.diff(run["loglik"]) if run else np.zeros(1)
    between = 0.1 * CLEAR * thresh < gains[0] < thresh / CLEAR
    return bool(between and gains.min() > 1e-4 and _is_sound(run))


def slow_start(reference: Reference, rng: Generator, maxiter: int, thresh: float) -> Start:
    """Draw a start from which each of `maxiter` iterations gains far more than `thresh`.

    Two components share one even group of few points. This is quick, even for code with loops. The units are
    so large that a small number on the diagonal does not add up to an error.
    """

    def draw() -> Start:
        data = 10 * (np.linspace(-1.5, 1.5, 10) + rng.normal(scale=0.2, size=10))[:, None]
        covariances = np.var(data) * np.array([[[1.0]], [[0.6]]])
        return a_start(data, data[rng.choice(10, 2, replace=False)], covariances, np.array([0.6, 0.4]))

    rounds = maxiter + MORE

    def likely(starts: Sequence[Start]) -> list[bool]:
        return climb(starts, maxiter, thresh)

    def fits(start: Start) -> bool:
        off = old_means_off(*both_runs([start], maxiter), maxiter)
        return not _is_near(off, 3) and _is_steady(reference, start, rounds, thresh)

    return first_that(rng, draw, likely, fits)


def climb(starts: Sequence[Start], maxiter: int, thresh: float) -> list[bool]:
    """Tell for each start whether `maxiter` iterations, and a few more, each gain far more than `thresh`."""
    return [climbs(trace, thresh) for trace in traces(starts, maxiter + MORE)]


def both_runs(starts: Sequence[Start], iterations: int) -> tuple[Runs, Runs]:
    """Run EM from some starts, correctly and with the old means in the covariances."""
    half = len(starts)
    traces, *paths = runs([*starts, *starts], iterations, [False] * half + [True] * half)
    right, old = (slice(half), slice(half, None))
    return tuple(Runs(traces[part], *(path[:, part] for path in paths)) for part in (right, old))


def old_means_off(right: Runs, old: Runs, iterations: int) -> NDArray[np.float64]:
    """Return the errors of weights, means and covariances with old means, relative to the largest; (B, 3)."""
    return np.array([_off(right, (iterations, each), old, iterations) for each in range(len(right.traces))])


def near_misses(right: Runs, old: Runs, thresh: float) -> NDArray[np.float64]:
    """Return the errors of weights, means and covariances of three near misses, (B, 9).

    The near misses are one iteration less, one iteration more, and old means. Each error is relative to the
    largest number. A run with old means continues for a few iterations at most.
    """
    return np.array([_missed(right, old, each, thresh) for each in range(len(right.traces))])


def _missed(right: Runs, old: Runs, each: int, thresh: float) -> NDArray[np.float64]:
    stop = min(stop_of(right.traces[each], thresh), LAST)
    end = min(stop_of(old.traces[each], thresh), stop + MORE, LAST + 1)
    wrong = (right, stop - 1), (right, stop + 1), (old, end)
    return np.concatenate([_off(right, (stop, each), *other) for other in wrong])


def _off(right: Runs, at: tuple[int, int], wrong: Runs, after: int) -> NDArray[np.float64]:
    """Return how far the parameters of one run are off after so many iterations. at: (iteration, run)."""
    mine = [part[at] for part in right[1:]]
    theirs = [part[after, at[1]] for part in wrong[1:]]
    return np.array([np.abs(one - other).max() / np.abs(one).max() for one, other in zip(mine, theirs)])


def _is_steady(reference: Reference, start: Start, rounds: int, thresh: float) -> bool:
    """Tell whether all gains are large and fall. If the gains rise again, rounding errors also rise."""
    run = _run(reference, start, rounds, thresh=0)
    if not run or len(run["loglik"]) <= rounds:
        return False
    sound = np.min(run["covs"]) > 5 and run["weights"].min() > 0.1
    return bool(sound) and climbs(run["loglik"], thresh)


def climbs(trace: Trace, thresh: float) -> bool:
    gains = np.diff(trace)
    ends_by_default = gains[-2 * MORE] < DEFAULT / CLEAR
    return bool(ends_by_default and gains.min() > 100 * thresh and (np.diff(gains[20:]) < 0).all())


def random_start(
    reference: Reference, rng: Generator, num_components: int, num_dims: int, num_points: int, **kwargs: Any
) -> Start:
    """Draw a start from which EM converges soon, to components that are not too small."""

    def draw() -> Start:
        data = draw_mixture(rng, num_components, num_dims, num_points).data
        return start_from(data, rng.choice(num_points, num_components, replace=False))

    def likely(starts: Sequence[Start]) -> list[bool]:
        return [stops_clearly(trace, num_points, **kwargs) for trace in traces(starts, LAST + 1)]

    return first_that(rng, draw, likely, lambda start: _is_benign(reference, start, **kwargs))


def _is_benign(reference: Reference, start: Start, thresh: float = DEFAULT, least: int = 0) -> bool:
    run = _run(reference, start, LAST + 1, thresh / 10)
    if not (run and stops_clearly(run["loglik"], len(start["data"]), thresh, least) and _is_sound(run)):
        return False
    return not _is_near(near_misses(*both_runs([start], LAST + 1), thresh), CLEAR)


def stops_clearly(trace: Trace, num_points: int, thresh: float = DEFAULT, least: int = 0) -> bool:
    """Tell whether a threshold is met clearly, not too soon, and can be told from other likely thresholds."""
    stops = [stop_of(trace, factor * thresh) for factor in (100, num_points, 10, 1, 0.1)]
    far_too_early, per_point, early, stop, late = stops
    clear = [stop_of(trace, factor * thresh) for factor in (CLEAR, 1 / CLEAR)] == [stop, stop]
    # A threshold ten times too large or too small must end more than one iteration away.
    told_apart = far_too_early < per_point and 3 <= early <= stop - 2 and stop + 2 <= late <= LAST
    return clear and told_apart and stop >= least


def _run(reference: Reference, start: Start, maxiter: int, thresh: float = 1e-4) -> Start:
    """Return the result of EM, or nothing if `loglikelihood` refuses a component that has collapsed."""
    try:
        return reference["EM"](*start.values(), maxiter=maxiter, thresh=thresh)
    except ValueError:
        return {}


def _is_sound(run: dict[str, Any]) -> bool:
    """Tell whether each component of a result has some width and some weight."""
    return np.linalg.eigvalsh(run["covs"]).min() > 0.05 and run["weights"].min() > 0.1


def _is_near(off: NDArray[np.float64], factor: float) -> bool:
    """Tell whether an error is so near the tolerance that a small change decides."""
    return bool(((off > CONVERGED / factor) & (off < CONVERGED * factor)).any())


def stop_of(loglik: Trace, thresh: float) -> int:
    """Return after how many iterations the gain is below the threshold (1000 means never)."""
    small = np.diff(loglik) < thresh
    return int(small.argmax()) + 1 if small.any() else 1000
