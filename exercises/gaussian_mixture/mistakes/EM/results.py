"""How people get `EM` wrong: the trace, the start and what is returned."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import densities, em, responsibilities
from helpers import loglikelihood


@mistake("weights over K", seen="measured: weights of ten and more, means and covariances all right")
def _(*args, **kwargs):
    """Your weights are the soft counts divided by the number of components. So their sum is far more than 1.

    A weight is a share of all *points*. So divide by the sum of all counts. Nothing else shows the mistake.
    Each of your weights is too large by the same factor, N / K. When the E-step normalises, this factor
    cancels. So the responsibilities, means and covariances are correct, and only the weights themselves are
    wrong.

    The counts (30, 18, 52) sum to 100, so the weights are 0.30, 0.18 and 0.52. Divided by K = 3, they are 10,
    6 and 17.3.
    """

    def finish(out):
        count, K = len(out["resp"]), len(out["weights"])
        return out | {"weights": out["weights"] * count / K}

    return em(finish=finish)(*args, **kwargs)


@mistake("mean log-likelihood instead of the sum", seen="scikit-learn's `score` is the mean over the points")
def _(*args, **kwargs):
    """Your `loglik` holds the mean over the points, not the sum over the points.

    The log-likelihood of the data is the log of the probability of *all* points, so it is a sum of logs. The
    mean rises in the same iterations and has its maximum at the same place. So its curve looks alike. But its
    numbers are N times smaller. The gain that you compare with `thresh` is N times smaller, too.

    Two points have the log densities -2 and -4. The sum is -2 - 4 = -6, and the mean is -6 / 2 = -3.
    `loglikelihood` returns -6.
    """
    return em(finish=lambda out: out | {"loglik": np.array(out["loglik"]) / len(out["resp"])})(
        *args, **kwargs
    )


@mistake(
    "log of a sum and sum of logs exchanged", seen="blei-lab/edward#185; tonyduan/mixture-density-network#1"
)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """For each point, your log-likelihood takes the log of each component's part, and adds these logs.

    The density of a point is a *sum* of parts. The part of a component is its weight times its density. The
    log is taken of the sum. The log of a sum is not the sum of the logs. A component far away adds nearly
    nothing to the density. But the log of its part is a large negative number. The function `loglikelihood`
    takes the log of the sum.

    At one point, the parts of two components are 0.2 and 0.0001. The log of their sum is -1.61. The sum of
    their logs is -1.61 - 9.21 = -10.82. Most of this number comes from the component that has almost nothing
    to do with the point.
    """
    seen = []

    def e_step(x, w, m, c):
        seen.append((w, m, c))
        return responsibilities(x, w, m, c)

    run = em(e_step)(data, init_means, init_covariances, init_weights, maxiter, thresh)
    seen.append((run["weights"], run["means"], run["covs"]))
    with np.errstate(divide="ignore"):
        parts = [np.log(np.asarray(w) * densities(data, m, c)) for w, m, c in seen]
    return run | {"loglik": [part.sum() for part in parts]}


@mistake("likelihood without its log", seen="public Bernoulli mixtures: 3 of 31 have no log, or a wrong one")
def _(*args, **kwargs):
    """Your `loglik` holds likelihoods without their logs, or `exp` of log-likelihoods. Such numbers are soon
    rounded to 0.

    The likelihood multiplies the densities of all points. A hundred densities of about 0.05 have the product
    10 to the power of -130. With a few hundred points, the product is too small for a computer to store. The
    log turns the product into a sum of ordinary size. `loglikelihood` returns this sum. Do not take `exp` of
    it.

    For the log-likelihood -541, `exp` gives 10 to the power of -235. For -800, the result is already stored
    as 0. Then every gain is 0, too.
    """
    return em(finish=lambda out: out | {"loglik": np.exp(out["loglik"])})(*args, **kwargs)


@mistake("only the last log-likelihood", seen=OURS)
def _(*args, **kwargs):
    """Your `loglik` is one number. It must be a list: the value at the start, and the value after each
    iteration.

    This list is the best test of EM. It must never fall, and its length tells the number of iterations. The
    last value alone tells neither. Begin the list before the loop, with the log-likelihood of the start.
    Append the new log-likelihood in each iteration.

    Three iterations give four entries, such as -541, -373, -368, -367. The first entry is from before the
    loop. Each of the other entries is from the end of an iteration.
    """
    return em(finish=lambda out: out | {"loglik": out["loglik"][-1]})(*args, **kwargs)


@mistake("wrong sign of the log-likelihood", seen=OURS)
def _(*args, **kwargs):
    """Your `loglik` holds *minus* the log-likelihood. This is a loss, and it falls.

    Programs that minimise often use the negative log-likelihood. But EM maximises, and this exercise needs
    the log-likelihood itself. The log-likelihood rises. The gain of an iteration is the new value minus the
    old value. With the wrong sign, each gain is negative. Then a test such as `gain < thresh` is true in the
    first iteration.

    From -541 to -373, the gain is -373 - (-541) = 168. With the wrong sign, the values are 541 and 373, and
    373 - 541 = -168.
    """
    return em(finish=lambda out: out | {"loglik": [-value for value in out["loglik"]]})(*args, **kwargs)


@mistake("the start is not used", seen="labels or k-means used to start: two of 31 public Bernoulli mixtures")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop does not begin at the start that the caller gives.

    EM converges to a maximum near its start. So another start may lead to another result. Perhaps you draw a
    start at random, or take it from k-means or from known labels. It may lead to the same maximum here, and
    to another maximum with other data. Begin with the three arguments `init_means`, `init_covariances` and
    `init_weights`. The first entry of `loglik` is their log-likelihood.

    Write `means = init_means` before the loop, and the same for the other two arguments. Inside the loop, use
    `means`, and never `init_means`.
    """
    K = len(init_means)
    chosen = np.asarray(data)[np.linspace(0, len(data) - 1, K).astype(int)]
    return em()(data, chosen, init_covariances, np.full(K, 1 / K), maxiter, thresh)


@mistake("the start is returned", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """You return the parameters of the start. The results of the loop are lost.

    The last line must return the parameters that the loop computes. There are two usual causes of this
    mistake. The loop may store its results under other names than `return` uses. Or the body of the loop may
    be empty. You can recognise the start in your result: its means are points of the data.

    Suppose that you write `means = init_means` before the loop, `new_means = ...` inside it, and return
    `means`. Then you return the start. Use one name everywhere: `means = ...` inside the loop, too.
    """
    start = {"weights": init_weights, "means": init_means, "covs": init_covariances}
    trace = [loglikelihood(data, init_weights, init_means, init_covariances)]
    return start | {
        "loglik": trace,
        "resp": responsibilities(data, init_weights, init_means, init_covariances),
    }


@mistake("log-likelihood of the start missing", seen=OURS)
def _(*args, **kwargs):
    """Your `loglik` begins after the first iteration. The log-likelihood at the start is missing.

    The docstring says: at the start and after each iteration. The list is already begun for you, with the
    log-likelihood of the three `init_` arguments. Do not begin a new list inside the loop, and do not cut off
    the first entry. Otherwise the number of iterations is no longer the length minus one. The gain of the
    first iteration is lost, too.

    One iteration goes from -541 to -373. Then `loglik` holds -541 and -373, and the gain is 168. If it holds
    only -373, there is no gain.
    """
    return em(finish=lambda out: out | {"loglik": out["loglik"][1:]})(*args, **kwargs)


@mistake("always three components", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop works with three components at most. A fourth component gets lost.

    The run in this notebook has three components. But the start decides K: it is the number of rows of
    `init_means`. A 3 in your code equals K only by chance. If the start has more components, the others get
    no points. Then the first three components must also explain the points of the others.

    Write `K = len(init_means)` before the loop. Then write `range(K)` in place of `range(3)`. With four
    means, the weights have four entries, and `resp` has four columns. If no 3 is in your code, this happens
    automatically.
    """
    return em()(data, init_means[:3], init_covariances[:3], init_weights[:3], maxiter, thresh)
