"""How people get `bic` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _free(d, k):
    return k - 1 + k * d + k * d * (d + 1) / 2


@mistake("log-likelihood not doubled", seen=OURS)
def _(loglik, n, d, k):
    """You subtract the log-likelihood once. Subtract it twice, because the formula has -2 log L.

    BIC balances the log-likelihood against the penalty, which is p log N for p free parameters. With the
    factor 2, one more parameter lowers BIC if the log-likelihood rises by more than half of log N. Without
    the factor 2, the log-likelihood must rise by more than all of log N. Then you choose too few components.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log 10, and 5 · 2.303 =
    11.51. So BIC is 60 + 11.51 = 71.51. If you subtract the log-likelihood only once, you get 30 + 11.51 =
    41.51.
    """
    return _free(d, k) * np.log(n) - loglik


@mistake("higher is better", seen="R's mclust: its BIC is 2 loglik - p log N, and higher is better")
def _(loglik, n, d, k):
    """Both terms of your BIC have the wrong sign. Here lower is better: add the penalty, and subtract twice
    the log-likelihood. For p free parameters the penalty is p log N.

    Both forms of BIC are in use. The R package mclust computes 2 loglik - p log N, and chooses the model with
    the highest number. In scikit-learn and in this exercise, the lowest number is best. With the wrong signs,
    the lowest number belongs to the worst model.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log 10, and 5 · 2.303 =
    11.51. So BIC is 60 + 11.51 = 71.51. Your function returns -71.51. A worse fit must have a higher BIC:
    with the log-likelihood -40, BIC is 80 + 11.51 = 91.51.
    """
    return 2 * loglik - _free(d, k) * np.log(n)


@mistake("log-likelihood added, not subtracted", seen=OURS)
def _(loglik, n, d, k):
    """You add twice the log-likelihood. Subtract twice the log-likelihood, because a lower BIC is better
    here.

    A good fit has a high log-likelihood, and must have a low BIC. So the log-likelihood needs a minus sign.
    The penalty, p log N for p free parameters, needs a plus sign. In your function, a better fit and more
    parameters both raise BIC. In the correct formula, a better fit lowers BIC, and more parameters raise BIC.

    Two fits have 5 free parameters and 10 points each. The penalty of both is 5 log 10, and 5 · 2.303 =
    11.51. The log-likelihoods are -30 and -40, so the two BICs are 71.51 and 91.51. The first fit is better.
    If you add, you get -48.49 and -68.49. Then the second fit seems better.
    """
    return 2 * loglik + _free(d, k) * np.log(n)


@mistake("2 per parameter: the AIC", seen=OURS)
def _(loglik, n, d, k):
    """You multiply the number of free parameters by 2. Multiply this number by log N.

    With the factor 2, you compute AIC, the criterion of Akaike. AIC looks similar, but it aims at the model
    that predicts best. The penalty of BIC grows with the number of points: from 8 points on, log N is larger
    than 2. So BIC never chooses more components than AIC, and often fewer.

    The log-likelihood is -30, with 5 free parameters and 100 points. The penalty of BIC is 5 log 100, and 5 ·
    4.605 = 23.03. So BIC is 60 + 23.03 = 83.03. The penalty of AIC is 5 · 2 = 10. So AIC is 60 + 10 = 70.
    """
    return 2 * _free(d, k) - 2 * loglik


@mistake(
    "K weights instead of K - 1",
    seen="tkhkaeio/GNN_chemoinfo: 6 parameters for one Gaussian in the plane",
    worth=0.5,
)
def _(loglik, n, d, k):
    """You count K weights as free parameters. Count K - 1 weights.

    A parameter is free if you can choose it for any values of the other parameters. The weights sum to 1. So
    the last weight follows from the other weights, and it is not free. With K weights, BIC is too large by
    log N for every K. Your function still chooses the correct K, but its numbers are wrong.

    Three components have the weights 0.5, 0.3 and w. Then w must be 0.2, so only 2 of the 3 weights are free.
    A single component has the weight 1, so no weight is free.
    """
    return (_free(d, k) + 1) * np.log(n) - 2 * loglik


@mistake("weights not counted", seen=OURS)
def _(loglik, n, d, k):
    """You count the means and the covariances, but not the weights. The weights add K - 1 free parameters.

    EM fits the weights to the data, just like the means. Every fitted number can also fit noise, so it
    belongs in the penalty. The penalty is p log N for p free parameters. Without the weights, the penalty for
    each further component is too small by log N. Then you may choose one component too many.

    Three components have the weights 0.5, 0.3 and 0.2. Two weights are free. The third weight follows from
    them, because the sum is 1. With 10 points, two free weights add 2 log 10 to BIC, and 2 · 2.303 = 4.61.
    """
    return (_free(d, k) - (k - 1)) * np.log(n) - 2 * loglik


@mistake("all D × D covariance entries counted", seen="ageron/handson-ml2#253: 12 entries instead of 9")
def _(loglik, n, d, k):
    """You count all D × D entries of each covariance. Count only D (D + 1) / 2 entries, because a covariance
    is symmetric.

    Entry (i, j) and entry (j, i) of a covariance are the same number. If you know entry (i, j), you also know
    entry (j, i). So count the diagonal, and the entries on one side of the diagonal. If you count all
    entries, the penalty is too large. The difference grows with D.

    The covariance [[4, 1], [1, 2]] has four entries. The two entries off the diagonal must be equal, and both
    are 1 here. So the free parameters are 4, 1 and 2. These are 3 free parameters. In three dimensions, 6 of
    the 9 entries are free.
    """
    return (_free(d, k) + k * d * (d - 1) / 2) * np.log(n) - 2 * loglik


@mistake("K D parameters too few", seen="obidam/pcm: gmmbic.m counts D (D - 1) / 2 for a covariance")
def _(loglik, n, d, k):
    """You count K D free parameters too few. Either you do not count the means, or you do not count the
    diagonals of the covariances.

    Each component has a mean with D numbers. It also has a covariance, with D variances on the diagonal and D
    (D - 1) / 2 free entries off the diagonal. So the covariance alone has D (D + 1) / 2 free parameters.
    Every fitted number belongs in the penalty, which is p log N for p free parameters.

    One Gaussian in the plane has the mean (3, 5) and the covariance [[4, 1], [1, 2]]. The mean has 2
    parameters. The covariance has 3 free parameters: 4, 1 and 2. The sum is 2 + 3 = 5. Without the mean, or
    without the diagonal, you would count only 3.
    """
    return (_free(d, k) - k * d) * np.log(n) - 2 * loglik


@mistake("loglik minus half the penalty", seen="Bishop (4.139); MIT 6.86x, project 4")
def _(loglik, n, d, k):
    """You return the log-likelihood minus half of the penalty. Multiply this number by -2, because this
    exercise uses the form -2 log L + p log N. Here p is the number of free parameters.

    Some books define BIC as loglik - (p / 2) log N, and higher is better. That form chooses the same model.
    But you cannot compare its numbers with the numbers of other programs. Programs in Python usually use the
    form of this exercise, in which lower is better.

    The log-likelihood is -30, with 5 free parameters and 10 points. The penalty is 5 log 10, and 5 · 2.303 =
    11.51. Half of the penalty is 5.756. The form of the books is -30 - 5.756 = -35.76. The form of this
    exercise is 60 + 11.51 = 71.51.
    """
    return loglik - _free(d, k) * np.log(n) / 2


@mistake("log-likelihood multiplied by N", seen="scikit-learn/scikit-learn#23443: its score is a mean")
def _(loglik, n, d, k):
    """You multiply the log-likelihood by the number of points. Do not multiply: `loglik` is already the sum
    over all points.

    In scikit-learn, the function `score` returns a mean over the points. So scikit-learn's own code
    multiplies this mean by N. In this exercise `loglik` is the sum that EM computes. If you multiply the sum
    by N again, it is so large that the penalty hardly matters. Then the largest K wins almost always.

    Ten points have the log density -3 each, so the log-likelihood is 10 · (-3) = -30. With 5 free parameters
    the penalty is 5 log 10, and 5 · 2.303 = 11.51. BIC is 60 + 11.51 = 71.51. With -300 in place of -30, you
    get 600 + 11.51 = 611.51.
    """
    return _free(d, k) * np.log(n) - 2 * loglik * n


@mistake("brackets missing around the sum", seen=OURS)
def _(loglik, n, d, k):
    """You multiply only the parameters of the covariances by log N. Multiply the number of all free
    parameters by log N.

    Python multiplies before it adds. In a sum without brackets, only the last term is multiplied by log N.
    The penalty is the same for every free parameter. So first compute the number of all free parameters, and
    give this number a name, such as `p`. Then multiply `p` by log N.

    One Gaussian in the plane has 2 parameters for its mean and 3 for its covariance. With 10 points, the
    penalty is 5 log 10, and 5 · 2.303 = 11.51. Without brackets, you get 2 + 3 · 2.303 = 8.91.
    """
    return k - 1 + k * d + k * d * (d + 1) / 2 * np.log(n) - 2 * loglik
