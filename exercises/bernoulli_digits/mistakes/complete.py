"""How people get `complete` wrong."""

import numpy as np
from scipy.special import softmax

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import linear
from helpers import log_bernoullis


def mixed(log_p, scores):
    """Return the probabilities of ink of all components, weighted by their responsibilities."""
    return softmax(scores) @ np.exp(log_p)


def given(x, seen, log_p, log_mix):
    """Return the scores of the components, computed from the seen pixels only."""
    return log_bernoullis(x[seen][None], log_p[:, seen])[0] + np.ravel(log_mix)


@mistake("erased pixels counted as paper", seen="masked values counted as data; alonfnt/bayex#48 is alike")
def _(x, seen, log_p, log_mix):
    """Your responsibilities use the erased pixels, too. These pixels hold 0, so they count as paper. Use
    only the seen pixels.

    An erased pixel is *unknown*: it may be ink or paper. If it counts as paper, components that expect ink
    in the lower half become unlikely. But these are exactly the components that should fill the lower half.
    Leave the erased pixels out of the image, and leave their columns out of `log_p`. Then compute the
    responsibilities.

    Two components are equal in the upper half. In a pixel of the lower half, they have p = 0.9 and p = 0.1.
    Given the upper half, both responsibilities are 0.5. With this pixel counted as paper, they would be 0.1
    and 0.9.
    """
    return np.where(seen, x, mixed(log_p, log_bernoullis(x[None], log_p)[0] + np.ravel(log_mix)))


@mistake("only the likeliest component", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You complete the image with only one component, the likeliest one. Use all components.

    The other components have responsibilities as well. The probability of ink in an erased pixel, given the
    seen pixels, is a mean over all components. Each component is weighted by its responsibility. Where the
    components disagree, the mean is grey. This grey is an honest answer, because nobody knows the pixel.

    The responsibilities are 0.6 and 0.4, and the probabilities of ink in a pixel are 0.9 and 0.1. The
    answer is 0.6 · 0.9 + 0.4 · 0.1 = 0.58. The likeliest component alone would give 0.9.
    """
    return np.where(seen, x, np.exp(log_p[given(x, seen, log_p, log_mix).argmax()]))


@mistake("mixing weights only", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You weight the components by their mixing weights. So the seen pixels change nothing. Use the
    responsibilities, given the seen pixels.

    The mixing weights say what is known before any pixel is seen. The seen half then says which components
    fit the image. The responsibilities use both. With the mixing weights alone, every image gets the same
    lower half: the average of all digits.

    The weights are 0.5 and 0.5, but the seen half is nine times as likely under the first component. So the
    responsibilities are 0.9 and 0.1. A pixel has the probabilities of ink 0.8 and 0.2. The answer is 0.9 ·
    0.8 + 0.1 · 0.2 = 0.74. With the weights alone it would be 0.5.
    """
    return np.where(seen, x, softmax(np.ravel(log_mix)) @ np.exp(log_p))


@mistake("mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict leaves the weights out")
def _(x, seen, log_p, log_mix):
    """You weight the components by how well they fit the seen pixels, without their mixing weights. Use the
    mixing weights as well.

    A responsibility combines two things: how frequent a component is, and how well it explains the seen
    pixels. If few pixels are seen, the mixing weights matter most. `e_step` uses both, if you call it with
    the seen pixels and with `log_mix`.

    Two components give the seen pixels the probabilities 0.3 and 0.4, and their weights are 0.8 and 0.2.
    The products are 0.3 · 0.8 = 0.24 and 0.4 · 0.2 = 0.08, with the sum 0.32. So the responsibilities are
    0.24 / 0.32 = 0.75 and 0.08 / 0.32 = 0.25. Without weights they would be 0.43 and 0.57.
    """
    return np.where(seen, x, mixed(log_p, log_bernoullis(x[seen][None], log_p[:, seen])[0]))


@mistake("rounded to black and white", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You round the erased pixels to 0 or 1. Return their *probabilities* of ink.

    A probability of 0.58 says that the pixel may well be paper. Rounded to 1, the pixel is certain ink.
    Several components could fill the erased half in different ways. After rounding, the half looks as if it
    were known. The figure in the notebook shows the probabilities as grey, so that you see how sure the
    model is.

    The probabilities 0.58, 0.49 and 0.97 are rounded to 1, 0 and 1. The first two were nearly equal, and
    only the last was nearly certain. The rounded numbers no longer say this.
    """
    return np.where(seen, x, mixed(log_p, given(x, seen, log_p, log_mix)).round())


@mistake("mean of the logs", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You average the logs of the probabilities, and take `exp` of the average. Take `exp` first, then
    average.

    Your result is a geometric mean. It is smaller than the ordinary mean, unless all numbers are equal. The
    answer is the ordinary mean of the probabilities, weighted by the responsibilities. So take `exp` of
    `log_p` before you average. The order of these two steps matters.

    The probabilities are 0.9 and 0.001, and both responsibilities are 0.5. The mean is 0.5 · 0.9 + 0.5 ·
    0.001 = 0.45. The `exp` of the mean of the logs is 0.03. The small probability 0.001 decides the mean of
    the logs almost alone.
    """
    return np.where(seen, x, np.exp(softmax(given(x, seen, log_p, log_mix)) @ log_p))


@mistake("logs instead of probabilities", seen=OURS, worth=0.5)
def _(x, seen, log_p, log_mix):
    """Your erased pixels hold negative numbers, because you average `log_p` and never take `exp`. Return
    probabilities of ink.

    A probability of ink is a number from 0 to 1. The notebook draws it as grey beside the seen pixels,
    which are 0 or 1. `log_p` holds logs. Take `exp` of `log_p` before you multiply by the responsibilities
    and add.

    The probabilities 0.9 and 0.1 have the logs -0.11 and -2.30. With equal responsibilities, the answer is
    0.5. The mean of the logs is -1.2. No probability is negative. To check your answer, look at its
    smallest number.
    """
    return np.where(seen, x, softmax(given(x, seen, log_p, log_mix)) @ log_p)


@mistake("seen pixels replaced as well", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You replace all pixels, the seen pixels too. Replace only the erased pixels.

    The seen pixels are known, so they stay as they are: 0 or 1. Only the erased pixels get the
    probabilities from the mixture. `np.where` takes a condition and two arrays. Where the condition is
    True, it takes the number from the first array, and elsewhere from the second. Use `seen` as the
    condition.

    Take x = (1, 0), where only the first pixel is seen. The mixture gives (0.8, 0.3). So the answer is (1,
    0.3). If you replace both pixels, it is (0.8, 0.3), and the ink that was seen is paler.
    """
    return mixed(log_p, given(x, seen, log_p, log_mix))


@mistake("seen and erased exchanged", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You use the erased pixels as if they were seen, and the seen pixels as if they were erased.

    `seen` is True where a pixel is known. The known pixels tell you the responsibilities, and they stay as
    they are. In your function, the erased pixels do both, although they hold only zeros. `~seen` is the
    opposite of `seen`. Check in each line whether you need `seen` or `~seen`.

    Take seen = (True, False) and x = (1, 0). The first pixel gives the responsibilities and stays 1. The
    second pixel gets a probability of ink. Print `x[seen]` and `x[~seen]` for one image: here they are 1
    and 0.
    """
    return np.where(seen, mixed(log_p, given(x, ~seen, log_p, log_mix)), x)


@mistake("products of raw probabilities", seen="16 of 31 public Bernoulli mixtures")
def _(x, seen, log_p, log_mix):
    """You multiply the probabilities of the seen pixels. With 392 pixels, the product may be rounded to 0.
    Add logs instead.

    If the upper half of the image fits no component well, every product is smaller than the smallest number
    that a computer can hold. Then the responsibilities are 0/0, which is not a number. With six pixels no
    product is rounded to 0, so the small cases pass. Take the responsibilities from `e_step`. Or add the logs
    of the probabilities and normalise them with `log_sum_exp`.

    The logs -900 and -902 give the responsibilities 0.88 and 0.12. But the `exp` of both logs is 0, and 0/0
    has no value.
    """
    with np.errstate(invalid="ignore"):
        shares = linear(x[None, seen], log_p[:, seen], log_mix)[0]
    return np.where(seen, x, shares @ np.exp(log_p))
