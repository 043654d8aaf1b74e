"""How people get `compute_scores` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import densities, diagonal, rows, sigma_densities, unscaled_densities


@mistake("logs of the densities", seen="the first assignment scores in logs", worth=0.5)
def _(x, m, c):
    """You return the logs of the densities. Here the densities themselves are asked for.

    In the first assignment a score was a log, for safety. The published assignment that this one follows
    compares densities, as `pdf` gives them, and the notebook reads them like that. The largest is the
    same either way, because the log never changes an order; only the numbers differ.

    A density of 1000 has the log 6.9. In a small cube a density may be far above 1; a log of it above 0 is
    no mistake either.
    """
    return np.log(densities(x, m, c))


@mistake("rows made to sum to 1", seen="responsibilities, out of habit")
def _(x, m, c):
    """You normalise each row. Scores are not normalised here.

    A share says how a point is divided among these components. A score says how well it fits one of them,
    whatever the others do. A picture that is like nothing has low scores everywhere, and shares that still
    sum to 1. To find the *best* pictures of a cluster one needs the scores.

    Densities 0.002 and 0.001, or 2000 and 1000: the shares are 2/3 and 1/3 both times. Only the scores say
    that the second picture fits and the first does not.
    """
    return rows(densities(x, m, c))


@mistake("multiplied by equal weights", seen=OURS)
def _(x, m, c):
    """Your scores are the densities divided by K, as if each component had the weight one over K.

    The score here is the density alone, without any weight. Equal weights would not change which component
    is best, only all numbers by the same factor. The weights are not even handed in. A score that is
    comparable from one fit to another must not depend on how many components there are.

    A density of 1000 under one of four components is the score 1000, not 250.
    """
    return densities(x, m, c) / len(m)


@mistake("only the diagonals of the covariances", seen=OURS)
def _(x, m, c):
    """Your densities see only the diagonals of the covariances: every ellipsoid stands upright.

    Red, green and blue go up and down together, so the clouds of pictures lean, and what stands beside the
    diagonals says how. Without it a picture along the slant counts as far away. Multiplying three
    one-dimensional densities leaves it out; the density of the whole point takes it in.

    With [[1, 0.8], [0.8, 1]] the point (1, 1) lies at the distance 1.05 and (1, -1) at 3.2. With the
    diagonal alone both are at 1.4.
    """
    return densities(x, m, diagonal(c))


@mistake("variance taken for standard deviation", seen="judelo/gmmot#1: variances passed to scipy's norm.pdf")
def _(x, m, c):
    """Your densities use the variances as if they were standard deviations, coordinate by coordinate.

    A covariance matrix has variances on its diagonal. `norm.pdf` wants a standard deviation as its `scale`,
    the root. `multivariate_normal.pdf` takes the matrix as it is, with the entries off the diagonal too.

    A variance of 0.01 is a standard deviation of 0.1. Taken for a sigma of 0.01, a colour that is off by
    0.1 would be ten sigma away instead of one. Its density would be rounded to 0.
    """
    return sigma_densities(x, m, c)


@mistake("constant left out", seen="victorkristof/linear-regressions-mixture#1; libqueso/queso#387")
def _(x, m, c):
    """Your scores are the exponentials alone. The constant in front of them is missing.

    Without it every component is 1 at its own mean, however wide it is, and wide ones win wherever they
    reach. The constant makes the integral 1: a narrow Gaussian is high, a wide one low. That is why a
    density may be in the thousands, and why yours never exceed 1.

    At their means, sigma 0.1 has the density 4 and sigma 1 has 0.4. Without the constant both are 1.
    """
    return unscaled_densities(x, m, c)


@mistake("one covariance for all components", seen=OURS)
def _(x, m, c):
    """All your densities use the covariance of the first component.

    Each component has its own width and lean. Rainforest is a small dense cloud, grassland a large loose
    one; measured by the width of the first, either all is far away or everything is near. In a loop over k,
    mean and covariance both have the index k; `zip` hands them out in pairs.

    With sigmas 0.1 and 1 a point 0.5 from both means is five sigma from the first, half a sigma from the
    second.
    """
    return densities(x, m, [c[0]] * len(c))


@mistake(
    "distances in place of densities", seen="patrickbochen/ExpectationMaximization: its E-step uses distances"
)
def _(x, m, c):
    """Your scores are distances to the means: the smallest would be the best.

    A density takes the distance in the component's own widths, and it is largest where the point fits best.
    A plain distance knows no covariance, so a narrow component and a wide one look alike, and it counts the
    wrong way round for whoever takes the largest.

    A point 0.5 away from both means, sigmas 0.1 and 1: distances 0.5 and 0.5. The densities are 0.000015
    and 0.35.
    """
    return np.linalg.norm(np.asarray(x)[:, None] - np.asarray(m), axis=2)
