"""How people get `mean_rgb` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("not scaled to 1", seen=OURS, worth=0.5)
def _(picture):
    """Your means go from 0 to 255. They are to go from 0 to 1.

    A byte counts brightness in steps, 255 of them from black to white. As a share of the brightest it is a
    number from 0 to 1, which does not depend on how a picture happens to be stored. All further numbers of
    this notebook, the variances too, are measured on that scale.

    A pixel of (255, 51, 0) is (1, 0.2, 0): as bright as can be, a fifth of that, and black.
    """
    return np.mean(picture, axis=(0, 1))


@mistake("divided by 256", seen=OURS)
def _(picture):
    """You divide by 256. The brightest value is 255, and it is to become 1.

    A byte has 256 different values, 0 to 255. To measure brightness as a share of the brightest, divide by
    the largest value and not by how many there are. The difference is less than half a percent, too little
    to see in a picture and too much for equal numbers.

    White is 255: 255 / 255 = 1. Divided by 256 it is 0.996, and nothing can ever be white.
    """
    return np.mean(picture, axis=(0, 1)) / 256


@mistake("summed in bytes", seen="stackoverflow.com/questions/45123792: 130 + 131 = 5 in uint8")
def _(picture):
    """Your sum was kept in a byte (`uint8`). After 255 a byte begins again at 0, so the sum is too small.

    A picture is an array of `uint8`. If it is added up in that same kind of number, everything above 255 is
    lost, without a word. `np.mean` and `np.sum` take a larger kind by themselves; a loop that adds pixel to
    pixel does not, nor does an array that was made with `dtype=np.uint8`.

    As bytes 130 + 131 is 5, because 261 is 256 more. Turn the pixel into a float first: then it is 261.
    """
    return np.sum(picture, axis=(0, 1), dtype=np.uint8) / 255 / picture[..., 0].size


@mistake("one number for all channels", seen="numpy's default: a mean without axis is over everything")
def _(picture):
    """You average over everything, the colours too: your three numbers are one, a grey.

    Red, green and blue are the third axis of the picture, and they must stay apart. The mean runs over the
    first two axes, height and width. Without an axis, `np.mean` takes all numbers there are.

    A picture of two pixels, (255, 0, 0) and (0, 0, 255): the mean colour is (0.5, 0, 0.5), a purple. Over
    everything it is 0.33, a dark grey that is nowhere in the picture.
    """
    return np.full(3, np.mean(picture) / 255)


@mistake("blue first", seen="udacity/sdc-issue-reports#220: OpenCV's BGR taken for RGB", worth=0.5)
def _(picture):
    """Your numbers are right, but their order is blue, green, red.

    Some libraries, OpenCV among them, keep colours in that order. The pictures here have red first, as
    nearly everything else does. If you have turned the channels round, with `[::-1]` say, the sea becomes
    brown and the desert blue.

    A pixel of the sea is about (10, 20, 60): little red, more blue. As (0.04, 0.08, 0.24) that is a dark
    blue, the other way round a dark brown.
    """
    return np.mean(picture, axis=(0, 1))[::-1] / 255


@mistake("pictures taken to be square", seen=OURS)
def _(picture):
    """You divide by the square of the height, as if every picture were as wide as high.

    The mean is the sum divided by the number of pixels, height times width. The tiles of this notebook are
    square, so it does not show there. Pictures of your own are not, and the check tries wide ones.
    `picture.shape` gives both lengths.

    A picture of 4 by 9 pixels has 36 of them. Divided by 16 its mean would be more than twice too bright.
    """
    return np.sum(picture, axis=(0, 1)) / len(picture) ** 2 / 255


@mistake("median in place of the mean", seen=OURS)
def _(picture):
    """You take the median of each channel, the value in the middle. The mean is asked for.

    The median does not notice how far away the bright and the dark pixels are, only how many there are on
    each side. That can be an advantage, but it is another number: it does not average over parts of a
    picture, and three medians need not be a colour that occurs.

    Pixels 0, 0 and 255: the mean is 85, a third of white. The median is 0, as if the bright one were not
    there.
    """
    return np.median(picture, axis=(0, 1)) / 255


@mistake(
    "cut off before scaling", seen="numpy/numpy#16578: an array of integers cuts off what is written to it"
)
def _(picture):
    """You cut the means off to whole numbers before you divide by 255.

    A mean of whole numbers is hardly ever whole. If it is written into an array of bytes, or passes `int()`
    or `//`, what stands behind the point is gone, without a word. In dark pictures, where all values are
    small, it is most of the information.

    Pixels 3 and 4: the mean is 3.5, and 3.5 / 255 = 0.0137. Cut off it is 3 / 255 = 0.0118.
    """
    return np.mean(picture, axis=(0, 1)).astype(np.uint8) / 255


@mistake("scaled to the picture's own maximum", seen=OURS)
def _(picture):
    """You divide by the brightest pixel of the picture itself, so every picture becomes equally bright.

    Brightness tells a desert from a forest. Measured against its own maximum, a dark picture looks like a
    bright one. All pictures need the same scale, and that is what a byte can hold, 255, not what this
    picture happens to hold.

    Two even pictures, all pixels 200 and all pixels 20: means 0.78 and 0.08. Each by its own maximum, both
    are 1.
    """
    return np.mean(picture, axis=(0, 1)) / np.max(picture)
