"""Common mistakes in `initialise`."""

import numpy as np

from checks.authors import OURS, mistake


def start(data, chosen, means=None, cov=None, weights=None):
    """Return the correct start of EM. A part that is given as an argument replaces the correct one."""
    K, data = len(chosen), np.asarray(data)
    cov = np.diag(np.var(data, axis=0)) if cov is None else cov
    equal = np.full(K, 1 / K)
    return (
        data[chosen] if means is None else means,
        np.array([cov] * K),
        equal if weights is None else weights,
    )


@mistake("the whole covariance", seen="the first assignment starts like that")
def _(data, chosen):
    """Your covariances have entries off the diagonal. This start needs *diagonal* covariances.

    In `gaussian-mixture`, every component started with the whole covariance of all the data. Here every
    component starts with the variances alone, and all entries off the diagonal are 0. This start contains
    nothing about how the colours vary together. Other starts are possible. But they lead to other results
    than those in the text of the notebook.

    Two colour channels have the variances 0.04 and 0.09, and their covariance is 0.05. The matrix of the
    start is [[0.04, 0], [0, 0.09]]. The number 0.05 is not in this matrix.
    """
    return start(data, chosen, cov=np.atleast_2d(np.cov(data, rowvar=False, bias=True)))


@mistake(
    "standard deviations", seen="mcdickenson/em-gaussian uses standard deviations where variances belong"
)
def _(data, chosen):
    """Your diagonals hold standard deviations. A covariance matrix holds variances, the squares of the
    standard deviations.

    The formula of the density expects squared units in the matrix. The variances of colours are below 1
    here. The root of such a number is larger than the number itself. So your components start far too wide.
    The scale of the data is lost, too: if the colours were measured in percent, your components would start
    too narrow.

    Take the values 0.1 and 0.5. Their mean is 0.3, and each value is 0.2 away from the mean. So the
    standard deviation is 0.2, and the variance is 0.2 · 0.2 = 0.04. The matrix holds 0.04.
    """
    return start(data, chosen, cov=np.diag(np.std(data, axis=0)))


@mistake("identity matrices", seen="a common default start, of width 1 whatever the data")
def _(data, chosen):
    """Your covariances are identity matrices. They have the variance 1 in every direction, whatever the
    data are.

    Colours lie between 0 and 1. A component with the variance 1 reaches over all of them, so all components
    share every picture at the start. The components should start as wide as the data. The variance of each
    coordinate over all points says how wide the data are. Put these variances on the diagonals.

    Take the values 0.1 and 0.5, which are 0.4 apart. Their variance is 0.04, so their standard deviation is
    0.2. A component with the variance 1 has the standard deviation 1. It is five times as wide as the data.
    """
    return start(data, chosen, cov=np.eye(np.shape(data)[1]))


@mistake("one variance for all colours", seen="numpy's default: a variance without axis is over everything")
def _(data, chosen):
    """All entries on the diagonals of your covariances are the same number: the variance of all numbers
    together. Each colour needs its own variance.

    The variance of a colour is measured from the mean of this colour. `np.var` without an axis mixes red,
    green and blue. Then the differences between the three colours count as spread, too. With `axis=0`,
    `np.var` returns one variance for each column.

    Take two columns with the values (0, 2) and (10, 14). Their variances are 1 and 4. All four numbers
    together have the variance 32.75. This number is so large because the two columns are far apart.
    """
    return start(data, chosen, cov=np.var(data) * np.eye(np.shape(data)[1]))


@mistake("variances of the chosen points only", seen=OURS)
def _(data, chosen):
    """You compute the variances from the chosen points only. Compute them from all points.

    A few points drawn at random may lie close together, or all on one side. So their variance depends on
    chance. The variance of all the data is a safe guess. It is too wide for every component. So each
    component can first reach all points, and then shrink to its own points.

    Take the points 0, 1, ..., 9 on a line. Their variance is 8.25. If the points 4 and 5 were chosen, the
    variance of these two is only 0.25. No component would then reach the points 0 and 9 at the ends.
    """
    return start(data, chosen, cov=np.diag(np.var(np.asarray(data)[chosen], axis=0)))


@mistake("the mean not subtracted", seen=OURS)
def _(data, chosen):
    """Your diagonals hold the means of the squares. Subtract the mean of each coordinate before you square.

    A variance is the mean of the squared distances *from the mean*. Your number is the mean of the squared
    distances from 0. It is larger than the variance by the square of the mean. So even a small cloud of
    points seems enormous if it lies far from the origin. `np.var` subtracts the mean by itself.

    Take the values 9 and 11. Their mean is 10, and both are 1 away from the mean. So the variance is 1. The
    mean of the squares is (81 + 121) / 2 = 101. It is too large by 100, the square of the mean.
    """
    return start(data, chosen, cov=np.diag(np.mean(np.asarray(data) ** 2, axis=0)))


@mistake("weights of 1", seen=OURS)
def _(data, chosen):
    """Your weights are all 1. The *sum* of all weights must be 1.

    A mixing weight is the probability that its component is chosen. Exactly one component is chosen for
    each point, so these probabilities sum to 1. With equal weights, each component has the same share of
    the whole. The size of this share depends on the number of components. A weight of 1 would mean that
    this component is always chosen.

    With four components, each weight is 1 / 4 = 0.25. The sum of `np.ones(4)` is 4. Divide `np.ones(4)` by
    its own sum, and the weights are correct. You can check this with `weights.sum()`.
    """
    return start(data, chosen, weights=np.ones(len(chosen)))


@mistake("weights of 1/N", seen=OURS)
def _(data, chosen):
    """Your weights are 1/N, where N is the number of points. Use 1/K, where K is the number of components.

    Equal weights divide the whole among the components, and there are K components. With N in the divisor,
    the weights sum to K / N. Then the density of the mixture is too small everywhere, by the factor K / N.
    The number of points plays no part in the start.

    With four components and 560 pictures, each weight is 1 / 4 = 0.25, and the four weights sum to 1. With
    the weight 1/560 for each component, their sum would be 4 / 560 = 0.007.
    """
    return start(data, chosen, weights=np.full(len(chosen), 1 / len(data)))


@mistake("the first K points", seen=OURS)
def _(data, chosen):
    """Your means are the first K points. Use the points whose numbers are in `chosen`.

    The pictures are sorted by category. So the first four pictures are all of one category, and EM would
    start with all its components in one corner of the cube of colours. `chosen` holds the *numbers* of the
    points that were drawn. You can use such a list of row numbers as the index of an array. The result is
    an array of these rows.

    Take the points (10, 20, 30, 40) and `chosen` (3, 1), counted from 0. The means are 40 and 20, in this
    order. The first two points would be 10 and 20.
    """
    return start(data, chosen, means=np.asarray(data)[: len(chosen)])


@mistake("the mean of all points", seen=OURS)
def _(data, chosen):
    """All your means are the mean of all points. So all components are the same at the start, and they stay
    the same.

    If two components start with the same parameters, each point is shared equally between them. The M-step
    then gives both components the same new parameters. So EM can never separate them. Means at different
    points make the components different. Use the points whose numbers are in `chosen`.

    Take the points (10, 20, 30, 40) and `chosen` (3, 1), counted from 0. The means are 40 and 20. The mean
    of all points is 25. Two means of 25 would be one component in two copies.
    """
    return start(data, chosen, means=np.array([np.mean(data, axis=0)] * len(chosen)))
