"""How people get `map_covariances` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import spread


def _divided(total, divisor):
    return total / np.reshape(divisor, (-1, 1, 1))


def _full(n, m, nu):
    return nu + n + np.shape(m)[1] + 1


@mistake("psi left out", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide only the scatter S_k of each component. Add the prior's matrix, `psi`, to the scatter first.
    Then divide the sum.

    The prior counts like additional points, and `psi` is the scatter of these points. Without `psi`, the
    prior only makes the divisor larger, and every covariance is too small. Take a component that keeps a
    single point, with its mean on this point. Without `psi` its covariance is zero. The prior should prevent
    this collapse.

    Take one point that lies on its mean, so its scatter is 0. Take psi = 12, nu = 3 and one dimension. The
    divisor is 3 + 1 + 1 + 1 = 6. So the answer is 12 / 6 = 2. Without psi, you get 0 / 6 = 0.
    """
    return spread(x, r, _full(n, m, nu), m)


@mistake("divided by N_k alone", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by the soft count N_k alone. Divide by nu + N_k + D + 1, where D is the number of
    dimensions.

    The prior changes both parts of the fraction. It adds `psi` to the scatter S_k, and it adds nu + D + 1 to
    the soft count. With the soft count alone, every covariance is too large. The error is largest for
    components with few points, because the prior matters most for them.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The divisor is 3 + 2 + 1 + 1 = 7. So
    the answer is (6 + 8) / 7 = 2. If you divide by the 2 points alone, you get 14 / 2 = 7. This is even more
    than the variance of the data, 8 / 2 = 4.
    """
    return _divided(psi + spread(x, r, 1, m), np.maximum(n, 1e-300))


@mistake("posterior mean instead of mode", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k - D - 1, which gives the average covariance given the data (the posterior mean).
    This exercise needs the most probable covariance (the mode). Divide by nu + N_k + D + 1.

    The inverse-Wishart distribution is not symmetric: it has a long tail of large covariances. So its mean is
    larger than its mode, where the density is highest. MAP (maximum a posteriori) means the mode. Books give
    both formulas side by side, and only the sign of D + 1 differs.

    Take psi = 6, a scatter S_k of 8, two points, nu = 3 and one dimension. So nu + N_k is 3 + 2 = 5, and D +
    1 is 2. The mode is 14 / (5 + 2) = 2. The mean is 14 / (5 - 2) = 4.67.
    """
    return _divided(psi + spread(x, r, 1, m), nu + n - np.shape(m)[1] - 1)


@mistake("D + 2 in the divisor", seen=OURS, worth=0.5)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k + D + 2. Divide by nu + N_k + D + 1, because this exercise has a prior on the
    covariances only.

    The formula with D + 2 belongs to another prior, the normal-inverse-Wishart. That prior is also a prior on
    the means, so it adds 1 more to the divisor. It also adds another term to the scatter S_k. Here the means
    are given, and no prior changes them.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The divisor is 3 + 2 + 1 + 1 = 7. So
    the answer is (6 + 8) / 7 = 2. With D + 2 the divisor is 8, and you get 14 / 8 = 1.75.
    """
    return _divided(psi + spread(x, r, 1, m), _full(n, m, nu) + 1)


@mistake("D + 1 left out", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k. Divide by nu + N_k + D + 1, where D is the number of dimensions.

    The prior counts like nu + D + 1 additional points with the scatter `psi`. The data add N_k points with
    the scatter S_k. So the divisor is the number of all these points. The reason for D + 1 is the density of
    the prior. This density contains the determinant of the covariance to the power -(nu + D + 1) / 2. Without
    D + 1 your covariances are too large, most of all for small components.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The divisor is 3 + 2 + 1 + 1 = 7. So
    the answer is (6 + 8) / 7 = 2. With nu + N_k, which is 5, you get 14 / 5 = 2.8.
    """
    return _divided(psi + spread(x, r, 1, m), nu + n)


@mistake("psi added after the division", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide only the scatter S_k, and then you add `psi` without a division. Add `psi` to the scatter
    first, and then divide the sum.

    The scatter S_k is a sum over the points of the data. `psi` is a sum, too: it is the scatter of the points
    that the prior adds. A covariance is a mean, so both sums need the divisor. Without the divisor, `psi`
    keeps its full size, even with a million points. But more data should make the prior matter less.

    Take psi = 6, a scatter of 8 and the divisor 7. The answer is (6 + 8) / 7 = 2. Your function returns 6 + 8
    / 7 = 7.14. In Python, `6 + 8 / 7` divides first, so the sum needs brackets.
    """
    return psi + spread(x, r, _full(n, m, nu), m)


@mistake("N instead of N_k", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your divisor contains N, the number of all points. Use the soft count of the component, `counts[k]`, in
    place of N.

    The scatter S_k is a sum of squares, weighted by the responsibilities of one component. These
    responsibilities sum to the soft count of the component. So only this soft count belongs in the divisor.
    With N, a small component becomes far too narrow. Small components are the first to collapse.

    Take ten points, and a component with the soft count 2. Take psi = 6, a scatter of 8, nu = 3 and one
    dimension. The answer is 14 / (3 + 2 + 1 + 1) = 2. With all ten points in the divisor, you get 14 / (3 +
    10 + 1 + 1) = 0.93.
    """
    return _divided(psi + spread(x, r, 1, m), _full(np.sum(n), m, nu) + 0 * np.asarray(n))


@mistake("scatter divided twice", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide the scatter S_k by the soft count, add `psi`, and then divide again. Add `psi` to the
    scatter itself, and divide only once.

    The scatter is a sum, so it grows with the number of points. For this reason, the data matter more than
    the prior when there are many points. A scatter that is divided by the soft count does not grow. If you
    divide a second time, the data hardly matter. The more points a component has, the smaller your covariance
    is.

    Take two points at -2 and 2, with the mean 0. The scatter is 4 + 4 = 8. With psi = 6 and the divisor 7,
    the answer is (6 + 8) / 7 = 2. You divide the scatter first, 8 / 2 = 4. Then you get (6 + 4) / 7 = 1.43.
    """
    return _divided(psi + spread(x, r, np.maximum(n, 1e-300), m), _full(n, m, nu))


@mistake("psi multiplied by nu", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You multiply `psi` by `nu`. Add `psi` to the scatter S_k without a factor.

    Some books describe a prior by a typical covariance, and by a number of points, which says how strongly
    the prior counts. The product of this covariance and this number is a scatter. In the inverse-Wishart
    distribution, `psi` is already this scatter. If you multiply `psi` by `nu`, the prior is far stronger than
    the docstring says.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The divisor is 3 + 2 + 1 + 1 = 7. So
    the answer is (6 + 8) / 7 = 2. With 3 · 6 = 18 in place of 6, you get 26 / 7 = 3.71.
    """
    return _divided(nu * np.asarray(psi) + spread(x, r, 1, m), _full(n, m, nu))


@mistake("responsibilities squared", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your scatter S_k contains the square of each responsibility. Multiply each term by the responsibility
    only once.

    The outer product has two factors, and both are the point minus the mean. If you multiply both factors by
    the responsibility, a responsibility of 0.5 counts as 0.25. Then points between two components count too
    little, and the covariances become too small. If all responsibilities are 0 or 1, your function gives the
    correct answer, and you do not see the mistake.

    Take a point at distance 2 from the mean, with the responsibility 0.5. It adds 0.5 · 4 = 2 to the scatter.
    If you multiply both factors by 0.5, it adds (0.5 · 2) · (0.5 · 2) = 1.
    """
    return _divided(psi + spread(x, np.square(r), 1, m), _full(n, m, nu))


@mistake("mean not subtracted", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your scatter S_k uses the points themselves. First subtract the mean of the component from each point.

    The scatter measures how far the points are from the mean. Without the mean, your scatter measures how far
    the points are from the origin. Then a component seems wide only because it is far from the origin. A
    prior cannot repair this.

    Take the points 4 and 8. Their mean is 6, so the differences are -2 and 2. The scatter is 4 + 4 = 8. With
    psi = 6 and the divisor 7, the answer is 14 / 7 = 2. Without the mean, your scatter is 16 + 64 = 80, and
    you get 86 / 7 = 12.29.
    """
    return _divided(psi + spread(x, r, 1, 0 * np.asarray(m)), _full(n, m, nu))
