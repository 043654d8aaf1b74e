"""How people get `compute_weights` wrong."""

import numpy as np

from checks.authors import OURS, mistake


@mistake("divided by K", seen="public answers to this exercise: weights of ten and more, all else right")
def _(counts):
    """You divide the soft counts by the number of components.

    A mixing weight is the share of all *points* that a component makes. So divide by the number of points. N
    is not an argument, but you can compute it. Each point is divided among the components, so all counts
    together sum to N. Divided by K, a weight can be ten or more. But no probability is more than 1.

    The counts (30, 18, 52) sum to 100, so the weights are 0.30, 0.18 and 0.52. Divided by K = 3, they would
    be 10, 6 and 17.3.
    """
    return np.asarray(counts) / len(counts)


@mistake("all weights equal", seen=OURS)
def _(counts):
    """All your weights are 1/K, whatever the counts are.

    Equal weights are a fair *start*, because nothing is known at the start. After the first E-step, you know
    how many points each component holds. Re-estimate the weights from these counts, so that they differ
    between components. If the weights never change, a small group stays as probable as a large one.

    The counts (30, 18, 52) sum to 100, so the weights are 0.30, 0.18 and 0.52. With 1/3 for each, the group
    of 18 points seems nearly twice as frequent as it is.
    """
    return np.full(len(counts), 1 / len(counts))


@mistake("divided by the largest count", seen=OURS)
def _(counts):
    """You divide by the largest count. So the largest weight is 1, and the sum of the weights is more than 1.

    Mixing weights are probabilities. For each point one of the components is chosen, so the weights must sum
    to 1. Divide by the sum of all counts. The largest count as divisor also gives numbers between 0 and 1, so
    they look plausible. But each number only compares a count with the largest count. It is not a share of
    all points.

    The counts are (30, 18, 52). Divided by their sum, they are 0.30, 0.18 and 0.52, together 1. Divided by
    the largest, they are 0.58, 0.35 and 1.00, together 100 / 52 = 1.92.
    """
    return np.asarray(counts) / np.max(counts)


@mistake("counts returned as they are", seen=OURS)
def _(counts):
    """You return the counts. A weight is a count that was normalised.

    A count says how many points a component holds. A weight says which share of all points this is. EM's
    formulas need the share, because it is the probability that the component is chosen. With counts instead
    of weights, the density of the mixture has the integral N, not 1. Then the log-likelihood is too large by
    N log N.

    The counts (30, 18, 52) sum to 100. Divide each count by this sum: 0.30, 0.18 and 0.52. Together they are
    1.
    """
    return counts


@mistake("softmax of the counts", seen=OURS)
def _(counts):
    """You take `exp` of the counts before you normalise them. This is a softmax.

    A softmax makes shares from *log* scores: its `exp` undoes the log. But counts are not logs. They are
    amounts already, so you only need to divide them by their sum. If two counts differ by ten, their `exp`s
    differ by a factor of more than twenty thousand. So the largest count gets nearly everything.

    The counts (3, 1) have the shares 3 / 4 = 0.75 and 1 / 4 = 0.25. A softmax gives 0.88 and 0.12. For the
    counts (30, 18), it gives 0.999994 to the first.
    """
    return np.exp(counts - np.max(counts)) / np.exp(counts - np.max(counts)).sum()


@mistake("divided by the Euclidean length", seen=OURS)
def _(counts):
    """You divide by the length of the vector of counts. So the *squares* of your weights sum to 1.

    `np.linalg.norm` is the root of the sum of the squares. It makes vectors of length 1, which are used for
    directions. But probabilities must sum to 1 themselves, without squares. So divide the counts by their
    ordinary sum.

    The counts (3, 4) sum to 7, so the weights are 3/7 and 4/7. The length of the vector is 5. It gives 3/5
    and 4/5, and 3/5 + 4/5 = 1.4. Look at `weights.sum()`: it must be 1.
    """
    return counts / np.linalg.norm(counts)


@mistake("divided by a hundred", seen=OURS)
def _(counts):
    """You divide by 100, the number of points in *this* notebook. Other data have another number of points.

    A function must take what it needs from its arguments. No argument is called N, but you can compute N.
    Each point is divided among the components, so the soft counts sum to N. The check calls your function
    with other data. In the next assignment, you will also call it with other data.

    The counts (4, 2, 2) come from 8 points, so the weights are 0.5, 0.25 and 0.25. Divided by 100 they would
    be 0.04, 0.02 and 0.02, together 0.08.
    """
    return np.asarray(counts) / 100


@mistake("divided by a sum cut to a whole number", seen=OURS)
def _(counts):
    """You make the sum of the counts a whole number, with `int` or `//`. Then you divide by this number.

    The counts sum to N, but each count is rounded in its last digit. So the computed sum may be slightly
    smaller than N. `int` does not round: it cuts off the decimals and gives N - 1. With 8 points you divide
    by 7, so all weights are too large by one seventh. Divide by the sum itself, without `int`.

    In Python, `0.7 + 0.2 + 0.1` is 0.9999999999999999, and `int` of this is 0. The counts (4, 2, 2) give the
    weights 0.5, 0.25 and 0.25. Divided by 7 they would sum to 8 / 7 = 1.14.
    """
    return np.asarray(counts) / int(np.sum(counts))
