"""Common mistakes in `mean_rgb`."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("not scaled to 1", seen=OURS, worth=0.5)
def _(picture):
    """Your means go from 0 to 255. They must go from 0 to 1, so divide them by 255.

    A byte holds the brightness in 255 steps from black to white. Divided by the brightest value, the
    brightness is a share from 0 to 1. This share does not depend on how a picture is stored. All later
    numbers of this notebook use this scale, and so do the variances.

    Take a picture of one pixel, (255, 51, 0). Its mean colour is (1, 0.2, 0). The red is as bright as
    possible. The green has a fifth of this brightness, because 51 / 255 = 0.2. There is no blue.
    """
    return np.mean(picture, axis=(0, 1))


@mistake("divided by 256", seen=OURS)
def _(picture):
    """You divide by 256. Divide by 255, so that the brightest value becomes 1.

    A byte has 256 different values, from 0 to 255. To measure brightness as a share of the brightest value,
    divide by the *largest* value. Do not divide by the number of values. The difference is less than half a
    percent. In a picture you cannot see this difference. But it is too large for two numbers that should be
    equal.

    A white pixel has the value 255, and 255 / 255 = 1. Divided by 256 it is 255 / 256 = 0.996. Then no
    pixel could ever be completely white.
    """
    return np.mean(picture, axis=(0, 1)) / 256


@mistake("summed in bytes", seen="stackoverflow.com/questions/45123792: 130 + 131 = 5 in uint8")
def _(picture):
    """You keep the sum in a byte (`uint8`). After 255 a byte begins again at 0, so your sum is too small.

    A picture is an array of type `uint8`. If you add its numbers in the same type, everything above 255 is
    lost, without a warning. `np.mean` and `np.sum` use a larger type by themselves. A loop that adds pixel
    to pixel does not use a larger type. An array that was made with `dtype=np.uint8` does not use one,
    either.

    As bytes, 130 plus 131 is 5, because 261 - 256 = 5. So first convert the pixels to floats. As floats,
    130 + 131 = 261.
    """
    return np.sum(picture, axis=(0, 1), dtype=np.uint8) / 255 / picture[..., 0].size


@mistake("one number for all channels", seen="numpy's default: a mean without axis is over everything")
def _(picture):
    """You average over all numbers, also over the colours. So your three numbers are equal, and the mean
    colour is always a grey.

    Red, green and blue are the third axis of the picture. They must stay separate. Average over the first
    two axes only, height and width. Without an axis, `np.mean` averages over all numbers of the array.

    Take a picture of two pixels, (255, 0, 0) and (0, 0, 255). The averages are 127.5, 0
    and 127.5. Divided by 255, the mean colour is (0.5, 0, 0.5), a purple.
    The average over all six numbers is 85, and 85 / 255 = 0.33. This is a dark grey, and no pixel of the
    picture is grey.
    """
    return np.full(3, np.mean(picture) / 255)


@mistake("blue first", seen="udacity/sdc-issue-reports#220: OpenCV's BGR taken for RGB", worth=0.5)
def _(picture):
    """Your numbers are correct, but their order is blue, green, red. The order must be red, green, blue.

    Some libraries, such as OpenCV, keep colours in the order blue, green, red. The pictures of this
    notebook have red first, as nearly all other pictures do. Perhaps your code reverses the channels, for
    example with `[::-1]`. Then the sea becomes brown and the desert becomes blue.

    A pixel of the sea is about (10, 20, 60): it has little red and more blue. Divided by 255 it is
    (0.04, 0.08, 0.24), a dark blue. In the reverse order it is (0.24, 0.08, 0.04), a dark brown.
    """
    return np.mean(picture, axis=(0, 1))[::-1] / 255


@mistake("pictures taken to be square", seen=OURS)
def _(picture):
    """You divide by the square of the height, as if every picture were as wide as high. Divide by height
    times width.

    The mean is the sum divided by the number of pixels. This number is height times width. The pictures of
    this notebook are square, so they do not show the mistake. Your own pictures may not be square, and the
    check tries wide pictures. `picture.shape` gives both the height and the width.

    A picture of height 4 and width 9 has 4 · 9 = 36 pixels. Your code divides by 4 · 4 = 16. So the mean is
    too bright by the factor 36 / 16 = 2.25.
    """
    return np.sum(picture, axis=(0, 1)) / len(picture) ** 2 / 255


@mistake("median in place of the mean", seen=OURS)
def _(picture):
    """You take the median of each channel, the value in the middle. Take the mean.

    The median depends only on how many pixels are brighter and how many are darker. It does not depend on
    how bright or how dark these pixels are. This can be an advantage, but the median is another number. It
    does not average over the parts of a picture. And three medians together need not be a colour that
    occurs in the picture.

    In one channel, three pixels have the values 0, 0 and 255. The mean is 255 / 3 = 85, a third of the
    brightest value. The median is 0, as if the bright pixel did not exist.
    """
    return np.median(picture, axis=(0, 1)) / 255


@mistake(
    "cut off before scaling", seen="numpy/numpy#16578: an array of integers cuts off what is written to it"
)
def _(picture):
    """You cut the means off to whole numbers before you divide by 255. Keep the digits after the decimal
    point.

    The mean of whole numbers is rarely a whole number. `int()` and `//` remove the digits after the decimal
    point, without a warning. An array of bytes does the same to every number that you write into it. In a
    dark picture all values are small, so these digits hold most of the information.

    Take two pixels with the values 3 and 4. Their mean is 3.5, and 3.5 / 255 = 0.0137. Cut off to a whole
    number, the mean is 3, and 3 / 255 = 0.0118.
    """
    return np.mean(picture, axis=(0, 1)).astype(np.uint8) / 255


@mistake("scaled to the picture's own maximum", seen=OURS)
def _(picture):
    """You divide by the brightest value of the picture itself. So every picture seems equally bright.
    Divide by 255.

    Brightness helps to tell a desert from a forest. Divided by its own maximum, a dark picture looks like a
    bright one. All pictures need the same scale. So divide by the largest value that a byte *can* hold,
    255. The largest value that a picture *happens* to hold is different for each picture.

    In one picture all pixels are 200, and in another all pixels are 20. Their means are 200 / 255 = 0.78
    and 20 / 255 = 0.08. Divided by its own maximum, each of them is 1.
    """
    return np.mean(picture, axis=(0, 1)) / np.max(picture)
