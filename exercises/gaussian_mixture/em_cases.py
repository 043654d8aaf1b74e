"""Cases of `EM`: single iterations, and runs that the threshold stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator

from checks.authors import Case
from exercises.gaussian_mixture.em_moved import climb_alike, moved, stop_alike
from exercises.gaussian_mixture.em_starts import (
    CONVERGED,
    MORE,
    Start,
    almost_there,
    far_apart,
    gains_little,
    nearly_there,
    random_start,
    slow_start,
    start_from,
    unequal_start,
)
from helpers.datasets import load_synthetic

Reference = dict[str, Callable[..., Any]]

START = [20, 10, 96]  # the three points that the assignment starts from
# Over many iterations, even a harmless 1e-6 on the diagonal adds up.
TOLERANCES = {1: Case.tolerance, 3: 3e-5}
PLANE, LINE, NEAR, SLOW = {"least": 21}, {"thresh": 0.01}, {"thresh": 0.1}, {"thresh": 1e-8}


class SharedStarts(NamedTuple):
    """Starts that take long to find. Each is used for a case. near: see `nearly_there`.

    course: the result of EM from the notebook's own start.
    """

    course: dict[str, Any]
    plane: Start
    line: Start
    near: Start
    slow: Start
    maxiter: int


def find_starts(reference: Reference, rng: Generator, hidden: bool) -> SharedStarts:
    """Find the starts. Each threshold is met clearly, so only one length of the trace is correct."""
    plane = random_start(reference, rng, 3, 2, 45, **PLANE) if hidden else course_start()
    line = random_start(reference, rng, 2, 1, 30, **LINE)
    near = almost_there(reference, rng, NEAR["thresh"])
    maxiter = int(rng.integers(104, 110))
    course = reference["EM"](*course_start().values())
    return SharedStarts(course, plane, line, near, slow_start(reference, rng, maxiter, **SLOW), maxiter)


def move_starts(reference: Reference, rng: Generator, found: SharedStarts) -> SharedStarts:
    """Return starts with other numbers, for which the same functions are correct or wrong."""
    slow = {"maxiter": found.maxiter, **SLOW}
    return SharedStarts(
        found.course,
        moved(rng, found.plane, lambda starts: stop_alike(starts, found.plane, **PLANE)),
        moved(rng, found.line, lambda starts: stop_alike(starts, found.line, **LINE)),
        moved(rng, found.near, lambda starts: (gains_little(reference, each, **NEAR) for each in starts)),
        moved(rng, found.slow, lambda starts: climb_alike(starts, found.slow, **slow)),
        found.maxiter,
    )


def em_cases(reference: Reference, rng: Generator, found: SharedStarts) -> Iterator[Case]:
    """Yield the cases of `EM`."""
    near = nearly_there(reference, found.near)
    yield _em_case(reference, "three iterations", found.plane, maxiter=3)
    yield _em_case(reference, "one iteration, unequal start", unequal_start(reference, rng), maxiter=1)
    yield _converging(reference, "until it converges", found.plane)
    yield _converging(reference, "until it converges, with a larger `thresh`", found.line, **LINE)
    yield _converging(reference, "groups far apart", far_apart(rng))
    yield _converging(reference, "four components, a start near the maximum", near, **NEAR)
    yield _em_case(reference, "slow convergence", found.slow, maxiter=found.maxiter, **SLOW)


def course_start() -> dict[str, Any]:
    """Return the arguments of the notebook's own run."""
    return start_from(load_synthetic(), START)


def starts(rng: Generator) -> list[list[Any]]:
    """Return the assignment's start as the notebook passes it, and a start near it with other numbers."""
    data, means, covariances, weights = course_start().values()
    moved = data + rng.normal(scale=0.05, size=data.shape)
    spread = np.cov(moved, rowvar=False)
    near = [moved, moved[START], [spread] * len(means), [0.35, 0.33, 0.32]]
    return [[data, means, list(covariances), weights.tolist()], near]


def _converging(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    """Return a case that the threshold stops. A loop that ignores the threshold runs a few iterations more.

    They are so few that no loop reaches exact equality. When it would do so depends on rounding.
    """
    case = _em_case(reference, name, args, **kwargs)
    stop = len(case.answers[0]["loglik"]) - 1
    return replace(case, kwargs={"maxiter": stop + MORE, **kwargs})


def _em_case(reference: Reference, name: str, args: dict[str, Any], **kwargs: Any) -> Case:
    return Case.of(
        reference,
        "EM",
        name,
        args,
        kwargs=kwargs,
        answers=em_answers(reference, args, kwargs),
        tolerance=TOLERANCES.get(kwargs.get("maxiter"), CONVERGED),
        wrong_forms={"loglik": "trace"},
    )


def em_answers(reference: Reference, args: dict[str, Any], kwargs: dict[str, Any]) -> Iterator[dict]:
    """Yield both correct answers: `resp` may be from the last E-step, or from one more E-step at the end."""
    run = reference["EM"](*args.values(), **kwargs)
    last = reference["compute_responsibilities"](args["data"], run["weights"], run["means"], run["covs"])
    yield from ({**run, "resp": resp} for resp in (run["resp"], last))
