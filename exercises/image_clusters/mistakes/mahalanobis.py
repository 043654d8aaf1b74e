"""Common mistakes in `mahalanobis`."""

import numpy as np
from scipy.stats import multivariate_normal

from checks.authors import OURS, mistake


@mistake("the square of the distance", seen="rlabbe/filterpy#155; scikit-learn/scikit-learn#4168", worth=0.5)
def _(x, m, c):
    """You return the *square* of the distance. Take the root.

    The number under the root is a sum of squares, in squared widths. A distance is measured in widths, like
    standard deviations on a line. That is why the formula has a root. Squared distances have the same order
    as distances. So the nearest component stays the nearest, and you cannot see the mistake in a figure.

    On a line, the standard deviation is 2 and a point is 6 away from the mean. The square of the distance
    is 36 / 4 = 9, and the root of 9 is 3. So the point is three standard deviations away.
    """
    return (x - m) @ np.linalg.inv(c) @ (x - m)


@mistake("the ordinary distance", seen="Euclidean and Mahalanobis distance confused")
def _(x, m, c):
    """You return the ordinary distance, which a ruler measures. Your result does not depend on the
    covariance.

    The Mahalanobis distance is measured in widths of the component, and each direction has its own width.
    If the component is long in one direction, a step in this direction counts for less than the same step
    across it. If the covariance is the identity matrix, both distances are the same. So try your function
    with another covariance.

    The mean is (0, 0), and the standard deviations along the two axes are 10 and 1. For the point (5, 0),
    the Mahalanobis distance is 5 / 10 = 0.5. For the point (0, 5) it is 5 / 1 = 5. The ordinary distance is
    5 for both points.
    """
    return np.linalg.norm(x - m)


@mistake(
    "covariance in place of its inverse", seen="JuliaStats/Distances.jl#40: which of the two does it take?"
)
def _(x, m, c):
    """You multiply by the covariance. The formula multiplies by the *inverse* of the covariance.

    If you divide by a variance, a wide direction counts for less. If you multiply by a variance, a wide
    direction counts for more, which is the opposite. To divide by a matrix means to multiply by its
    inverse. You can also solve a system of equations, which is safer.

    On a line, the variance is 4 and a point is 6 away from the mean, so the squared difference is 36.
    Divided by the variance, it is 36 / 4 = 9, and the root of 9 is 3. Multiplied by the variance, it is
    36 · 4 = 144, and the root of 144 is 12. Then the point would seem far away, although the component is
    wide.
    """
    return np.sqrt((x - m) @ c @ (x - m))


@mistake("only the diagonal of the covariance", seen="the standardised Euclidean distance")
def _(x, m, c):
    """You divide each squared difference by the variance of its own coordinate. You never use the entries
    off the diagonal.

    Your result is called the *standardised* distance. It is correct only for ellipses that are not tilted.
    If two coordinates vary together, the ellipse is tilted. A step in the long direction of the ellipse
    then counts for less, and a step across it counts for more. Only the whole matrix contains this tilt.

    Take the mean (0, 0) and the covariance [[1, 0.8], [0.8, 1]]. The point (1, 1) has the distance 1.05,
    and the point (1, -1) has the distance 3.16. With the diagonal alone, both points have the distance
    1.41.
    """
    return np.sqrt(((x - m) ** 2 / np.diag(c)).sum())


@mistake(
    "variance taken for standard deviation",
    seen="judelo/gmmot#1 and stats.stackexchange.com/questions/312703",
)
def _(x, m, c):
    """You divide the differences by the variances. Distances are measured in standard deviations.

    The covariance matrix holds variances, in squared units. You may divide a *squared* difference by a
    variance. If you divide a plain difference by a variance, you mix metres with square metres. Your code
    also loses the entries off the diagonal. Use the formula with the inverse of the whole matrix.

    On a line, the variance is 4 and a point is 6 away from the mean. The standard deviation is 2, so the
    distance is 6 / 2 = 3. Divided by the variance, it is 6 / 4 = 1.5. With a variance of 1, you would not
    see the mistake.
    """
    return np.linalg.norm((x - m) / np.diag(c))


@mistake("the factor one half from the density", seen="the density's exponent, in which it occurs")
def _(x, m, c):
    """Your formula contains the factor one half from the exponent of the Gaussian density. The distance
    does not have this factor.

    The density contains `exp` of *minus half* the squared distance. If you copy the distance from the
    formula of the density, you copy the factor one half, too. The Mahalanobis distance is the root of the
    whole squared distance.

    On a line, the standard deviation is 2 and a point is 6 away from the mean. The squared distance is
    36 / 4 = 9, and the exponent of the density is -4.5. The distance is the root of 9, which is 3. The root
    of 4.5 is 2.12, and the point is not 2.12 standard deviations away.
    """
    return np.sqrt((x - m) @ np.linalg.inv(c) @ (x - m) / 2)


@mistake("minus the log density", seen="the published assignment says that the two are proportional")
def _(x, m, c):
    """You return minus the log density. It is half the squared distance plus a number that does not belong
    to the distance.

    The log density is minus half the squared distance, *minus* a number that depends on the width of the
    component. So minus the log density is not a distance. At the mean it is usually not 0. For a narrow
    component it can even be negative. The notebook later counts for how many pictures this makes a
    difference.

    On a line, take the standard deviation 2 and a point at the mean. The distance is 0. The density at the
    mean is 0.1995, the log of 0.1995 is -1.61, and minus this log is 1.61.
    """
    return -multivariate_normal.logpdf(x, m, c)


@mistake("the mean not subtracted", seen=OURS)
def _(x, m, c):
    """You measure the distance from the origin. Measure it from the mean of the component.

    The formula contains the difference between the point and the mean, and it contains this difference
    twice. Without the difference, the place of the component has no effect on the result. Take a component
    that is far from the origin. Even a point in its middle would then seem far away from it.

    On a line, the mean is 10, the standard deviation is 2, and the point is 10. The point is at the mean,
    so its distance is 0. From the origin, it would be 10 / 2 = 5 standard deviations away.
    """
    return np.sqrt(x @ np.linalg.inv(c) @ x)
