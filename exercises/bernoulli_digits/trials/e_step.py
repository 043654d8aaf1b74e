"""Small inputs for hints on `e_step`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def scored(X: Any, p: Any, weights: Any) -> Args:
    return {"X": np.array(X, float), "log_p": np.log(p), "log_mix": np.log(weights)}


@trial("two images and one component")
def _() -> Args:
    """There is only one component, so its share of each image is 1. The log of 1 is 0.

    In logs, to normalise is to subtract `log_sum_exp` of the image's own scores.
    """
    return scored([[1, 0], [1, 1]], [[0.3, 0.6]], [1.0])


@trial("an image of one pixel with ink, and two components with p = 0.8 and 0.2 there")
def _() -> Args:
    """The weights are equal, so the shares are 0.8 and 0.2. Their logs are -0.22 and -1.61.

    A pixel with ink adds `log_p`. The result is a log, so no `exp` follows.
    """
    return scored([[1]], [[0.8], [0.2]], [0.5, 0.5])


@trial("an image of one pixel without ink, and two components with p = 0.8 and 0.4 there")
def _() -> Args:
    """A pixel without ink says something too: it has no ink with probability 0.2 in component 0, and 0.6
    in component 1. So the shares are 1/4 and 3/4, with the logs -1.39 and -0.29.

    A pixel without ink adds log(1 - p). That is the log of 1 minus `exp(log_p)`, and not 1 minus `log_p`.
    """
    return scored([[0]], [[0.8], [0.4]], [0.5, 0.5])


@trial("an image of two pixels with ink")
def _() -> Args:
    """The probabilities of the two pixels are multiplied: 0.8 · 0.5 = 0.4 and 0.2 · 0.5 = 0.1. So the
    shares are 0.8 and 0.2.

    The logs of all pixels of an image are added. It is a sum, and not a mean.
    """
    return scored([[1, 1]], [[0.8, 0.5], [0.2, 0.5]], [0.5, 0.5])


@trial("an image of two pixels, of which the first has ink")
def _() -> Args:
    """The second pixel says nothing: in both components the probability of ink is 0.5 there. So the first
    decides, and the shares are 0.8 and 0.2.

    All pixels of an image are added up, those with ink and those without. If you use a loop: does it add
    to the old sum, or replace it?
    """
    return scored([[1, 0]], [[0.8, 0.5], [0.2, 0.5]], [0.5, 0.5])


@trial("two components that differ only in their weights, 0.9 and 0.1")
def _() -> Args:
    """Both explain the image equally well. So the shares are the weights, and the answer holds their
    logs.

    The log weight is added to each score before anything is normalised, so it is in the divisor as well.
    """
    return scored([[1]], [[0.5], [0.5]], [0.9, 0.1])


@trial("an image of three pixels, and two components that differ only in their weights")
def _() -> Args:
    """All pixels fit both components equally well. So the shares are the weights, 0.9 and 0.1, with the
    logs -0.11 and -2.30.

    The weight counts once for each image, and not once for each pixel.
    """
    return scored([[1, 0, 1]], [[0.5, 0.3, 0.6]] * 2, [0.9, 0.1])


@trial("three images of two pixels")
def _() -> Args:
    """Each image has a row of its own, and its shares sum to 1.

    Subtract from each image's scores the `log_sum_exp` of these scores alone. Look at the shapes: one
    number an image, (N,) or (N, 1).
    """
    return scored([[1, 0], [0, 1], [1, 1]], [[0.8, 0.3], [0.2, 0.6]], [0.7, 0.3])


@trial("an image of one pixel with ink, where ink is very rare: p = 0.00003 and 0.00001")
def _() -> Args:
    """Even then the first component has three times the share of the second: 3/4 and 1/4. The logs are
    -0.29 and -1.39.

    Probabilities that are close to 0 or to 1 are used as they are. Nothing is clipped, and no small
    number is added.
    """
    return scored([[1]], [[3e-5], [1e-5]], [0.5, 0.5])


@trial("an image of 2000 pixels, all with ink")
def _() -> Args:
    """The probability of ink is 0.9 in each pixel of component 0, and 0.1 in each pixel of component 1.
    So the log of the second share is 2000 times the log of 1/9, which is -4394.

    On a computer `exp(-4394)` is 0, and the product of 2000 times 0.1 is 0 too. Work with logs from the
    first line to the last.
    """
    return scored(np.ones((1, 2000)), [[0.9] * 2000, [0.1] * 2000], [0.5, 0.5])
