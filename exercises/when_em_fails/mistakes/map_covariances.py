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
    """You divide the scatter S_k of each component alone. Add `psi` to it first.

    The prior acts like points that were seen before the data, and `psi` is the scatter of these points.
    Without `psi` only the divisor grows, and every covariance becomes too small. A component that keeps a
    single point, with its mean on it, gets a covariance of zero. The prior is there to prevent this collapse.

    Take one point that lies on its mean, so its scatter is 0. With psi = 12, nu = 3 and one dimension the
    answer is 12 / (3 + 1 + 1 + 1) = 2. Without psi it is 0.
    """
    return spread(x, r, _full(n, m, nu), m)


@mistake("divided by N_k alone", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by the soft count alone. The divisor should be nu + N_k + D + 1.

    The prior adds to both parts of the fraction. It adds `psi` to the scatter S_k, and nu + D + 1 to the
    number of points. If only the scatter grows, every covariance is too large. The error is greatest for
    components with few points, where the prior matters most.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The answer is (6 + 8) / 7 = 2.
    Divided by the two points alone it is 7. That is even more than the variance of the data, 8 / 2 = 4.
    """
    return _divided(psi + spread(x, r, 1, m), np.maximum(n, 1e-300))


@mistake("posterior mean instead of mode", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k - D - 1. This gives the average covariance given the data (the posterior mean).
    The most probable one (the mode) has the divisor nu + N_k + D + 1.

    The inverse-Wishart distribution is skewed: it has a long tail of large covariances. So its mean is
    larger than its mode, where the density is highest. MAP stands for maximum a posteriori, which is the
    mode. Books give the two formulas side by side, and only the sign of D + 1 differs.

    Take psi = 6, a scatter S_k of 8, two points, nu = 3 and one dimension. Then nu + N_k = 3 + 2 = 5. The
    mode is 14 / (5 + 2) = 2. The mean is 14 / (5 - 2) = 4.67.
    """
    return _divided(psi + spread(x, r, 1, m), nu + n - np.shape(m)[1] - 1)


@mistake("D + 2 in the divisor", seen=OURS, worth=0.5)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k + D + 2. This exercise has a prior on the covariances only, and so the divisor
    has D + 1.

    The formula with D + 2 belongs to another prior, the normal-inverse-Wishart. It also has a prior on the
    mean, and this adds one more to the divisor. It adds a further term to the scatter S_k as well. Here the
    means are given, and no prior pulls them.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The divisor is 3 + 2 + 1 + 1 = 7, and
    the answer is 14 / 7 = 2. With D + 2 it is 14 / 8 = 1.75.
    """
    return _divided(psi + spread(x, r, 1, m), _full(n, m, nu) + 1)


@mistake("D + 1 left out", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide by nu + N_k. The divisor should also have D + 1, where D is the number of dimensions.

    The density of an inverse-Wishart distribution has the determinant of the covariance to the power
    -(nu + D + 1) / 2. Each point of the data adds 1 to nu + D + 1. At the maximum, the sum of `psi` and the
    scatter S_k is divided by the result. Without D + 1 your covariances are too large, most of all for small
    components.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The answer is 14 / 7 = 2. Divided by
    nu + N_k it is 14 / 5 = 2.8.
    """
    return _divided(psi + spread(x, r, 1, m), nu + n)


@mistake("psi added after the division", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You divide only the scatter S_k, and then you add `psi` undivided. Add `psi` to the scatter first, and
    divide their sum.

    The scatter and `psi` are both sums over points. The scatter is over those of the data, and `psi` is over
    those that the prior stands for. A covariance is a mean, so both need the divisor. Otherwise `psi` does
    not lose weight as the data grow: with a million points the prior still adds all of it.

    Take psi = 6, a scatter of 8 and the divisor 7. The answer is (6 + 8) / 7 = 2. With psi undivided it is
    6 + 8 / 7 = 7.14. In Python, `6 + 8 / 7` divides first, so brackets are needed.
    """
    return psi + spread(x, r, _full(n, m, nu), m)


@mistake("N instead of N_k", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your divisor counts all points. It should hold the soft count of the component, `counts[k]`.

    The scatter S_k sums squares, weighted by the responsibilities of one component. Their total weight is the
    soft count of that component, so only this count belongs in the divisor. With all points in it, a small
    component becomes far too narrow. Small components are those that collapse first.

    Take ten points, of which a component has two. Take psi = 6, a scatter of 8, nu = 3 and one dimension. The
    answer is 14 / (3 + 2 + 1 + 1) = 2. With all ten points it is 14 / (3 + 10 + 1 + 1) = 0.93.
    """
    return _divided(psi + spread(x, r, 1, m), _full(np.sum(n), m, nu) + 0 * np.asarray(n))


@mistake("scatter divided twice", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You add `psi` to a covariance that has been divided by the soft count, and then divide again. Add it to
    the scatter S_k, which is a sum.

    The scatter grows with the number of points. That is why the data outweigh the prior when there are many
    points. A covariance does not grow. Divided a second time it is nearly nothing, and the more points a
    component has, the smaller is your answer.

    Take two points at -2 and 2, with the mean 0. The scatter is 4 + 4 = 8, and the covariance is 4. With
    psi = 6 and the divisor 7 the answer is (6 + 8) / 7 = 2. With the covariance it is (6 + 4) / 7 = 1.43.
    """
    return _divided(psi + spread(x, r, np.maximum(n, 1e-300), m), _full(n, m, nu))


@mistake("psi multiplied by nu", seen=OURS)
def _(x, r, n, m, psi, nu):
    """You multiply `psi` by `nu`. Add `psi` to the scatter S_k as it is.

    Some books describe a prior by a typical covariance and by the number of points that it is worth. Their
    product is then a scatter. In the inverse-Wishart distribution `psi` already is this scatter. Multiplied
    by `nu` once more, the prior is far stronger than the docstring says.

    Take psi = 6, a scatter of 8, two points, nu = 3 and one dimension. The answer is (6 + 8) / 7 = 2. With
    3 · 6 = 18 in place of 6 it is 26 / 7 = 3.71.
    """
    return _divided(nu * np.asarray(psi) + spread(x, r, 1, m), _full(n, m, nu))


@mistake("responsibilities squared", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your scatter S_k has each responsibility twice as a factor, so it is squared. It should be there once.

    The outer product has two factors, and both are the centred point. If both are multiplied by the
    responsibility, a share of 0.5 counts as 0.25. Points between two components then count too little, and
    the covariances become too small. With shares of only 0 and 1 the error does not show.

    Take a point 2 away from the mean, with the share 0.5. It adds 0.5 · 4 = 2 to the scatter. With both
    factors weighted it adds (0.5 · 2) · (0.5 · 2) = 1.
    """
    return _divided(psi + spread(x, np.square(r), 1, m), _full(n, m, nu))


@mistake("mean not subtracted", seen=OURS)
def _(x, r, n, m, psi, nu):
    """Your scatter S_k multiplies the points themselves. Subtract the mean of the component from each point
    first.

    Scatter is measured about a mean. Without it you measure the distance to the origin. Then the place of a
    component counts as its width: the further it is from the origin, the wider it seems. A prior cannot
    repair this.

    Take the points 4 and 8. Their mean is 6, so the differences are -2 and 2, and the scatter is 4 + 4 = 8.
    Without the mean it is 16 + 64 = 80. With psi = 6 and the divisor 7 the answer is 14 / 7 = 2. Yours is
    86 / 7 = 12.29.
    """
    return _divided(psi + spread(x, r, 1, 0 * np.asarray(m)), _full(n, m, nu))
