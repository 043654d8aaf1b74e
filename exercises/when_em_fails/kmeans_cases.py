"""Cases of the two exercises on k-means in `when-em-fails`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator

from checks.authors import Case
from exercises.pieces.draw import draw_mixture
from exercises.pieces.sized import in_units, largest
from exercises.when_em_fails.unlike import unlike

Reference = dict[str, Callable[..., Any]]

NEAR = 3e-3  # a draw of k-means++ may change by this much, and still choose the same point
CLEAR = 0.02  # by how much the nearest mean beats the second
RIGHT_AT_ZERO = (  # a draw of zero chooses the first point that can be chosen, however the others weigh
    "distances instead of squared distances",
    "distance from the last choice only",
    "distance from the first choice only",
    "distances to all chosen points added",
    "sum not divided before the comparison",
    "the draw of the choice before",
)


def starts(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "five in the plane": (5, 2, 20),
        "five in space": (5, 3, 26),
        "six from many points": (6, 2, 40),
    }
    for name, recipe in recipes.items():
        draw = functools.partial(_clear_choices, reference, rng, *recipe)
        yield unlike(reference, "kmeans_plus_plus", name, draw)
    draw = functools.partial(_draws_of_zero, rng)
    yield unlike(reference, "kmeans_plus_plus", "draws of exactly zero", draw, but=RIGHT_AT_ZERO)


def _draws_of_zero(rng: Generator) -> dict[str, Any]:
    return {"data": draw_mixture(rng, 3, 2, 9).data, "draws": np.zeros(2)}


def _clear_choices(
    reference: Reference, rng: Generator, num_components: int, num_dims: int, num_points: int
) -> dict[str, Any]:
    """Draw points, and draws that choose the same points if they change a little."""
    choose = reference["kmeans_plus_plus"]
    while True:
        data = draw_mixture(rng, num_components, num_dims, num_points, shift=4).data
        draws = rng.uniform(0.03, 0.97, num_components)
        near = [choose(data, draws + moved) for moved in (-NEAR, 0, NEAR)]
        if all((each == near[1]).all() for each in near) and len(set(near[1])) == num_components:
            return {"data": data, "draws": draws}


def steps(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "three in the plane": (3, 2, 18),
        "four in space": (4, 3, 24),
        "a component without points": (3, 2, 16),
    }
    for name, recipe in recipes.items():
        empty = "without" in name
        draw = functools.partial(_labelled, rng, *recipe, empty)
        but = () if empty else ("NaN for a component without points",)
        yield unlike(reference, "kmeans_step", name, draw, returns=("labels", "means"), but=but)


def _labelled(
    rng: Generator, num_components: int, num_dims: int, num_points: int, empty: bool
) -> dict[str, Any]:
    """Draw points and means. Each point is clearly nearest to one mean.

    Each mean has points. If `empty` is true, mean 1 has no points.
    """
    while True:
        mixture = draw_mixture(rng, num_components, num_dims, num_points + int(rng.integers(3)))
        means = mixture.means + rng.normal(scale=0.4, size=mixture.means.shape)
        if empty:
            means[1] = mixture.data.max(axis=0) + 20
        squares = ((mixture.data[:, None] - means) ** 2).sum(axis=2)
        near, held = np.sort(squares, axis=1), np.bincount(squares.argmin(axis=1), minlength=num_components)
        if (near[:, 1] - near[:, 0] > CLEAR).all() and np.sum(held == 0) == empty and held.max() > 2:
            scaled = in_units({"data": mixture.data, "means": means}, 3 / largest(mixture.data))
            return {name: np.asarray(each) for name, each in scaled.items()}
