"""Small inputs for hints on `mean_rgb`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _picture(*rows: Any) -> Args:
    return {"picture": np.array(rows, np.uint8)}


RED, BLUE, BLACK, WHITE = (255, 0, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)


@trial("a picture of one white pixel")
def _() -> Args:
    """All three colours are as bright as can be. So the answer is 1, 1, 1.

    255 stands for the brightest, and the answer goes from 0 to 1: divide by 255, once.
    """
    return _picture([WHITE])


@trial("a picture of one red pixel")
def _() -> Args:
    """It is (255, 0, 0): the red is 1, the green and the blue are 0.

    The last axis of a picture holds red, green and blue, in this order. It is the one that stays.
    """
    return _picture([RED])


@trial("a picture of one pixel, (51, 102, 204)")
def _() -> Args:
    """Each number divided by 255 gives 0.2, 0.4 and 0.8.

    Nothing is rounded on the way, and no channel is compared with another.
    """
    return _picture([(51, 102, 204)])


@trial("a picture of two white pixels")
def _() -> Args:
    """Both pixels are white, and so is their mean: 1, 1, 1.

    The sum of the two is 510. A byte holds numbers up to 255 only, so a sum must be kept in a larger
    type.
    """
    return _picture([WHITE, WHITE])


@trial("a picture that is one pixel wide and two high: black, white")
def _() -> Args:
    """Half of the pixels are white. So the answer is 0.5, 0.5, 0.5.

    All rows count. A mean is a sum over all pixels divided by their number, which is 2 here.
    """
    return _picture([BLACK], [WHITE])


@trial("a picture that is one pixel high: red, red, blue, black")
def _() -> Args:
    """Two of four pixels are red and one is blue. So the answer is 0.5, 0, 0.25.

    Each pixel counts once, also in a picture that is wider than it is high. Divide by height times width.
    """
    return _picture([RED, RED, BLUE, BLACK])


@trial("a picture of 2 × 3 pixels: the first row red, the second blue")
def _() -> Args:
    """Three of six pixels are red and three are blue. So the answer is 0.5, 0, 0.5.

    The two axes of the pixels are averaged, and the axis of the colours stays. If you reshape the
    picture, each row of the result must be one pixel: `(-1, 3)`.
    """
    return _picture([RED] * 3, [BLUE] * 3)
