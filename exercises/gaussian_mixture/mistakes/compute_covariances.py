"""How people get `compute_covariances` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import diagonal, hard, spread


@mistake("divided by N", seen="our own worked example warns of it: how wide is mixed up with how many")
def _(x, r, n, m):
    """You divide each weighted sum by the number of all points.

    A covariance is a weighted mean of squares and products. A weighted mean is divided by the sum of its
    weights. Here the weights are the shares of one component, so their sum is its soft count. Suppose that a
    component holds a tenth of the points. Divided by N, its variances are ten times too small. The mixing
    weight already says how many points a component holds. The covariance must only say how wide it is.

    Two points have the squared distances 1 and 9 from the mean, and the shares 0.5 and 0.5. The weighted sum
    is 0.5 · 1 + 0.5 · 9 = 5, and the soft count is 1. So the variance is 5 / 1 = 5. With eight more points of
    share 0, N is 10. Then you get 5 / 10 = 0.5, although the component is as wide as before.
    """
    return spread(x, r, len(x), m)


@mistake("divided by K", seen=OURS)
def _(x, r, n, m):
    """You divide each weighted sum by the number of components.

    A covariance is a weighted mean, so divide it by the sum of its weights. This sum is the soft count of the
    component. The number of components says nothing about the width of one component. If the mixture gets a
    distant fourth component, your first three covariances become smaller.

    Three points have the squared distance 1 from the mean, and one point has the squared distance 9. All four
    belong fully to the component. The sum is 3 · 1 + 9 = 12, so the variance is 12 / 4 = 3. Divided by K = 2
    it would be 6. Divided by K = 3 it would be 4, for the same points.
    """
    return spread(x, r, len(n), m)


@mistake(
    "divided by the count less one",
    seen="measured on this assignment's data: it converges, to other numbers",
    worth=0.5,
)
def _(x, r, n, m):
    """You divide by the soft count minus one, as for the unbiased variance of a sample.

    The M-step maximises the likelihood. The maximum has the soft count itself as its divisor. The "minus one"
    corrects a bias in another setting. Here it makes every component too wide, and small components most of
    all. For a soft count below 1, the variance even becomes negative. With this divisor EM converges to other
    parameters, or its log-likelihood falls.

    Two points belong fully to a component, and their squared distances from the mean are 1 and 9. The sum is
    1 + 9 = 10, so the variance is 10 / 2 = 5. With minus one you get 10 / 1 = 10. With the shares 0.4 and 0.4
    your divisor is 0.8 - 1 = -0.2. But a variance cannot be negative.
    """
    return spread(x, r, n - 1, m)


@mistake("not divided", seen=OURS)
def _(x, r, n, m):
    """You return weighted sums. You do not divide them by the soft counts.

    A sum of squares grows with every new point, although the cloud of points does not become wider. The mean
    of the squares is the variance. So divide the sum of each component by the soft count of this component.
    In a loop, divide each matrix by its count. If one array holds all K matrices, give the counts the shape
    (K, 1, 1).

    Three points have the squared distance 1 from the mean, and one point has the squared distance 9. All four
    belong fully to the component. The sum is 3 · 1 + 9 = 12 and the soft count is 4, so the variance is 12 /
    4 = 3.
    """
    return spread(x, r, 1.0, m)


@mistake("not centred", seen=OURS)
def _(x, r, n, m):
    """You multiply the points themselves. You do not subtract the component's mean first.

    A covariance measures how the points scatter *around their mean*. Without the subtraction you get the
    second moment about the origin. It is the covariance plus the outer product of the mean with itself. If
    the mean is near the origin, this extra part is small. If the mean is far from the origin, the extra part
    is nearly everything.

    The points 9 and 11 have the mean 10. Their squared distances from 10 are 1 and 1, so the variance is 1.
    Their own squares are 81 and 121, and the mean of these is 202 / 2 = 101. That is the variance plus the
    squared mean: 1 + 10² = 101.
    """
    return spread(x, r, n, 0 * np.asarray(m))


@mistake("centred on the mean of all points", seen=OURS)
def _(x, r, n, m):
    """You subtract the mean of all points. Each component has its own mean.

    With the mean of all points, you measure a component at the side from the middle of all the data. So its
    distance from the middle counts as width. For each component, subtract the row of `means` that belongs to
    it. This is why `means` is an argument. These means are the new ones: they were just re-estimated from the
    same responsibilities.

    The points -1 and 1 belong to component 0. The points 9 and 11 belong to component 1. About its own mean,
    each component has the variance 1. The mean of all points is 5. The squared distances of -1 and 1 from 5
    are 36 and 16. So you get (36 + 16) / 2 = 26.
    """
    return spread(x, r, n, [np.mean(x, axis=0)] * len(n))


@mistake("diagonals only", seen="mcdickenson/em-gaussian rebuilds its matrices with zeros off the diagonal")
def _(x, r, n, m):
    """Your matrices have the variances on the diagonal, but only zeros off the diagonal.

    The entries off the diagonal say how two coordinates vary together. So they decide in which direction the
    ellipse leans. If you square the centred points coordinate by coordinate, you never multiply one
    coordinate with another. The outer product does this. Without it no ellipse can lean, and a cloud along a
    diagonal gets an ellipse that is too wide.

    A centred point is a point minus the mean. For the centred point (1, 2), the squares are 1 and 4.
    `np.outer` gives [[1, 2], [2, 4]]. The product 1 · 2 = 2 is in both entries off the diagonal.
    """
    return diagonal(spread(x, r, n, m))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2")
def _(x, r, n, m):
    """For each component you use only the points for which this component has the largest responsibility.
    This is a hard assignment.

    The points at the border of a component are shared with its neighbour. Exactly these points make a
    component wide. A hard assignment gives each of them completely to one component, and the other component
    loses it. So every component is cut off at the border, and becomes too narrow. Use all points,
    with the responsibilities as weights.

    Two points have the squared distances 1 and 9 from the mean, and the shares 0.9 and 0.4. The weighted sum
    is 0.9 · 1 + 0.4 · 9 = 4.5, and the soft count is 0.9 + 0.4 = 1.3. So the variance is 4.5 / 1.3 = 3.5.
    With the hard shares 1 and 0, it would be 1 / 1 = 1.
    """
    return spread(x, hard(r), np.maximum(hard(r).sum(axis=0), 1), m)


@mistake("hard assignments divided by soft counts", seen=OURS)
def _(x, r, n, m):
    """Your sums use hard assignments, but you divide them by soft counts.

    In a weighted mean, the same weights are in the sum and in the divisor. The divisor is the sum of exactly
    those weights that multiply the squares. In your code some points count fully in the sum, but only partly
    in the divisor. Other points count only in the divisor. So your result is not a mean. Use the
    responsibilities in the sum, too.

    Two points have the squared distances 1 and 9 from the mean, and the shares 0.9 and 0.4. The sum is 0.9 ·
    1 + 0.4 · 9 = 4.5. The divisor is 0.9 + 0.4 = 1.3, so the variance is 4.5 / 1.3 = 3.5. With 1 and 0 in the
    sum you get 1 / 1.3 = 0.8. This is smaller than both squared distances.
    """
    return spread(x, hard(r), n, m)


@mistake("responsibilities squared", seen="scy0208/EM-GMM-matlab#1: the weights applied twice")
def _(x, r, n, m):
    """Each responsibility enters your product twice, so it is squared.

    The outer product has two factors, and the responsibility must multiply it only once. If you multiply both
    factors by the responsibility, the product has its square. Then a responsibility of 0.5 counts as 0.25.
    Multiply only one of the two factors by the responsibility, or multiply both by its square root.

    A point is 3 away from the mean, so its squared distance is 9. Its responsibility is 0.5. It must add
    0.5 · 9 = 4.5 to the sum. Your code multiplies the distance first: 0.5 · 3 = 1.5, and the square is 2.25.
    If all responsibilities are 0 or 1, your code and correct code give the same. So a first test may not show
    the mistake.
    """
    return spread(x, r**2, n, m)


@mistake(
    "the same matrix for every component", seen="stackoverflow.com/questions/6688223: [x] * K is one object"
)
def _(x, r, n, m):
    """All your matrices are equal to the matrix of the last component.

    `[np.zeros((D, D))] * K` holds one matrix K times, not K different matrices. If a loop adds to one of
    them, it adds to all of them. If a loop overwrites the matrix, the last component decides. Make a new
    matrix for each component, or make one array of shape (K, D, D). Then each component has its own matrix.

    After `covs = [np.zeros((2, 2))] * 3` and `covs[0] += 1`, all three matrices hold ones. After `covs =
    np.zeros((3, 2, 2))` and `covs[0] += 1`, only the first matrix holds ones.
    """
    return np.array([spread(x, r, n, m)[-1]] * len(n))


@mistake("responsibilities not used", seen=OURS)
def _(x, r, n, m):
    """All your covariances are the covariance of all the data. Your code does not use the responsibilities.

    This assignment *starts* with these covariances, because nothing is known at the start. Later each
    component weights the points with its own responsibilities. The points of the component count much, and
    the points of other components hardly count. Without these weights, no component can become narrower than
    the whole cloud of points.

    The points -1 and 1 have the share 1 in a component, and the points 9 and 11 have the share 0. The mean of
    the component is 0, and its variance is (1 + 1) / 2 = 1. Without the shares, the mean of the four points
    is 5, and their squared distances from 5 are 36, 16, 16 and 36. The variance is then (36 + 16 + 16 + 36) /
    4 = 26.
    """
    return np.array([np.atleast_2d(np.cov(x, rowvar=False))] * len(n))


@mistake("summed over the components", seen=OURS)
def _(x, r, n, m):
    """You return one matrix. It is the sum of the matrices of all components.

    Each component has its own width, and its ellipse leans in its own direction. So the answer must have K
    matrices, with the shape (K, D, D). There are two usual causes of this mistake. A loop over k adds
    everything to one matrix. Or an `einsum` does not have the letter k in its result.

    For two components in the plane, the shape must be (2, 2, 2). `np.einsum("nk,nd,ne->kde", ...)` keeps one
    matrix for each k. With `->de`, it sums over k, too. In a loop, begin a new matrix for each component, and
    append it to a list.
    """
    return spread(x, r, n, m).sum(axis=0)


@mistake("roots taken", seen="mcdickenson/em-gaussian uses standard deviations where variances belong")
def _(x, r, n, m):
    """You take the square root of every entry. So your matrices hold standard deviations.

    A covariance matrix has variances on its diagonal and covariances off its diagonal. All of them are in
    squared units. The formula of the density needs this matrix. The formula takes a root where it needs
    one. The root of one entry off the diagonal has no meaning, because a covariance may be negative.

    The points -2 and 2 have the mean 0 and the variance 4, so the matrix must hold 4. With 2 in the matrix,
    the next E-step uses 2 as the variance. Then the standard deviation is 1.4, although it must be 2.
    """
    return np.sqrt(np.abs(spread(x, r, n, m)))


@mistake("inner products", seen=OURS)
def _(x, r, n, m):
    """You return one number for each component: the mean squared distance. The answer must have one matrix
    for each component.

    There are two products of a vector with itself. The **inner product** is a row times a column. It is one
    number: the squared length. The **outer product** is a column times a row. It is a D × D matrix of all
    products of the entries. For one-dimensional arrays, `@` and `np.dot` give the inner product.

    Take d = (1, 2), a point minus the mean. `d @ d` is 5. `np.outer(d, d)` is [[1, 2], [2, 4]], and its
    diagonal sums to 1 + 4 = 5. `d[:, None] * d` has d as a column first, and gives the same matrix.
    """
    return np.trace(spread(x, r, n, m), axis1=1, axis2=2)


@mistake("inverses returned", seen="izmailovpavel/flowgmm#7: precision and covariance confused")
def _(x, r, n, m):
    """You return the inverses of the covariances. These are the **precisions**.

    The formula of the density has the inverse in its exponent, so you may already have it in your code. But
    this function must return the covariance itself. All other functions here take covariances, too. A wide
    component has large entries in its covariance and small entries in the inverse. So the next E-step would
    treat a wide component as a narrow one.

    The points -2 and 2 have the mean 0 and the variance 4. The precision is 1 / 4 = 0.25. If you use it as a
    variance, the standard deviation is 0.5. Then each point is 2 / 0.5 = 4 standard deviations away from the
    mean.
    """
    return np.linalg.inv(spread(x, r, n, m))
