"""Cases of the assignment `gaussian-mixture`, for every function and question in it.

Public and hidden cases are drawn by the same recipe, but from different seeds. So they differ in shape, scale
and numbers. Code without logs can solve every random problem, too. If densities underflow in a case, this
case only gives advice, and no marks depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case, Drawn
from exercises.gaussian_mixture.em_cases import (
    SharedStarts,
    em_cases,
    find_starts,
    move_starts,
    starts,
)
from exercises.gaussian_mixture.questions import questions
from exercises.pieces.draw import draw_mixture
from exercises.pieces.guarded import PRODUCT, product_lines, shares
from exercises.pieces.sized import (
    Args,
    draw_counts,
    draw_shares,
    in_units,
    largest,
    line,
    sums_just_beside,
    wider,
)
from helpers.checking import CHECKER

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
RIDGE = 3e-6  # a number up to this size may be added to the diagonals of covariances
SIZES = {"two components on a line": "ridge", "three components in the plane": "product"}
FAR = (
    "one point lies 85 sigma from every component. There every density is rounded to 0. You lose no mark. "
    "But if you add logs and use `log_sum_exp`, as in section 2, your function is correct there, too."
)


def common(reference: Reference, rng: Generator, hidden: bool) -> SharedStarts:
    """Return starts of EM. They take long to find, so they are found once for all submissions."""
    return find_starts(reference, rng, hidden)


def cases(reference: Reference, rng: Generator, hidden: bool, common: SharedStarts) -> Drawn:
    """Return a function that draws cases for each exercise, and the cases of each question.

    common: the result of the function `common`. Hidden cases start near these starts.
    """
    found = move_starts(reference, rng, common) if hidden else common
    return {
        "compute_responsibilities": _responsibilities,
        "compute_soft_counts": _soft_counts,
        "compute_weights": _weights,
        "compute_means": _means,
        "compute_covariances": _covariances,
        "EM": lambda reference, rng: em_cases(reference, rng, found),
        **questions(found.course, hidden, starts(rng)),
    }


def _responsibilities(reference: Reference, rng: Generator) -> Iterator[Case]:
    exercise = "compute_responsibilities"
    recipes = {
        "two components on a line": (2, 1, rng.integers(7, 10)),
        "three components in the plane": (3, 2, rng.integers(10, 14)),
        "four components in space": (4, 3, rng.integers(14, 18)),
        "far from the origin": (2, 2, rng.integers(11, 14), 1.0, 10),
    }
    for name, recipe in recipes.items():
        yield Case.of(reference, exercise, name, _sized_mixture(rng, recipe, SIZES.get(name)))
    mixture = draw_mixture(rng, 2, 2, 5)
    far = mixture.data.copy()
    far[3] = mixture.means[0] + 85 * np.sqrt(np.linalg.eigvalsh(mixture.covariances).max()) * np.array([3, 1])
    args = mixture._replace(data=far)._asdict()
    yield Case.of(reference, exercise, "a point far from all", args, advice=FAR)


def _sized_mixture(rng: Generator, recipe: tuple[Any, ...], decides: str | None) -> Args:
    """Draw a mixture, in units in which no limit is too low for a ridge, products or sums.

    A ridge is a number that is added to the diagonals. decides: the limit that the case just meets,
    "ridge" or "product".
    """
    while True:
        args = draw_mixture(rng, *recipe)._asdict()
        lowest, highest = product_lines(args)
        smallest = (RIDGE / line(shares, _with_a_ridge, args)) ** (1 / 2)
        greatest = (lowest / PRODUCT) ** (1 / recipe[1])
        between = smallest * 1.2 * (greatest / smallest / 1.4) ** rng.uniform()
        if smallest * 1.4 < greatest and not (decides == "product" and highest > 2 * lowest):
            return in_units(args, {"ridge": smallest, "product": greatest, None: between}[decides])


def _with_a_ridge(args: Args, ridge: float) -> Any:
    return shares({**args, "covariances": wider(args["covariances"], ridge)})


def _tables(rng: Generator) -> Iterator[tuple[str, Any]]:
    yield "two components", sums_just_beside(rng, draw_counts(rng, 2, int(rng.integers(9, 12))), 1)
    yield "three components", sums_just_beside(rng, draw_counts(rng, 3, int(rng.integers(10, 14))), 1)
    # One component has half of the points: no table has a smaller largest count.
    counts = np.append(draw_counts(rng, 4, 4), 4.0)
    yield "five components", sums_just_beside(rng, rng.permutation(counts), -1)


def _soft_counts(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, resp in _tables(rng):
        if name == "three components":  # two points at the same place have the same shares
            resp[-1] = resp[0]
        yield Case.of(reference, "compute_soft_counts", name, {"resp": resp})


def _weights(reference: Reference, rng: Generator) -> Iterator[Case]:
    for name, resp in _tables(rng):
        yield Case.of(reference, "compute_weights", name, {"counts": resp.sum(axis=0)})


def _soft_problems(rng: Generator, right: Callable[[Args], Any]) -> Iterator[tuple[str, Args]]:
    """Yield problems of the M-step. Their units are chosen by the largest number of the correct answer.

    right: returns the correct answer to a problem. The problem in space has the smallest answers and the
    smallest counts.
    """
    recipes = {
        "two components in the plane": (2, 2, rng.integers(7, 10), 1.0),
        "three components on a line": (3, 1, rng.integers(12, 15), 1.0),
        "four components in space": (4, 3, 8, 1.0),
        "far from the origin": (3, 2, rng.integers(12, 15), 1.0, 10),
    }
    for name, recipe in recipes.items():
        decides = name == "four components in space"
        args = _with_a_small_count(rng, recipe, right) if decides else _soft_problem(rng, recipe)
        size, doubled = (largest(right(in_units(args, unit))) for unit in (1.0, 2.0))
        wanted = 1.0 if decides else rng.uniform(2, 6)
        yield name, in_units(args, (wanted / size) ** (1 / np.log2(doubled / size)))


def _soft_problem(rng: Generator, recipe: tuple[Any, ...], counts: Any = None) -> Args:
    data = draw_mixture(rng, *recipe).data
    resp = draw_shares(rng, draw_counts(rng, recipe[0], len(data)) if counts is None else counts)
    return {"data": data, "resp": resp, "counts": resp.sum(axis=0)}


def _with_a_small_count(rng: Generator, recipe: tuple[Any, ...], right: Callable[[Args], Any]) -> Args:
    """Draw a problem in which one component has half a point, and also the largest number of the answer."""
    counts = rng.permutation([0.5, 2.5, 2.5, 2.5])
    while True:
        args = _soft_problem(rng, recipe, counts)
        answer = np.asarray(right(args))
        if largest(answer[counts.argmin()]) == largest(answer) and answer.min() < 0:
            return args


def _means(reference: Reference, rng: Generator) -> Iterator[Case]:
    right = reference["compute_means"]
    for name, args in _soft_problems(rng, lambda args: right(**args)):
        yield Case.of(reference, "compute_means", name, args)
    whole = {**args, "data": np.rint(7 * args["data"]).astype(np.int64)}
    yield Case.of(reference, "compute_means", "points of whole numbers", whole)


def _covariances(reference: Reference, rng: Generator) -> Iterator[Case]:
    # The means belong to the data. So code that uses E[xx'] - mean mean' is correct, too.
    centre, right = reference["compute_means"], reference["compute_covariances"]
    for name, args in _soft_problems(rng, lambda args: right(**args, means=centre(**args))):
        yield Case.of(reference, "compute_covariances", name, {**args, "means": centre(**args)})
