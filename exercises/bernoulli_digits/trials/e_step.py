"""Small inputs for hints on `e_step`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def scored(X: Any, p: Any, weights: Any) -> Args:
    return {"X": np.array(X, float), "log_p": np.log(p), "log_mix": np.log(weights)}


@trial("two images and one component")
def _() -> Args:
    """There is only one component, so its responsibility for each image is 1. The log of 1 is 0.

    In logs, you normalise by subtraction. From the scores of an image, subtract the `log_sum_exp` of these
    scores.
    """
    return scored([[1, 0], [1, 1]], [[0.3, 0.6]], [1.0])


@trial("an image of one pixel with ink, and two components with p = 0.8 and 0.2 there")
def _() -> Args:
    """The weights are equal, so the responsibilities are 0.8 and 0.2. Their logs are -0.22 and -1.61.

    A pixel with ink adds `log_p` to the score. The answer holds logs, so do not take `exp` of it.
    """
    return scored([[1]], [[0.8], [0.2]], [0.5, 0.5])


@trial("an image of one pixel without ink, and two components with p = 0.8 and 0.4 there")
def _() -> Args:
    """The probability of no ink is 1 - 0.8 = 0.2 in component 0, and 1 - 0.4 = 0.6 in component 1. So the
    responsibilities are 1/4 and 3/4, with the logs -1.39 and -0.29.

    A pixel without ink adds log (1 - p) to the score. To get p, take `exp` of `log_p`. Do not use `log_p`
    in place of p.
    """
    return scored([[0]], [[0.8], [0.4]], [0.5, 0.5])


@trial("an image of two pixels with ink")
def _() -> Args:
    """The probabilities of the two pixels are multiplied. Component 0 has 0.8 · 0.5 = 0.4, and component 1
    has 0.2 · 0.5 = 0.1. So the responsibilities are 0.8 and 0.2.

    Add the logs of all pixels of an image. Use a sum, not a mean.
    """
    return scored([[1, 1]], [[0.8, 0.5], [0.2, 0.5]], [0.5, 0.5])


@trial("an image of two pixels, where only the first has ink")
def _() -> Args:
    """The probability of ink in the second pixel is 0.5 in both components, so this pixel changes nothing.
    The first pixel decides: the responsibilities are 0.8 and 0.2.

    The score is a sum over all pixels of an image, with ink or without. If you use a loop, does it add to
    the old sum, or does it replace the old sum?
    """
    return scored([[1, 0]], [[0.8, 0.5], [0.2, 0.5]], [0.5, 0.5])


@trial("two components that differ only in their weights, 0.9 and 0.1")
def _() -> Args:
    """Both components fit the image equally well. So the responsibilities are the weights, and the answer
    holds the logs of the weights.

    Add the log weight to each score before you normalise. Then the weights are in the divisor as well.
    """
    return scored([[1]], [[0.5], [0.5]], [0.9, 0.1])


@trial("an image of three pixels, and two components that differ only in their weights")
def _() -> Args:
    """All pixels fit both components equally well. So the responsibilities are the weights, 0.9 and 0.1,
    with the logs -0.11 and -2.30.

    Add the log weight once for each image, and not once for each pixel.
    """
    return scored([[1, 0, 1]], [[0.5, 0.3, 0.6]] * 2, [0.9, 0.1])


@trial("three images of two pixels")
def _() -> Args:
    """Each image has its own row in the table, and the responsibilities in this row sum to 1.

    From the scores of each image, subtract the `log_sum_exp` of these scores alone. Look at the shape of
    the numbers that you subtract. It should be one number for each image, (N,) or (N, 1).
    """
    return scored([[1, 0], [0, 1], [1, 1]], [[0.8, 0.3], [0.2, 0.6]], [0.7, 0.3])


@trial("an image of one pixel with ink, where ink is very rare: p = 0.00003 and 0.00001")
def _() -> Args:
    """Although ink is very rare, the first component has three times the responsibility of the second: 3/4
    and 1/4. The logs are -0.29 and -1.39.

    Use probabilities close to 0 or to 1 as they are. Do not clip them, and do not add a small number.
    """
    return scored([[1]], [[3e-5], [1e-5]], [0.5, 0.5])


@trial("an image of 2000 pixels, all with ink")
def _() -> Args:
    """Each pixel has the probability of ink 0.9 in component 0, and 0.1 in component 1. So the log of the
    second responsibility is 2000 times the log of 1/9, which is -4394.

    On a computer, `exp(-4394)` is 0. The product of 2000 factors 0.1 is 0, too. Use logs from the first
    line to the last.
    """
    return scored(np.ones((1, 2000)), [[0.9] * 2000, [0.1] * 2000], [0.5, 0.5])
