"""Cases of the assignment `bernoulli-digits`, for every function and question in it.

Small images are for the formulas, and each step has one case with as many pixels as a digit,
where only the log domain survives: that is what the assignment is about, so it has its marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from checks.authors import Case, Question, choice, true_or_false
from exercises.pieces.draw import draw_responsibilities, draw_weights
from helpers.checking import CHECKER

Reference = dict[str, Callable[..., Any]]

FAULTS = {  # the choices of quiz-fault, and why a wrong one is wrong
    "a": "`scores` is X @ (log p - log q) plus the sum of log q, which is log p where a pixel is on and "
    "log q where it is off: both are there",
    "b": "the sum runs along `axis=1`, over the components of one image, as it should. What it sums is the "
    "question",
    "c": "",
    "d": "Bayes' rule multiplies by the weight, so its log is added; what is wrong is that the divisor has "
    "no weight in it",
}
DIGIT = 784  # pixels
LAWS = CHECKER.laws.chosen(
    {
        "e_step": {
            "": (
                "rows of exp(log_resp) sum to 1",
                "exp(log_resp) from 0 to 1",
                "the bound is at its top in the log shares",
            )
        },
        "m_step": {
            "log_p": ("the bound is at its top in the probabilities",),
            "log_mix": ("exp(log_mix) sums to 1", "the bound is at its top in the log weights"),
        },
    }
)
FREE = {"log_mix": "vector", "log_resp": "table"}


class Bits(NamedTuple):
    """Images of 0 and 1, and a Bernoulli mixture that may have made them."""

    X: NDArray[np.float64]
    log_p: NDArray[np.float64]
    log_mix: NDArray[np.float64]


def cases(reference: Reference, rng: Generator, hidden: bool) -> dict[str, list[Case | Question]]:
    """Return the cases of every exercise, by name, drawn from `rng`."""
    return {
        "m_step": list(_m_step(reference, rng)),
        "e_step": list(_e_step(reference, rng)),
        "assign_labels": list(_labels(reference, rng)),
        "cluster_table": list(_tables(reference, rng)),
        "complete": list(_completions(reference, rng)),
        "quiz-fault": [choice("what is wrong", "c", FAULTS, hidden), *_statements(hidden)],
    }


def _statements(hidden: bool) -> list[Question]:
    return [
        true_or_false(
            "with equal weights its shares would be right but for one factor",
            True,
            "if all weights are 1/K, the factor that the divisor lacks is the same for all components: each "
            "share comes out K times too small, with the right proportions. The first iteration looks fine",
            hidden,
        ),
        true_or_false(
            "a better start could keep the log-likelihood from falling",
            False,
            "EM's law holds from any start: if both steps are right it never falls, and if one is wrong no "
            "start mends that",
            hidden,
        ),
    ]


def _draw(rng: Generator, num_components: int, num_dims: int, num_images: int, low: float = 0.05) -> Bits:
    """Draw unequal weights, ink probabilities from `low` to 1 - `low`, and images from them."""
    p = rng.uniform(low, 1 - low, (num_components, num_dims))
    X = (rng.uniform(size=(num_images, num_dims)) < p[np.arange(num_images) % num_components]).astype(float)
    return Bits(X, np.log(p), np.log(draw_weights(rng, num_components)))


def _e_step(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "two components, four pixels": (2, 4, int(rng.integers(7, 10))),
        "four components, nine pixels": (4, 9, int(rng.integers(11, 15))),
        "pixels that are hardly ever on, or off": (3, 6, int(rng.integers(7, 10)), 1e-5),
        "as many pixels as a digit has": (5, DIGIT, 11, 0.01),
    }
    for name, recipe in recipes.items():
        bits = _draw(rng, *recipe)
        if len(recipe) == 4 and recipe[1] < DIGIT:
            bits = bits._replace(log_p=np.log(rng.permuted(_extreme(recipe[3], bits.log_p), axis=1)))
        yield Case.of(reference, "e_step", name, bits._asdict(), free=FREE, forms={"": "table"})


def _extreme(low: float, log_p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ink probabilities of which some are next to 0 and some next to 1."""
    p = np.exp(log_p)
    p[:, 0], p[:, 1] = low, 1 - low
    return p


def _m_step(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes: dict[str, tuple[tuple[int, int, int], float | None]] = {
        "two components, four pixels": ((2, 4, int(rng.integers(14, 18))), None),
        "three components, strong smoothing": ((3, 5, int(rng.integers(9, 13))), 0.5),
        "images of whole numbers": ((2, 6, int(rng.integers(9, 13))), None),
        "a component without an image": ((3, 4, int(rng.integers(7, 11))), rng.uniform(0.6, 0.9)),
        "as many pixels as a digit has": ((4, DIGIT, int(rng.integers(10, 13))), None),
    }
    for name, (recipe, alpha) in recipes.items():
        X = _draw(rng, *recipe).X
        if recipe[1] < DIGIT:
            X[:2] = [[0], [1]]  # each pixel on and off at least once
        log_resp = np.log(draw_responsibilities(rng, len(X), recipe[0]))
        if "whole" in name:
            X = X.astype(np.int64)
        if "without" in name:
            log_resp = _with_an_empty_component(log_resp)
        args: dict[str, Any] = {"X": X, "log_resp": log_resp} | ({} if alpha is None else {"alpha": alpha})
        yield Case.of(reference, "m_step", name, args, returns=("log_p", "log_mix"), free=FREE)


def _with_an_empty_component(log_resp: NDArray[np.float64]) -> NDArray[np.float64]:
    others = log_resp[:, 1:] - np.log(np.exp(log_resp[:, 1:]).sum(axis=1, keepdims=True))
    return np.column_stack([np.full(len(log_resp), -900.0), others])


def _labels(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "three components, six pixels": (3, 6, int(rng.integers(9, 13))),
        "weights that decide": (4, 2, int(rng.integers(13, 17)), 0.4),
        "as many pixels as a digit has": (5, DIGIT, 9, 0.01),
    }
    for name, recipe in recipes.items():
        bits = _draw(rng, *recipe)
        yield Case.of(reference, "assign_labels", name, bits._asdict(), free=FREE)


def _tables(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"three components": (3, 3), "a component without an image": (5, 3), "few images": (4, 4)}
    for name, (num_clusters, used) in recipes.items():
        count = 6 if name == "few images" else int(rng.integers(30, 50))
        clusters = rng.permutation(np.arange(count) % used)
        labels = rng.integers(0, 10, count, dtype=np.uint8)  # as load_digits has them
        args = {"clusters": clusters, "labels": labels, "num_clusters": num_clusters}
        yield Case.of(reference, "cluster_table", name, args)


def _completions(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"six pixels": (3, 6), "most are erased": (4, 8), "as many pixels as a digit has": (5, DIGIT)}
    for name, (num_components, num_dims) in recipes.items():
        bits = _draw(rng, num_components, num_dims, 1, 0.01 if num_dims == DIGIT else 0.05)
        seen = np.arange(num_dims) % (4 if "most" in name else 2) == 0
        # What was erased holds 0, as in the notebook: a function that reads it is misled.
        x = bits.X[0] * rng.permuted(seen) if num_dims == DIGIT else bits.X[0] * seen
        seen = seen if num_dims < DIGIT else np.arange(DIGIT) < DIGIT // 2
        args = {"x": np.where(seen, x, 0.0), "seen": seen, "log_p": bits.log_p, "log_mix": bits.log_mix}
        yield Case.of(reference, "complete", name, args, free=FREE)
