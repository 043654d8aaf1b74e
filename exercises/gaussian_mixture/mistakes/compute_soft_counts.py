"""How people get `compute_soft_counts` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import hard


@mistake("summed along the rows", seen="Zasder3/train-CLIP#6 and many others: the other axis")
def _(resp):
    """You sum along the rows. So you get one number for each point, and each number is 1.

    A soft count belongs to a component. It says how many points the component holds, in parts. The components
    are the columns of the table. So add up each column, from the first point to the last. `axis=0` sums down
    each column. `axis=1` sums along each row, and this sum is always 1.

    Three points have the rows (0.9, 0.1), (0.5, 0.5) and (0.2, 0.8). The columns sum to 1.6 and 1.4. Together
    these are 3, the number of points. The rows sum to 1, 1 and 1, which says nothing new.
    """
    return np.sum(resp, axis=1)


@mistake("everything summed", seen="numpy's default: a sum without axis is over everything")
def _(resp):
    """You sum the whole table into one number. This number is always the number of points.

    Each row sums to 1, so the whole table sums to N. The function must return how these N points are divided
    among the components: one count for each column. `np.sum` without an axis adds all numbers. So tell
    `np.sum` which axis must disappear.

    Three points have the rows (0.9, 0.1), (0.5, 0.5) and (0.2, 0.8). The total is 3. The columns sum to 1.6
    and 1.4. So the first component holds a little more than half of the three points.
    """
    return np.sum(resp)


@mistake("hard counts", seen="mcdickenson/em-gaussian: the share of hard-labelled points")
def _(resp):
    """For each component you count the points of which it has the largest share. These are hard counts.

    A soft count adds the component's share of *every* point, also the small shares. A point that is shared
    0.6 to 0.4 adds 0.6 to one count and 0.4 to the other. A hard count adds the whole point to the first.
    Only soft counts guarantee that the log-likelihood never falls.

    Three points have the rows (0.9, 0.1), (0.6, 0.4) and (0.2, 0.8). The soft counts are 1.7 and 1.3. The
    hard counts would be 2 and 1. They do not show that the second point is nearly undecided.
    """
    return hard(resp).sum(axis=0)


@mistake("means of the columns", seen=OURS)
def _(resp):
    """You return the mean of each column. These means are the mixing weights. They are the next step, not the
    counts.

    A soft count is a number *of points*. If you divide it by N, you get a share of all points: the mixing
    weight. EM needs both. But the means and covariances are divided by the soft count itself. If they are
    divided by the mixing weight, they are N times too large.

    Three points have the rows (0.9, 0.1), (0.5, 0.5) and (0.2, 0.8). The columns sum to 1.6 and 1.4, together
    3. The means of the columns are 0.53 and 0.47, together 1.
    """
    return np.mean(resp, axis=0)


@mistake("points above one half counted", seen=OURS)
def _(resp):
    """You count the points of which a component has a share above one half.

    With this threshold, a share of 0.51 counts as 1, and a share of 0.49 counts as 0. If there are three or
    more components, a point may have no share above one half. Then it is not counted anywhere. A soft count
    has no threshold. Add the shares as they are.

    A point has the row (0.4, 0.35, 0.25). It adds 0.4, 0.35 and 0.25 to the three counts. With your threshold
    it adds nothing, so the counts no longer sum to the number of points.
    """
    return np.sum(np.asarray(resp) > 0.5, axis=0)


@mistake(
    "cut off to whole numbers", seen="numpy/numpy#16578: an array of integers cuts off what is written to it"
)
def _(resp):
    """Your counts are whole numbers. Their decimals were cut off.

    A soft count adds parts of points, so it is hardly ever a whole number. Its decimals matter, because means
    and covariances are divided by it. `int()`, `//`, `astype(int)` and arrays of integers cut off all
    decimals. They give no warning.

    The counts 1.6 and 1.4 would both become 1. Together these are 2, but there are 3 points. `np.zeros(2)`
    holds decimals. `np.zeros(2, dtype=int)` and `np.zeros_like([0, 0])` do not. Return the sum without
    changes.
    """
    return np.sum(resp, axis=0).astype(int)
