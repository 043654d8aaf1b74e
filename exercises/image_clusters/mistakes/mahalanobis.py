"""How people get `mahalanobis` wrong."""

import numpy as np
from scipy.stats import multivariate_normal

from checks.authors import OURS, mistake


@mistake("squared", seen="rlabbe/filterpy#155; scikit-learn/scikit-learn#4168", worth=0.5)
def _(x, m, c):
    """You return the *square* of the distance. The root is missing.

    What stands under the root is a sum of squares, in squared widths. A distance is counted in widths, like
    sigmas on a line, and for that the root is taken. Squared and plain distances have the same order, so
    the nearest stays the nearest and the fault does not show in a picture.

    On a line with sigma 2, a point 6 away: 36 / 4 = 9, and the root of that is 3. It lies at three sigma.
    """
    return (x - m) @ np.linalg.inv(c) @ (x - m)


@mistake("by ruler", seen="Euclidean and Mahalanobis distance confused")
def _(x, m, c):
    """You measure by ruler: the covariance takes no part.

    The Mahalanobis distance counts in widths of the component, along each direction its own. A step along
    the component's length counts for less than the same step across it. With the identity as covariance
    both are the same, so try it with another.

    Sigmas 10 and 1, a point at (5, 0) from the mean: by ruler 5, in widths 0.5. At (0, 5) by ruler 5 as
    well, and in widths 5.
    """
    return np.linalg.norm(x - m)


@mistake(
    "covariance in place of its inverse", seen="JuliaStats/Distances.jl#40: which of the two does it take?"
)
def _(x, m, c):
    """You multiply by the covariance. The formula has its inverse.

    Dividing by a variance makes a wide direction count for less. Multiplying makes it count for more, the
    opposite. For a matrix, to divide means to multiply by the inverse, or to solve a system of equations,
    which is the safer way.

    On a line with variance 4, a point 6 away: 36 / 4 = 9, root 3. Multiplied it is 36 · 4 = 144, root 12.
    So a wide direction would seem far.
    """
    return np.sqrt((x - m) @ c @ (x - m))


@mistake("only the diagonal of the covariance", seen="the standardised Euclidean distance")
def _(x, m, c):
    """You divide each coordinate by its own variance. The entries off the diagonal are never used.

    That is the *standardised* distance. It is right for upright ellipses. Where two coordinates vary
    together, a step along the slant is short and a step across it is long, and only the whole matrix knows
    the slant.

    [[1, 0.8], [0.8, 1]]: the point (1, 1) is 1.05 away, (1, -1) is 3.2 away. By the diagonal both are at
    1.4. It is the slant that makes the difference.
    """
    return np.sqrt(((x - m) ** 2 / np.diag(c)).sum())


@mistake(
    "variance taken for standard deviation",
    seen="judelo/gmmot#1 and stats.stackexchange.com/questions/312703",
)
def _(x, m, c):
    """You divide the differences by the variances. Distances are counted in standard deviations.

    The covariance matrix holds variances, in squared units. Dividing a squared difference by a variance
    is right; dividing a plain one by it mixes metres with square metres. And the entries off the diagonal
    are lost as well.

    On a line with variance 4, a point 6 away: 6 / 2 = 3 sigma. Divided by the variance it is 1.5. With a
    variance of 1 the two agree.
    """
    return np.linalg.norm((x - m) / np.diag(c))


@mistake("the half of the exponent", seen="the density's exponent, in which it occurs")
def _(x, m, c):
    """You have the half that stands in the Gaussian's exponent. In the distance there is none.

    The density is `exp` of *minus half* the squared distance. Whoever takes the distance out of the
    density's formula takes the half along. The distance itself is the root of the whole.

    On a line with sigma 2, a point 6 away: the squared distance is 9, the exponent -4.5, the distance 3.
    The root of 4.5 is 2.12, which is no number of sigmas.
    """
    return np.sqrt((x - m) @ np.linalg.inv(c) @ (x - m) / 2)


@mistake("the log density", seen="the published assignment says that the two are proportional")
def _(x, m, c):
    """You return minus the log density. That is half the squared distance, and more.

    The log density is minus half the squared distance, *minus* a constant that depends on the component's
    width. So it is no distance: at the mean it is not 0, and for a narrow component it can even be
    negative. The notebook counts later how often that makes a difference.

    On a line with sigma 2, at the mean: the distance is 0. Minus the log density is 1.61.
    """
    return -multivariate_normal.logpdf(x, m, c)


@mistake("the mean not taken off", seen=OURS)
def _(x, m, c):
    """You measure the point from the origin. The distance is to be taken from the mean.

    The formula begins with x minus mu, both times. Without it the place of the component has no part in the
    result, and a point in the middle of a component that is far from the origin would count as far away
    from it.

    On a line with mean 10 and sigma 2, the point 10: it is 0 away. From the origin it would be 5 sigma.
    """
    return np.sqrt(x @ np.linalg.inv(c) @ x)
