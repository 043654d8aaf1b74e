"""Cases of `EM`: single iterations, and runs that the threshold stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case
from exercises.gaussian_mixture.em_starts import (
    almost_there,
    far_apart,
    random_start,
    slow_start,
    start_from,
    unequal_start,
)
from helpers.datasets import load_synthetic

Reference = dict[str, Callable[..., Any]]

START = [20, 10, 96]  # the three points that the assignment starts from
# Over many iterations also a harmless 1e-6 on the diagonal adds up.
TOLERANCES = {1: Case.tolerance, 3: 3e-5}
CONVERGED = 1e-4


def em_cases(reference: Reference, rng: Generator, hidden: bool) -> Iterator[Case]:
    """Yield the cases of `EM`. Each threshold is met clearly: one length of the trace is right."""
    plane = random_start(reference, rng, 3, 2, 45, least=21) if hidden else course_start()
    line = random_start(reference, rng, 2, 1, 30, thresh=0.01)
    yield _em_case(reference, "three iterations", plane, maxiter=3)
    yield _em_case(reference, "one iteration, unequal start", unequal_start(reference, rng), maxiter=1)
    yield _converging(reference, "until it converges", plane)
    yield _converging(reference, "until it converges, with a larger `thresh`", line, thresh=0.01)
    yield _converging(reference, "groups far apart", far_apart(rng))
    near = almost_there(reference, rng, thresh=0.1)
    yield _converging(reference, "four components, nearly there at the start", near, thresh=0.1)
    maxiter = int(rng.integers(104, 110))
    slow = slow_start(reference, rng, maxiter, thresh=1e-8)
    yield _em_case(reference, "a slow climb", slow, maxiter=maxiter, thresh=1e-8)


def course_start() -> dict[str, Any]:
    """Return the arguments of the notebook's own run."""
    return start_from(load_synthetic(), START)


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
