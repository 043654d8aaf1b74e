"""How people get `compute_means` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import hard


@mistake("divided by N", seen=OURS)
def _(x, r, n):
    """You divide every component's sum by the number of all points.

    The mean of a component is a weighted mean of the points. A weighted mean is divided by the sum of its
    weights. Here the weights are the component's responsibilities, so their sum is its soft count. If you
    divide by N, each mean moves towards the origin. The smaller the component is, the more its mean moves.

    The points 2 and 8 have the shares 0.75 and 0.25. The weighted sum is 0.75 · 2 + 0.25 · 8 = 3.5, and the
    soft count is 0.75 + 0.25 = 1. So the mean is 3.5 / 1 = 3.5, between the two points. Divided by N = 2, it
    would be 1.75. This is smaller than both points, so it cannot be their mean.
    """
    return r.T @ x / len(x)


@mistake("divided by K", seen=OURS)
def _(x, r, n):
    """You divide every component's sum by the number of components.

    A mean is divided by what was counted. Here this is the component's soft count, the sum of its column. The
    number of components has no influence on the place of one component. With the wrong divisor, the means are
    scaled by a factor. They can lie far outside the cloud of points.

    The points 2 and 8 have the shares 0.75 and 0.25. The mean is (0.75 · 2 + 0.25 · 8) / 1 = 3.5. With the
    weights 3 and 1, the sum is 3 · 2 + 1 · 8 = 14 and the divisor is 4. The mean is again 14 / 4 = 3.5: a
    common factor in all weights does not change the mean.
    """
    return r.T @ x / len(n)


@mistake("not divided", seen=OURS)
def _(x, r, n):
    """You return weighted sums. You do not divide them by the soft counts.

    A sum grows with every new point, but a mean does not. Divide the sum of each component by its own soft
    count. The soft count is the sum of the component's responsibilities. This is why `counts` is an argument.
    There is one count for each component. So make the counts a column before you divide the (K, D) table of
    sums.

    Three points are at 2 and one point is at 8. All four belong fully to the component. The sum is 3 · 2 + 8
    = 14 and the soft count is 4, so the mean is 14 / 4 = 3.5.
    """
    return r.T @ x


@mistake("responsibilities not used", seen=OURS)
def _(x, r, n):
    """All your means are the mean of all points. Your code does not use the responsibilities.

    The components differ because each component has its own column of responsibilities, and weights the
    points with it. A point with the responsibility 0.9 counts much for the component. A point with the
    responsibility 0.01 hardly counts. Without the responsibilities, all means move to the middle of all
    points.

    The points are 2 and 8. A component with the responsibilities 0.9 and 0.1 has the soft count 1 and the
    mean 0.9 · 2 + 0.1 · 8 = 2.6. A component with the responsibilities 0.1 and 0.9 has the mean 0.1 · 2 + 0.9
    · 8 = 7.4. Without the responsibilities, both means are 5.
    """
    return np.array([np.mean(x, axis=0)] * len(n))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian: the mean of the labelled points")
def _(x, r, n):
    """For each component you average only the points for which this component has the largest responsibility.
    This is the step of k-means.

    In EM, every point pulls on every mean, by its share. A point that is shared 0.6 to 0.4 counts 0.6 for one
    component and 0.4 for the other. If you give the point completely to the first component, it pulls too
    much on the first mean. It does not pull on the second mean at all. Then the log-likelihood may fall.

    The points are 0 and 10. A component has the shares 0.9 and 0.4 of them. The weighted sum is 0.9 · 0 + 0.4
    · 10 = 4, and the soft count is 0.9 + 0.4 = 1.3. So the mean is 4 / 1.3 = 3.1. With the hard shares 1 and
    0, the mean would be 0.
    """
    return hard(r).T @ x / np.maximum(hard(r).sum(axis=0), 1)[:, None]


@mistake(
    "the same array for every component", seen="stackoverflow.com/questions/6688223: [x] * K is one object"
)
def _(x, r, n):
    """All your means are equal to the mean of the last component.

    A list made by `[array] * K` holds one array K times, not K different arrays. If you write into one of
    them, you write into all of them. So the last component decides. The same happens if you make one array
    before the loop, and append this array for each component.

    After `means = [np.zeros(2)] * 3` and `means[0][0] = 7`, all three means begin with 7. In `[np.zeros(2)
    for _ in range(3)]` and in `np.zeros((3, 2))`, each mean has its own numbers.
    """
    return np.array([(r.T @ x / n[:, None])[-1]] * len(n))


@mistake(
    "divided by the count less one",
    seen="patrickbochen/ExpectationMaximization divides by the count plus one",
    worth=0.5,
)
def _(x, r, n):
    """You divide by the soft count minus one.

    The "minus one" belongs to the unbiased *variance* of a sample. There it is needed, because the mean was
    estimated from the same points. A mean does not need this correction. The M-step maximises the likelihood,
    and there the variance does not have the correction either. If a soft count is near 1, your divisor is
    nearly 0.

    Two points are at 2, with the shares 0.75 and 0.75. One point is at 8, with the share 0.5. The weighted
    sum is 1.5 · 2 + 0.5 · 8 = 7, and the soft count is 1.5 + 0.5 = 2. So the mean is 7 / 2 = 3.5. Divided by
    2 - 1 = 1, it would be 7. If all shares are half as large, the soft count is 1, and you divide by 0.
    """
    return r.T @ x / (n - 1)[:, None]


@mistake("the last point left out", seen=OURS)
def _(x, r, n):
    """Your sums leave out the last point, but the soft counts include it.

    A loop `for n in range(len(data) - 1)` stops one point too early. `range(5)` gives 0, 1, 2, 3, 4: it
    already ends before 5. A slice `[:-1]` also leaves out the last point. Then the divisor counts a point
    that is not in the sum. So every mean moves towards the origin.

    The points 2, 4 and 9 belong fully to the component. The mean is 15 / 3 = 5. Without the last point the
    sum is 2 + 4 = 6. Divided by 3, this gives 2.
    """
    return r[:-1].T @ x[:-1] / n[:, None]


@mistake("written into whole numbers", seen="scipy/scipy#1773: the centre of [1, 2] is 1; numpy/numpy#16578")
def _(x, r, n):
    """If the points are whole numbers, your means are whole numbers, too. Their decimals were cut off.

    An array has one type for all its numbers. `np.zeros_like(data)`, or a copy of some rows of `data`, has
    the same type as `data`. If this is an integer type, NumPy cuts off the decimals of every number that you
    write into the array. It gives no warning. With other data the same line works, so you may find the
    mistake late.

    `means = np.array([1, 2])` holds integers. After `means[0] = 3.7`, it holds 3 and 2. `np.zeros(2)` holds
    decimals, and so does `np.zeros_like(data, dtype=float)`.
    """
    return (r.T @ x / n[:, None]).astype(np.asarray(x).dtype)
