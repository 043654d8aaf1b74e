"""How people get `initialise` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def start(data, chosen, means=None, cov=None, weights=None):
    """The right start, with other parts where they are given."""
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
    """Your covariances have entries off the diagonal. Here a *diagonal* start is asked for.

    In the first assignment every component started from the covariance of all the data, as it leans. This
    one starts from the variances alone, with zeros off the diagonal: an upright ellipsoid that knows
    nothing yet of how the colours go together. Other starts are possible, but they lead to other results
    than those in the text.

    Variances 0.04 and 0.09, covariance 0.05: the start is [[0.04, 0], [0, 0.09]].
    """
    return start(data, chosen, cov=np.atleast_2d(np.cov(data, rowvar=False, bias=True)))


@mistake(
    "standard deviations", seen="mcdickenson/em-gaussian uses standard deviations where variances belong"
)
def _(data, chosen):
    """Your diagonals hold standard deviations. A covariance matrix holds variances, their squares.

    The density's formula expects squared units in the matrix. For numbers below 1, as colours are here, the
    root is larger than the number itself, so your components start far too wide, and the scale of the data
    is lost: measured in percent they would be too narrow.

    Values 0.1 and 0.5: their standard deviation is 0.2, the variance 0.04, and 0.04 is what stands in the
    matrix.
    """
    return start(data, chosen, cov=np.diag(np.std(data, axis=0)))


@mistake("identity matrices", seen="a common default start, of width 1 whatever the data")
def _(data, chosen):
    """Your covariances are identity matrices: variance 1 in every direction, whatever the data.

    Colours lie between 0 and 1, so a component of width 1 reaches over all of them and every picture is
    everybody's. A start should be as wide as the data, and the data say how wide that is: the variance of
    each coordinate over all points.

    Values 0.1 and 0.5 have variance 0.04. A component with variance 1 has a sigma of 1,
    and the two lie 0.4 apart.
    """
    return start(data, chosen, cov=np.eye(np.shape(data)[1]))


@mistake("one variance for all colours", seen="numpy's default: a variance without axis is over everything")
def _(data, chosen):
    """Your diagonals hold the same number in every place: the variance of all numbers together.

    Each coordinate has a variance of its own, about its own mean. `np.var` without an axis throws red,
    green and blue into one heap; what they differ in from each other then counts as spread. With `axis=0`
    there is one variance for each column.

    Columns (0, 2) and (10, 14): variances 1 and 4. All four numbers together have the variance 32.75. The
    distance between the columns is in it.
    """
    return start(data, chosen, cov=np.var(data) * np.eye(np.shape(data)[1]))


@mistake("variances of the chosen points only", seen=OURS)
def _(data, chosen):
    """Your variances are those of the chosen points. They are to be those of all points.

    A handful of points drawn at random may happen to lie close together, or all on one side. Their variance
    is a matter of chance, while that of all the data is a safe guess: too wide for every component, so that
    each can see all the points and shrink to its own.

    Points 0, 1, ..., 9 have variance 8.25. If 4 and 5 were chosen, theirs is 0.25, and the points at the
    ends are nobody's.
    """
    return start(data, chosen, cov=np.diag(np.var(np.asarray(data)[chosen], axis=0)))


@mistake("not centred", seen=OURS)
def _(data, chosen):
    """Your diagonals hold the means of the squares. The means were not taken off first.

    A variance is the mean of the squared distances *from the mean*. About the origin there is the square of
    the mean on top, so a cloud that lies far from the origin seems enormous, however small it is. `np.var`
    takes the mean off by itself.

    Values 9 and 11: the mean is 10, the variance 1. The mean of the squares is 101, and 101 - 10² is 1
    again.
    """
    return start(data, chosen, cov=np.diag(np.mean(np.asarray(data) ** 2, axis=0)))


@mistake("weights of 1", seen=OURS)
def _(data, chosen):
    """Your weights are all 1. Together they have to be 1.

    A mixing weight is the probability that the component is chosen, and exactly one of them is. With equal
    weights each has the same share of the whole, and how many share it is the number of components. A
    weight of 1 would mean: always this one.

    Four components: 0.25 each. `np.ones(4)` is 4 in all; divided by its own sum it is what is wanted.
    `weights.sum()` shows it.
    """
    return start(data, chosen, weights=np.ones(len(chosen)))


@mistake("weights over N", seen=OURS)
def _(data, chosen):
    """Your weights are one over the number of points. They are shares among the components.

    Equal weights share the whole among those that can be chosen, and these are the K components. With N in
    the divisor they sum to K / N, and the density of the mixture would be too small everywhere by that
    factor. Counting points comes later, in the M-step.

    Four components and 560 pictures: the weights are 1/4. With 1/560 each, they would be 0.007 in all.
    """
    return start(data, chosen, weights=np.full(len(chosen), 1 / len(data)))


@mistake("the first K points", seen=OURS)
def _(data, chosen):
    """Your means are the first K points. `chosen` says which they are to be.

    The pictures are sorted by category, so the first four are all of one kind, and EM would start with all
    its components in one corner. `chosen` holds the *numbers* of the points that were drawn; an array can
    be asked for several rows at once.

    Points (10, 20, 30, 40) and chosen (3, 1): the means are 40 and 20, in this order. The first two would
    be 10 and 20.
    """
    return start(data, chosen, means=np.asarray(data)[: len(chosen)])


@mistake("the mean of all points", seen=OURS)
def _(data, chosen):
    """All your means are the mean of all points. The components are then all the same, and stay so.

    If two components begin with the same parameters, every point is shared between them half and half, and
    they are re-estimated alike: EM can never part them. Starting from different points breaks the tie. The
    points are those with the numbers in `chosen`.

    Points (10, 20, 30, 40) and chosen (3, 1): the means are 40 and 20. The mean of all, 25, twice, would be
    one component in two copies.
    """
    return start(data, chosen, means=np.array([np.mean(data, axis=0)] * len(chosen)))
