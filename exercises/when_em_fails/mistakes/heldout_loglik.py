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

    A sum depends on the number of points. There are rarely as many held-out points as fitted ones, so the two
    sums cannot be compared. A mean is the log density of a typical point. You can compare it between two sets
    of any size.

    Two points have the densities 0.2 and 0.05. Their logs are -1.609 and -2.996. The mean is -2.303 and the
    sum is -4.605. If each point occurs twice, the mean is still -2.303. The sum becomes -9.210, although the
    mixture fits as well as before.
    """
    return _logs(x, weights, means, covs).sum()


@mistake("mixing weights forgotten", seen="astroML/astroML#58: the components' amplitudes were missing")
def _(x, weights, means, covs):
    """You add the densities of the components without their weights. Multiply each density by its weight.

    The density of a mixture is a weighted mean of the components' densities. The weights sum to 1, so the
    density of the mixture integrates to 1. Without weights it integrates to K. Then every log density is
    too large, and small components count as much as large ones.

    A point has the densities 0.4 and 0.1 under two components. Their weights are 0.25 and 0.75. The mixture
    has the density 0.1 + 0.075 = 0.175, and its log is -1.743. Without weights the sum is 0.5, and its log
    is -0.693.
    """
    return log_sum_exp(log_gaussians(x, means, covs), axis=1).mean()


@mistake("weights added to log densities", seen=OURS)
def _(x, weights, means, covs):
    """You add the weights themselves to the log densities. Add the logs of the weights.

    A weight multiplies a density. In logs a product becomes a sum of two logs. So both numbers must be logs
    before you add them. The weight itself is positive, so it makes the density larger. The log of a weight is
    never positive.

    A weight is 0.5 and a density is 0.4. Their product is 0.2, and its log is -1.609. In logs this is
    -0.693 + (-0.916) = -1.609. If you add 0.5 to -0.916, you get -0.416. That is the log of 0.66.
    """
    return log_sum_exp(np.asarray(weights) + log_gaussians(x, means, covs), axis=1).mean()


@mistake("log of the mean density", seen=OURS)
def _(x, weights, means, covs):
    """You average the densities of the points and take the log of this mean. Take the log of each point's
    density first, and average the logs.

    The log-likelihood is the log of a product of densities, so it is a sum of logs. The log of a mean is
    never smaller than the mean of the logs. In a mean of densities a point far from all components adds
    almost nothing. In a mean of logs it counts.

    Two points have the densities 0.2 and 0.05. Their logs are -1.609 and -2.996, with the mean -2.303. The
    mean density is 0.125, and its log is -2.079.
    """
    return log_sum_exp(_logs(x, weights, means, covs)) - np.log(len(x))


@mistake("only the best component", seen=OURS)
def _(x, weights, means, covs):
    """You use only the component with the largest weighted density at each point. Add the weighted
    densities of all components.

    A point can come from any component. Its density under the mixture is the sum over all these
    possibilities. Where components overlap, each of them adds a noticeable part. Without these parts the
    density is too small. Inside `log_sum_exp` the largest number is only taken out to avoid underflow. It
    does not replace the sum.

    At one point the weighted densities are 0.1 and 0.075. Their sum is 0.175, and its log is -1.743. The
    largest alone is 0.1, and its log is -2.303.
    """
    return _joint(x, weights, means, covs).max(axis=1).mean()


@mistake("weighted mean of the logs", seen=OURS)
def _(x, weights, means, covs):
    """You take the log of each component's density and average these logs with the weights. Average the
    densities with the weights first, and take the log of the result.

    The mixture is a weighted sum of densities, and the log is taken of this sum. The log of a sum is not the
    sum of the logs. A component far from a point has a very negative log there. It pulls your mean down,
    although it hardly changes the density.

    A point has the densities 0.4 and 0.1, and both weights are 0.5. The mixture has the density 0.25, and
    its log is -1.386. The weighted mean of the two logs is -1.609.
    """
    return (log_gaussians(x, means, covs) * np.asarray(weights)).sum(axis=1).mean()


@mistake("logs added over the components", seen=OURS)
def _(x, weights, means, covs):
    """You add the logs of the weighted densities over the components. Add the weighted densities
    themselves, and take the log of their sum.

    A sum of logs is the log of a product. But the components are alternatives: a point comes from the first
    or from the second. So their weighted densities are added, not multiplied. `log_sum_exp` takes logs of
    densities and returns the log of the sum of the densities.

    At one point the weighted densities are 0.1 and 0.075. Their sum is 0.175, and its log is -1.743. The
    sum of their logs is -4.893. That is the log of the product 0.0075.
    """
    return _joint(x, weights, means, covs).sum(axis=1).mean()


@mistake("log_sum_exp without an axis", seen="its default: a sum over everything, as numpy's")
def _(x, weights, means, covs):
    """You add the weighted densities of all points in one sum. Add those of each point separately, and
    average the logs over the points.

    Without `axis`, `log_sum_exp` adds the whole (N, K) table and returns one number. The mean of one number
    changes nothing. What you need first is one log for each point, (N,). The sum therefore runs over the
    components only.

    Two points have the densities 0.2 and 0.05 under the mixture. Their logs are -1.609 and -2.996, with the
    mean -2.303. The sum of both densities is 0.25, and its log is -1.386. With more points this number only
    grows.
    """
    return log_sum_exp(_joint(x, weights, means, covs))


@mistake("summed over points, not components", seen=OURS)
def _(x, weights, means, covs):
    """You add the weighted densities of each component over the points. Add those of each point over the
    components.

    The (N, K) table has a row for each point and a column for each component. The density of a point is the
    sum of its row. `axis=0` adds down the columns and gives K numbers. Here you need N numbers, one for each
    point. Their logs are then averaged.

    Two points have the rows (0.1, 0.1) and (0.04, 0.01). The rows sum to 0.2 and 0.05, and the mean of the
    logs is -2.303. The columns sum to 0.14 and 0.11, and the mean of these logs is -2.087.
    """
    return np.mean(log_sum_exp(_joint(x, weights, means, covs), axis=0))


@mistake("the sign is reversed", seen=OURS, worth=0.5)
def _(x, weights, means, covs):
    """You return the negative mean log density. Return it without the minus.

    Programs that minimise use the negative log-likelihood as a loss, and there less is better. This function
    returns the mean log density itself, and more is better. With the sign reversed, somebody who chooses the
    largest number chooses the worst fit.

    Two points have the densities 0.2 and 0.05. The mean of their logs is -2.303, and this is the answer. For
    the densities 4 and 1 the answer is 0.693. A density may be larger than 1, so both signs occur.
    """
    return -_logs(x, weights, means, covs).mean()


@mistake("logs averaged with the responsibilities", seen=OURS)
def _(x, weights, means, covs):
    """You average the logs of the weighted densities with the responsibilities. Add the weighted densities,
    and take the log of the sum.

    Your number is what the M-step maximises. It is smaller than the mean log density, most of all where
    components overlap. The two are equal only if each point belongs wholly to one component. No
    responsibilities are needed here.

    At one point the weighted densities are 0.15 and 0.05. Their sum is 0.2, and its log is -1.609. The
    responsibilities are 0.75 and 0.25. With these, the mean of the two logs is -2.172.
    """
    joint = _joint(x, weights, means, covs)
    resp = np.exp(joint - log_sum_exp(joint, axis=1)[:, None])
    return (resp * np.where(resp > 0, joint, 0)).sum(axis=1).mean()
