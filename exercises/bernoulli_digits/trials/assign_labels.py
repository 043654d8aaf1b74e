"""Small inputs for hints on `assign_labels`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial
from exercises.bernoulli_digits.trials.e_step import scored

Args = dict[str, Any]


@trial("an image of one pixel with ink, and two components with p = 0.8 and 0.2 there")
def _() -> Args:
    """The weights are equal. Component 0 has the larger probability of ink in this pixel, so the answer is
    0.

    The answer is the number of the component with the largest responsibility, counted from 0.
    """
    return scored([[1]], [[0.8], [0.2]], [0.5, 0.5])


@trial("an image of one pixel without ink, and two components with p = 0.8 and 0.2 there")
def _() -> Args:
    """The probability of no ink is 0.2 in component 0, and 0.8 in component 1. So the answer is 1.

    Pixels without ink count, too.
    """
    return scored([[0]], [[0.8], [0.2]], [0.5, 0.5])


@trial("two components that differ only in their weights, 0.3 and 0.7")
def _() -> Args:
    """Both components fit the image equally well, so the weights decide. The answer is 1.

    The mixing weights are part of the responsibilities.
    """
    return scored([[1]], [[0.5], [0.5]], [0.3, 0.7])


@trial("three images and two components")
def _() -> Args:
    """There is one number for each image, three numbers in all: 0, 1, 0.

    For each image, find its own largest responsibility among the components.
    """
    return scored([[1, 1], [0, 0], [1, 0]], [[0.9, 0.6], [0.2, 0.5]], [0.5, 0.5])


@trial("three components, and no responsibility above one half")
def _() -> Args:
    """The responsibilities are 0.35, 0.4 and 0.25. So the answer is 1, although 0.4 is less than one half.

    Each image gets the number of its largest responsibility, however small this responsibility is.
    """
    return scored([[1]], [[0.35], [0.4], [0.25]], [1 / 3, 1 / 3, 1 / 3])


@trial("three components with the responsibilities 0.6, 0.1 and 0.3")
def _() -> Args:
    """The largest responsibility is the first one, 0.6. So the answer is 0.

    Compare each responsibility with the largest responsibility so far, and not with the previous one.
    """
    return scored([[1]], [[0.6], [0.1], [0.3]], [1 / 3, 1 / 3, 1 / 3])


@trial("an image of 2000 pixels")
def _() -> Args:
    """All pixels have ink. The probability of ink is 0.5 in component 0, and 0.6 in component 1. So the
    answer is 1.

    The product of 2000 such numbers is rounded to 0 in both components. Compare the logs.
    """
    return scored(np.ones((1, 2000)), [[0.5] * 2000, [0.6] * 2000], [0.5, 0.5])
