"""Small inputs for hints on `m_step`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]
NONE = -900.0  # the log of a share that a computer rounds to 0


def _logs(shares: Any) -> Any:
    shares = np.array(shares, float)
    return np.where(shares > 0, np.log(np.where(shares > 0, shares, 1)), NONE)


def _counted(X: Any, shares: Any, **more: Any) -> Args:
    return {"X": np.array(X, float), "log_resp": _logs(shares), **more}


@trial("three images of one pixel, two with ink, shared equally by two components")
def _() -> Args:
    """Each component has half of each image, so N_k is 1.5. Two of three images have ink: p is 2/3 in both.
    Both weights are 1/2. The logs of these are returned.

    The second argument holds logs: `exp` makes responsibilities of them before they are added.
    """
    return _counted([[1], [1], [0]], [[0.5, 0.5]] * 3)


@trial("two images, the first only of component 0 and the second only of component 1, alpha = 1")
def _() -> Args:
    """Each component has one image, so N_k is 1. Where the image has ink, p is (1 + 1) / (2 + 1) = 2/3,
    and where it has none, 1/3. Both weights are (1 + 1) / (2 + 2) = 1/2.

    Add alpha to the sum of the ink, and 2 alpha to the count. Then divide the first by the second.
    """
    return _counted([[1, 0], [0, 1]], [[1, 0], [0, 1]], alpha=1.0)


@trial("two images of one pixel, shared by two components")
def _() -> Args:
    """Component 0 has 3/4 of the image with ink and 1/4 of the other. So its p is 3/4, and that of
    component 1 is 1/4. Both weights are 1/2.

    For each component, multiply each image by its share, add these products, and divide the sum by the
    count of the component.
    """
    return _counted([[1], [0]], [[0.75, 0.25], [0.25, 0.75]])


@trial("three images, two of component 0 and one of component 1, and alpha = 1")
def _() -> Args:
    """The counts are 2 and 1. So the weights are (1 + 2) / (2 · 1 + 3) = 3/5 and 2/5.

    N is the number of images and K the number of components: the divisor is K alpha + N.
    """
    return _counted([[1], [0], [1]], [[1, 0], [1, 0], [0, 1]], alpha=1.0)


@trial("one image of three pixels, two components, and one of these without an image")
def _() -> Args:
    """With alpha = 1 the empty component has p = (1 + 0) / (2 + 0) = 1/2 in each pixel. Nothing is
    divided by 0.

    Add alpha to the numerator and 2 alpha to the denominator, and divide after that. `log_p` is (K, D),
    `log_mix` has K numbers.
    """
    return _counted([[1, 0, 1]], [[1, 0]], alpha=1.0)
