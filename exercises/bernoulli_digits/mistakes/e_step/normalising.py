"""How people get `e_step` wrong: the weights, and how scores become shares."""

import numpy as np
from scipy.special import logsumexp

from checks.authors import mistake
from exercises.pieces.bernoulli import joint, rows
from helpers import log_bernoullis


@mistake("divided without the weights", seen="the published homework that this assignment is about")
def _(X, log_p, log_mix):
    """You divide by the sum of the scores without their weights: the published fault itself.

    What is subtracted must be the log of the sum of just those numbers that are to become shares. Here the
    weight is in the numerator and not in the divisor, so the shares of an image do not sum to 1, and a
    component that is ahead gets more from each round to the next. The others starve.

    Probabilities 0.2 and 0.4, weights 0.75 and 0.25: the products are 0.15 and 0.10. Divided by 0.2 + 0.4
    they are together 0.42; divided by 0.25 they are 1.
    """
    return np.ravel(log_mix) + rows(log_bernoullis(X, log_p))


@mistake(
    "mixing weights forgotten", seen="choucavalier/mnist-em-bmm-gmm: predict sums exp of the supports alone"
)
def _(X, log_p, log_mix):
    """Your scores use the pixels alone. The mixing weights are not in them.

    An image may come from a component that fits it, or from one that makes most of the images; Bayes' rule
    multiplies the two, and in logs the log weight is added to each component's score before normalising.
    With equal weights nothing shows, so the first iteration looks right. Later ones drift.

    Probabilities 0.2 and 0.4, weights 0.75 and 0.25: shares 0.6 and 0.4. Without the weights 1/3 and 2/3.
    """
    return rows(log_bernoullis(X, log_p))


@mistake("weights not in logs", seen="rlouf/blog-benchmark-rwmetropolis#2")
def _(X, log_p, log_mix):
    """You add the weights themselves to the log scores. Their logs are what belongs there.

    `log_mix` holds logs already. If you `exp` it first and then add, a weight between 0 and 1 acts like a
    factor between 1 and 2.7, so rare and frequent components hardly differ. In the log domain every factor
    enters as its log, and none as itself.

    Weights 0.9 and 0.1 with equal scores should give the shares 0.9 and 0.1. Adding 0.9 and 0.1 gives the
    ratio `exp(0.8)`, so 0.69 and 0.31.
    """
    return rows(log_bernoullis(X, log_p) + np.exp(np.ravel(log_mix)))


@mistake("weights subtracted", seen="a choice of this notebook's own quiz")
def _(X, log_p, log_mix):
    """You subtract the logs of the weights: frequent components are held back, rare ones favoured.

    To subtract a log is to divide. Bayes' rule multiplies by the weight, so its log is added. What is
    subtracted is the log of the *sum* over all components, when the row is normalised, and that is the same
    number for all of them.

    Equal scores, weights 0.75 and 0.25: the shares are 0.75 and 0.25. Subtracted, they are the other way
    round, 0.25 and 0.75.
    """
    return rows(log_bernoullis(X, log_p) - np.ravel(log_mix))


@mistake("not normalised", seen="rdorado/bernoulli-mixture-model: predict returns weight times probability")
def _(X, log_p, log_mix):
    """You return the scores. They are not yet normalised.

    Log weight plus log probability says how probable the component *and* the image are together, a number
    like -200. The responsibility is the component's share of that, given the image: subtract from each row
    the log of its sum. `log_sum_exp` with `axis=1` gives one such number an image.

    Scores -200 and -201: `log_sum_exp` is -199.69. What remains is -0.31 and -1.31, and `exp` of these is
    0.73 and 0.27, together 1.
    """
    return joint(X, log_p, log_mix)


@mistake("normalised over the images", seen="a choice of this notebook's own quiz; probml/pmtk3#47 is alike")
def _(X, log_p, log_mix):
    """You normalise over the images: your columns sum to 1, and it is the rows that have to.

    A responsibility answers a question about one image: which component made it? So the shares of one image
    are a whole. A column belongs to a component; what it sums to is the soft count, and may be anything. In
    an N x K table images go down, and `axis=1` runs along a row.

    For the rows (1, 3) and (2, 2) the row sums are 4 and 4, so the shares are (0.25, 0.75) and (0.5, 0.5).
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table, axis=0)


@mistake("normalised over the whole table", seen="a log_sum_exp without axis is over everything")
def _(X, log_p, log_mix):
    """You subtract one number from the whole table, so that all shares of all images together sum to 1.

    `log_sum_exp` without an axis sums over every entry. Each image is a whole of its own and needs its own
    divisor: N numbers, one a row, standing in a column so that they meet the right row. With one number for
    all, every image becomes a small part of the likeliest one.

    For the rows (1, 3) and (2, 2) the sums are 4 and 4. The total, 8, would make the first row (0.125,
    0.375), which is one half in all.
    """
    table = joint(X, log_p, log_mix)
    return table - logsumexp(table)


@mistake("divided by the sum of the logs", seen="hmmlearn/hmmlearn#4: logs and probabilities mixed")
def _(X, log_p, log_mix):
    """You divide the log scores by their sum. In logs, to divide is to subtract.

    Logs are negative, and less negative is more likely. Their quotients turn that round: the worst
    component gets the largest number. The log of a share is the log score *minus* the log of the sum, and
    the sum is taken of the `exp`s; `log_sum_exp` does that safely.

    Scores -1 and -3: divided by -4 they are 0.25 and 0.75. In truth the first is `exp(2)`, seven times, as
    likely, so the logs of the shares are -0.13 and -2.13.
    """
    table = joint(X, log_p, log_mix)
    return table / table.sum(axis=1, keepdims=True)
