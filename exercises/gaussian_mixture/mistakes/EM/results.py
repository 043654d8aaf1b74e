"""How people get `EM` wrong: the trace, the start and what is returned."""

import numpy as np

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import densities, em, responsibilities
from helpers import loglikelihood


@mistake("weights over K", seen="measured: weights of ten and more, means and covariances all right")
def _(*args, **kwargs):
    """Your weights are the soft counts divided by the number of components, so together they are far more
    than 1.

    They multiply every component alike, by N / K too much, and normalising takes that factor out again. So
    the responsibilities, means and covariances come out right, and only the weights themselves are wrong.
    They are shares of all *points*: divide by what all counts sum to.

    Counts (30, 18, 52): 0.30, 0.18, 0.52 are together 1. Divided by 3 they are 10, 6 and 17.3.
    """

    def finish(out):
        count, K = len(out["resp"]), len(out["weights"])
        return out | {"weights": out["weights"] * count / K}

    return em(finish=finish)(*args, **kwargs)


@mistake("mean log-likelihood in the trace", seen="scikit-learn's `score` is the mean over the points")
def _(*args, **kwargs):
    """Your trace holds the mean of the log-likelihood over the points, not their sum.

    The log-likelihood of the data is the log of the probability of *all* points: their logs, added up. The
    mean has the same course and the same top, so the curve looks alike, but its numbers are N times
    smaller, and so is every gain that is compared with `thresh`.

    Points with the logs -2 and -4: together -6, on average -3. `loglikelihood` returns the -6.
    """
    return em(finish=lambda out: out | {"loglik": np.array(out["loglik"]) / len(out["resp"])})(
        *args, **kwargs
    )


@mistake(
    "log of a sum and sum of logs exchanged", seen="blei-lab/edward#185; tonyduan/mixture-density-network#1"
)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your log-likelihood takes the log of each component's part and adds these up.

    A point's density is a *sum* over components, weight times density, and the log is taken of that sum.
    The log of a sum is not the sum of logs: a component far away contributes nearly nothing to the sum, but
    its log is a large negative number.

    Parts 0.2 and 0.0001: the log of their sum is -1.61. The sum of their logs is -1.61 - 9.21 = -10.8,
    ruled by the component that has nothing to do with the point. `loglikelihood` does it rightly.
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
    """Your trace holds likelihoods, or exponentials of log-likelihoods: they are all rounded to 0.

    The likelihood multiplies the densities of all points. A hundred numbers of about 0.05 make 10 to the
    power of -130, and with a few hundred points nothing is left that a computer can keep. The log turns the
    product into a sum of ordinary size. That is what `loglikelihood` returns, and no `exp` belongs round
    it.

    `exp(-541)` is 10 to the power of -235. `exp(-800)` is 0, and so is every gain after it.
    """
    return em(finish=lambda out: out | {"loglik": np.exp(out["loglik"])})(*args, **kwargs)


@mistake("only the last log-likelihood", seen=OURS)
def _(*args, **kwargs):
    """Your `loglik` is one number. The whole course is asked for: the start, and after each iteration.

    The course is the best test that EM has. It must never fall, and its length says how many iterations
    there were. The last value alone shows neither. Keep a list, begun before the loop with the initial
    value, and append to it in each round.

    Three iterations give four entries, such as -541, -373, -368, -367: one before the loop and one after
    each.
    """
    return em(finish=lambda out: out | {"loglik": out["loglik"][-1]})(*args, **kwargs)


@mistake("sign of the log-likelihood turned round", seen=OURS)
def _(*args, **kwargs):
    """Your trace holds *minus* the log-likelihood, a loss that falls.

    Where things are minimised, the negative log-likelihood is the custom. EM climbs, and here the
    log-likelihood itself is asked for: it rises, and the gain is the new one minus the old one. With the
    sign turned, a gain becomes a loss, and a test such as `gain < thresh` is true at once.

    From -541 to -373 the gain is -373 - (-541) = 168. As losses, 541 and 373, the same difference is -168.
    """
    return em(finish=lambda out: out | {"loglik": [-value for value in out["loglik"]]})(*args, **kwargs)


@mistake("the start is not used", seen="labels or k-means used to start: two of 31 public Bernoulli mixtures")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop begins somewhere else than at the start it was given.

    EM climbs to a top near its start, so another start is another experiment. A start of your own, drawn at
    random, from k-means or from known labels, may end in the same place here and in another one with other
    data. The three arguments that begin with `init_` say where to begin, and the first value of the trace
    belongs to them.

    `means = init_means`, and so on, before the loop. Inside it none of the three is named again.
    """
    K = len(init_means)
    chosen = np.asarray(data)[np.linspace(0, len(data) - 1, K).astype(int)]
    return em()(data, chosen, init_covariances, np.full(K, 1 / K), maxiter, thresh)


@mistake("the start is returned", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """You return the parameters of the start: what the loop found is lost.

    What is assigned in the loop must be what the last line returns. If the loop writes to other names than
    the `return` reads, or the loop body is empty, the result is the start, unchanged. The means at the
    start are points of the data, which is easy to recognise.

    `means = init_means` before the loop, `new_means = ...` inside it, `return means`: nothing happened. Use
    one name for the present value all the way.
    """
    start = {"weights": init_weights, "means": init_means, "covs": init_covariances}
    trace = [loglikelihood(data, init_weights, init_means, init_covariances)]
    return start | {
        "loglik": trace,
        "resp": responsibilities(data, init_weights, init_means, init_covariances),
    }


@mistake("the trace without the start", seen=OURS)
def _(*args, **kwargs):
    """Your trace begins after the first iteration. The log-likelihood at the start is missing.

    The docstring asks for the value at the start and one after each iteration. The list is begun for you,
    with `loglikelihood` of the three `init_` arguments. If you begin a new list inside the loop, or cut the
    first entry off, the number of iterations is no longer one less than the length. The gain of the first
    iteration is lost as well.

    One iteration from -541 to -373: the trace is -541, -373, and the gain is 168. With -373 alone there is
    no gain at all.
    """
    return em(finish=lambda out: out | {"loglik": out["loglik"][1:]})(*args, **kwargs)


@mistake("three components, whatever is given", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop works with three components at most; a fourth one gets lost.

    This notebook's run has three, but the number K belongs to the start: it is the number of rows of
    `init_means`. A 3 written into the code agrees with K only by chance. With more components the others
    get no points, and the rest has to explain the points that were theirs.

    `K = len(init_means)` before the loop, then `range(K)` in place of `range(3)`. With four means the
    weights have four entries, and `resp` has four columns. Without the number they come out by themselves.
    """
    return em()(data, init_means[:3], init_covariances[:3], init_weights[:3], maxiter, thresh)
