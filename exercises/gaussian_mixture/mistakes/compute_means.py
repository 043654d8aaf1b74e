"""How people get `compute_means` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import hard


@mistake("divided by N", seen=OURS)
def _(x, r, n):
    """You divide every component's sum by the number of all points.

    A component's mean is a weighted mean over the points, and a weighted mean is divided by the sum of its
    weights. Here the weights are the component's responsibilities, and their sum is its soft count. Divided
    by N, each mean is pulled towards the origin: the smaller the component, the more.

    Values 2 and 8 with weights 0.75 and 0.25: (1.5 + 2) / 1 = 3.5, between the two. Divided by the 2 points
    it is 1.75, left of both, where a mean cannot be.
    """
    return r.T @ x / len(x)


@mistake("divided by K", seen=OURS)
def _(x, r, n):
    """You divide every component's sum by the number of components.

    The divisor of a mean is what was counted: here the soft count of that component, the sum of its column.
    How many components there are has no part in where one of them lies. With the wrong divisor the means
    are scaled by a factor, out of the cloud of points altogether.

    Values 2 and 8 with weights 0.75 and 0.25: (1.5 + 2) / 1 = 3.5. For weights 3 and 1 the sum is 14 and
    the divisor 4, again 3.5: the mean does not depend on how large the weights are as a whole.
    """
    return r.T @ x / len(n)


@mistake("not divided", seen=OURS)
def _(x, r, n):
    """You return the weighted sums. To be means they have to be divided.

    A sum grows with every point, a mean does not. Each component's sum is divided by its own soft count,
    which is the sum of the weights that went into it. The counts are handed to the function for just this.
    There is one for each component, so they stand in a column against the (K, D) table of sums.

    Values 2 and 8 with weights 3 and 1: the sum is 14, the weights sum to 4, the mean is 3.5.
    """
    return r.T @ x


@mistake("responsibilities not used", seen=OURS)
def _(x, r, n):
    """All your means are the mean of all points: the responsibilities take no part.

    What makes components differ is that each looks at the points through its own column of
    responsibilities. A point that is 0.9 its own counts much, one that is 0.01 its own hardly at all.
    Without the weights every component sees the same cloud, and all of them move to its middle.

    Values 2 and 8. For a component with the shares 0.9 and 0.1 the mean is 2.6, for one with 0.1 and 0.9 it
    is 7.4. Without the shares both are at 5.
    """
    return np.array([np.mean(x, axis=0)] * len(n))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian: the mean of the labelled points")
def _(x, r, n):
    """You average the points in which a component has the largest share. That is k-means' step.

    In EM every point pulls on every mean, by its share. A point that is divided 0.6 to 0.4 counts 0.6 for
    the one and 0.4 for the other. Given to the first as a whole, it pulls too much there and not at all on
    the second, and the log-likelihood may fall.

    Values 0 and 10 with shares 0.9 and 0.4 for one component: its mean is 4 / 1.3 = 3.1. With hard shares,
    1 and 0, it is 0.
    """
    return hard(r).T @ x / np.maximum(hard(r).sum(axis=0), 1)[:, None]


@mistake(
    "the same array for every component", seen="stackoverflow.com/questions/6688223: [x] * K is one object"
)
def _(x, r, n):
    """All your means are that of the last component.

    A list made by `[array] * K` holds one array K times: what is written into one of them is written into
    all, and the last round of the loop wins. The same happens if one array is made before the loop and
    appended in each round.

    `rows = [np.zeros(2)] * 3`, then `rows[0][0] = 7`: now all three rows begin with 7. In `[np.zeros(2) for
    _ in range(3)]` or `np.zeros((3, 2))` each row is its own.
    """
    return np.array([(r.T @ x / n[:, None])[-1]] * len(n))


@mistake(
    "divided by the count less one",
    seen="patrickbochen/ExpectationMaximization divides by the count plus one",
    worth=0.5,
)
def _(x, r, n):
    """You divide by the soft count less one.

    The "less one" belongs to the unbiased *variance* of a sample, because its mean was estimated from the
    same points. A mean has no such correction, and the M-step maximises a likelihood, where there is none
    for the variance either. For a soft count near 1 the divisor would be nearly 0.

    Values 2 and 8 with weights 1.5 and 0.5: (3 + 4) / 2 = 3.5. Divided by 1 it is 7. If both weights are
    halved the count is 1, and there is nothing to divide by.
    """
    return r.T @ x / (n - 1)[:, None]


@mistake("the last point left out", seen=OURS)
def _(x, r, n):
    """Your sums leave out the last point, though the soft counts hold it.

    A loop `for n in range(len(data) - 1)` stops one too early: `range(5)` is 0, 1, 2, 3, 4, already without
    5. And a slice `[:-1]` ends before the last. The divisor then counts a point that is not in the sum, and
    every mean is drawn towards the origin.

    Values 2, 4, 9 with weights 1: the mean is 15 / 3 = 5. Without the last, but divided by 3, it is 2.
    """
    return r[:-1].T @ x[:-1] / n[:, None]


@mistake("written into whole numbers", seen="scipy/scipy#1773: the centre of [1, 2] is 1; numpy/numpy#16578")
def _(x, r, n):
    """Where the points are whole numbers, your means are too: their fractions were cut off.

    An array knows its kind of number. `np.zeros_like(data)`, or a copy of some rows of `data`, is of the
    kind of `data`; if that is of integers, everything written into it is cut off, without a word. With
    other data the same line works, so the fault is found late.

    `a = np.array([1, 2])` holds integers: after `a[0] = 3.7` it reads 3 and 2. `np.zeros(2)` is of floats,
    and so is `np.zeros_like(data, dtype=float)`.
    """
    return (r.T @ x / n[:, None]).astype(np.asarray(x).dtype)
