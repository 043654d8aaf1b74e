"""How people get `compute_responsibilities` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import (
    densities,
    diagonal,
    hard,
    rows,
    sigma_densities,
    unscaled_densities,
)
from helpers import log_gaussians


@mistake("mixing weights forgotten", seen="astroML/astroML#58: the components' amplitudes were missing")
def _(x, w, m, c):
    """Your shares compare the densities alone: the mixing weights take no part in them.

    A point can come from a component in which it lies well, or from one that makes most of the points.
    Bayes' rule multiplies the two: the weight says how often the component is chosen at all, the density
    how it scatters then. With equal weights the difference does not show, so a first try may look right.

    Take densities 0.2 and 0.4, and weights 0.75 and 0.25. The densities alone give shares 1/3 and 2/3. The
    products are 0.15 and 0.10, and their shares are 0.6 and 0.4: the other component wins.
    """
    return rows(densities(x, m, c))


@mistake("not normalised", seen="rdorado/bernoulli-mixture-model: predict returns weight times density")
def _(x, w, m, c):
    """You return weight times density. That is only the first half: score, and then normalise.

    The product says how probable it is that the component is chosen *and* that the point falls there. To be
    a probability of the component *given the point*, it has to be divided by the same product for all
    components together. Then the shares of each point sum to 1, whether it lies in the crowd or far
    outside.

    A point has the products 0.15 and 0.10. Their sum is 0.25, the density of the whole mixture there. The
    shares are 0.15 / 0.25 = 0.6 and 0.10 / 0.25 = 0.4.
    """
    return w * densities(x, m, c)


@mistake(
    "normalised over the points", seen="mrdbourke/pytorch-deep-learning#163: softmax over the wrong axis"
)
def _(x, w, m, c):
    """Your columns sum to 1. It is the rows that have to.

    A responsibility answers a question about one point: which component made it? So the shares of one
    *point*, a row, are the whole. A column belongs to a component, and what it sums to is the component's
    soft count, which may be anything. In NumPy, `axis=0` runs down a column, `axis=1` along a row.

    For the rows (1, 3) and (2, 2): divided by the row sums they are (0.25, 0.75) and (0.5, 0.5). Divided by
    the column sums 3 and 5 the first row would be (0.33, 0.6), which is no whole.
    """
    table = w * densities(x, m, c)
    return table / table.sum(axis=0)


@mistake("normalised over the whole table", seen="numpy's default: a sum without axis is over everything")
def _(x, w, m, c):
    """Your whole table sums to 1. Each row of it has to.

    `np.sum(table)` without an axis adds up every number there is: all points, all components. Dividing by
    that makes every point a small part of one whole. But each point is a whole of its own, made by one of
    the components, so each row needs its own divisor: N sums, one for each point.

    For the rows (1, 3) and (2, 2) the total is 8, and 1/8 is no probability of anything here. `sum(axis=1)`
    gives 4 and 4. To divide row by row, they must stand in a column: `keepdims=True` keeps them there.
    """
    table = w * densities(x, m, c)
    return table / table.sum()


@mistake("weights after the normalisation", seen="the published Bernoulli homework's E-step, in logs")
def _(x, w, m, c):
    """You normalise the densities first and multiply by the weights afterwards. The rows no longer sum to
    1.

    Normalising must come last: it divides by the sum of exactly those numbers that are to become shares. A
    factor that comes in later is in the numerator alone. A well-known homework does just this; its weights
    feed on themselves from one iteration to the next, and most of its components starve.

    Densities 0.2 and 0.4 become 1/3 and 2/3. Times the weights 0.75 and 0.25 that is 0.25 and 0.17,
    together 0.42. The other way round, 0.15 and 0.10 become 0.6 and 0.4, together 1.
    """
    return w * rows(densities(x, m, c))


@mistake("weights added to the densities", seen="JavierAntoran/Bayesian-Neural-Networks#15: pi + exp(...)")
def _(x, w, m, c):
    """You add the weights to the densities. They have to be multiplied; only their logs are added.

    Choosing the component and then drawing the point from it are two steps that must both happen, so their
    probabilities multiply. In the log domain the product turns into a sum, of the log weight and the log
    density. Mixing the two, a weight plus a density, adds quantities of different kinds.

    Weight 0.25, density 0.4: the product is 0.1. Its log is -2.30, which is -1.39 + -0.92, the two logs.
    The sum 0.25 + 0.4 is the probability of nothing.
    """
    return rows(w + densities(x, m, c))


@mistake(
    "weights without their log", seen="rlouf/blog-benchmark-rwmetropolis#2: log weights left out of the sum"
)
def _(x, w, m, c):
    """Your scores add the mixing weight itself to the log density. It must be the weight's log.

    In the log domain every factor becomes the log of that factor. A weight of 0.5 that is added as it is
    acts like a factor of 1.65, and a tiny weight acts like a factor of 1, as if the component were not rare
    at all. So rare components get far too much.

    Weights 0.9 and 0.1, equal densities: the shares are 0.9 and 0.1. Adding 0.9 and 0.1 to equal log
    densities gives shares in the ratio `exp(0.8)`, which is 0.69 to 0.31.
    """
    return rows(np.exp(np.asarray(w) + log_gaussians(x, m, c)))


@mistake("hard instead of soft", seen="mcdickenson/em-gaussian#2: each point goes to one component")
def _(x, w, m, c):
    """Your shares are all 0 or 1: each point goes to one component as a whole.

    That is k-means' way. A responsibility is a probability, and a point between two components belongs to
    both, in parts. EM needs the parts: with hard assignments the log-likelihood need not rise, components
    come out too narrow, and those near a larger one lose points that are partly theirs.

    A point with the products 0.15 and 0.10 has the shares 0.6 and 0.4. `argmax` would make that 1 and 0, as
    if it were certain, and the second component would never hear of it.
    """
    return hard(w * densities(x, m, c))


@mistake("only the diagonals of the covariances", seen=OURS)
def _(x, w, m, c):
    """Your densities see only the diagonals of the covariances, so every ellipse stands upright.

    The entries off the diagonal say how two coordinates vary together: they make the ellipse lean.
    Without it a point along the slant counts as far away, and one across it as near. Multiplying
    one-dimensional densities, coordinate by coordinate, leaves it out; the density of the whole vector
    takes it in.

    With [[1, 0.8], [0.8, 1]] the point (1, 1) lies at the distance 1.05 and (1, -1) at 3.2. With the
    diagonal alone both are at 1.4.
    """
    return rows(w * densities(x, m, diagonal(c)))


@mistake(
    "variance taken for standard deviation", seen="stats.stackexchange.com/questions/312703; judelo/gmmot#1"
)
def _(x, w, m, c):
    """Your densities use the variances as if they were standard deviations.

    A covariance matrix has variances on its diagonal, the squares of standard deviations. `norm.pdf` wants
    a standard deviation as its `scale`, `multivariate_normal` wants the covariance matrix itself. Which of
    the two goes where decides how fast a density falls, so with the wrong one every share shifts.

    A variance of 4 is a standard deviation of 2: a point 4 away is at two sigma, where the density has
    fallen to 13.5 % of the top. Taken for a sigma of 4 the same point would still have 61 %.
    """
    return rows(w * sigma_densities(x, m, c))


@mistake("standard deviation taken for variance", seen="mcdickenson/em-gaussian mixes the two up")
def _(x, w, m, c):
    """Your densities use standard deviations where variances belong, and nothing off the diagonal.

    `multivariate_normal` wants the covariance matrix as it is: variances on the diagonal, in squared units,
    and the covariances beside them. It takes the root itself, where one is needed. If you take it first,
    wide components come out too narrow and narrow ones too wide, and their lean is lost.

    A variance of 9 is a standard deviation of 3. Handed over as if it were the variance, 3 means a sigma of
    1.7: a point 6 away would seem 3.5 sigma out, and it is only 2.
    """
    return rows(w * densities(x, m, np.sqrt(diagonal(c))))


@mistake(
    "inverse covariance in place of the covariance",
    seen="izmailovpavel/flowgmm#7; TuringLang/JuliaBUGS.jl#103",
)
def _(x, w, m, c):
    """Your densities use the inverses of the covariances: what should be wide is narrow.

    The inverse, the *precision*, stands in the exponent of the formula. But a function that is asked for a
    covariance inverts it by itself. Inverting before that undoes it, so a component of variance 4 acts like
    one of variance 1/4. Only where all variances are 1 does nothing change.

    With variance 4, a point 2 away has the exponent -2² / (2 · 4) = -0.5. With 1/4 it is -2² · 4 / 2 = -8,
    and the density has all but vanished.
    """
    return rows(w * densities(x, m, np.linalg.inv(c)))


@mistake("determinant left out", seen="libqueso/queso#387; victorkristof/linear-regressions-mixture#1")
def _(x, w, m, c):
    """Your densities lack the constant in front of the exponential, so wide components win too often.

    A density's integral is 1. A wide Gaussian spreads it thinly and is low everywhere; a narrow one is high
    in the middle. The constant does that, by the root of the determinant. Without it every component is 1
    at its own mean, however wide, and the width counts for nothing. The power of 2 pi would cancel; this
    does not.

    With sigma 1 and sigma 10, a point at the common mean has the densities 0.40 and 0.04: shares 0.91 and
    0.09. Without the constant they would be one half each.
    """
    return rows(w * unscaled_densities(x, m, c))


@mistake("logs returned", seen="hmmlearn/hmmlearn#4: log posteriors taken for probabilities", worth=0.5)
def _(x, w, m, c):
    """You return log scores. Two steps are still missing: normalise, and undo the log.

    Logs are a safe place to work in, because what would be rounded to 0 stays an ordinary number there. But
    a responsibility is a share between 0 and 1. Subtract from each row the log of its sum, which is what
    `log_sum_exp` of the row gives, and `exp` brings the shares back.

    Scores -3 and -4: `log_sum_exp` is -2.69. What remains is -0.31 and -1.31, and `exp` of these is 0.73
    and 0.27.
    """
    return np.log(w * densities(x, m, c))


@mistake("logs divided by their sum", seen=OURS)
def _(x, w, m, c):
    """You divide the log scores by their sum. A log is not a share, so this does not normalise.

    Dividing by the sum makes shares out of amounts, positive numbers that add up to a whole. Logs are
    negative, and less negative means *more*. Their quotients come out the wrong way round: the likeliest
    component gets the smallest share. In logs, to divide means to subtract, and the sum is taken of the
    `exp`s.

    Scores -1 and -3 sum to -4: the quotients are 0.25 and 0.75. In truth the first is `exp(2)`, over seven
    times, as likely: shares 0.88 and 0.12.
    """
    return rows(np.log(w * densities(x, m, c)))


@mistake("one covariance for all components", seen=OURS)
def _(x, w, m, c):
    """All your densities use the covariance of the first component.

    Each component has a mean and a covariance of its own, and its width decides how far it reaches. If a
    loop runs over the means alone, or an index is fixed at 0, the others lose theirs. Where all covariances
    are equal, as at the start of this assignment, nothing shows; one iteration later it does.

    `zip(means, covariances)` hands them out in pairs. In a loop over k, everything that belongs to the
    component has the index k: `weights[k]`, `means[k]`, `covariances[k]`.
    """
    return rows(w * densities(x, m, [c[0]] * len(c)))


@mistake("equal shares for all", seen=OURS)
def _(x, w, m, c):
    """Every share is the same: your function does not look at the points.

    Responsibilities differ from point to point, because each lies nearer to some component than to others.
    That all come out as one over K means that the scores never entered: a table was filled at the start and
    returned, or the result of a loop was thrown away.

    `table = np.ones((5, 2)) / 2` and then, in a loop, `table + x`: the sum is computed and forgotten. To
    keep it, write into the table: `table[:, k] = x`.
    """
    return np.full((len(x), len(w)), 1 / len(w))


@mistake(
    "distances in place of densities", seen="patrickbochen/ExpectationMaximization: its E-step uses distances"
)
def _(x, w, m, c):
    """Your scores fall with the plain distance to the mean: every component has become a round Gaussian of
    width 1.

    How far a point is from a component must be measured in the component's own widths. Two steps from a
    narrow one is far, from a wide one it is near, and along a slant it is something between. The covariance
    says which; the distance by ruler does not know it.

    Means 0 and 5, sigmas 1 and 4, a point at 2: by ruler it is nearer to 0. In widths it is 2 from the
    first and 0.75 from the second.
    """
    centred = np.asarray(x)[:, None] - np.asarray(m)
    return rows(w * np.exp(-0.5 * (centred**2).sum(axis=2)))
