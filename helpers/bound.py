"""Laws that change an answer a little: each answer of EM's steps maximises its lower bound.

After an E-step or an M-step the bound

    F(r, theta) = sum_nk r_nk (log pi_k + log p(x_n | theta_k) - log r_nk)

is at its maximum (Neal and Hinton, A view of the EM algorithm, 1998). So no small change may raise it. The
sixth assignment of Toronto's CSC411 is checked in this way. Such a law needs no formula for the answer, only
the bound.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import helpers  # its log densities load scipy: only a wrong answer needs them, so they are not imported here
from checks.finders import Stage
from checks.laws import Broken
from checks.texts import later, say
from helpers.laws import LAWS, Args, Numbers
from helpers.validate import one_row_each

STEP = 1e-3  # the relative size of a small change
RISE = 1e-9  # by how much the bound may seem to rise from rounding alone
PULL = 1e-4  # by how much one share or weight may seem to gain more than another


def _entry_by_entry(
    value: Numbers, bound: Callable[[Numbers], Numbers], step: Numbers | float, tolerance: float
) -> Broken | None:
    """Change each entry alone, for a bound that is a sum over entries. Say which entry gains the most."""
    now = bound(value)
    nudged = {later("larger"): value + step, later("smaller"): value - step}
    gains = {side: bound(changed) - now for side, changed in nudged.items()}
    side = max(gains, key=lambda each: gains[each].max())
    at = tuple(int(i) for i in np.unravel_index(gains[side].argmax(), value.shape))
    if not gains[side].max() > tolerance * np.abs(now).max():
        return None
    return Broken(say("it rises when the entry at {at} is made {side}", at=list(at), side=say(side)), at=at)


@LAWS.law(
    "the bound is at its top in the means",
    RISE,  # of the bound's size
    hint="the bound can still rise: a mean",
    stage=Stage.FAINT,
    reads=lambda means, args: (means, np.asarray(args["data"], dtype=float), np.asarray(args["resp"])),
)
def top_in_the_means(means: Numbers, data: Numbers, resp: Numbers, tolerance: float) -> Broken | None:
    """Your means do not maximise the lower bound of EM: the bound rises when you move one of them a little.

    The M-step puts each mean where the sum of the weighted squared distances to the points is smallest. From
    there no small move raises the bound. So your mean is not the weighted mean: check the sum, the divisor
    and the weights.

    The points 0 and 4 have the weights 3 and 1. With the mean 1, the weighted squared distances sum to 3 * 1
    + 1 * 9 = 12. With the mean 2 they sum to 3 * 4 + 1 * 4 = 16. So 1 is better, and 1 is the weighted mean.
    """

    def bound(means: Numbers) -> Numbers:
        return -np.einsum("nk,nkd->kd", resp, (data[:, None] - means) ** 2)

    return _entry_by_entry(means, bound, STEP * data.std(axis=0), tolerance)


@LAWS.law(
    "the bound is at its top in the covariances",
    RISE,
    hint="the bound can still rise: a covariance",
    stage=Stage.FAINT,
    reads=lambda covs, args: (covs, *(args[name] for name in ("data", "resp", "means"))),
)
def top_in_the_covariances(
    covs: Numbers, data: Numbers, resp: Numbers, means: Numbers, tolerance: float
) -> Broken | None:
    """Your covariances do not maximise the lower bound of EM: the bound rises when you make one of them a
    little wider or narrower.

    The M-step gives each component the width with the highest total log density of its weighted points. A
    component that is too wide has density where there are no points. One that is too narrow gives the outer
    points a very low density.

    Take the points -1 and 1, and the mean 0. With variance 1 each point has log density -1.42, with variance
    2 it has -1.52, and with variance 0.5 it has -1.57. The best variance is 1, the mean of the squares. Check
    the divisor, the centre and the weights.
    """

    def bound(each: Numbers) -> Numbers:
        return (np.asarray(resp) * helpers.log_gaussians(data, means, each)).sum(axis=0)

    try:
        now = bound(covs)
        gains = {
            later("wider"): bound((1 + STEP) * covs) - now,
            later("narrower"): bound((1 - STEP) * covs) - now,
        }
    except ValueError:  # a matrix that is not a covariance breaks another law
        return None
    side = max(gains, key=lambda each: gains[each].max())
    k = int(gains[side].argmax())
    if not gains[side][k] > tolerance:
        return None
    return Broken(
        say("it rises when covariance {k} is made {side}", k=k, side=say(side)),
        at=(k,),
        found=float(gains[side][k]),
    )


def _ink(log_p: Numbers, args: Args) -> tuple[Numbers, Numbers, Numbers]:
    """Return the probabilities, and the smoothed counts of ink and of paper."""
    resp = _shares(args)
    alpha, X = args.get("alpha", 1e-8), np.asarray(args["X"], dtype=float)
    return np.exp(log_p), alpha + resp.T @ X, alpha + resp.T @ (1 - X)


@LAWS.law(
    "the bound is at its top in the probabilities",
    RISE,  # of the bound's size
    hint="the bound can still rise: a probability",
    stage=Stage.FAINT,
    reads=_ink,
)
def top_in_the_probabilities(p: Numbers, ink: Numbers, paper: Numbers, tolerance: float) -> Broken | None:
    """Your probabilities of ink do not maximise the lower bound of EM, with its smoothing: the bound rises
    when you move one of them a little.

    For each component and pixel, the best probability is a share. It is the soft count of the images with ink
    in that pixel, divided by the soft count of all images. Smoothing adds the same small number to the count
    of ink and to the count of paper.

    The soft counts are 3 images with ink and 1 image without, and the smoothing is 0.5 for each of the two.
    The best probability is 3.5 / 5 = 0.7. If you forget the smoothing of paper, you get 3.5 / 4.5 = 0.78.
    """

    def bound(p: Numbers) -> Numbers:
        return ink * np.log(p) + paper * np.log1p(-p)

    return _entry_by_entry(p, bound, STEP * np.minimum(p, 1 - p), tolerance)


@LAWS.law(
    "the bound is at its top in the weights",
    PULL,  # relative to the largest pull (see below)
    hint="the bound can still rise: a weight",
    stage=Stage.FAINT,
    reads=lambda weights, args: (weights, np.asarray(args["counts"])),
)
def top_in_the_weights(weights: Numbers, counts: Numbers, tolerance: float) -> Broken | None:
    """Your weights sum to 1, but they do not maximise the lower bound of EM. The bound rises when a little
    weight passes from one component to another.

    The M-step gives each component its share of all points. This share depends on the soft count, and on
    nothing else about the component. With any other weights the points as a whole are less likely.

    For the counts (3, 1) the weights are 0.75 and 0.25. The weights 0.63 and 0.37 also sum to 1. But they
    make the three points of the first component less likely, and only the one point of the second component
    more likely.
    """
    # A pull is what the bound gains with a little more of this weight. At the maximum all pulls are equal.
    pull = counts / weights
    if pull.max() - pull.min() <= tolerance * pull.max():
        return None
    to, from_ = int(pull.argmax()), int(pull.argmin())
    return Broken(
        say("component {to} has too little and component {from_} too much", to=to, from_=from_),
        at=(to, from_),
    )


LAWS.form(
    top_in_the_weights,
    "the bound is at its top in the log weights",
    lambda log_mix, args: (np.exp(log_mix), _shares(args).sum(axis=0) + args.get("alpha", 1e-8)),
)


def _shares(args: Args) -> Numbers:
    return np.exp(one_row_each(args["log_resp"], len(args["X"])))


@LAWS.law(
    "the bound is at its top in the shares",
    PULL,
    hint="the bound can still rise: a share",
    stage=Stage.FAINT,
    reads=lambda resp, args: (np.log(resp), _gaussian_scores(args)),
)
def top_in_the_shares(log_resp: Numbers, scores: Numbers, tolerance: float) -> Broken | None:
    """Your responsibilities sum to 1, but they do not maximise the lower bound of EM. The bound rises when a
    little of a point's share passes from one component to another.

    In the E-step, the share of a component is proportional to its weight times its density at that point.
    With any other shares the bound is below the log-likelihood.

    The weights (0.75, 0.25) and the densities (0.2, 0.4) give the products 0.15 and 0.10, and the shares 0.6
    and 0.4. Look for a factor that is missing, or that you use twice: the weight, the width, or the constant
    of the density.
    """
    # In a correct row, score - log share is the same number for all components.
    pull = np.where(np.isfinite(log_resp), scores - log_resp, 0.0)
    spread = pull.max(axis=1) - pull.min(axis=1)
    n = int(spread.argmax())
    if not spread[n] > tolerance:
        return None
    to, from_ = int(pull[n].argmax()), int(pull[n].argmin())
    fact = say(
        "at point {n}, component {to} has too little and component {from_} too much", n=n, to=to, from_=from_
    )
    return Broken(fact, at=(n, to, from_))


LAWS.form(
    top_in_the_shares,
    "the bound is at its top in the log shares",
    lambda table, args: (one_row_each(table, len(args["X"])), _bernoulli_scores(args)),
)


def _gaussian_scores(args: Args) -> Numbers:
    return np.log(args["weights"]) + helpers.log_gaussians(args["data"], args["means"], args["covariances"])


def _bernoulli_scores(args: Args) -> Numbers:
    return helpers.log_bernoullis(args["X"], args["log_p"]) + np.ravel(args["log_mix"])
