"""How people get `compute_covariances` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import diagonal, hard, spread


@mistake("divided by N", seen="our own worked example warns of it: how wide is mixed up with how many")
def _(x, r, n, m):
    """Each of your covariances is divided by the number of all points.

    A covariance is a weighted mean of squares and products, and a weighted mean is divided by the sum of
    its weights: that component's soft count. Divided by N, a component that holds a tenth of the points
    seems ten times too narrow in variance. "How wide" is mixed up with "how many", which the weights
    already say.

    Squared distances 1 and 9 with weights 0.5 and 0.5: the mean is 5 / 1 = 5. If ten points are there and
    the other eight belong to others, 5 / 10 = 0.5 is not this component's width.
    """
    return spread(x, r, len(x), m)


@mistake("divided by K", seen=OURS)
def _(x, r, n, m):
    """Each of your covariances is divided by the number of components.

    The divisor of a weighted mean is the sum of its weights, here the soft count of that component. How
    many components there are says nothing about how wide one of them is: add a distant fourth group, and
    the first three would seem to shrink.

    Squared distances 1 and 9 with weights 3 and 1: 12 / 4 = 3. Divided by K = 2 it would be 6, and by K = 3
    it would be 4, for the very same points.
    """
    return spread(x, r, len(n), m)


@mistake(
    "divided by the count less one",
    seen="measured on this assignment's data: it converges, to other numbers",
    worth=0.5,
)
def _(x, r, n, m):
    """You divide by the soft count less one, as one does for the unbiased variance of a sample.

    The M-step maximises the likelihood, and the maximum has the count itself as its divisor. The "less one"
    repairs a bias in another setting; here it makes every component too wide, the smaller the more, and for
    a soft count below 1 it makes the variance negative. EM then climbs to another place, or falls.

    Squared distances 1 and 9 with weights 1 and 1: 10 / 2 = 5. Less one: 10. With weights 0.4 and 0.4 the
    divisor is -0.2, and no variance is negative.
    """
    return spread(x, r, n - 1, m)


@mistake("not divided", seen=OURS)
def _(x, r, n, m):
    """You return weighted sums. To be covariances they have to be divided by the soft counts.

    A sum of squares grows with every point, though the cloud is no wider for it. The mean of the squares is
    the variance. Each component has a divisor of its own, its soft count; against a stack of K matrices the
    counts stand as (K, 1, 1), or matrix by matrix in a loop.

    Squared distances 1 and 9 with weights 3 and 1: the sum is 12, the weights sum to 4, the variance is 3.
    """
    return spread(x, r, 1.0, m)


@mistake("not centred", seen=OURS)
def _(x, r, n, m):
    """You multiply the points themselves, without taking off the component's mean first.

    A covariance measures how points scatter *about their mean*. Without it you get the second moment about
    the origin, which is the covariance plus the outer product of the mean with itself. Near the origin that
    hardly shows; far from it, it is nearly all there is.

    Points 9 and 11: the mean is 10, the squares about it are 1 and 1, the variance is 1. About the origin
    they are 81 and 121, mean 101, which is 1 + 10².
    """
    return spread(x, r, n, 0 * np.asarray(m))


@mistake("centred on the mean of all points", seen=OURS)
def _(x, r, n, m):
    """You subtract the mean of all points. Each component has a mean of its own.

    A component that lies to one side is then measured from the middle of everything: its own place counts
    as width. The covariance formula wants the row of `means` that belongs to the component, which is why
    the means are handed in. They are the new ones, just re-estimated from the same responsibilities.

    Groups at 0 and at 10, each from -1 to 1 about its centre: about its own mean each has a variance near
    1, about the common middle, 5, near 26.
    """
    return spread(x, r, n, [np.mean(x, axis=0)] * len(n))


@mistake("diagonals only", seen="mcdickenson/em-gaussian rebuilds its matrices with zeros off the diagonal")
def _(x, r, n, m):
    """Your matrices hold the variances, and zeros off the diagonal.

    The entries off the diagonal say how two coordinates vary together, and so which way the ellipse leans.
    Squaring the centred points, coordinate by coordinate, never multiplies one coordinate with another; the
    outer product does. Without it every ellipse stands upright and is too wide for a slanting cloud.

    For the centred point (1, 2): the squares are 1 and 4. `np.outer` gives [[1, 2], [2, 4]], with the
    product 1 · 2 in both corners.
    """
    return diagonal(spread(x, r, n, m))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2")
def _(x, r, n, m):
    """You use only the points in which the component has the largest share: hard assignment.

    Points at the rim of a component are shared with its neighbour, and they are the ones that make it wide.
    Given to one side as a whole, they are missing on the other; every component is cut off at the border
    and comes out too narrow there. The responsibilities themselves are the weights.

    Squared distances 1 and 9 with shares 0.9 and 0.4: (0.9 + 3.6) / 1.3 = 3.5. With hard shares, 1 and 0,
    it is 1.
    """
    return spread(x, hard(r), np.maximum(hard(r).sum(axis=0), 1), m)


@mistake("hard points over soft counts", seen=OURS)
def _(x, r, n, m):
    """Your sums use hard assignments, your divisors soft counts. They do not belong together.

    In a weighted mean the same weights stand in the sum and in the divisor: what multiplies the squares is
    what is added up in the divisor. Here some points count fully in the sum and partly in the divisor,
    others only in the divisor. The result is no mean of anything.

    Squared distances 1 and 9 with shares 0.9 and 0.4: the sum is 0.9 + 3.6 = 4.5, the divisor 1.3, so 3.5.
    With 1 and 0 in the sum and 1.3 as divisor it is 0.8, less than the smaller of the two.
    """
    return spread(x, hard(r), n, m)


@mistake("responsibilities squared", seen="scy0208/EM-GMM-matlab#1: the weights applied twice")
def _(x, r, n, m):
    """Each responsibility enters your product twice, so it is squared.

    The outer product has two factors, and the weight must stand before it once. Multiplying both of them by
    the responsibility makes its square: a share of 0.5 counts as 0.25. Weight one of the two factors, or
    both by the root of the responsibility.

    Squared distance 9, share 0.5: its contribution is 4.5. With the distance 3 weighted first, 1.5, and
    then squared it is 2.25. With all shares 0 or 1 the two agree, so a first test may not show it.
    """
    return spread(x, r**2, n, m)


@mistake(
    "the same matrix for every component", seen="stackoverflow.com/questions/6688223: [x] * K is one object"
)
def _(x, r, n, m):
    """All your matrices are that of the last component.

    `[np.zeros((D, D))] * K` holds one matrix K times. What a loop adds to one of them, it adds to all, and
    if the matrix is overwritten the last round wins. A fresh matrix in each round, or one array of shape
    (K, D, D), gives every component its own.

    `a = [np.zeros(2)] * 3`, then `a[0] += 1`: all three are now ones. After `a = np.zeros((3, 2))`, `a[0]
    += 1`, only the first row is.
    """
    return np.array([spread(x, r, n, m)[-1]] * len(n))


@mistake("responsibilities not used", seen=OURS)
def _(x, r, n, m):
    """All your covariances are that of the whole data: the responsibilities take no part.

    That is how this assignment *starts*, when nothing is known. Afterwards each component weighs the points
    by its own responsibilities: those that are its own count, those of others hardly. Without the weights
    no component can ever become narrower than the whole cloud.

    Groups at 0 and at 10, each from -1 to 1 about its centre: the variance of all is near 26. For a
    component whose shares are 1 in the first group and 0 in the second it is near 1.
    """
    return np.array([np.atleast_2d(np.cov(x, rowvar=False))] * len(n))


@mistake("summed over the components", seen=OURS)
def _(x, r, n, m):
    """You return one matrix: those of all components, added up.

    Each component has a width and a lean of its own, so there are K matrices, and the answer has the shape
    (K, D, D). Adding into one matrix in a loop over k, or an `einsum` that drops the letter k, runs them
    together.

    `np.einsum("nk,nd,ne->kde", ...)` keeps one matrix for each k; `->de` would sum over k as well. In a
    loop, begin a new matrix for each component and append it to a list.
    """
    return spread(x, r, n, m).sum(axis=0)


@mistake("roots taken", seen="mcdickenson/em-gaussian uses standard deviations where variances belong")
def _(x, r, n, m):
    """You take the root of every entry, so your matrices hold standard deviations.

    A covariance matrix holds variances on its diagonal and covariances off it, in squared units. The
    density's formula wants it like that, and takes the root itself where it needs one. The root of a single
    entry off the diagonal means nothing at all: a covariance may be negative.

    Points -2 and 2: the variance is 4, and 4 is what stands in the matrix. With 2 in its place the
    component would be taken for one with a sigma of 1.4.
    """
    return np.sqrt(np.abs(spread(x, r, n, m)))


@mistake("inner products", seen=OURS)
def _(x, r, n, m):
    """You have one number for each component, the mean squared distance, where a matrix belongs.

    The product of a vector with itself comes in two kinds. The inner one, a row times a column, is a
    number: the squared length. The outer one, a column times a row, is a D x D matrix of all products of
    its entries. For one-dimensional arrays `@` and `np.dot` give the inner one.

    For d = (1, 2): `d @ d` is 5. `np.outer(d, d)` is [[1, 2], [2, 4]], and its diagonal sums to 5. As a
    column, `d[:, None] * d` gives the same matrix.
    """
    return np.trace(spread(x, r, n, m), axis1=1, axis2=2)


@mistake("inverses returned", seen="izmailovpavel/flowgmm#7: precision and covariance confused")
def _(x, r, n, m):
    """You return the inverses of the covariances, the precisions.

    The inverse stands in the exponent of the density, so it is often at hand. But what is estimated, and
    what all other functions here take, is the covariance itself: wide components have large entries. The
    inverse of a wide one has small entries, and the next E-step would take it for narrow.

    Points -2 and 2 have variance 4. The precision is 0.25: handed on as a variance it would mean a sigma of
    0.5, and the two points would lie four sigma out.
    """
    return np.linalg.inv(spread(x, r, n, m))
