"""Random images of 0 and 1, and Bernoulli mixtures that may have made them.

Some cases would find certain mistakes only by chance. Such a case is drawn again until it finds them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import expit

from exercises.pieces.draw import draw_weights
from exercises.pieces.sized import largest
from helpers.likelihood import log_bernoullis

Reference = dict[str, Callable[..., Any]]

DIGIT = 784  # pixels of a digit
HARDLY_ANY = 0.09  # a pixel with a smaller probability of ink has hardly any ink
SURE = 60.0  # the log of one responsibility is so far above all others that no weight changes this
SMALLEST = -745  # the log of the smallest number that is not rounded to 0


class Bits(NamedTuple):
    """Images of 0 and 1, and a Bernoulli mixture that may have made them."""

    X: NDArray[np.float64]
    log_p: NDArray[np.float64]
    log_mix: NDArray[np.float64]


def draw_bits(rng: Generator, num_components: int, num_dims: int, num_images: int, low: float = 0.05) -> Bits:
    """Draw unequal weights, ink probabilities from `low` to 1 - `low`, and images from them."""
    p = rng.uniform(low, 1 - low, (num_components, num_dims))
    X = (rng.uniform(size=(num_images, num_dims)) < p[np.arange(num_images) % num_components]).astype(float)
    return Bits(X, np.log(p), np.log(draw_weights(rng, num_components)))


def draw_with_ink(rng: Generator, *sizes: int) -> Bits:
    """Draw images until one has ink where a component expects hardly any. Then raising p to 0.1 is wrong."""
    while True:
        bits = draw_bits(rng, *sizes)
        if (bits.X @ (np.exp(bits.log_p) < HARDLY_ANY).T).any():
            return bits


def draw_digits(rng: Generator, num_components: int, num_images: int) -> Bits:
    """Draw components that are nearly sure of most pixels, and images.

    Every third image is unlike any component: its probability is rounded to 0 under each of them. The
    responsibilities of the other images are so unequal that the small ones are rounded to 0.
    """
    p = expit(rng.uniform(-9, 9, (num_components, DIGIT)))
    X = rng.uniform(size=(num_images, DIGIT)) < p[np.arange(num_images) % num_components]
    X[::3] = rng.uniform(size=X[::3].shape) < 0.5
    return Bits(X.astype(float), np.log(p), np.log(draw_weights(rng, num_components)))


def of_size(reference: Reference, size: tuple[float, float], draw: Callable[..., Bits], *given: Any) -> Bits:
    """Draw until the largest log of a responsibility has this size, as the tolerance depends on it."""
    while True:
        bits = draw(*given)
        if size[0] < largest(reference["e_step"](*bits)) < size[1]:
            return bits


def draw_rare(rng: Generator) -> Bits:
    """Draw images, and components that are nearly sure of some pixels, often wrongly."""
    bits = draw_bits(rng, 3, 6, int(rng.integers(7, 10)))
    return bits._replace(log_p=np.log(rng.permuted(_extreme(6e-5, bits.log_p), axis=1)))


def _extreme(low: float, log_p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities of ink; the first column is close to 0, the second close to 1."""
    p = np.exp(log_p)
    p[:, 0], p[:, 1] = low, 1 - low
    return p


def draw_clear(reference: Reference, rng: Generator, num_images: int) -> Bits:
    """Draw images that would have the same labels if the weights were equal."""
    while True:
        bits = draw_bits(rng, 3, 6, num_images)
        if _weights_decide_nothing(reference, bits):
            return bits


def draw_clear_digits(reference: Reference, rng: Generator) -> Bits:
    """Draw digits until the images that are unlike any component have different labels."""
    while True:
        bits = draw_digits(rng, 5, 12)
        several = len(set(reference["assign_labels"](*bits)[::3])) > 1
        if several and _weights_decide_nothing(reference, bits):
            return bits


def _weights_decide_nothing(reference: Reference, bits: Bits) -> bool:
    equal = bits._replace(log_mix=np.zeros_like(bits.log_mix))
    return bool(np.all(reference["assign_labels"](*bits) == reference["assign_labels"](*equal)))


def draw_close(reference: Reference, rng: Generator, num_images: int) -> Bits:
    """Draw components so close that the logs of the weights decide the labels."""
    while True:
        bits = draw_bits(rng, 4, 2, num_images, 0.4)
        slipped = bits._replace(log_mix=np.exp(bits.log_mix))
        labels = reference["assign_labels"](*bits)
        between = len(set(labels)) <= max(labels)  # an empty component comes before others
        if between and len(set(labels)) > 1 and any(labels != reference["assign_labels"](*slipped)):
            return bits


def draw_half_unlike(rng: Generator) -> Bits:
    """Draw an image; the probability of its upper half is rounded to 0 under each component.

    The upper half says with certainty which component made the image. If the lower half counted as paper,
    another component would seem to have made it.
    """
    while True:
        bits, half = draw_digits(rng, 5, 1), slice(DIGIT // 2)
        above = log_bernoullis(bits.X[:, half], bits.log_p[:, half])[0]
        below = log_bernoullis(np.zeros((1, DIGIT // 2)), bits.log_p[:, DIGIT // 2 :])[0]
        second, first = np.sort(above)[-2:]
        if first < SMALLEST - 10 and first - second > SURE and (above + below).argmax() != above.argmax():
            return bits
