"""Common mistakes in `compute_scores`."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import densities, diagonal, rows, sigma_densities, unscaled_densities


@mistake("logs of the densities", seen="the first assignment scores in logs", worth=0.5)
def _(x, m, c):
    """You return the logs of the densities. Return the densities themselves.

    In `gaussian-mixture` a score was a log, for safety: a log is not rounded to 0. The published assignment
    that this notebook follows compares densities, as `pdf` returns them. The later cells of this notebook
    expect densities, too. The best component is the same either way, because the log does not change the
    order of numbers. Only the numbers are different.

    A density of 1000 has the log 6.9. All colours are in a cube with sides of length 1. So a density may be
    far larger than 1. The log of such a density is larger than 0, and this is not a mistake either.
    """
    return np.log(densities(x, m, c))


@mistake("rows made to sum to 1", seen="responsibilities, out of habit")
def _(x, m, c):
    """You normalise each row, so that it sums to 1. Scores must not be normalised.

    A normalised number is a share. A share says how a point is divided among the components. A score says
    how well the point fits one component, whatever the other components do. A picture that fits no
    component has low scores everywhere, but its shares still sum to 1. To find the *best* pictures of a
    cluster, you need the scores.

    One picture has the densities 0.002 and 0.001. Another picture has the densities 2000 and 1000. Both
    have the shares 2/3 and 1/3. Only the scores say that the second picture fits and the first does not.
    """
    return rows(densities(x, m, c))


@mistake("multiplied by equal weights", seen=OURS)
def _(x, m, c):
    """You divide the densities by K, as if each component had the weight 1/K. The score is the density
    alone, without any weight.

    Equal weights multiply all scores by the same factor. So they do not change which component is best. But
    your function does not even have the weights among its arguments. And scores should be comparable
    between two fits. So a score must not depend on the number of components.

    A point has the density 1000 under one of four components. Its score is 1000. Divided by K it would be
    1000 / 4 = 250. With five components it would be 1000 / 5 = 200, for the same density.
    """
    return densities(x, m, c) / len(m)


@mistake("only the diagonals of the covariances", seen=OURS)
def _(x, m, c):
    """Your densities use only the diagonals of the covariances, as if no ellipsoid were tilted. Use the
    whole matrices.

    Red, green and blue rise and fall together, so the clouds of pictures are tilted. The entries off the
    diagonal say how they are tilted. Without these entries, a picture in the long direction of its cloud
    seems too far away. A product of three one-dimensional densities ignores these entries. The density of
    the whole point uses them.

    Take the mean (0, 0) and the covariance [[1, 0.8], [0.8, 1]]. In standard deviations, the point (1, 1)
    is 1.05 away from the mean, and the point (1, -1) is 3.16 away. With the diagonal alone, both are 1.41
    away.
    """
    return densities(x, m, diagonal(c))


@mistake("variance taken for standard deviation", seen="judelo/gmmot#1: variances passed to scipy's norm.pdf")
def _(x, m, c):
    """Your densities use the variances as if they were standard deviations. A standard deviation is the
    root of a variance.

    A covariance matrix has variances on its diagonal. `norm.pdf` expects a standard deviation as its
    `scale`, so give it the root of the variance. `multivariate_normal.pdf` expects the covariance matrix as
    it is. It also uses the entries off the diagonal.

    A variance of 0.01 is a standard deviation of 0.1. A colour that differs from the mean by 0.1 is then
    one standard deviation away. With 0.01 as the standard deviation, the colour would be ten standard
    deviations away. Its density would be nearly 0.
    """
    return sigma_densities(x, m, c)


@mistake("constant left out", seen="victorkristof/linear-regressions-mixture#1; libqueso/queso#387")
def _(x, m, c):
    """Your scores are only the exponentials of the density formula. The constant in front of `exp` is
    missing.

    Without the constant, every component has the score 1 at its own mean, however wide it is. So a wide
    component wins wherever it reaches. The constant makes the integral of the density 1. So a narrow
    Gaussian has high densities, and a wide Gaussian has low densities. That is why a density may be in the
    thousands, while your scores are never larger than 1.

    On a line, a Gaussian with the standard deviation 0.1 has the density 3.99 at its mean. With the
    standard deviation 1 it has 0.399. Without the constant, both numbers are 1.
    """
    return unscaled_densities(x, m, c)


@mistake("one covariance for all components", seen=OURS)
def _(x, m, c):
    """All your densities use the covariance of the first component. Use the covariance of each component
    for its own densities.

    Each component has its own width and its own tilt. The rainforest is a small dense cloud, and grassland
    is a large loose cloud. If you measure with the width of the first component only, either all points
    seem far away or all seem near. In a loop over k, use the index k for the mean and for the covariance.
    `zip` gives you both in pairs.

    On a line, a point is 0.5 away from two means. The standard deviations are 0.1 and 1. So the point is 5
    standard deviations from the first mean, but only 0.5 from the second.
    """
    return densities(x, m, [c[0]] * len(c))


@mistake(
    "distances in place of densities", seen="patrickbochen/ExpectationMaximization: its E-step uses distances"
)
def _(x, m, c):
    """Your scores are distances to the means, so the smallest number is the best. Return densities, so that
    the largest number is the best.

    A density uses the distance in the component's own widths. It is largest where the point fits best. A
    plain distance does not use the covariance, so it treats a narrow component like a wide one. The next
    function takes the largest score. With distances, it would choose the component that is farthest away.

    On a line, a point is 0.5 away from both means. The standard deviations are 0.1 and 1. Both distances
    are 0.5, but the densities are 0.000015 and 0.35.
    """
    return np.linalg.norm(np.asarray(x)[:, None] - np.asarray(m), axis=2)
