"""How people get `compute_weights` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("divided by K", seen="public answers to this exercise: weights of ten and more, all else right")
def _(counts):
    """You divide the soft counts by the number of components.

    A mixing weight is the share of all *points* that a component makes, so the divisor is the number of
    points. It is not handed in, but it is there: each point is divided among the components, so all the
    counts together hold each point once. Divided by K the weights can be ten or more, and no probability is
    that.

    Counts (30, 18, 52) sum to 100: weights 0.30, 0.18, 0.52. Divided by 3 they would be 10, 6 and 17.3.
    """
    return np.asarray(counts) / len(counts)


@mistake("all weights equal", seen=OURS)
def _(counts):
    """Your weights are all one over K, whatever the counts say.

    Equal weights are a fair *start*, when nothing is known. After the first E-step something is known: how
    many points each component holds. The weight is re-estimated from that, and so it differs from component
    to component. A weight that never moves keeps a small group as probable as a large one.

    Counts (30, 18, 52) of 100 points say 0.30, 0.18 and 0.52. With 1/3 each the group of 18 would be
    thought nearly twice as frequent as it is.
    """
    return np.full(len(counts), 1 / len(counts))


@mistake("divided by the largest count", seen=OURS)
def _(counts):
    """You divide by the largest count, so the largest weight is 1 and all together are more.

    Mixing weights are probabilities: one of the components is chosen for each point, so together they are
    1. Divide by what all the counts sum to. Dividing by the maximum makes numbers between 0 and 1 as well,
    which is why it looks plausible; but they are ratios to the winner, not shares of a whole.

    Counts (30, 18, 52): by the sum 0.30, 0.18, 0.52, together 1. By the largest 0.58, 0.35, 1.00, together
    1.92.
    """
    return np.asarray(counts) / np.max(counts)


@mistake("counts returned as they are", seen=OURS)
def _(counts):
    """You return the counts. A weight is what remains when they are normalised.

    A count says how many points, a weight says which share of all points. EM's formulas want the share: it
    is the probability that the component is chosen. With counts in its place the density of the mixture
    would no longer integrate to 1 but to N, and the log-likelihood would be off by N log N.

    Counts (30, 18, 52) hold 100 points in all. Each divided by that sum: 0.30, 0.18, 0.52. Together they
    are 1.
    """
    return counts


@mistake("softmax of the counts", seen=OURS)
def _(counts):
    """You take `exp` of the counts before you normalise them: a softmax.

    Softmax turns *log* scores into shares, and undoes the log by `exp`. Counts are no logs; they are
    amounts already, and only need to be divided by their sum. The `exp` of a difference of ten is twenty
    thousand, so the largest count takes nearly everything.

    Counts (3, 1): shares 0.75 and 0.25. With softmax 0.88 and 0.12; and counts (30, 18) would give 0.999994
    to the first.
    """
    return np.exp(counts - np.max(counts)) / np.exp(counts - np.max(counts)).sum()


@mistake("divided by the Euclidean length", seen=OURS)
def _(counts):
    """You divide by the length of the vector of counts, so that the *squares* of the weights sum to 1.

    `np.linalg.norm` is the root of the sum of squares. That makes unit vectors, for directions.
    Probabilities sum to 1 as they are, without squares, so they are divided by their plain sum.

    Counts (3, 4): their sum is 7, weights 3/7 and 4/7. Their length is 5, and 3/5 and 4/5 are 1.4 together.
    A look at `weights.sum()` shows which of the two it is.
    """
    return counts / np.linalg.norm(counts)


@mistake("divided by a hundred", seen=OURS)
def _(counts):
    """You divide by 100, the number of points in *this* notebook. Other data have another number.

    A function should find what it needs in its arguments. The number of points is there, though it is not
    said: each point is divided among the components, so the soft counts sum to N. The check calls your
    function with other data, and so will you in the next assignment.

    Counts (4, 2, 2) come from 8 points: 0.5, 0.25 and 0.25. Divided by 100 they would sum to 0.08.
    """
    return np.asarray(counts) / 100


@mistake("divided by a sum cut to a whole number", seen=OURS)
def _(counts):
    """You make the sum of the counts a whole number with `int`, or with `//`, before you divide by it.

    The counts do sum to N, but each is rounded in its last digit. So the sum may come out a tiny bit below
    N, and `int` cuts it to N - 1. It does not round. With 8 points all weights are then too large by one
    part in seven. Divide by the sum as it is.

    `sum([0.1] * 10)` prints 0.9999999999999999, and `int` of that is 0. Counts (4, 2, 2) give 0.5, 0.25,
    0.25. Divided by 7 they sum to more than 1.
    """
    return np.asarray(counts) / int(np.sum(counts))
