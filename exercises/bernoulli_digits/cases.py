"""Cases of the assignment `bernoulli-digits`, for every function and question in it.

Small images test the formulas. Each function that compares components also has a case with as many pixels as
a digit. Some images of this case are unlike any component, so only logs give a correct answer. Logs are the
subject of the assignment, so this case is worth marks.
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

FAULTS = {  # the choices of quiz-fault, and for each wrong choice why it is wrong
    "a": "`scores` is X @ (log p - log q) plus the sum of log q. So a pixel that is on adds log p, and a "
    "pixel that is off adds log q: both terms are there",
    "b": "the sum is along `axis=1`, over the components of one image, as it should be. Look at the numbers "
    "that are added",
    "c": "",
    "d": "Bayes' rule multiplies by the weight, so it is correct to add the log of the weight. The fault is "
    "that the divisor has no weights in it",
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
    "your table of responsibilities has a row for each component. Let `my_way` return `table.T`, "
    "if it does not do so yet. Otherwise the cells that we wrote give your functions tables of the other "
    "form."
)


def cases(reference: Reference, rng: Generator, hidden: bool) -> Drawn:
    """Return for each exercise the generator of its cases, and for each question its cases."""
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
            "with equal weights each responsibility would be the correct one times the same number",
            True,
            "if all weights are 1/K, the divisor lacks the same factor for all components. So each "
            "responsibility is K times too small, but the proportions are correct. That is why the first "
            "iteration looks fine",
            hidden,
        ),
        true_or_false(
            "a better choice of the random rows would repair the E-step",
            False,
            "if both steps are correct, the log-likelihood never falls, from any start. If one step is "
            "wrong, no start repairs it",
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
            "pixels nearly always on, or nearly always off": of_size(reference, (12, 27), draw_rare, rng),
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
            X[:, rng.permutation(DIGIT)[:40]] = 0  # these pixels are never on, as in the margins of digits
        log_resp = np.log(draw_shares(rng, len(X) * _portions(rng, recipe[0], "whole" in name)))
        if "whole" in name:
            X = X.astype(np.int64)
        if "without" in name:
            log_resp = _with_an_empty_component(log_resp)
        args: dict[str, Any] = {"X": X, "log_resp": log_resp} | ({} if alpha is None else {"alpha": alpha})
        yield Case.of(reference, "m_step", name, args, returns=("log_p", "log_mix"), free=FREE, turned=TURNED)


def _portions(rng: Generator, num_components: int, fixed: bool) -> NDArray[np.float64]:
    """Draw the share of images that each component has. Fixed shares have smaller logs than all others."""
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
        "images for which the weights decide": draw_close(reference, rng, int(rng.integers(13, 17))),
        "as many pixels as a digit has": draw_clear_digits(reference, rng),
    }
    for name, bits in drawn.items():
        yield Case.of(reference, "assign_labels", name, bits._asdict(), free=FREE)


# Which components have images, by their number. With two of them, an empty component is between the two.
USED = {2: np.array([0, 3]), 3: np.arange(3), 4: np.arange(4)}


def _tables(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"three components": (3, 3), "components without an image": (5, 2), "few images": (4, 4)}
    for name, (num_clusters, used) in recipes.items():
        count = 6 if name == "few images" else int(rng.integers(30, 50))
        clusters = USED[used][rng.permutation(np.arange(count) % used)]
        labels = _digits(rng, count)
        if name == "three components":  # so many images of one digit that one byte cannot hold their number
            more = int(rng.integers(900, 950))
            clusters = np.append(clusters, USED[used][rng.permutation(np.arange(more) % used)])
            labels = np.append(labels, np.full(more, rng.integers(10), dtype=np.uint8))
        args = {"clusters": clusters, "labels": labels, "num_clusters": num_clusters}
        yield Case.of(reference, "cluster_table", name, args)


def _digits(rng: Generator, count: int) -> NDArray[np.uint8]:
    """Draw labels of the type that load_digits returns.

    Ten labels or more have all digits. Fewer labels are all different, and have no 9.
    """
    if count < 10:
        return rng.permutation(9)[:count].astype(np.uint8)
    return rng.permutation(np.append(np.arange(10), rng.integers(0, 10, count - 10))).astype(np.uint8)


def _completions(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {
        "six pixels": (3, 6),
        "most pixels are erased": (4, 8),
        "as many pixels as a digit has": (5, DIGIT),
    }
    for name, (num_components, num_dims) in recipes.items():
        digit = num_dims == DIGIT
        bits = draw_half_unlike(rng) if digit else draw_bits(rng, num_components, num_dims, 1)
        seen = np.arange(num_dims) % (4 if "most" in name else 2) == 0
        seen = np.arange(DIGIT) < DIGIT // 2 if digit else seen
        x = bits.X[0]
        if not digit:
            x[0] = 1  # this pixel is seen
        # Erased pixels hold 0, as in the notebook. A function that reads them gives a wrong answer.
        args = {"x": np.where(seen, x, 0.0), "seen": seen, "log_p": bits.log_p, "log_mix": bits.log_mix}
        yield Case.of(reference, "complete", name, args, free=FREE)
