"""Cases of the assignment `bernoulli-digits`, for every function and question in it.

Small images are for the formulas. Each function that compares components has one case with as many pixels
as a digit, and images unlike any component among them: there only the log domain survives. That is what the
assignment is about, so it has its marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit

from checks.authors import Case, Question, choice, true_or_false
from exercises.pieces.draw import draw_weights
from exercises.pieces.sized import draw_counts, draw_shares, largest
from helpers.checking import CHECKER
from helpers.likelihood import log_bernoullis

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
HARDLY_ANY = 0.09  # ink
SURE = 60.0  # by how much the log of one share is above all others, and no weight changes that
SMALLEST = -745  # the log of the smallest number that is not rounded to 0
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


def _draw_with_ink(rng: Generator, *sizes: int) -> Bits:
    """Draw images of which one has ink where a component has hardly any: a guard at 0.1 is too much there."""
    while True:
        bits = _draw(rng, *sizes)
        if (bits.X @ (np.exp(bits.log_p) < HARDLY_ANY).T).any():
            return bits


def _draw_digits(rng: Generator, num_components: int, num_images: int) -> Bits:
    """Draw components that are nearly sure of most pixels, and images; every third is unlike any component.

    The probability of such an image is rounded to 0 under each component. The shares of the other images
    are so unequal that the small ones are rounded to 0.
    """
    p = expit(rng.uniform(-9, 9, (num_components, DIGIT)))
    X = rng.uniform(size=(num_images, DIGIT)) < p[np.arange(num_images) % num_components]
    X[::3] = rng.uniform(size=X[::3].shape) < 0.5
    return Bits(X.astype(float), np.log(p), np.log(draw_weights(rng, num_components)))


def _e_step(reference: Reference, rng: Generator) -> Iterator[Case]:
    few = int(rng.integers(7, 10))
    yield from (
        Case.of(reference, "e_step", name, bits._asdict(), free=FREE, forms={"": "table"})
        for name, bits in {
            "two components, four pixels": _sized(reference, (7, 9), _draw_with_ink, rng, 2, 4, few),
            "four components, nine pixels": _sized(reference, (9, 99), _draw_with_ink, rng, 4, 9, few + 4),
            "pixels that are hardly ever on, or off": _sized(reference, (12, 27), _draw_rare, rng),
            "as many pixels as a digit has": _draw_digits(rng, 5, 11),
        }.items()
    )


def _sized(reference: Reference, size: tuple[float, float], draw: Callable[..., Bits], *given: Any) -> Bits:
    """Draw until the largest log of a share is of this size, from which it follows what counts as equal."""
    while True:
        bits = draw(*given)
        if size[0] < largest(reference["e_step"](*bits)) < size[1]:
            return bits


def _draw_rare(rng: Generator) -> Bits:
    """Draw images, and components that are nearly sure of some pixels, often wrongly."""
    bits = _draw(rng, 3, 6, int(rng.integers(7, 10)))
    return bits._replace(log_p=np.log(rng.permuted(_extreme(6e-5, bits.log_p), axis=1)))


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
        else:
            X[:, rng.permutation(DIGIT)[:40]] = 0  # as in the margins of digits: the smoothing decides
        log_resp = np.log(draw_shares(rng, len(X) * _portions(rng, recipe[0], "whole" in name)))
        if "whole" in name:
            X = X.astype(np.int64)
        if "without" in name:
            log_resp = _with_an_empty_component(log_resp)
        args: dict[str, Any] = {"X": X, "log_resp": log_resp} | ({} if alpha is None else {"alpha": alpha})
        yield Case.of(reference, "m_step", name, args, returns=("log_p", "log_mix"), free=FREE)


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
        "three components, six pixels": _draw_clear(reference, rng, int(rng.integers(9, 13))),
        "weights that decide": _draw_close(reference, rng, int(rng.integers(13, 17))),
        "as many pixels as a digit has": _draw_clear_digits(reference, rng),
    }
    for name, bits in drawn.items():
        yield Case.of(reference, "assign_labels", name, bits._asdict(), free=FREE)


def _draw_clear(reference: Reference, rng: Generator, num_images: int) -> Bits:
    """Draw components that the weights do not decide between."""
    while True:
        bits = _draw(rng, 3, 6, num_images)
        if _weights_decide_nothing(reference, bits):
            return bits


def _draw_clear_digits(reference: Reference, rng: Generator) -> Bits:
    """Draw digits of which those unlike any component do not all have the same label."""
    while True:
        bits = _draw_digits(rng, 5, 12)
        several = len(set(reference["assign_labels"](*bits)[::3])) > 1
        if several and _weights_decide_nothing(reference, bits):
            return bits


def _weights_decide_nothing(reference: Reference, bits: Bits) -> bool:
    equal = bits._replace(log_mix=np.zeros_like(bits.log_mix))
    return bool(np.all(reference["assign_labels"](*bits) == reference["assign_labels"](*equal)))


def _draw_close(reference: Reference, rng: Generator, num_images: int) -> Bits:
    """Draw components so close that the weights decide, and by their logs."""
    while True:
        bits = _draw(rng, 4, 2, num_images, 0.4)
        slipped = bits._replace(log_mix=np.exp(bits.log_mix))
        labels = reference["assign_labels"](*bits)
        if len(set(labels)) > 1 and any(labels != reference["assign_labels"](*slipped)):
            return bits


def _tables(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"three components": (3, 3), "a component without an image": (5, 3), "few images": (4, 4)}
    for name, (num_clusters, used) in recipes.items():
        count = 6 if name == "few images" else int(rng.integers(30, 50))
        clusters = rng.permutation(np.arange(count) % used)
        labels = _digits(rng, count)
        if name == "three components":  # so many of one digit that a byte cannot hold their number
            more = int(rng.integers(900, 950))
            clusters = np.append(clusters, rng.permutation(np.arange(more) % used))
            labels = np.append(labels, np.full(more, rng.integers(10), dtype=np.uint8))
        args = {"clusters": clusters, "labels": labels, "num_clusters": num_clusters}
        yield Case.of(reference, "cluster_table", name, args)


def _digits(rng: Generator, count: int) -> NDArray[np.uint8]:
    """Draw labels as load_digits has them: each digit is there, or of few, all are different and 9 is not."""
    if count < 10:
        return rng.permutation(9)[:count].astype(np.uint8)
    return rng.permutation(np.append(np.arange(10), rng.integers(0, 10, count - 10))).astype(np.uint8)


def _draw_half_unlike(rng: Generator) -> Bits:
    """Draw an image whose upper half alone has a probability that is rounded to 0 under each component.

    It tells the component for sure, and another than the half with nothing but paper below it.
    """
    while True:
        bits, half = _draw_digits(rng, 5, 1), slice(DIGIT // 2)
        above = log_bernoullis(bits.X[:, half], bits.log_p[:, half])[0]
        below = log_bernoullis(np.zeros((1, DIGIT // 2)), bits.log_p[:, DIGIT // 2 :])[0]
        second, first = np.sort(above)[-2:]
        if first < SMALLEST - 10 and first - second > SURE and (above + below).argmax() != above.argmax():
            return bits


def _completions(reference: Reference, rng: Generator) -> Iterator[Case]:
    recipes = {"six pixels": (3, 6), "most are erased": (4, 8), "as many pixels as a digit has": (5, DIGIT)}
    for name, (num_components, num_dims) in recipes.items():
        digit = num_dims == DIGIT
        bits = _draw_half_unlike(rng) if digit else _draw(rng, num_components, num_dims, 1)
        seen = np.arange(num_dims) % (4 if "most" in name else 2) == 0
        seen = np.arange(DIGIT) < DIGIT // 2 if digit else seen
        x = bits.X[0]
        if not digit:
            x[0] = 1  # a pixel that is seen
        # What was erased holds 0, as in the notebook: a function that reads it is misled.
        args = {"x": np.where(seen, x, 0.0), "seen": seen, "log_p": bits.log_p, "log_mix": bits.log_mix}
        yield Case.of(reference, "complete", name, args, free=FREE)
