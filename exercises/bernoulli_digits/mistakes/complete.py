"""How people get `complete` wrong."""

import numpy as np
from scipy.special import softmax

from checks.authors import OURS, mistake
from exercises.pieces.bernoulli import linear
from helpers import log_bernoullis


def mixed(log_p, scores):
    """What components expect, weighed by their shares."""
    return softmax(scores) @ np.exp(log_p)


def given(x, seen, log_p, log_mix):
    """Scores of the components from the seen pixels alone."""
    return log_bernoullis(x[seen][None], log_p[:, seen])[0] + np.ravel(log_mix)


@mistake("erased pixels read as paper", seen="masked values counted as data; alonfnt/bayex#48 is alike")
def _(x, seen, log_p, log_mix):
    """Your responsibilities use the erased pixels too, with the 0 that stands there. So they count as white.

    What was erased is *unknown*, not paper. Read as paper it speaks against every
    component that expects ink in the lower half, and those are just the ones that should fill it. Leave
    these pixels out of the image and out of the components alike, before the responsibilities are computed.

    Two components expect the same upper half; one has ink in the lower half, one has none. Given the upper
    half alone they are equal. With the erased half read as paper the second one wins without having been
    asked.
    """
    return np.where(seen, x, mixed(log_p, log_bernoullis(x[None], log_p)[0] + np.ravel(log_mix)))


@mistake("only the likeliest component", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You complete the image with the one component that fits best.

    The others have a share as well. What is expected of an erased pixel, given what was seen, is the mean
    over all components, each weighed by its responsibility. Where they disagree the mean is grey, and that
    grey is the honest answer: it is not known.

    Shares 0.6 and 0.4, ink with 0.9 and 0.1: 0.6 · 0.9 + 0.4 · 0.1 = 0.58. The best component alone would
    say 0.9.
    """
    return np.where(seen, x, np.exp(log_p[given(x, seen, log_p, log_mix).argmax()]))


@mistake("mixing weights only", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You weigh the components by their mixing weights. The seen pixels change nothing.

    The weights are what is known before anything is seen. The seen half then tells about the component: its
    responsibilities given these pixels. With the weights alone every image gets the same lower half, the
    average of all digits.

    Weights 0.5 and 0.5, but the seen half is nine times as likely under the first: shares 0.9 and 0.1. For
    a pixel with ink probabilities 0.8 and 0.2 that gives 0.74 instead of 0.5.
    """
    return np.where(seen, x, softmax(np.ravel(log_mix)) @ np.exp(log_p))


@mistake("mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict leaves the weights out")
def _(x, seen, log_p, log_mix):
    """You weigh the components by how well the seen pixels fit, without their mixing weights.

    Responsibilities unite both: how frequent a component is, and how well it explains what was seen. Where
    little was seen, the weights matter most. `e_step` takes them in, if it is called with the seen columns
    and with `log_mix`. Leave neither out.

    The seen pixels fit 0.3 and 0.4, weights 0.8 and 0.2: products 0.24 and 0.08, shares 0.75 and 0.25.
    Without weights 0.43 and 0.57.
    """
    return np.where(seen, x, mixed(log_p, log_bernoullis(x[seen][None], log_p[:, seen])[0]))


@mistake("rounded to black and white", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You round the erased pixels to 0 or 1. Their *probability* of ink is asked for.

    A probability of 0.58 says that it may well be paper. Rounded it becomes certain ink, and a half that
    several components could fill in different ways looks as if it were known. The picture shows the numbers
    as grey, and that is its point.

    0.58, 0.49 and 0.97 become 1, 0 and 1: the first two were nearly equal, the last was sure, and now
    nobody can tell.
    """
    return np.where(seen, x, mixed(log_p, given(x, seen, log_p, log_mix)).round())


@mistake("mean of the logs", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You average the logs of the probabilities and undo the log afterwards.

    That is a geometric mean, and it is always smaller than the ordinary one. What is expected is the
    ordinary mean of the probabilities, each weighed by its share. So undo the log of `log_p` first, then
    average. The order of the two matters.

    0.9 and 0.001 with shares 0.5 and 0.5: the mean is 0.45. The mean of the logs, undone, is 0.03: one
    component that expects paper would overrule the other.
    """
    return np.where(seen, x, np.exp(softmax(given(x, seen, log_p, log_mix)) @ log_p))


@mistake("logs not undone", seen=OURS, worth=0.5)
def _(x, seen, log_p, log_mix):
    """Your erased pixels hold negative numbers: `log_p` was averaged, and its log never undone.

    What belongs there is a probability of ink, from 0 to 1, to be drawn as grey beside the seen pixels,
    which are 0 or 1. `log_p` holds logs; `exp` makes probabilities of them, before they are weighed and
    added.

    Probabilities 0.9 and 0.1 have the logs -0.11 and -2.30. With equal shares the answer is 0.5, and not
    -1.2. No probability is negative, so a look at the smallest number shows it.
    """
    return np.where(seen, x, softmax(given(x, seen, log_p, log_mix)) @ log_p)


@mistake("seen pixels replaced as well", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You replace all pixels, the seen ones too.

    What was seen is known, and stays as it is: 0 or 1. Only the erased places get what the mixture expects.
    `np.where` with `seen` as its condition takes from the one where it is True and from the other where it
    is False.

    x = (1, 0), the first seen, expected (0.8, 0.3): the answer is (1, 0.3). With all replaced it would be
    (0.8, 0.3), and the stroke that was there would have faded.
    """
    return mixed(log_p, given(x, seen, log_p, log_mix))


@mistake("seen and erased exchanged", seen=OURS)
def _(x, seen, log_p, log_mix):
    """You take the erased pixels for the seen ones.

    `seen` is True where the pixel is known. These are the ones that tell about the component and that stay
    as they are. In your function the others do both, though they hold nothing but zeros. `~seen` is the
    opposite; have the two got mixed up?

    seen = (True, False), x = (1, 0): the first pixel counts and stays 1, the second is to be filled in.
    Print both for one image.
    """
    return np.where(seen, mixed(log_p, given(x, ~seen, log_p, log_mix)), x)


@mistake("products of raw probabilities", seen="16 of 31 public Bernoulli mixtures")
def _(x, seen, log_p, log_mix):
    """You multiply the probabilities of the seen pixels. With 392 of them the product may be rounded to 0.

    If the upper half fits no component well, every product is below the smallest number that a computer
    keeps. The responsibilities are then 0/0, which is no number. With six pixels all is well, so the small
    cases pass. Take the responsibilities from `e_step`, or add logs and normalise them with `log_sum_exp`.

    Logs -900 and -902 are the shares 0.88 and 0.12. Their `exp` are 0 and 0, and 0/0 has no value.
    """
    with np.errstate(invalid="ignore"):
        shares = linear(x[None, seen], log_p[:, seen], log_mix)[0]
    return np.where(seen, x, shares @ np.exp(log_p))
