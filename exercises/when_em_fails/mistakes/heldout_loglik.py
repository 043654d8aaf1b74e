"""How people get `heldout_loglik` wrong."""

import numpy as np

from checks.authors import OURS, mistake
from helpers import log_gaussians, log_sum_exp


def _joint(x, weights, means, covs):
    return np.log(weights) + log_gaussians(x, means, covs)


def _logs(x, weights, means, covs):
    return log_sum_exp(_joint(x, weights, means, covs), axis=1)


@mistake("sum instead of mean", seen="scikit-learn/scikit-learn#2911: score returns the sum", worth=0.5)
def _(x, weights, means, covs):
    """You return the sum of the log densities. Return their mean over the points.

    A sum depends on the number of points. Usually there are fewer held-out points than fitted points, so you
    cannot compare the two sums. A mean is the log density of a typical point. You can compare the means of
    two sets of any size.

    Two points have the densities 0.2 and 0.05. Their logs are -1.609 and -2.996. The mean is -2.303 and the
    sum is -4.605. Now count each point twice. The mean is still -2.303. But the sum becomes -9.210, although
    the mixture fits as well as before.
    """
    return _logs(x, weights, means, covs).sum()


@mistake("mixing weights forgotten", seen="astroML/astroML#58: the components' amplitudes were missing")
def _(x, weights, means, covs):
    """You add the densities of the components without their weights. Multiply each density by the weight of
    its component.

    The density of a mixture is a weighted mean of the densities of its components. The weights sum to 1, so
    the density of the mixture integrates to 1. Without weights, it integrates to K. Then every log density is
    too large, and small components count as much as large components.

    A point has the density 0.4 under component 0 and 0.1 under component 1. The weights are 0.25 and 0.75.
    The mixture has the density 0.25 · 0.4 + 0.75 · 0.1 = 0.175, and its log is -1.743. Without weights, the
    sum is 0.4 + 0.1 = 0.5, and its log is -0.693.
    """
    return log_sum_exp(log_gaussians(x, means, covs), axis=1).mean()


@mistake("weights added to log densities", seen=OURS)
def _(x, weights, means, covs):
    """You add the weights themselves to the log densities. Add the logs of the weights.

    The mixture multiplies each density by a weight. The log of a product is the sum of two logs. So both
    numbers must be logs before you add. A weight is positive, so your sum is larger than the log density. But
    the log of a weight is never positive, so the correct sum is never larger.

    A weight is 0.5 and a density is 0.4. The product is 0.5 · 0.4 = 0.2, and its log is -1.609. In logs, you
    get the same number: -0.693 - 0.916 = -1.609. If you add the weight 0.5 itself, you get 0.5 - 0.916 =
    -0.416. This is the log of 0.66.
    """
    return log_sum_exp(np.asarray(weights) + log_gaussians(x, means, covs), axis=1).mean()


@mistake("log of the mean density", seen=OURS)
def _(x, weights, means, covs):
    """You average the densities of the points, and take the log of this mean. First take the log of the
    density of each point. Then average the logs.

    The log-likelihood is the log of a product of densities, so it is a sum of logs. The log of a mean is
    never smaller than the mean of the logs. If you average densities, a point far from all components adds
    almost nothing. If you average logs, this point counts.

    Two points have the densities 0.2 and 0.05. Their logs are -1.609 and -2.996, and the mean of the logs is
    -2.303. This is the answer. The mean of the densities is 0.125, and its log is -2.079.
    """
    return log_sum_exp(_logs(x, weights, means, covs)) - np.log(len(x))


@mistake("only the best component", seen=OURS)
def _(x, weights, means, covs):
    """At each point, you use only the component with the largest weighted density. Add the weighted densities
    of all components.

    A point can come from any component. Its density under the mixture is the sum of the weighted densities.
    Where components overlap, several components have a large weighted density. If you leave some of them out,
    the density is too small. Inside `log_sum_exp`, the largest log is subtracted before `exp` to avoid
    overflow and underflow. This log is added back at the end. It does not replace the sum.

    At one point the weighted densities are 0.1 and 0.075. Their sum is 0.175, and its log is -1.743. The
    largest weighted density is 0.1, and its log is -2.303.
    """
    return _joint(x, weights, means, covs).max(axis=1).mean()


@mistake("weighted mean of the logs", seen=OURS)
def _(x, weights, means, covs):
    """You take the log of each component's density, and average these logs with the weights. First average
    the densities with the weights. Then take the log of the result.

    The density of the mixture is a weighted sum of densities. You need the log of this sum. The log of a sum
    is not the sum of the logs. A component far from a point has a very negative log density at this point. So
    this component makes your mean much smaller, but it hardly changes the density of the mixture.

    A point has the densities 0.4 and 0.1, and both weights are 0.5. The mixture has the density 0.5 · 0.4 +
    0.5 · 0.1 = 0.25, and its log is -1.386. The two logs are -0.916 and -2.303. Their weighted mean is
    -1.609.
    """
    return (log_gaussians(x, means, covs) * np.asarray(weights)).sum(axis=1).mean()


@mistake("logs added over the components", seen=OURS)
def _(x, weights, means, covs):
    """For each point, you add the logs of the weighted densities over the components. Add the weighted
    densities themselves, and take the log of their sum.

    A sum of logs is the log of a product. But the components are alternatives: a point comes from the first
    component, or from the second, and so on. So you must add their weighted densities, not multiply them.
    `log_sum_exp` takes logs of densities, and returns the log of the sum of the densities.

    At one point the weighted densities are 0.1 and 0.075. Their sum is 0.175, and its log is -1.743. Their
    logs are -2.303 and -2.590, which sum to -4.893. This is the log of the product, 0.1 · 0.075 = 0.0075.
    """
    return _joint(x, weights, means, covs).sum(axis=1).mean()


@mistake("log_sum_exp without an axis", seen="its default: a sum over everything, as numpy's")
def _(x, weights, means, covs):
    """You add the weighted densities of all points in one sum. Add the weighted densities of each point
    separately, and average the logs over the points.

    Without `axis`, `log_sum_exp` adds all numbers of the (N, K) table, and returns one number. The mean of
    one number is this number again. But first you need one log for each point, so the shape must be (N,).
    Each sum runs over the components only.

    Two points have the densities 0.2 and 0.05 under the mixture. Their logs are -1.609 and -2.996, and the
    mean of the logs is -2.303. The sum of both densities is 0.25, and its log is -1.386. Each further point
    makes this sum larger.
    """
    return log_sum_exp(_joint(x, weights, means, covs))


@mistake("summed over points, not components", seen=OURS)
def _(x, weights, means, covs):
    """For each component, you add the weighted densities over the points. For each point, add the weighted
    densities over the components.

    The (N, K) table has a row for each point and a column for each component. The density of a point is the
    sum of its row. `axis=0` adds down the columns, and gives K numbers. Here you need N numbers, one number
    for each point. Then you average their logs.

    Two points have the rows (0.1, 0.1) and (0.04, 0.01). The rows sum to 0.2 and 0.05, and the mean of the
    logs is -2.303. The columns sum to 0.14 and 0.11, and the mean of these logs is -2.087.
    """
    return np.mean(log_sum_exp(_joint(x, weights, means, covs), axis=0))


@mistake("the sign is reversed", seen=OURS, worth=0.5)
def _(x, weights, means, covs):
    """You return the negative of the mean log density. Return the mean log density itself, without the minus
    sign.

    Programs that minimise use the negative log-likelihood as a loss, and for a loss lower is better. Your
    function must return the mean log density, and here higher is better. With the minus sign, the fit with
    the highest number is the worst fit. A program that compares fits would choose this worst fit.

    Two points have the densities 0.2 and 0.05. The mean of their logs is -2.303, and this is the answer. For
    the densities 4 and 1, the logs are 1.386 and 0, so the answer is 0.693. A density may be larger than 1,
    so the answer may be negative or positive.
    """
    return -_logs(x, weights, means, covs).mean()


@mistake("logs averaged with the responsibilities", seen=OURS)
def _(x, weights, means, covs):
    """You average the logs of the weighted densities, weighted by the responsibilities. Add the weighted
    densities, and take the log of the sum.

    Your number is what the M-step maximises. It is smaller than the mean log density, most of all where
    components overlap. The two numbers are equal only if each point belongs to one component alone. You need
    no responsibilities in this function.

    At one point the weighted densities are 0.15 and 0.05. Their sum is 0.2, and its log is -1.609. The
    responsibilities are 0.75 and 0.25. The logs of 0.15 and 0.05 are -1.897 and -2.996. Their mean, weighted
    by the responsibilities, is -2.172.
    """
    joint = _joint(x, weights, means, covs)
    resp = np.exp(joint - log_sum_exp(joint, axis=1)[:, None])
    return (resp * np.where(resp > 0, joint, 0)).sum(axis=1).mean()
