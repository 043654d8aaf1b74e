"""How people get `compute_responsibilities` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import densities, diagonal, hard, rows, sigma_densities, unscaled_densities
from helpers import log_gaussians


@mistake("mixing weights forgotten", seen="astroML/astroML#58: the components' amplitudes were missing")
def _(x, w, m, c):
    """Your shares compare only the densities. They do not use the mixing weights.

    There are two reasons why a point may come from a component. The point may lie near the component's mean,
    or the component may make most of the points. Bayes' rule multiplies two numbers. The mixing weight says
    how often the component is chosen. The density says how its points scatter. If the weights are equal, the
    mistake changes nothing. So a first test may look correct.

    At one point the densities are 0.2 and 0.4, and the weights are 0.75 and 0.25. The densities alone give
    the shares 1/3 and 2/3. The products are 0.75 · 0.2 = 0.15 and 0.25 · 0.4 = 0.10. Their shares are 0.15 /
    0.25 = 0.6 and 0.10 / 0.25 = 0.4. Now the first component has the larger share.
    """
    return rows(densities(x, m, c))


@mistake("not normalised", seen="rdorado/bernoulli-mixture-model: predict returns weight times density")
def _(x, w, m, c):
    """You return weight times density. This is only the first half: first *score*, then *normalise*.

    Weight times density is for two things together: the component is chosen, *and* the point falls here. A
    responsibility is the probability of the component, *given the point*. So divide the product by the sum of
    the products of all components. Then the shares of each point sum to 1, in the middle of a group and also
    far outside.

    At one point the products are 0.15 and 0.10. Their sum is 0.25. This is the density of the whole mixture
    at the point. The shares are 0.15 / 0.25 = 0.6 and 0.10 / 0.25 = 0.4.
    """
    return w * densities(x, m, c)


@mistake(
    "normalised over the points", seen="mrdbourke/pytorch-deep-learning#163: softmax over the wrong axis"
)
def _(x, w, m, c):
    """Your columns sum to 1. But the rows must sum to 1.

    A responsibility answers a question about one point: which component made it? So the shares of one *point*
    must sum to 1, and they are a row. A column belongs to a component. The sum of a column is the soft count
    of the component, and it need not be 1. In NumPy, `axis=0` sums down each column, and `axis=1` sums along
    each row.

    Before they are normalised, two points have the rows (1, 3) and (2, 2). Divided by the row sums 4 and 4,
    they are (0.25, 0.75) and (0.5, 0.5). Divided by the column sums 3 and 5, the first row is (0.33, 0.6).
    But 0.33 + 0.6 = 0.93 is not 1.
    """
    table = w * densities(x, m, c)
    return table / table.sum(axis=0)


@mistake("normalised over the whole table", seen="numpy's default: a sum without axis is over everything")
def _(x, w, m, c):
    """The numbers of your whole table sum to 1. But each row must sum to 1.

    `np.sum(table)` without an axis adds all numbers, for all points and all components. If you divide by this
    total, all points together share the probability 1. But each point was made by one of the components. So
    the shares of each single point must sum to 1. Each row needs its own divisor: N sums, one for each point.

    Two points have the rows (1, 3) and (2, 2). The total is 8, but 1/8 is not the share of a component.
    `sum(axis=1)` gives 4 and 4. To divide row by row, the sums must be a column. `keepdims=True` makes them a
    column.
    """
    table = w * densities(x, m, c)
    return table / table.sum()


@mistake("weights after the normalisation", seen="the published Bernoulli homework's E-step, in logs")
def _(x, w, m, c):
    """You normalise the densities first, and multiply by the weights afterwards. So the rows no longer sum to
    1.

    Normalising must come last. It divides by the sum of exactly those numbers that become shares. If the
    weights come later, they are in the numerator, but not in the divisor. A well-known homework has this
    mistake. There the weights reinforce themselves from one iteration to the next, and most components become
    nearly empty.

    The densities 0.2 and 0.4 become 1/3 and 2/3. Times the weights 0.75 and 0.25, they become 0.25 and 0.17,
    and 0.25 + 0.17 = 0.42 is not 1. Multiply first: 0.15 and 0.10. Then normalise: 0.6 and 0.4, together 1.
    """
    return w * rows(densities(x, m, c))


@mistake("weights added to the densities", seen="JavierAntoran/Bayesian-Neural-Networks#15: pi + exp(...)")
def _(x, w, m, c):
    """You add the weights to the densities. You must multiply them. Only their logs are added.

    Two things must both happen: the component is chosen, and then the point is drawn from it. So their
    probabilities multiply. With logs the product becomes a sum: log weight plus log density. A weight plus a
    density, without logs, adds two different kinds of quantities.

    The weight is 0.5 and the density is 0.2. The product is 0.5 · 0.2 = 0.1, and its log is -2.30. The logs
    of the two numbers are -0.69 and -1.61, and -0.69 - 1.61 = -2.30. But the sum 0.5 + 0.2 is not the
    probability of anything.
    """
    return rows(w + densities(x, m, c))


@mistake(
    "weights without their log", seen="rlouf/blog-benchmark-rwmetropolis#2: log weights left out of the sum"
)
def _(x, w, m, c):
    """Your scores add the mixing weight itself to the log density. You must add the log of the weight.

    With logs, each factor is replaced by its log. If you add a weight of 0.5 without its log, it acts like a
    factor of 1.65. A weight near 0 acts like a factor of 1, as if the component were not rare. So rare
    components get shares that are far too large.

    The weights are 0.9 and 0.1, and the densities are equal. Then the shares are 0.9 and 0.1. If you add 0.9
    and 0.1 to equal log densities, the first share is `exp(0.8)` = 2.23 times the second. So the shares are
    0.69 and 0.31.
    """
    return rows(np.exp(np.asarray(w) + log_gaussians(x, m, c)))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2: each point goes to one component")
def _(x, w, m, c):
    """All your shares are 0 or 1: you give each point completely to one component.

    That is a hard assignment, as in k-means. A responsibility is a probability. A point between two
    components belongs to both, in parts, and EM needs these parts. With hard assignments the log-likelihood
    may fall. The components become too narrow. A component beside a larger one loses points that partly
    belong to it.

    At one point, weight times density is 0.15 and 0.10. The shares are 0.6 and 0.4. `argmax` would make them
    1 and 0, as if the first component were certain. Then the second component would get nothing of this
    point.
    """
    return hard(w * densities(x, m, c))


@mistake("only the diagonals of the covariances", seen=OURS)
def _(x, w, m, c):
    """Your densities use only the diagonals of the covariances. So no ellipse can lean.

    The entries off the diagonal say how two coordinates vary together. They make the ellipse lean. Without
    them, a point in the long direction of the ellipse counts as too far away. A point in its short direction
    counts as too near. These entries are missing if you multiply one-dimensional densities, coordinate by
    coordinate. The density of the whole vector uses them.

    The mean is (0, 0) and the covariance is [[1, 0.8], [0.8, 1]]. Measured in standard deviations, the point
    (1, 1) is 1.05 away, and the point (1, -1) is 3.2 away. With the diagonal alone, both are 1.4 away.
    """
    return rows(w * densities(x, m, diagonal(c)))


@mistake(
    "variance taken for standard deviation", seen="stats.stackexchange.com/questions/312703; judelo/gmmot#1"
)
def _(x, w, m, c):
    """Your densities use the variances as if they were standard deviations.

    A covariance matrix has variances on its diagonal. A variance is the square of a standard deviation.
    `norm.pdf` takes a standard deviation as its `scale`. But `multivariate_normal` takes the covariance
    matrix itself. This number decides how fast the density falls. So if you give the wrong one, every share
    changes.

    A variance of 4 is a standard deviation of 2. So a point 4 away from the mean is 4 / 2 = 2 standard
    deviations away. There the density is 13.5 % of its maximum. With 4 as the standard deviation, it would be
    61 %.
    """
    return rows(w * sigma_densities(x, m, c))


@mistake("standard deviation taken for variance", seen="mcdickenson/em-gaussian mixes the two up")
def _(x, w, m, c):
    """Your densities use standard deviations where variances belong, and zeros off the diagonal.

    Give the covariance matrix to `multivariate_normal` without changes. It has variances on the diagonal, in
    squared units, and covariances off the diagonal. The function takes a root itself where it needs one. If
    you take the root first, components with a variance above 1 become too narrow. Components with a variance
    below 1 become too wide. And without the entries off the diagonal, no ellipse can lean.

    A variance of 9 is a standard deviation of 3. A point 6 away from the mean is 6 / 3 = 2 standard
    deviations away. If you give 3 as the variance, the standard deviation is 1.7. Then the point seems to be
    3.5 standard deviations away.
    """
    return rows(w * densities(x, m, np.sqrt(diagonal(c))))


@mistake(
    "inverse covariance in place of the covariance",
    seen="izmailovpavel/flowgmm#7; TuringLang/JuliaBUGS.jl#103",
)
def _(x, w, m, c):
    """Your densities use the inverses of the covariances. So a wide component acts like a narrow one.

    The inverse of the covariance is the **precision**. It is in the exponent of the density's formula. But a
    function that takes a covariance inverts it itself. If you also invert it, the covariance is inverted
    twice. Then a component with the variance 4 acts like one with the variance 1/4. The result is still
    correct if all variances are 1.

    The variance is 4, and a point is 2 away from the mean. The squared distance is 4, so the exponent is -4 /
    (2 · 4) = -0.5. With the variance 1/4 the exponent is -4 / (2 · 1/4) = -8, and the density is nearly 0.
    """
    return rows(w * densities(x, m, np.linalg.inv(c)))


@mistake("determinant left out", seen="libqueso/queso#387; victorkristof/linear-regressions-mixture#1")
def _(x, w, m, c):
    """Your densities lack the constant factor in front of `exp`. So wide components get shares that are too
    large.

    The integral of a density is 1. So a wide Gaussian is low everywhere, and a narrow Gaussian is high in the
    middle. The constant factor does this: it divides by the root of the determinant of the covariance.
    Without the factor, every component has the value 1 at its own mean, narrow or wide. The power of 2π in
    the factor cancels in the shares, but the determinant does not.

    Two components have the same mean, the same weight, and the standard deviations 1 and 10. At the mean
    their densities are 0.40 and 0.04. The shares are 0.91 and 0.09. Without the factor, both shares would be
    0.5.
    """
    return rows(w * unscaled_densities(x, m, c))


@mistake("logs returned", seen="hmmlearn/hmmlearn#4: log posteriors taken for probabilities", worth=0.5)
def _(x, w, m, c):
    """You return log scores. Two steps are still missing: normalise, and undo the log.

    Logs are safe to work with. A number that would be rounded to 0 has a log that is an ordinary number. But
    a responsibility is a share between 0 and 1. From each row of log scores, subtract the `log_sum_exp` of
    this row. This normalises the row. Then take `exp`: this undoes the log and gives the shares.

    A row has the log scores -3 and -4. Its `log_sum_exp` is -2.69. Subtracted, this leaves -0.31 and -1.31.
    `exp` of these numbers gives 0.73 and 0.27, and 0.73 + 0.27 = 1.
    """
    return np.log(w * densities(x, m, c))


@mistake("logs divided by their sum", seen=OURS)
def _(x, w, m, c):
    """You divide the log scores by their sum. A log is not a share, so this does not normalise.

    If you divide positive amounts by their sum, you get shares. But these logs are negative, and a log nearer
    to 0 means *more*. So your quotients have the wrong order: the most likely component gets the smallest
    share. With logs, subtract instead of dividing. Subtract the log of the sum of the `exp`s: this number is
    `log_sum_exp`.

    A row has the log scores -1 and -3. Their sum is -4, so your quotients are 0.25 and 0.75. But the first
    component is `exp(2)` = 7.4 times as likely as the second. The shares are 0.88 and 0.12.
    """
    return rows(np.log(w * densities(x, m, c)))


@mistake("one covariance for all components", seen=OURS)
def _(x, w, m, c):
    """All your densities use the covariance of the first component.

    Each component has its own mean and its own covariance. The covariance decides how far the component
    reaches. The mistake happens if a loop uses only the means, or if an index is always 0. At the start of
    this assignment all covariances are equal, so the mistake changes nothing there. After one iteration it
    changes the shares.

    `zip(means, covariances)` gives each mean together with its covariance. In a loop over k, everything that
    belongs to component k needs the index k: `weights[k]`, `means[k]`, `covariances[k]`.
    """
    return rows(w * densities(x, m, [c[0]] * len(c)))


@mistake("equal shares for all", seen=OURS)
def _(x, w, m, c):
    """Every share is 1/K: your function does not use the points.

    Responsibilities differ from point to point, because each point lies nearer to some component than to
    others. If all shares are 1/K, the scores are not in the result. Perhaps you fill a table with 1/K at the
    start, and return it without changes. Or a loop computes the scores, but does not store them.

    `table = np.ones((5, 2)) / 2` holds the share 0.5 for each of 5 points and 2 components. In a loop, `table
    + x` computes a sum, but does not keep it. To keep the numbers x of component k, write them into its
    column: `table[:, k] = x`.
    """
    return np.full((len(x), len(w)), 1 / len(w))


@mistake(
    "distances in place of densities", seen="patrickbochen/ExpectationMaximization: its E-step uses distances"
)
def _(x, w, m, c):
    """Your scores use the ordinary distance to the mean. So every component acts like a round Gaussian of
    width 1.

    Measure the distance from a component in the standard deviations of this component. For a narrow
    component, two steps are far. For a wide component, two steps are near. If an ellipse leans, the direction
    matters, too. The covariance holds all of this, but the ordinary distance does not.

    On a line, the means are 0 and 5, and the standard deviations are 1 and 4. The point 2 is nearer to the
    mean 0 by ordinary distance. In standard deviations it is 2 / 1 = 2 away from the first component. It is
    only 3 / 4 = 0.75 away from the second.
    """
    centred = np.asarray(x)[:, None] - np.asarray(m)
    return rows(w * np.exp(-0.5 * (centred**2).sum(axis=2)))
