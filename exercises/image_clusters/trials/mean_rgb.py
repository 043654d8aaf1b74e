"""Small inputs for hints on `mean_rgb`, the simplest first."""

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
    """All three channels have the largest possible value. So the answer is 1, 1, 1.

    The largest possible value is 255, and the answer must go from 0 to 1. So divide by 255, once.
    """
    return _picture([WHITE])


@trial("a picture of one red pixel")
def _() -> Args:
    """The pixel is (255, 0, 0). So the red is 1, and the green and the blue are 0.

    The last axis of a picture holds red, green and blue, in this order. Do not average over this axis.
    """
    return _picture([RED])


@trial("a picture of one pixel, (51, 102, 204)")
def _() -> Args:
    """Each number divided by 255 gives 0.2, 0.4 and 0.8.

    Do not round before the end, and do not compare one channel with another.
    """
    return _picture([(51, 102, 204)])


@trial("a picture of two white pixels")
def _() -> Args:
    """Both pixels are white. So their mean is white, too: 1, 1, 1.

    The sum of the two pixels is 510 in each channel. A byte holds only numbers up to 255, so keep the sum
    in a larger type.
    """
    return _picture([WHITE, WHITE])


@trial("a picture that is one pixel wide and two pixels high: black, white")
def _() -> Args:
    """Half of the pixels are white. So the answer is 0.5, 0.5, 0.5.

    All rows count. The mean is the sum over all pixels divided by the number of pixels, which is 2 here.
    """
    return _picture([BLACK], [WHITE])


@trial("a picture that is one pixel high: red, red, blue, black")
def _() -> Args:
    """Two of four pixels are red and one pixel is blue. So the answer is 0.5, 0, 0.25.

    Each pixel counts once, also in a picture that is wider than high. Divide by height times width.
    """
    return _picture([RED, RED, BLUE, BLACK])


@trial("a picture of 2 × 3 pixels: the first row red, the second blue")
def _() -> Args:
    """Three of six pixels are red and three pixels are blue. So the answer is 0.5, 0, 0.5.

    Average over height and width, the first two axes. Keep the axis of the channels. If you reshape the
    picture, each row of the result must be one pixel: `(-1, 3)`.
    """
    return _picture([RED] * 3, [BLUE] * 3)
