"""Small inputs for hints on `complete`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _erased(x: Any, seen: Any, p: Any, weights: Any) -> Args:
    return {
        "x": np.array(x, float),
        "seen": np.array(seen, bool),
        "log_p": np.log(p),
        "log_mix": np.log(weights),
    }


@trial("two pixels, the second erased, and one component")
def _() -> Args:
    """The first pixel was seen, so it stays 1. The second gets the component's probability of ink, 0.3.

    The answer holds probabilities, from 0 to 1: `exp` of `log_p`.
    """
    return _erased([1, 0], [True, False], [[0.6, 0.3]], [1.0])


@trial("two pixels, the second erased, and two components")
def _() -> Args:
    """The seen pixel has ink, so the responsibilities are 0.8 and 0.2. In the erased pixel they give 0.8
    · 0.9 + 0.2 · 0.1 = 0.74.

    Compute the responsibilities from the seen pixels only. Multiply the ink probability of each component
    by its responsibility, and add these products.
    """
    return _erased([1, 0], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("two pixels, the second erased, where the seen one has no ink")
def _() -> Args:
    """Now the responsibilities are 0.2 and 0.8. The erased pixel gets 0.2 · 0.9 + 0.8 · 0.1 = 0.26.

    A seen pixel without ink says something too.
    """
    return _erased([0, 0], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("two components that differ in their weights, 0.9 and 0.1")
def _() -> Args:
    """The seen pixel fits both equally well, so the responsibilities are the weights. The erased pixel
    gets 0.9 · 0.9 + 0.1 · 0.1 = 0.82.

    The mixing weights are part of the responsibilities.
    """
    return _erased([1, 0], [True, False], [[0.5, 0.9], [0.5, 0.1]], [0.9, 0.1])


@trial("an erased pixel in which a 1 stands")
def _() -> Args:
    """What stands in an erased pixel is not known to the model. The probabilities are 0.8, 0.9 and 0.2,
    0.1. So the answer there is 0.74, as if a 0 stood there.

    Choose the seen pixels, of `x` and of the columns of `log_p`, before anything is computed.
    """
    return _erased([1, 1], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("four pixels, of which the first and the third are erased")
def _() -> Args:
    """The second and the fourth stay as they are. The two others get probabilities.

    `seen` holds True and False, one for each pixel, and chooses pixels in any places. As whole numbers, 0
    and 1, it would choose the pixels number 0 and 1.
    """
    p = [[0.7, 0.8, 0.9, 0.6], [0.4, 0.2, 0.1, 0.5]]
    return _erased([0, 1, 0, 0], [False, True, False, True], p, [0.5, 0.5])
