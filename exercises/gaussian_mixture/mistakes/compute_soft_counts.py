"""How people get `compute_soft_counts` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import hard


@mistake("summed along the rows", seen="Zasder3/train-CLIP#6 and many others: the other axis")
def _(resp):
    """You sum along the rows, so you get one number a point, and each is 1.

    A soft count belongs to a component: how many points it holds, in parts. Components are the columns of
    the table, so each column is added up, from the first point to the last. `axis=0` runs down the columns;
    `axis=1` runs along the rows, and there the sum is always 1.

    For the rows (0.9, 0.1), (0.5, 0.5), (0.2, 0.8): down the columns 1.6 and 1.4, which is 3 together, the
    number of points. Along the rows 1, 1, 1: that says nothing new.
    """
    return np.sum(resp, axis=1)


@mistake("everything summed", seen="numpy's default: a sum without axis is over everything")
def _(resp):
    """You sum the whole table into one number. It is the number of points, whatever the components are.

    Each row sums to 1, so everything together is N. What is asked for is how these N are divided among the
    components: one count for each column. `np.sum` without an axis takes all numbers at once; the axis that
    is to disappear has to be named.

    For the rows (0.9, 0.1), (0.5, 0.5), (0.2, 0.8) the total is 3. The columns sum to 1.6 and 1.4: the
    first component holds a little more than half of the three points.
    """
    return np.sum(resp)


@mistake("hard counts", seen="mcdickenson/em-gaussian: the share of hard-labelled points")
def _(resp):
    """You count for each component the points in which it has the largest share. These are hard counts.

    A soft count adds up what belongs to a component of *every* point, the small parts as well. A point that
    is shared 0.6 to 0.4 gives 0.6 to the one and 0.4 to the other, instead of all to the first. Only so
    does the M-step climb.

    For the rows (0.9, 0.1), (0.6, 0.4), (0.2, 0.8): soft counts 1.7 and 1.3. Hard counts would be 2 and 1,
    and that the second row was nearly undecided would be forgotten.
    """
    return hard(resp).sum(axis=0)


@mistake("means of the columns", seen=OURS)
def _(resp):
    """You return the mean of each column: the weights, which are the next step, not the counts.

    The soft count is a number *of points*; divided by N it becomes a share of all points, the mixing
    weight. Both are wanted, but means and covariances need the count itself as their divisor. With the
    share in its place they would come out N times too large.

    For the rows (0.9, 0.1), (0.5, 0.5), (0.2, 0.8): the columns sum to 1.6 and 1.4. Their means, 0.53 and
    0.47, say the same in shares, and sum to 1 instead of 3.
    """
    return np.mean(resp, axis=0)


@mistake("points above one half counted", seen=OURS)
def _(resp):
    """You count the points in which a component's share is above one half.

    With a threshold a share of 0.51 counts as one and a share of 0.49 as nothing. With three components or
    more a point may have no share above one half at all, and then it is counted nowhere. A soft count has
    no threshold: it adds the shares as they are.

    The row (0.4, 0.35, 0.25) adds 0.4, 0.35 and 0.25 to the three counts. By the threshold it would add
    nothing, and the counts would no longer sum to the number of points.
    """
    return np.sum(np.asarray(resp) > 0.5, axis=0)


@mistake(
    "cut off to whole numbers", seen="numpy/numpy#16578: an array of integers cuts off what is written to it"
)
def _(resp):
    """Your counts are whole numbers: what stands behind the point was cut off.

    A soft count counts parts of points, so it is hardly ever whole, and its fraction matters: means and
    covariances are divided by it. `int()`, `//`, `astype(int)` and an array that was made of integers all
    cut off without a word.

    1.6 and 1.4 would both become 1, which is 2 together for 3 points. `np.zeros(2)` holds fractions;
    `np.zeros(2, dtype=int)` and `np.zeros_like([0, 0])` do not. Leave the sum as it is.
    """
    return np.sum(resp, axis=0).astype(int)
