"""Cases of the assignment `when-em-fails`, for every function and question in it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from checks.authors import Case, Drawn
from exercises.pieces.draw import draw_covariance, draw_mixture, draw_responsibilities
from exercises.when_em_fails import kmeans_cases
from exercises.when_em_fails.questions import questions
from exercises.when_em_fails.unlike import unlike
from helpers.checking import CHECKER

Reference = dict[str, Callable[..., Any]]
Numbers = NDArray[np.float64]

COVARIANCES = ("covariances symmetric", "covariances positive definite")
LAWS = CHECKER.laws.chosen(
    {"floor_eigenvalues": {"": COVARIANCES}, "map_covariances": {"": COVARIANCES}},
)
CLEAR = 0.02  # by how much the best matching beats the second best
FLOOR = 1e-3  # the floor for the widths of runs


def cases(reference: Reference, rng: Generator, hidden: bool) -> Drawn:
    """Return for each exercise the function that draws its cases, and for each question its cases."""
    return {
        "floor_eigenvalues": _floors,
        "map_covariances": _priors,
        "heldout_loglik": _held_out,
        "kmeans_plus_plus": kmeans_cases.starts,
        "best_of": _runs,
        "match_components": _partners,
        "bic": _criteria,
        "kmeans_step": kmeans_cases.steps,
        **questions(hidden),
    }


def _floors(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "two in the plane, one thin": (2, 2, 1),
        "three in space": (3, 3, 4),
        "five, all thin": (5, 2, 10),
    }
    for name, (num_components, num_dims, below) in recipes.items():
        values = rng.uniform(1, 3, (num_components, num_dims))
        thin = np.unravel_index(rng.permutation(values.size)[:below], values.shape)
        floor = 0.8
        values[thin] = rng.uniform(0.05, 0.4, below)
        covariances = np.array([_turned(rng, each) for each in values])
        args = {"covariances": covariances, "floor": floor}
        yield Case.of(reference, "floor_eigenvalues", name, args)


def _turned(rng: Generator, values: Numbers) -> Numbers:
    """Return a symmetric matrix with these eigenvalues. Its axes are not the coordinate axes."""
    while True:
        turn = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
        if (np.abs(turn) > 0.2).all():
            matrix = turn * values @ turn.T
            return (matrix + matrix.T) / 2


def _priors(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "four in the plane": (4, 2, 16),
        "two in space": (2, 3, 12),
        "hardly a point in one component": (5, 2, 18),
    }
    for name, (num_components, num_dims, num_points) in recipes.items():
        data = draw_mixture(rng, num_components, num_dims, num_points + int(rng.integers(3))).data
        resp = draw_responsibilities(rng, len(data), num_components)
        if "hardly" in name:
            resp[:, 1] *= 1e-3
            resp /= resp.sum(axis=1, keepdims=True)
        counts = resp.sum(axis=0)
        means = resp.T @ data / counts[:, None]
        psi, nu = draw_covariance(rng, num_dims), float(rng.uniform(num_dims + 1.3, 6))
        args = {"data": data, "resp": resp, "counts": counts, "means": means, "psi": psi, "nu": nu}
        yield Case.of(reference, "map_covariances", name, args)


def _held_out(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"two in the plane": (2, 2, 7), "three on a line": (3, 1, 9), "one point far away": (2, 2, 8)}
    for name, recipe in recipes.items():
        draw = functools.partial(_new_points, reference, rng, *recipe, "far" in name)
        yield unlike(reference, "heldout_loglik", name, draw)


def _new_points(
    reference: Reference, rng: Generator, num_components: int, num_dims: int, num_points: int, far: bool
) -> dict[str, Any]:
    """Draw points and a mixture of which the mean log-likelihood is not near zero. One point may be far."""
    while True:
        args = draw_mixture(rng, num_components, num_dims, num_points + int(rng.integers(4)))._asdict()
        if far:
            args["data"][int(rng.integers(num_points))] += 300
        if abs(reference["heldout_loglik"](**args)) > 1:
            return args


def _runs(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"twelve runs": (12, True), "thirty runs": (30, True), "no run counts": (4, False)}
    for name, (count, left) in recipes.items():
        draw = functools.partial(_results, rng, count, left)
        yield (
            unlike(reference, "best_of", name, draw) if left else Case.of(reference, "best_of", name, draw())
        )
    draw = functools.partial(_at_the_floor, rng)
    yield unlike(reference, "best_of", "a width that equals the floor", draw)


def _at_the_floor(rng: Generator) -> dict[str, Any]:
    """Draw runs of which the best one that counts has a width that equals the floor."""
    args = _results(rng, 9, True)
    args["widths"][np.argsort(-args["logliks"])[1]] = FLOOR  # argsort puts NaN last
    return args


def _results(rng: Generator, count: int, left: bool) -> dict[str, Any]:
    """Draw runs. The run with the highest log-likelihood has collapsed, and a wide run has NaN."""
    logliks, widths = rng.normal(-300, 40, count), FLOOR * rng.uniform(2, 90, count)
    order = np.argsort(-logliks)
    collapsed = order[[0, count // 2]] if left else order
    widths[collapsed] = FLOOR * rng.uniform(0.05, 0.5, len(collapsed))
    logliks[order[2]] = np.nan
    return {"logliks": logliks, "widths": widths, "floor": FLOOR}


def _partners(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"five in the plane": (5, 2), "six in the plane": (6, 2), "seven in space": (7, 3)}
    for name, recipe in recipes.items():
        draw = functools.partial(_two_fits, reference, rng, *recipe)
        yield unlike(reference, "match_components", name, draw)


def _two_fits(reference: Reference, rng: Generator, num_components: int, num_dims: int) -> dict[str, Any]:
    """Draw the means of two fits. Their best matching is clearly better than all other matchings."""
    while True:
        means, others = rng.normal(size=(2, num_components, num_dims))
        table = ((means[:, None] - others) ** 2).sum(axis=2)
        if _is_clear(table, np.asarray(reference["match_components"](means, others))):
            return {"means": means, "others": others}


def _is_clear(table: Numbers, order: NDArray[np.intp]) -> bool:
    """Return whether each matching that lacks one of these pairs costs clearly more."""
    least = table[np.arange(len(table)), order].sum()
    for row, column in enumerate(order):
        without = table.copy()
        without[row, column] += 1e3
        rows, columns = linear_sum_assignment(without)
        if without[rows, columns].sum() < least + CLEAR:
            return False
    return True


def _criteria(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"three in the plane": (3, 2), "five in space": (5, 3), "two in four dimensions": (2, 4)}
    for name, (num_components, num_dims) in recipes.items():
        num_points = int(rng.integers(40, 90))
        loglik = -num_points * rng.uniform(2, 4) if "plane" in name else num_points * rng.uniform(2, 4)
        args = {
            "loglik": float(loglik),
            "num_points": num_points,
            "num_dims": num_dims,
            "num_components": num_components,
        }
        yield Case.of(reference, "bic", name, args)
