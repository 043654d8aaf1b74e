"""Cases of the assignment `gaussian-mixture`, for every function and question in it.

Public and hidden cases are drawn by the same recipe from different seeds, so that they
differ in shape, scale and numbers. Every random problem is one that also code in the
linear domain can solve; what underflows is only ever advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case, Question
from exercises.gaussian_mixture.questions import questions
from exercises.pieces.draw import Mixture, draw_covariance, draw_mixture, draw_responsibilities, draw_weights
from helpers.checking import CHECKER
from helpers.datasets import load_synthetic

Reference = dict[str, Callable[..., Any]]

ROWS = ("rows of resp sum to 1", "shares from 0 to 1")
COVARIANCES = ("covariances symmetric", "covariances positive definite")
LAWS = CHECKER.laws.chosen(
    {
        "compute_responsibilities": {"": (*ROWS, "the bound is at its top in the shares")},
        "compute_soft_counts": {"": ("counts keep the points",)},
        "compute_weights": {"": ("weights sum to 1", "the bound is at its top in the weights")},
        "compute_means": {"": ("the bound is at its top in the means",)},
        "compute_covariances": {"": (*COVARIANCES, "the bound is at its top in the covariances")},
        "EM": {
            "weights": ("weights sum to 1",),
            "covs": COVARIANCES,
            "loglik": ("log-likelihood never lower",),
            "resp": ROWS,
        },
    }
)
START = [20, 10, 96]  # the three points that the assignment starts from
FAR = (
    "one point lies 85 sigma from every component, where every density is rounded to 0. No mark is "
    "lost, but adding logs and `log_sum_exp`, as in section 2, would survive it."
)


def cases(reference: Reference, rng: Generator, hidden: bool) -> dict[str, list[Case | Question]]:
    """Return the cases of every exercise, by name, drawn from `rng`."""
    return {
        "compute_responsibilities": list(_responsibilities(reference, rng)),
        "compute_soft_counts": list(_soft_counts(reference, rng)),
        "compute_weights": list(_weights(reference, rng)),
        "compute_means": list(_means(reference, rng)),
        "compute_covariances": list(_covariances(reference, rng)),
        "EM": list(_em(reference, rng, hidden)),
        **questions(reference["EM"](*_course_start().values()), hidden, _starts(rng)),
    }


def _responsibilities(reference: Reference, rng: Generator) -> Iterator[Case]:
    exercise = "compute_responsibilities"
    recipes = {
        "two components on a line": (2, 1, rng.integers(7, 10), 1.0),
        "three components in the plane": (3, 2, rng.integers(10, 14), 1.0),
        "four components in space": (4, 3, rng.integers(14, 18), rng.uniform(0.2, 0.4)),
        "far from the origin": (2, 2, rng.integers(11, 14), rng.uniform(1.5, 2.5), 40),
    }
    for name, recipe in recipes.items():
        yield Case.of(reference, exercise, name, draw_mixture(rng, *recipe)._asdict())
    mixture = draw_mixture(rng, 2, 2, 5)
    far = mixture.data.copy()
    far[3] = mixture.means[0] + 85 * np.sqrt(np.linalg.eigvalsh(mixture.covariances).max()) * np.array([3, 1])
    args = mixture._replace(data=far)._asdict()
    yield Case.of(reference, exercise, "a point far from all", args, advice=FAR)


def _tables(rng: Generator) -> Iterator[tuple[str, Any]]:
    for name, num_components in {"two components": 2, "three components": 3, "five components": 5}.items():
        yield name, draw_responsibilities(rng, int(rng.integers(7, 12)), num_components)


def _soft_counts(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, resp in _tables(rng):
        yield Case.of(reference, "compute_soft_counts", name, {"resp": resp})


def _weights(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, resp in _tables(rng):
        yield Case.of(reference, "compute_weights", name, {"counts": resp.sum(axis=0)})


def _soft_problems(rng: Generator) -> Iterator[tuple[str, dict[str, Any]]]:
    recipes = {
        "two components in the plane": (2, 2, rng.integers(7, 10), 1.0),
        "three components on a line": (3, 1, rng.integers(10, 14), 1.0),
        "four components in space": (4, 3, rng.integers(14, 18), rng.uniform(0.2, 0.4)),
        "far from the origin": (3, 2, rng.integers(10, 14), rng.uniform(1.5, 2.5), 40),
    }
    for name, recipe in recipes.items():
        data = draw_mixture(rng, *recipe).data
        resp = draw_responsibilities(rng, len(data), recipe[0])
        yield name, {"data": data, "resp": resp, "counts": resp.sum(axis=0)}


def _means(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, args in _soft_problems(rng):
        yield Case.of(reference, "compute_means", name, args)
    whole = {**args, "data": np.rint(7 * args["data"]).astype(np.int64)}
    yield Case.of(reference, "compute_means", "points of whole numbers", whole)


def _covariances(reference: Reference, rng: Generator) -> Iterator[Case]:
    # The means belong to the data: code that uses E[xx'] - mean mean' is right as well.
    for name, args in _soft_problems(rng):
        means = reference["compute_means"](**args)
        yield Case.of(reference, "compute_covariances", name, {**args, "means": means})


def _em(reference: Reference, rng: Generator, hidden: bool) -> Iterator[Case]:
    plane = _random_start(reference, rng, 3, 2, 45) if hidden else _course_start()
    line = _random_start(reference, rng, 2, 1, 30, thresh=0.1)
    yield _em_case(reference, "one iteration", plane, maxiter=1)
    yield _em_case(reference, "three iterations, unequal start", _unequal_start(rng), maxiter=3)
    yield _converging(reference, "until it converges", plane)
    yield _converging(reference, "until it converges, with a larger `thresh`", line, thresh=0.1)
    yield _converging(reference, "groups far apart", _far_apart(rng))


def _converging(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    """A case that the threshold stops; a loop that it does not stop runs a few iterations more.

    So few that no loop comes to exact equality, after how many iterations depends on rounding.
    """
    stop = len(reference["EM"](*args.values(), **kwargs)["loglik"]) - 1
    return _em_case(reference, name, args, maxiter=stop + 5, **kwargs)


def _em_case(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    # Over many iterations also a harmless 1e-6 on the diagonal adds up.
    tolerance = 1e-4 if kwargs["maxiter"] > 3 else Case.tolerance
    answers, forms = _em_answers(reference, args, kwargs), {"loglik": "trace"}
    options = {"kwargs": kwargs, "answers": answers, "tolerance": tolerance, "forms": forms}
    return Case.of(reference, "EM", name, args, **options)


def _em_answers(reference: Reference, args: dict[str, Any], kwargs: dict[str, Any]) -> Iterator[dict]:
    """Yield every right answer.

    Rounding may stop a right loop one iteration sooner or later, unless `maxiter` stops
    it. `resp` may be of the last E-step, or of one more with the final parameters.
    """
    stop = len(reference["EM"](*args.values(), **kwargs)["loglik"]) - 1
    lengths = [stop] if stop == kwargs["maxiter"] else [stop, stop - 1, stop + 1]
    for length in lengths:
        run = reference["EM"](*args.values(), maxiter=length, thresh=-np.inf)
        last = reference["compute_responsibilities"](args["data"], run["weights"], run["means"], run["covs"])
        yield from ({**run, "resp": resp} for resp in (run["resp"], last))


def _start(data: Any, means: Any, covariances: Any, weights: Any) -> dict[str, Any]:
    return {"data": data, "init_means": means, "init_covariances": covariances, "init_weights": weights}


def _start_from(data: np.ndarray, chosen: Any) -> dict[str, Any]:
    num_components = len(chosen)
    spread = np.atleast_2d(np.cov(data, rowvar=False))
    equal = np.full(num_components, 1 / num_components)
    return _start(data, data[chosen], np.array([spread] * num_components), equal)


def _course_start() -> dict[str, Any]:
    return _start_from(load_synthetic(), START)


def _starts(rng: Generator) -> list[list[Any]]:
    """The assignment's start as the notebook hands it over, and one near it in which every number differs."""
    data, means, covariances, weights = _course_start().values()
    moved = data + rng.normal(scale=0.05, size=data.shape)
    spread = np.cov(moved, rowvar=False)
    near = [moved, moved[START], [spread] * len(means), [0.35, 0.33, 0.32]]
    return [[data, means, list(covariances), weights.tolist()], near]


def _unequal_start(rng: Generator) -> dict[str, Any]:
    drawn: Mixture = draw_mixture(rng, 2, 3, 26)
    covariances = 2 * np.array([draw_covariance(rng, 3) for _ in range(2)])
    return _start(drawn.data, drawn.means + rng.normal(size=(2, 3)), covariances, draw_weights(rng, 2))


def _far_apart(rng: Generator) -> dict[str, Any]:
    """Draw two groups so far apart that each point is wholly its own group's.

    The second iteration finds the very numbers of the first: also a loop that waits for
    equality ends here, and one that never ends is told apart from it.
    """
    sizes, far = rng.integers(7, 11, 2), rng.uniform(90, 110, 2) * rng.choice([-1, 1], 2)
    data = np.concatenate([rng.normal(size=(sizes[0], 2)), far + 1.5 * rng.normal(size=(sizes[1], 2))])
    means = np.array([[0.5, -0.5], far + 0.5])
    return _start(data, means, np.array([np.eye(2), 2 * np.eye(2)]), np.array([0.5, 0.5]))


def _random_start(
    reference: Reference, rng: Generator, num_components: int, num_dims: int, num_points: int, **kwargs: Any
) -> dict[str, Any]:
    """Draw a start from which EM converges soon, to components of some size."""
    while True:
        data = draw_mixture(rng, num_components, num_dims, num_points).data
        start = _start_from(data, rng.choice(num_points, num_components, replace=False))
        if _is_benign(reference, start, **kwargs):
            return start


def _is_benign(reference: Reference, start: dict[str, Any], thresh: float = 1e-4) -> bool:
    try:
        run = reference["EM"](*start.values(), maxiter=61, thresh=thresh / 10)
    except ValueError:  # loglikelihood refuses a component that has collapsed
        return False
    early, stop, late = (_stop(run["loglik"], factor * thresh) for factor in (10, 1, 0.1))
    # A threshold ten times too large or too small must end more than one iteration away.
    told_apart = 3 <= early <= stop - 2 and stop + 2 <= late <= 60
    return told_apart and np.linalg.eigvalsh(run["covs"]).min() > 0.05 and run["weights"].min() > 0.1


def _stop(loglik: list[float], thresh: float) -> int:
    """Return after how many iterations the gain is below the threshold (1000: never)."""
    small = np.diff(loglik) < thresh
    return int(small.argmax()) + 1 if small.any() else 1000
