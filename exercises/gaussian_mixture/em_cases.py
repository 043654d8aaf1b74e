"""Cases of `EM`: single iterations, and runs that the threshold stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case
from exercises.pieces.draw import Mixture, draw_covariance, draw_mixture, draw_weights
from exercises.pieces.guarded import PRODUCT, product_lines
from exercises.pieces.sized import in_units, largest
from helpers.datasets import load_synthetic

Reference = dict[str, Callable[..., Any]]

START = [20, 10, 96]  # the three points that the assignment starts from
CLEAR = 1.3  # the gains before and at the stop are this factor away from the threshold
# Over many iterations also a harmless 1e-6 on the diagonal adds up.
TOLERANCES = {1: Case.tolerance, 3: 3e-5}
CONVERGED = 1e-4


def em_cases(reference: Reference, rng: Generator, hidden: bool) -> Iterator[Case]:
    """Yield the cases of `EM`. Each threshold is met clearly: one length of the trace is right."""
    plane = _random_start(reference, rng, 3, 2, 45, least=21) if hidden else course_start()
    line = _random_start(reference, rng, 2, 1, 30, thresh=0.01)
    yield _em_case(reference, "three iterations", plane, maxiter=3)
    yield _em_case(reference, "one iteration, unequal start", _unequal_start(reference, rng), maxiter=1)
    yield _converging(reference, "until it converges", plane)
    yield _converging(reference, "until it converges, with a larger `thresh`", line, thresh=0.01)
    yield _converging(reference, "groups far apart", _far_apart(rng))
    near = _almost_there(reference, rng, thresh=0.1)
    yield _converging(reference, "four components, nearly there at the start", near, thresh=0.1)
    maxiter = int(rng.integers(104, 110))
    slow = _slow_start(reference, rng, maxiter, thresh=1e-8)
    yield _em_case(reference, "a slow climb", slow, maxiter=maxiter, thresh=1e-8)


def course_start() -> dict[str, Any]:
    """Return the arguments of the notebook's own run."""
    return _start_from(load_synthetic(), START)


def starts(rng: Generator) -> list[list[Any]]:
    """The assignment's start as the notebook hands it over, and one near it in which every number differs."""
    data, means, covariances, weights = course_start().values()
    moved = data + rng.normal(scale=0.05, size=data.shape)
    spread = np.cov(moved, rowvar=False)
    near = [moved, moved[START], [spread] * len(means), [0.35, 0.33, 0.32]]
    return [[data, means, list(covariances), weights.tolist()], near]


def _converging(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    """A case that the threshold stops; a loop that it does not stop runs a few iterations more.

    So few that no loop comes to exact equality, after how many iterations depends on rounding.
    """
    stop = len(reference["EM"](*args.values(), **kwargs)["loglik"]) - 1
    return _em_case(reference, name, args, maxiter=stop + 5, **kwargs)


def _em_case(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    return Case.of(
        reference,
        "EM",
        name,
        args,
        kwargs=kwargs,
        answers=_em_answers(reference, args, kwargs),
        tolerance=TOLERANCES.get(kwargs["maxiter"], CONVERGED),
        wrong_forms={"loglik": "trace"},
    )


def _em_answers(reference: Reference, args: dict[str, Any], kwargs: dict[str, Any]) -> Iterator[dict]:
    """Yield both right answers: `resp` may be of the last E-step, or of one more, at the end."""
    run = reference["EM"](*args.values(), **kwargs)
    last = reference["compute_responsibilities"](args["data"], run["weights"], run["means"], run["covs"])
    yield from ({**run, "resp": resp} for resp in (run["resp"], last))


def _start(data: Any, means: Any, covariances: Any, weights: Any) -> dict[str, Any]:
    return {"data": data, "init_means": means, "init_covariances": covariances, "init_weights": weights}


def _start_from(data: np.ndarray, chosen: Any) -> dict[str, Any]:
    num_components = len(chosen)
    spread = np.atleast_2d(np.cov(data, rowvar=False))
    equal = np.full(num_components, 1 / num_components)
    return _start(data, data[chosen], np.array([spread] * num_components), equal)


def _unequal_start(reference: Reference, rng: Generator) -> dict[str, Any]:
    """Draw a start with unequal weights, in units in which one iteration makes the largest covariance 1.

    What is added to products or to their sums passes and fails as in the cases of `compute_responsibilities`.
    """
    while True:
        drawn: Mixture = draw_mixture(rng, 2, 3, 26)
        covariances = 2 * np.array([draw_covariance(rng, 3) for _ in range(2)])
        means = drawn.means + rng.normal(size=(2, 3))
        start = _start(drawn.data, means, covariances, draw_weights(rng, 2))
        start = in_units(start, largest(reference["EM"](*start.values(), maxiter=1)["covs"]) ** -0.5)
        names = ("data", "means", "covariances", "weights")
        low, high = product_lines(dict(zip(names, start.values())))
        if low > 1.8 * PRODUCT and high < 3 * PRODUCT:
            return start


def _far_apart(rng: Generator) -> dict[str, Any]:
    """Draw two groups so far apart that each point is wholly its own group's.

    The second iteration finds the very numbers of the first: also a loop that waits for
    equality ends here, and one that never ends is told apart from it.
    """
    sizes, far = rng.integers(7, 11, 2), rng.uniform(13, 15, 2) * rng.choice([-1, 1], 2)
    noise = [np.clip(rng.normal(size=(size, 2)), -2, 2) for size in sizes]
    data = np.concatenate([noise[0], far + 1.5 * noise[1]])
    means = np.array([[0.5, -0.5], far + 0.5])
    return _start(data, means, np.array([np.eye(2), 2 * np.eye(2)]), np.array([0.5, 0.5]))


def _almost_there(reference: Reference, rng: Generator, thresh: float) -> dict[str, Any]:
    """Draw a start of four components whose first gain is clearly below `thresh`: one iteration is all.

    A threshold ten times smaller needs more iterations, and the gain is still far from rounding.
    """
    while True:
        start = _run_from(reference, draw_mixture(rng, 4, 1, 20), 8)
        try:
            run = reference["EM"](*start.values(), maxiter=6, thresh=0)
        except ValueError:  # loglikelihood refuses a component that has collapsed
            continue
        gains = np.diff(run["loglik"])
        between = 0.1 * CLEAR * thresh < gains[0] < thresh / CLEAR
        if between and gains.min() > 1e-4 and _is_sound(run):
            return start


def _run_from(reference: Reference, drawn: Mixture, iterations: int) -> dict[str, Any]:
    """Return a start that lies some iterations after the parameters that the points were drawn from."""
    truth = _start(drawn.data, drawn.means, drawn.covariances, drawn.weights)
    try:
        run = reference["EM"](*truth.values(), maxiter=iterations)
    except ValueError:  # it has collapsed: the truth has not
        return truth
    return _start(drawn.data, run["means"], np.array(run["covs"]), run["weights"])


def _slow_start(reference: Reference, rng: Generator, maxiter: int, thresh: float) -> dict[str, Any]:
    """Draw a start from which each of `maxiter` iterations gains far more than `thresh`.

    Two components share one even group of few points: quick, also in loops. The units are so large
    that a little on the diagonal does not add up to an error.
    """
    while True:
        data = 10 * (np.linspace(-1.5, 1.5, 10) + rng.normal(scale=0.2, size=10))[:, None]
        covariances = np.var(data) * np.array([[[1.0]], [[0.6]]])
        start = _start(data, data[rng.choice(10, 2, replace=False)], covariances, np.array([0.6, 0.4]))
        if all(_is_steady(reference, start, rounds, thresh) for rounds in (40, maxiter + 5)):
            return start


def _is_steady(reference: Reference, start: dict[str, Any], rounds: int, thresh: float) -> bool:
    """Tell whether all gains are large, and fall: where they rise again, so do rounding errors."""
    try:
        run = reference["EM"](*start.values(), maxiter=rounds, thresh=0)
    except ValueError:  # loglikelihood refuses a component that has collapsed
        return False
    gains = np.diff(run["loglik"])
    large = len(gains) == rounds and gains.min() > 100 * thresh
    sound = np.min(run["covs"]) > 5 and run["weights"].min() > 0.1
    return large and sound and (np.diff(gains[20:]) < 0).all()


def _random_start(
    reference: Reference, rng: Generator, num_components: int, num_dims: int, num_points: int, **kwargs: Any
) -> dict[str, Any]:
    """Draw a start from which EM converges soon, to components of some size."""
    while True:
        data = draw_mixture(rng, num_components, num_dims, num_points).data
        start = _start_from(data, rng.choice(num_points, num_components, replace=False))
        if _is_benign(reference, start, **kwargs):
            return start


def _is_benign(reference: Reference, start: dict[str, Any], thresh: float = 1e-4, least: int = 0) -> bool:
    try:
        run = reference["EM"](*start.values(), maxiter=61, thresh=thresh / 10)
    except ValueError:  # loglikelihood refuses a component that has collapsed
        return False
    stops = [_stop(run["loglik"], factor * thresh) for factor in (100, len(start["data"]), 10, 1, 0.1)]
    far_too_early, per_point, early, stop, late = stops
    clear = [_stop(run["loglik"], factor * thresh) for factor in (CLEAR, 1 / CLEAR)] == [stop, stop]
    # A threshold ten times too large or too small must end more than one iteration away.
    told_apart = far_too_early < per_point and 3 <= early <= stop - 2 and stop + 2 <= late <= 60
    return clear and told_apart and _is_sound(run) and stop >= least


def _is_sound(run: dict[str, Any]) -> bool:
    """Tell whether each component of a result has some width and some weight."""
    return np.linalg.eigvalsh(run["covs"]).min() > 0.05 and run["weights"].min() > 0.1


def _stop(loglik: list[float], thresh: float) -> int:
    """Return after how many iterations the gain is below the threshold (1000: never)."""
    small = np.diff(loglik) < thresh
    return int(small.argmax()) + 1 if small.any() else 1000
