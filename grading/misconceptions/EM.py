"""How people get `EM` wrong: a step that is wrong inside the loop, the stop, the trace, the result."""

import numpy as np

from grading.misconceptions import OURS, mistake
from grading.misconceptions._gaussian import (
    densities,
    diagonal,
    em,
    hard,
    new_parameters,
    responsibilities,
    rows,
    spread,
)
from helpers import loglikelihood


@mistake("old mean in the covariance", seen="measured: the same end after 34 iterations instead of 29")
def _(*args, **kwargs):
    """Your covariances are computed about the means of the *last* iteration.

    The M-step looks for the parameters that are best together. The best covariance is the scatter about the
    new mean; about the old one it is larger, by the square of the step. At convergence old and new agree,
    so the end is the same and only the way is longer: nobody notices from the picture.

    Points -1 and 1, old mean 2: about the new mean 0 the variance is 1. About the old one it is (9 + 1) / 2
    = 5, which is 1 + 2². Re-estimate the means first, and hand the new ones on.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, covs=spread(x, r, r.sum(axis=0), m))

    return em(m_step=m_step)(*args, **kwargs)


@mistake(
    "mixing weights forgotten in the loop", seen="measured: 60 iterations, the second mean at 4.13, not 4.94"
)
def _(*args, **kwargs):
    """The E-step in your loop compares densities alone: the mixing weights have no effect.

    They are re-estimated and returned, but nothing uses them. In the first iteration that does not show,
    because all weights are equal; afterwards a small component claims as much as a large one, and the fit
    ends elsewhere. Let the loop call `compute_responsibilities` with the present weights.

    Densities 0.2 and 0.4 with weights 0.75 and 0.25: shares 0.6 and 0.4. Without the weights 1/3 and 2/3.
    """
    return em(e_step=lambda x, w, m, c: rows(densities(x, m, c)))(*args, **kwargs)


@mistake(
    "starting weights kept in the E-step", seen="liu6tot: a Bernoulli mixture whose E-step keeps the first pi"
)
def _(*args, **kwargs):
    """The E-step in your loop goes on with the weights of the *start*.

    Each iteration must use all that the last one found. If one parameter is re-estimated under another
    name, or the call still names `init_weights`, it stays as it was for ever. The means and covariances
    move, so the picture looks alive, but the fit ends elsewhere.

    `weights = init_weights` before the loop, `weights = ...` inside it, and `weights` in the call: then the
    second round sees the first round's result. With `init_weights` in the call it never does.
    """
    start = kwargs.get("init_weights", args[3] if len(args) > 3 else None)
    return em(e_step=lambda x, w, m, c: responsibilities(x, start, m, c))(*args, **kwargs)


@mistake("E-step before the loop", seen=OURS)
def _(*args, **kwargs):
    """Your responsibilities are computed once, before the loop, and never again.

    EM goes back and forth: the parameters decide the responsibilities, and these decide the parameters.
    With the E-step outside, the second round re-estimates from the same table and finds the same numbers;
    the log-likelihood gains nothing, and the loop stops after its second round. Both steps belong inside.
    Both steps belong inside.

    -541, -373, -373: that is a trace which has stopped learning. With the E-step inside it goes on: -541,
    -373, -368, ..., -319.
    """
    kept = []

    def e_step(*given):
        kept.append(responsibilities(*given) if not kept else kept[0])
        return kept[0]

    return em(e_step=e_step)(*args, **kwargs)


@mistake("hard instead of soft", seen="measured: it stops after six iterations, in another place")
def _(*args, **kwargs):
    """Your loop gives each point to one component: that is k-means with ellipses, not EM.

    After the E-step a point between two components belongs to both, in parts. With all or nothing the
    components lose the points at their rims, come out too narrow, and the loop is stuck after a few
    iterations, because no point changes sides any more. The log-likelihood is lower than it could be.

    Shares 0.6 and 0.4 stay as they are: the point pulls with 0.6 on the one mean and with 0.4 on the other.
    """
    return em(e_step=lambda *given: hard(responsibilities(*given)))(*args, **kwargs)


@mistake("diagonal covariances", seen="measured: 26 iterations, and upright ellipses")
def _(*args, **kwargs):
    """The covariances in your loop have only their diagonals, so no ellipse can lean.

    What stands beside the diagonal says how two coordinates vary together. Without it a slanting cloud
    needs an upright ellipse that is too wide both ways, and points across the slant seem near. Take the
    whole outer product of each centred point with itself.

    For the centred point (1, 2) the outer product is [[1, 2], [2, 4]]. With the squares alone it is [[1,
    0], [0, 4]].
    """

    def m_step(x, r, w, m, c):
        w, m, c = new_parameters(x, r)
        return w, m, diagonal(c)

    return em(m_step=m_step)(*args, **kwargs)


@mistake(
    "covariances over the count less one", seen="measured: 38 iterations, the second mean at 4.934, not 4.938"
)
def _(*args, **kwargs):
    """The covariances in your loop are divided by the soft counts less one.

    That is the unbiased variance of a sample, and `np.cov` does it unless told otherwise. The M-step
    maximises the likelihood, whose maximum has the count itself. With the smaller divisor each iteration
    ends a little beside the top, and the loop converges to a neighbouring place that is not a maximum.

    Squared distances 1 and 9: 10 / 2 = 5. Less one: 10 / 1 = 10. `np.cov` has `bias=True` or `ddof=0` for
    the first, and `aweights` for the shares.
    """

    def m_step(x, r, w, m, c):
        n = r.sum(axis=0)
        return new_parameters(x, r, covs=spread(x, r, n - 1, r.T @ x / n[:, None]))

    return em(m_step=m_step)(*args, **kwargs)


@mistake("covariances over N", seen=OURS)
def _(*args, **kwargs):
    """The covariances in your loop are divided by the number of all points.

    Each covariance is a weighted mean, and is divided by the sum of its own weights, the soft count.
    Divided by N, a component with a third of the points gets a third of its variance. It becomes too
    narrow, and the log-likelihood shows it: it falls, or stays far below what can be reached.

    Squared distances 1 and 9 with weights 0.5 and 0.5, among ten points: 5 / 1 = 5 is right, 5 / 10 = 0.5
    is not.
    """

    def m_step(x, r, w, m, c):
        n = r.sum(axis=0)
        return new_parameters(x, r, covs=spread(x, r, len(x), r.T @ x / n[:, None]))

    return em(m_step=m_step)(*args, **kwargs)


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


@mistake("one iteration too many", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop does one iteration more than `maxiter` allows.

    `maxiter=1` means: one E-step, one M-step, and then the result. A loop that tests after it has counted,
    or `range(maxiter + 1)`, or an iteration before the loop begins, adds one. Where the threshold stops the
    loop it does not show; where `maxiter` does, every number is one iteration further.

    `range(3)` has the three rounds 0, 1, 2. With the initial value the trace then has four entries: one
    before the first round and one after each.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter + 1, thresh)


@mistake("threshold ignored", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop stops by a threshold of its own, whatever `thresh` says.

    `thresh` is an argument so that the caller decides how exact the result must be. A number written into
    the loop, such as 0.0001, agrees with the default and so passes in this notebook. With another threshold
    it stops too late or too soon. Write the name, not the number. Write the name, not the number.

    Gains of 5, 0.5, 0.05: with `thresh=0.1` the third is the last. With 0.0001 written into the code the
    loop goes on.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter)


@mistake("maxiter ignored", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop goes on until the threshold stops it, whatever `maxiter` says.

    `maxiter` is the most iterations that the caller allows. This notebook uses it to look at EM on the way:
    after one iteration, after twelve. A `while True`, or a number written into the loop, agrees with it
    only where EM converges sooner. Both ways to stop belong in: a loop over `range(maxiter)`, and a `break`
    inside it.

    With `maxiter=1` there is one E-step and one M-step, and the trace has two entries, one before and one
    after.
    """
    return em()(data, init_means, init_covariances, init_weights, 1000, thresh)


@mistake("stop by exact equality", seen="rdorado/bernoulli-mixture-model loops while any value differs")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop goes on until the numbers do not change at all.

    Near the top EM's steps become smaller and smaller, but they do not become 0; only rounding ends them,
    after many iterations, or never, if two values take turns in the last digit. Compare the gain of the
    log-likelihood with `thresh` instead, and stop as soon as it is smaller.

    0.1 + 0.2 == 0.3 is False on every computer, and `abs(0.1 + 0.2 - 0.3) < 1e-9` is True.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter, 1e-13)


@mistake("no stop but maxiter", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop always goes on to `maxiter`: nothing stops it when it has converged.

    After each iteration compare the new log-likelihood with the one before. As soon as the gain is smaller
    than `thresh`, nothing worth having is left, and the loop ends by `break`. Without it a thousand
    iterations run where thirty do, and the length of the trace tells nothing.

    A trace -330.0, -320.0, -319.99995: the last gain is 0.00005, which is below 0.0001, so this was the
    last iteration.
    """
    return em(stop=lambda *given: False)(data, init_means, init_covariances, init_weights, maxiter, thresh)


@mistake(
    "stopped after the first iteration",
    seen="ShangtongZhang/reinforcement-learning-an-introduction#1: an alias",
)
def _(*args, **kwargs):
    """Your loop stops after its first iteration, as if it had already converged.

    Often the old value is not kept, but only given a second name. `old = new` names the same array twice;
    when one changes, so does the other, and their difference is always 0. The same happens if the old value
    is overwritten just before the comparison.

    `a = np.array([1.0]); b = a; a += 1`: now `b` is 2 as well, and `a - b` is 0. With `b = a.copy()` it is
    1. Numbers in a list are safe: `loglik[-1] - loglik[-2]`.
    """
    return em(stop=lambda *given: True)(*args, **kwargs)


@mistake(
    "gain measured for each point", seen="scikit-learn's `tol` is per point, this exercise's `thresh` is not"
)
def _(*args, **kwargs):
    """Your loop compares the gain *per point* with `thresh`, so it stops too soon.

    The log-likelihood is a sum over all points, and so is its gain. Divided by N it is N times smaller and
    falls below the threshold earlier. scikit-learn does it like that, so both are in use; here the
    docstring means the sum.

    With 100 points a gain of 0.005 is 0.00005 a point: below 0.0001 the one way, above it the other. On a
    plateau that can make the difference between two fits.
    """
    return em(stop=lambda t, thresh, n: (t[-1] - t[-2]) / n < thresh)(*args, **kwargs)


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
