"""How people get `assign_labels` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import joint
from exercises.pieces.gaussian import hard
from helpers import log_bernoullis


@mistake("searched along the wrong axis", seen="lisa-lab/DeepLearningTutorials#15; Zasder3/train-CLIP#6")
def _(X, log_p, log_mix):
    """You return one number for each component. Return one number for each image.

    In an N × K table, each row is an image and each column is a component. To find the best component of an
    image, search along its row: `axis=1`. With `axis=0` you search down a column. This finds the image that
    fits a component best, which is another question. If your `e_step` returns K × N, use the other axis.

    Three images have the responsibilities (0.9, 0.1), (0.4, 0.6) and (0.8, 0.2). Along the rows, the labels
    are 0, 1 and 0. Down the columns you get 0 and 1. These are numbers of images, not of components.
    """
    return joint(X, log_p, log_mix).argmax(axis=0)


@mistake("the least likely component", seen="alibaba/nann#2: the order the wrong way round")
def _(X, log_p, log_mix):
    """You choose the component with the *smallest* responsibility. Choose the component with the largest
    responsibility.

    The logs of responsibilities are negative, and a log nearer to 0 is more likely. So the largest log
    belongs to the largest responsibility, and `argmax` finds it. But `argmin` finds the component that fits
    the image worst. The first position after sorting from small to large gives the same wrong component. So
    does `argmax`, if your logs have the opposite sign.

    The logs -0.1, -2.3 and -7.0 belong to the responsibilities 0.90, 0.10 and 0.001. The likeliest
    component is number 0, and number 2 is the least likely.
    """
    return joint(X, log_p, log_mix).argmin(axis=1)


@mistake("mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict leaves the weights out")
def _(X, log_p, log_mix):
    """You choose the component that fits the pixels best, without the mixing weights. Choose the component
    with the largest responsibility.

    A responsibility is weight times probability, normalised. If two components fit an image about equally
    well, the more frequent component is the better choice. `e_step` uses both the pixels and the weights,
    so call `e_step`.

    Two components give an image the probabilities 0.3 and 0.4, and their weights are 0.8 and 0.2. The
    products are 0.3 · 0.8 = 0.24 and 0.4 · 0.2 = 0.08, so the label is 0. With the pixels alone, the label
    would be 1. If the weights are nearly equal, the labels with and without them rarely differ.
    """
    return log_bernoullis(X, log_p).argmax(axis=1)


@mistake("counted from one", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high")
def _(X, log_p, log_mix):
    """Your labels are one too high: they begin with 1. Labels begin with 0.

    Python counts from 0, and so do all tables here. Component 0 is the first row of `log_p`. With K
    components, the labels go from 0 to K - 1. A label K is outside every table of K rows, and row 0 never
    gets an image. In a table of counts, every image would be one row too low.

    With three components, the labels are 0, 1 and 2. `argmax` returns these numbers, so add nothing. For
    the responsibilities (0.7, 0.2, 0.1), the label is 0. In your function it is 1.
    """
    return joint(X, log_p, log_mix).argmax(axis=1) + 1


@mistake("the heaviest component for all", seen=OURS)
def _(X, log_p, log_mix):
    """Every image gets the component with the largest mixing weight. Choose by the responsibilities of the
    image.

    The component with the largest weight is the best guess before you see the image. After that, the pixels
    count as well. With many pixels, they count far more than the weights. The responsibilities use both. So
    look for the largest entry in the row of the image, and not among the weights. There is one row for each
    image.

    The weights are 0.6 and 0.4, but an image is a thousand times as likely under the second component. The
    responsibilities are 0.0015 and 0.9985. So the label is 1.
    """
    return np.full(len(X), np.argmax(log_mix))


@mistake("a table of zeros and ones", seen=OURS)
def _(X, log_p, log_mix):
    """You return a table with a 1 for the best component of each image. Return the *number* of the best
    component.

    The table and the number say the same. But a label is one whole number for each image, so there are N
    labels. The table of counts and the figures use labels in this form. If you search along a row with
    `argmax`, it gives this number directly.

    The rows (0, 1, 0) and (1, 0, 0) say two things. Image 0 belongs to component 1, and image 1 belongs to
    component 0. So the labels are 1 and 0.
    """
    return hard(joint(X, log_p, log_mix))


@mistake(
    "products of raw probabilities",
    seen="16 of 31 public Bernoulli mixtures; on digits three labels in ten differ",
)
def _(X, log_p, log_mix):
    """You compare products of probabilities. With 784 pixels, these products are rounded to 0, and then all
    of them are equal. Compare logs instead.

    If an image fits no component well, its products are far smaller than the smallest number that a
    computer can hold. This number is about 10 to the power of -308. `argmax` of zeros is 0, so all such
    images get component 0. With six pixels no product is rounded to 0, so the small cases pass. `e_step`
    returns the logs that you need.

    An image has the logs -900 and -880, so component 1 is clearly likelier. But the `exp` of both logs is
    0, and your answer would be component 0.
    """
    p = np.exp(log_p)
    products = np.prod(np.where(np.asarray(X)[:, None] == 1, p, 1 - p), axis=2)
    return (products * np.exp(np.ravel(log_mix))).argmax(axis=1)
