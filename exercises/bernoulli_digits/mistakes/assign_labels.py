"""How people get `assign_labels` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import joint
from exercises.pieces.gaussian import hard
from helpers import log_bernoullis


@mistake("searched along the wrong axis", seen="lisa-lab/DeepLearningTutorials#15; Zasder3/train-CLIP#6")
def _(X, log_p, log_mix):
    """You have one number for each component. One for each image is asked for.

    The table has images down and components across. To find the best component of an image, the search runs
    along its row: `axis=1`. `axis=0` runs down a column and finds the image that suits a component best,
    which is another question. If your `e_step` returns K x N, it is the other way round.

    For the rows (0.9, 0.1), (0.4, 0.6), (0.8, 0.2): along the rows 0, 1, 0. Down the columns 0 and 1: rows,
    not components.
    """
    return joint(X, log_p, log_mix).argmax(axis=0)


@mistake("the least likely component", seen="alibaba/nann#2: the order the wrong way round")
def _(X, log_p, log_mix):
    """You choose the component with the *smallest* share.

    Logs of shares are negative, and nearer to 0 is more likely, so the largest log belongs to the largest
    share, and `argmax` finds it. `argmin`, or the first place after sorting upwards, finds the component
    that fits the image worst. So does `argmax` of logs whose sign was turned. Check which way round your
    table is.

    Logs -0.1, -2.3, -7.0 are the shares 0.90, 0.10 and 0.001. The likeliest is number 0.
    """
    return joint(X, log_p, log_mix).argmin(axis=1)


@mistake("mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict leaves the weights out")
def _(X, log_p, log_mix):
    """You choose by how well the pixels fit, without the mixing weights.

    The likeliest component is the one with the largest responsibility, and that is weight times
    probability, normalised. Where two components fit about equally well, the more frequent one is the
    better guess. `e_step` has both; use it.

    Probabilities 0.3 and 0.4, weights 0.8 and 0.2: products 0.24 and 0.08. By the pixels alone number 1
    would win, and it is number 0. Where the weights are nearly equal the two rarely differ.
    """
    return log_bernoullis(X, log_p).argmax(axis=1)


@mistake("counted from one", seen="ddavid/fsoco#30; irllabs/ml-lib#4: labels one too high")
def _(X, log_p, log_mix):
    """Your labels are one too high: they begin with 1.

    Python numbers from 0, and so do all tables here: component 0 is the first row of `log_p`. With K
    components the labels go from 0 to K - 1. A label K points beyond the end of every table, and row 0
    never gets an image. A table of counts would be off by a row.

    For three components the labels are 0, 1 and 2. `argmax` returns them like that; nothing has to be
    added.
    """
    return joint(X, log_p, log_mix).argmax(axis=1) + 1


@mistake("the heaviest component for all", seen=OURS)
def _(X, log_p, log_mix):
    """Every image gets the component with the largest mixing weight.

    That is the best guess before you have seen the image. Given the image, its pixels speak as well, and
    with many pixels they speak far louder. The responsibilities unite the two, so look for the largest
    entry in the image's own row of them, not among the weights. It is a row for each image.

    Weights 0.6 and 0.4, but this image is a thousand times as likely under the second: shares 0.0015 and
    0.9985.
    """
    return np.full(len(X), np.argmax(log_mix))


@mistake("a row of zeros and ones", seen=OURS)
def _(X, log_p, log_mix):
    """You return a table with a 1 in the place of the best component. The *number* of that place is asked
    for.

    Both say the same. But a label is one whole number an image, N in all, and that is how the table of
    counts and the pictures use it. `argmax` along the row gives it at once.

    The rows (0, 1, 0) and (1, 0, 0) say: image 0 belongs to component 1, image 1 to component 0. As labels:
    1 and 0.
    """
    return hard(joint(X, log_p, log_mix))


@mistake(
    "products of raw probabilities",
    seen="16 of 31 public Bernoulli mixtures; on digits three labels in ten differ",
)
def _(X, log_p, log_mix):
    """You compare products of probabilities. With 784 pixels they are rounded to 0, and then all are equal.

    An image that fits no component well has products far below the smallest number that a computer keeps,
    which is about 10 to the power of -308. `argmax` of zeros is 0, so such images all get the first
    component. With six pixels nothing is lost, which is why the small cases pass. Compare the logs:
    `e_step` has them.

    The logs -900 and -880 say clearly that component 1 is likelier. Their `exp` are 0 and 0, and the answer
    would be component 0.
    """
    p = np.exp(log_p)
    products = np.prod(np.where(np.asarray(X)[:, None] == 1, p, 1 - p), axis=2)
    return (products * np.exp(np.ravel(log_mix))).argmax(axis=1)
