"""How people get `e_step` wrong: the scores themselves, and what is done with them."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import joint, linear, off, rows
from exercises.pieces.gaussian import hard
from helpers import log_bernoullis


@mistake("only pixels that are on", seen="a choice of this notebook's own quiz")
def _(X, log_p, log_mix):
    """Your scores use only the pixels with ink. Use the pixels without ink as well.

    A pixel without ink tells as much as a pixel with ink. Let p be the component's probability of ink in a
    pixel. The pixel adds log p to the score if it is on, and log (1 - p) if it is off. So a component that
    expects ink in a pixel gets a lower score if the pixel is off. Without the second part, a component that
    expects ink everywhere would explain every image best.

    A component has p = (0.9, 0.9), and the image is (1, 0). The probability of the image is 0.9 · 0.1 =
    0.09. The pixel with ink alone would give 0.9, which is ten times too much.
    """
    return rows(X @ np.transpose(log_p) + np.ravel(log_mix))


@mistake("only pixels that are off", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores use only the pixels without ink. Use the pixels with ink as well.

    Let p be the component's probability of ink in a pixel. The pixel adds log p to the score if it is on,
    and log (1 - p) if it is off. Your scores have only the second part. So a component that expects no ink
    anywhere explains every image best, whatever the image shows. Add the part for the pixels that are on.

    A component has p = (0.1, 0.1), and the image is (1, 0). The probability of the image is 0.1 · 0.9 =
    0.09. The pixel without ink alone would give 0.9, which is ten times too much.
    """
    return rows((1 - X) @ off(log_p).T + np.ravel(log_mix))


@mistake("ink and paper exchanged", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores use the probability of ink, p, where there is paper. They use 1 - p where there is ink.
    Exchange the two.

    `log_p` is the log of the probability of ink. Think of an image that has ink exactly where a component
    expects ink. This component should give the image its highest score. Your function gives it the lowest
    score, as if the image were its own negative. Check which of the two terms is multiplied by X, and which
    is multiplied by 1 - X.

    A component has p = (0.9, 0.1), and the image is (1, 0). The probability of the image is 0.9 · 0.9 =
    0.81. With ink and paper exchanged, it would be 0.1 · 0.1 = 0.01.
    """
    return rows((1 - X) @ np.transpose(log_p) + X @ off(log_p).T + np.ravel(log_mix))


@mistake("log of one minus the log", seen=OURS)
def _(X, log_p, log_mix):
    """For the pixels that are off, you use log (1 - log p). Use log (1 - p), where p is the probability of
    ink.

    `log_p` holds logs, but your code uses it as if it held probabilities. The number 1 - log p is larger
    than 1, so its log is positive. But the log of a probability is never positive. Take `exp` of `log_p`
    first. `log1p(-exp(log_p))` is log (1 - p), and it loses no digits where p is small.

    Take p = 0.1. Then log p is -2.30, and log (1 - p) is the log of 0.9, which is -0.11. Your formula gives
    the log of 3.30, which is 1.19.
    """
    return rows(X @ np.transpose(log_p) + (1 - X) @ np.log1p(-np.asarray(log_p)).T + np.ravel(log_mix))


@mistake("responsibilities instead of their logs", seen=OURS, worth=0.5)
def _(X, log_p, log_mix):
    """You return the responsibilities themselves. Return their logs.

    The name `log_resp` says that the M-step gets logs. The M-step takes `exp` itself. With 784 pixels, a
    responsibility may be as small as 10 to the power of -50. The log of this number is -115, an ordinary
    number. Logs can be as small as that, and nothing is rounded to 0. So keep the logs up to the last line
    of your function.

    The responsibilities 0.6 and 0.4 have the logs -0.51 and -0.92. The log of a responsibility is never
    above 0. If your results are above 0, remove one `exp`.
    """
    return np.exp(rows(joint(X, log_p, log_mix)))


@mistake(
    "products of raw probabilities", seen="16 of 31 public Bernoulli mixtures; choucavalier/mnist-em-bmm-gmm"
)
def _(X, log_p, log_mix):
    """You multiply the probabilities of the pixels. With 784 pixels, the product is rounded to 0. Add logs
    instead.

    The smallest number that a computer can hold is about 10 to the power of -308. The product of 784
    probabilities is smaller. So every component gets 0, and 0/0 is not a number. With four pixels the
    products are not too small, so the small cases pass. Add the logs of the probabilities, and normalise
    with `log_sum_exp`.

    Each of 784 pixels has the probability 0.3. The product is 10 to the power of -410, which is rounded to
    0. The log of the product is -944, and a computer can hold this number.
    """
    with np.errstate(divide="ignore"):
        return np.log(linear(X, log_p, log_mix))


@mistake("clipped to between 0.1 and 0.9", seen=OURS)
def _(X, log_p, log_mix):
    """You clip the probabilities so much that their values change. Use the probabilities as they are.

    A limit that prevents log 0 is fine if it is far smaller than all probabilities, such as 10 to the power
    of -12. With limits like 0.1 and 0.9, no pixel can be more certain than 9 to 1. But the pixels that are
    nearly always on, or nearly always off, are the pixels that tell the components apart.

    A pixel is on, and a component gives it the probability of ink p = 0.001. The log of p is -6.9. If p is
    clipped to 0.1, the log is -2.3. The pixel then counts as a hundred times as likely: 0.1 / 0.001 = 100.
    """
    p = np.clip(np.exp(log_p), 0.1, 0.9)
    return rows(X @ np.log(p).T + (1 - X) @ np.log(1 - p).T + np.ravel(log_mix))


@mistake("clipped on one side", seen="5 of 31 public Bernoulli mixtures; keras-team/keras#377")
def _(X, log_p, log_mix):
    """You clip the probability of ink, p, in one of the two logs, but not in the other. Clip both, or
    neither.

    A pixel with ink adds log p to the score, and a pixel without ink adds log (1 - p). Values of p near 0
    occur as often as values near 1. So a limit is needed for both logs, or for neither. A limit must also
    be far smaller than all probabilities that occur. A limit for one log alone pushes every image towards
    ink, or towards paper.

    The limit is 0.1. For p = 0.0001, a pixel that is on adds -2.3 instead of -9.2. For p = 0.9999, a pixel
    that is off still adds the full -9.2.
    """
    p = np.clip(np.exp(log_p), 0.1, None)
    return rows(X @ np.log(p).T + (1 - X) @ off(log_p).T + np.ravel(log_mix))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2, for Gaussians")
def _(X, log_p, log_mix):
    """You give each image as a whole to its likeliest component. Return the logs of all its
    responsibilities.

    With 784 pixels, most responsibilities are nearly 0 or nearly 1, so the difference is hard to see. But
    EM promises that the log-likelihood never falls. This promise holds only for the responsibilities
    themselves. In later iterations, the components still change because of images that lie between two
    components.

    An image has the responsibilities 0.5 and 0.5, so both logs are -0.69. If the first component gets the
    image as a whole, the logs are 0 and minus infinity. Then the second component does not use the image at
    all.
    """
    return np.log(hard(joint(X, log_p, log_mix)) + 1e-300)


@mistake("mean over the pixels", seen=OURS)
def _(X, log_p, log_mix):
    """Your scores are means over the pixels. Use sums.

    Given the component, the pixels are independent. So their probabilities are multiplied, and their logs
    are *added*: more pixels give more evidence. A mean gives 784 pixels the same effect as one pixel. The
    log of the mixing weight is added only once. Compared with the pixels, this log then counts 784 times as
    much as it should. So all images get nearly the same responsibilities.

    An image has two pixels, and each of them is twice as likely under the first component. Together the two
    pixels are 2 · 2 = 4 times as likely there. The mean of the logs would give only a factor of 2.
    """
    return rows(log_bernoullis(X, log_p) / np.shape(X)[1] + np.ravel(log_mix))


@mistake("squared distances for log probabilities", seen="k-means' score, in place of the Bernoulli one")
def _(X, log_p, log_mix):
    """Your scores are squared distances between the image and the component, as in k-means. Use log
    probabilities.

    Squared distances would be correct for a Gaussian of fixed width. But a pixel is 0 or 1, and adds log p
    or log (1 - p) to the score, where p is its probability of ink. Suppose that a pixel is almost never on
    in a component, but it is on in the image. Then log p is very negative, and the score becomes much
    lower. A squared distance is at most 1, so it lowers the score only a little.

    A pixel is on. For p = 0.5 and p = 0.001, the squared distances are 0.25 and 1.0. The log probabilities
    are -0.7 and -6.9. The first component is 0.5 / 0.001 = 500 times as likely.
    """
    return rows(-((np.asarray(X)[:, None] - np.exp(log_p)) ** 2).sum(axis=2) + np.ravel(log_mix))


@mistake("equal responsibilities for all", seen=OURS)
def _(X, log_p, log_mix):
    """All your responsibilities are equal, whatever the image is. Your function does not use the scores.

    An image fits some components better than others, so its responsibilities differ. If all of them are
    1/K, there are three likely reasons. Perhaps the table still holds the numbers that it was made with.
    Perhaps your code computes the scores, but does not use them. Perhaps something makes all components
    equal.

    With five components, the log of 1/5 is -1.61. If every entry of your table is -1.61, print the scores
    just before you normalise them. Do the scores in a row differ? They should.
    """
    return np.full((len(X), len(log_p)), -np.log(len(log_p)))


@mistake("one maximum for all images", seen=OURS)
def _(X, log_p, log_mix):
    """Before `exp`, you subtract one number from the whole table, or no number. Subtract from each row its
    own maximum.

    The scores of two images may differ by a thousand, if one image fits well and the other fits no
    component. Suppose that you subtract the maximum of the whole table. Then `exp` rounds every score of
    the second image to 0. The sum of its row is 0, and the log of 0 is minus infinity. The largest number
    of each *row* must become 0: use `axis=1` and `keepdims=True`.

    Two images have the scores (-200, -201) and (-1300, -1302). If you subtract -200, the second row is
    (-1100, -1102), and both `exp` are 0. If you subtract its own maximum, -1300, the row is (0, -2).
    """
    table = joint(X, log_p, log_mix)
    table = table - table.max()
    with np.errstate(divide="ignore", invalid="ignore"):
        return table - np.log(np.exp(table).sum(axis=1, keepdims=True))
