"""Cases of the assignment `bernoulli-digits`, for every function and question in it.

Small images are for the formulas. Each function that compares components has one case with as many pixels
as a digit, and images unlike any component among them: there only the log domain survives. That is what the
assignment is about, so it has its marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from checks.authors import Case, Drawn, Question, choice, true_or_false
from exercises.bernoulli_digits.bits import (
    DIGIT,
    draw_bits,
    draw_clear,
    draw_clear_digits,
    draw_close,
    draw_digits,
    draw_half_unlike,
    draw_rare,
    draw_with_ink,
    of_size,
)
from exercises.pieces.sized import draw_counts, draw_shares
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


TURNED = (
    "your table of responsibilities has a row for each component. Let `my_way` return `table.T`, if it does "
    "not yet: else the given cells hand over tables of the other form."
)


def cases(reference: Reference, rng: Generator, hidden: bool) -> Drawn:
    """Return for every exercise what draws its cases, and the cases of every question."""
    return {
        "m_step": _m_step,
        "e_step": _e_step,
        "assign_labels": _labels,
        "cluster_table": _tables,
        "complete": _completions,
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
            "a better choice of the random rows would repair the E-step",
            False,
            "EM's law holds from any start: if both steps are right it never falls, and if one is wrong no "
            "start mends that",
            hidden,
        ),
    ]


def _e_step(reference: Reference, rng: Generator) -> Iterator[Case]:
    few = int(rng.integers(7, 10))
    yield from (
        Case.of(reference, "e_step", name, bits._asdict(), free=FREE, forms={"": "table"}, turned=TURNED)
        for name, bits in {
            "two components, four pixels": of_size(reference, (7, 9), draw_with_ink, rng, 2, 4, few),
            "four components, nine pixels": of_size(reference, (9, 99), draw_with_ink, rng, 4, 9, few + 4),
            "pixels that are hardly ever on, or off": of_size(reference, (12, 27), draw_rare, rng),
            "as many pixels as a digit has": draw_digits(rng, 5, 11),
        }.items()
    )


def _m_step(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes: dict[str, tuple[tuple[int, int, int], float | None]] = {
        "two components, four pixels": ((2, 4, int(rng.integers(14, 18))), None),
        "three components, strong smoothing": ((3, 5, int(rng.integers(9, 13))), 0.5),
        "images of whole numbers": ((2, 6, int(rng.integers(9, 13))), None),
        "a component without an image": ((3, 4, int(rng.integers(7, 11))), rng.uniform(0.6, 0.9)),
        "as many pixels as a digit has": ((4, DIGIT, int(rng.integers(10, 13))), None),
    }
    for name, (recipe, alpha) in recipes.items():
        X = draw_bits(rng, *recipe).X
        if recipe[1] < DIGIT:
            X[:2] = [[0], [1]]  # each pixel on and off at least once
        else:
            X[:, rng.permutation(DIGIT)[:40]] = 0  # as in the margins of digits: the smoothing decides
        log_resp = np.log(draw_shares(rng, len(X) * _portions(rng, recipe[0], "whole" in name)))
        if "whole" in name:
            X = X.astype(np.int64)
        if "without" in name:
            log_resp = _with_an_empty_component(log_resp)
        args: dict[str, Any] = {"X": X, "log_resp": log_resp} | ({} if alpha is None else {"alpha": alpha})
        yield Case.of(reference, "m_step", name, args, returns=("log_p", "log_mix"), free=FREE, turned=TURNED)


def _portions(rng: Generator, num_components: int, fixed: bool) -> NDArray[np.float64]:
    """Draw what share of the images each component has; fixed ones have smaller logs than all others."""
    if num_components > 2:
        return draw_counts(rng, num_components, 1)
    smaller = np.exp(-0.9162444) if fixed else rng.uniform(0.2, 0.36)
    return rng.permutation([smaller, 1 - smaller])


def _with_an_empty_component(log_resp: NDArray[np.float64]) -> NDArray[np.float64]:
    others = log_resp[:, 1:] - np.log(np.exp(log_resp[:, 1:]).sum(axis=1, keepdims=True))
    return np.column_stack([np.full(len(log_resp), -900.0), others])


def _labels(reference: Reference, rng: Generator) -> Iterator[Case]:
    drawn = {
        "three components, six pixels": draw_clear(reference, rng, int(rng.integers(9, 13))),
        "weights that decide": draw_close(reference, rng, int(rng.integers(13, 17))),
        "as many pixels as a digit has": draw_clear_digits(reference, rng),
    }
    for name, bits in drawn.items():
        yield Case.of(reference, "assign_labels", name, bits._asdict(), free=FREE)


# Of so many components that have images, which they are: of two, one without is between them.
USED = {2: np.array([0, 3]), 3: np.arange(3), 4: np.arange(4)}


def _tables(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"three components": (3, 3), "components without an image": (5, 2), "few images": (4, 4)}
    for name, (num_clusters, used) in recipes.items():
        count = 6 if name == "few images" else int(rng.integers(30, 50))
        clusters = USED[used][rng.permutation(np.arange(count) % used)]
        labels = _digits(rng, count)
        if name == "three components":  # so many of one digit that a byte cannot hold their number
            more = int(rng.integers(900, 950))
            clusters = np.append(clusters, USED[used][rng.permutation(np.arange(more) % used)])
            labels = np.append(labels, np.full(more, rng.integers(10), dtype=np.uint8))
        args = {"clusters": clusters, "labels": labels, "num_clusters": num_clusters}
        yield Case.of(reference, "cluster_table", name, args)


def _digits(rng: Generator, count: int) -> NDArray[np.uint8]:
    """Draw labels as load_digits has them: each digit is there, or of few, all are different and 9 is not."""
    if count < 10:
        return rng.permutation(9)[:count].astype(np.uint8)
    return rng.permutation(np.append(np.arange(10), rng.integers(0, 10, count - 10))).astype(np.uint8)


def _completions(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"six pixels": (3, 6), "most are erased": (4, 8), "as many pixels as a digit has": (5, DIGIT)}
    for name, (num_components, num_dims) in recipes.items():
        digit = num_dims == DIGIT
        bits = draw_half_unlike(rng) if digit else draw_bits(rng, num_components, num_dims, 1)
        seen = np.arange(num_dims) % (4 if "most" in name else 2) == 0
        seen = np.arange(DIGIT) < DIGIT // 2 if digit else seen
        x = bits.X[0]
        if not digit:
            x[0] = 1  # a pixel that is seen
        # What was erased holds 0, as in the notebook: a function that reads it is misled.
        args = {"x": np.where(seen, x, 0.0), "seen": seen, "log_p": bits.log_p, "log_mix": bits.log_mix}
        yield Case.of(reference, "complete", name, args, free=FREE)
