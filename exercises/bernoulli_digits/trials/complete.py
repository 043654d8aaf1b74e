"""Small inputs for hints on `complete`, the simplest first."""

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
    """The first pixel is seen, so it stays 1. The second pixel gets the component's probability of ink,
    0.3.

    The erased pixels get probabilities, from 0 to 1. `log_p` holds logs, so take `exp` of it.
    """
    return _erased([1, 0], [True, False], [[0.6, 0.3]], [1.0])


@trial("two pixels, the second erased, and two components")
def _() -> Args:
    """The seen pixel has ink, so the responsibilities are 0.8 and 0.2. The erased pixel gets 0.8 · 0.9 +
    0.2 · 0.1 = 0.74.

    Compute the responsibilities from the seen pixels only. For the erased pixel, multiply the probability
    of ink of each component by its responsibility, and add these products.
    """
    return _erased([1, 0], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("two pixels, the first seen and without ink, the second erased")
def _() -> Args:
    """The seen pixel has no ink, so the responsibilities are 0.2 and 0.8. The erased pixel gets 0.2 · 0.9 +
    0.8 · 0.1 = 0.26.

    A seen pixel without ink changes the responsibilities, too.
    """
    return _erased([0, 0], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("two components that differ in their weights, 0.9 and 0.1")
def _() -> Args:
    """The seen pixel fits both components equally well, so the responsibilities are the weights. The erased
    pixel gets 0.9 · 0.9 + 0.1 · 0.1 = 0.82.

    The mixing weights are part of the responsibilities.
    """
    return _erased([1, 0], [True, False], [[0.5, 0.9], [0.5, 0.1]], [0.9, 0.1])


@trial("an erased pixel that holds a 1")
def _() -> Args:
    """An erased pixel is unknown, so its number must not be used. The answer there is 0.8 · 0.9 + 0.2 · 0.1
    = 0.74. It would be the same if the pixel held a 0.

    Before you compute anything, choose the seen pixels of `x`, and the same columns of `log_p`.
    """
    return _erased([1, 1], [True, False], [[0.8, 0.9], [0.2, 0.1]], [0.5, 0.5])


@trial("four pixels, the first and the third erased")
def _() -> Args:
    """The second and the fourth pixel are seen, so they stay as they are. The first and the third pixel get
    probabilities.

    `seen` holds True or False for each pixel, so it can choose any pixels. Do not turn it into the whole
    numbers 0 and 1. These would choose pixel 0 and pixel 1.
    """
    p = [[0.7, 0.8, 0.9, 0.6], [0.4, 0.2, 0.1, 0.5]]
    return _erased([0, 1, 0, 0], [False, True, False, True], p, [0.5, 0.5])
