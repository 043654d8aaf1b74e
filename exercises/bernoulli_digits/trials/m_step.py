"""Small inputs for hints on `m_step`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]
NONE = -900.0  # the log of a responsibility that a computer rounds to 0


def _logs(shares: Any) -> Any:
    shares = np.array(shares, float)
    return np.where(shares > 0, np.log(np.where(shares > 0, shares, 1)), NONE)


def _counted(X: Any, shares: Any, **more: Any) -> Args:
    return {"X": np.array(X, float), "log_resp": _logs(shares), **more}


@trial("three images of one pixel, two with ink, shared equally by two components")
def _() -> Args:
    """Each component has half of each image, so its soft count N_k is 1.5. Two of the three images have
    ink, so p is 2/3 in both components. Both weights are 1/2. The answer holds the logs of these numbers.

    The second argument, `log_resp`, holds logs. Take `exp` of it before you add, because `exp` gives the
    responsibilities.
    """
    return _counted([[1], [1], [0]], [[0.5, 0.5]] * 3)


@trial("two images and alpha = 1, the first image wholly in component 0, the second wholly in component 1")
def _() -> Args:
    """Each component has one image, so its soft count N_k is 1. If the image has ink in a pixel, p is (1 +
    1) / (2 + 1) = 2/3. If it has no ink there, p is (1 + 0) / (2 + 1) = 1/3. Both weights are (1 + 1) / (2
    + 2) = 1/2.

    Add alpha to the sum of the ink, and 2 alpha to the soft count. Then divide the first result by the
    second.
    """
    return _counted([[1, 0], [0, 1]], [[1, 0], [0, 1]], alpha=1.0)


@trial("two images of one pixel, shared by two components")
def _() -> Args:
    """Component 0 has 3/4 of the image with ink, and 1/4 of the other image. So its p is 3/4, and the p of
    component 1 is 1/4. Both weights are 1/2.

    For each component, multiply each image by its responsibility, and add these products. Divide the sum by
    the soft count of the component.
    """
    return _counted([[1], [0]], [[0.75, 0.25], [0.25, 0.75]])


@trial("three images and alpha = 1, two images in component 0 and one in component 1")
def _() -> Args:
    """The soft counts are 2 and 1. So the weights are (1 + 2) / (2 · 1 + 3) = 3/5 and (1 + 1) / (2 · 1 + 3)
    = 2/5.

    The divisor is K alpha + N. Here N is the number of images, and K is the number of components.
    """
    return _counted([[1], [0], [1]], [[1, 0], [1, 0], [0, 1]], alpha=1.0)


@trial("one image of three pixels, and two components, one of them without an image")
def _() -> Args:
    """With alpha = 1, the component without an image has p = (1 + 0) / (2 + 0) = 1/2 in each pixel. Nothing
    is divided by 0.

    Add alpha to the numerator and 2 alpha to the denominator, and then divide. `log_p` has the shape (K,
    D), and `log_mix` holds K numbers.
    """
    return _counted([[1, 0, 1]], [[1, 0]], alpha=1.0)
