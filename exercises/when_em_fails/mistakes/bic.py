"""How people get `bic` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _free(d, k):
    return k - 1 + k * d + k * d * (d + 1) / 2


@mistake("log-likelihood not doubled", seen=OURS)
def _(loglik, n, d, k):
    """You subtract the log-likelihood once. Subtract it twice, because the formula has the factor 2.

    The log-likelihood and the penalty, p log N, are balanced against each other. One more parameter pays if
    it raises the log-likelihood by more than half of log N. Without the factor 2, it would have to raise it
    by all of log N. Then you choose too few components.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log
    10 = 5 · 2.303 = 11.51. So the criterion is 60 + 11.51 = 71.51. With the log-likelihood taken once it is
    30 + 11.51 = 41.51.
    """
    return _free(d, k) * np.log(n) - loglik


@mistake("higher is better", seen="R's mclust: its BIC is 2 loglik - p log N, and higher is better")
def _(loglik, n, d, k):
    """Both terms of your criterion have the wrong sign. Here lower is better: the penalty, p log N, is added
    and the log-likelihood is subtracted.

    Both forms are in use. R's package mclust calls 2 loglik - p log N the BIC, and takes the model with the
    highest. In scikit-learn and in this exercise the lowest is best. With the sign reversed, the smallest
    number belongs to the worst model.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log
    10 = 5 · 2.303 = 11.51, and the criterion is 60 + 11.51 = 71.51. With both signs reversed it is -71.51. A
    worse fit must have a larger criterion: with the log-likelihood -40 it is 91.51.
    """
    return 2 * loglik - _free(d, k) * np.log(n)


@mistake("log-likelihood added, not subtracted", seen=OURS)
def _(loglik, n, d, k):
    """You add twice the log-likelihood. Subtract it, because lower is better here.

    A good fit has a high log-likelihood, and a good model should have a low criterion. So the log-likelihood
    needs a minus, and the penalty, p log N, needs a plus. In your version a better fit and more parameters
    both make the number larger. They should work against each other.

    Two fits have 5 free parameters and 10 points each. Their log-likelihoods are -30 and -40. The criteria
    are 71.51 and 91.51, so the first fit is better. If you add, you get -48.49 and -68.49. Then the second
    seems better.
    """
    return 2 * loglik + _free(d, k) * np.log(n)


@mistake("2 per parameter: the AIC", seen=OURS)
def _(loglik, n, d, k):
    """You multiply the number of free parameters by 2. Multiply it by log N.

    With the factor 2 the number is Akaike's criterion, the AIC. It looks similar, but it aims at the model
    that predicts best. The penalty of the BIC, p log N, grows with the number of points. From 8 points on,
    log N is larger than 2. So the BIC never chooses more components than the AIC, and often fewer.

    The log-likelihood is -30, with 5 free parameters and 100 points. The BIC is 60 + 5 log 100. Here 5 log
    100 = 5 · 4.605 = 23.03, so it is 83.03. The AIC is 60 + 5 · 2 = 70.
    """
    return 2 * _free(d, k) - 2 * loglik


@mistake(
    "K weights instead of K - 1",
    seen="tkhkaeio/GNN_chemoinfo: 6 parameters for one Gaussian in the plane",
    worth=0.5,
)
def _(loglik, n, d, k):
    """You count K weights as free parameters. Count K - 1.

    A parameter is free if it can be chosen whatever the others are. The weights sum to 1. So the last
    weight follows from the others and is not free. Your criterion is too large by log N for every K. The
    order of the models is still right, but the number is not.

    Three components have the weights 0.5, 0.3 and w. Then w must be 0.2. Only 2 of the 3 weights are free.
    A single component has the weight 1, and nothing is free.
    """
    return (_free(d, k) + 1) * np.log(n) - 2 * loglik


@mistake("weights not counted", seen=OURS)
def _(loglik, n, d, k):
    """You count the means and the covariances, but not the weights. The weights add K - 1 free parameters.

    EM fits the weights to the data as it fits the means. Every number that is fitted can also fit noise, so
    it belongs in the penalty, p log N. Without the weights each further component is cheaper by log N, and
    you may choose one component too many.

    Three components have the weights 0.5, 0.3 and 0.2. Two of them are free, and the third follows, because
    the sum is 1. With 10 points they add 2 log 10 = 2 · 2.303 = 4.61 to the criterion.
    """
    return (_free(d, k) - (k - 1)) * np.log(n) - 2 * loglik


@mistake("all D × D covariance entries counted", seen="ageron/handson-ml2#253: 12 entries instead of 9")
def _(loglik, n, d, k):
    """You count all D × D entries of each covariance. A covariance is symmetric, so D (D + 1) / 2 of them
    are free.

    An entry and its mirror image across the diagonal are the same number. Whoever knows one of them knows the
    other. So only the diagonal and one of its two sides count. With all entries the penalty, p log N, is too
    large, and the excess grows with D.

    The covariance [[4, 1], [1, 2]] has four entries. The two entries 1 must be equal. So 4, 1 and 2 are its
    free parameters, 3 in all. In three dimensions 6 of 9 entries are free.
    """
    return (_free(d, k) + k * d * (d - 1) / 2) * np.log(n) - 2 * loglik


@mistake("K D parameters too few", seen="obidam/pcm: gmmbic.m counts D (D - 1) / 2 for a covariance")
def _(loglik, n, d, k):
    """You count K D free parameters too few. Either the means are not counted, or the diagonals of the
    covariances are not.

    Each component has D numbers for its mean. Its covariance has D variances on the diagonal. On one side of
    the diagonal it has D (D - 1) / 2 entries more. The covariance alone has D (D + 1) / 2. Every fitted
    number belongs in the penalty, p log N.

    One Gaussian in the plane has the mean (3, 5) and the covariance [[4, 1], [1, 2]]. The mean has 2
    parameters. The covariance has 3, namely 4, 1 and 2. That is 5 in all. Without the mean, or without the
    diagonal, it would be 3.
    """
    return (_free(d, k) - k * d) * np.log(n) - 2 * loglik


@mistake("loglik minus half the penalty", seen="Bishop (4.139); MIT 6.86x, project 4")
def _(loglik, n, d, k):
    """You return the log-likelihood minus half of the penalty, p log N. Multiply this by -2 to get the form
    that is asked for.

    Some books define the criterion as loglik - (p / 2) log N, where higher is better. It chooses the same
    model. But its numbers cannot be compared with those of other programs. The form with the factor -2 is
    the usual one in Python, and there lower is better.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log
    10 = 5 · 2.303 = 11.51, and half of it is 5.756. The books' form is -30 - 5.756 = -35.76. The form asked
    for is 71.51.
    """
    return loglik - _free(d, k) * np.log(n) / 2


@mistake("log-likelihood multiplied by N", seen="scikit-learn/scikit-learn#23443: its score is a mean")
def _(loglik, n, d, k):
    """You multiply the log-likelihood by the number of points. It is already the sum over all points, so
    take it as it is.

    In scikit-learn `score` returns a mean, so scikit-learn's own code multiplies the mean by N. Here `loglik`
    is the sum that EM reports. Multiplied again, it is so large that the penalty, p log N, hardly counts.
    Then the largest K wins almost always.

    Ten points have the log density -3 each. The log-likelihood is -30. With 5 free parameters the penalty is
    5 log 10 = 5 · 2.303 = 11.51, and the criterion is 60 + 11.51 = 71.51. With -300 in place of -30 it is
    600 + 11.51 = 611.51.
    """
    return _free(d, k) * np.log(n) - 2 * loglik * n


@mistake("brackets missing around the sum", seen=OURS)
def _(loglik, n, d, k):
    """You multiply only the covariances' parameters by log N. Multiply the number of all free parameters.

    Python multiplies before it adds. Without brackets the factor belongs to the last term of a sum only.
    All free parameters are penalised alike, so compute their number first. A name for this number helps, such
    as `p`.

    One Gaussian in the plane has 2 parameters for its mean and 3 for its covariance. With 10 points the
    penalty, p log N, is 5 log 10 = 5 · 2.303 = 11.51. Without brackets it is 2 + 3 · 2.303 = 8.91.
    """
    return k - 1 + k * d + k * d * (d + 1) / 2 * np.log(n) - 2 * loglik
