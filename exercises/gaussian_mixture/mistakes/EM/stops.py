"""How people get `EM` wrong: when the loop stops."""

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import em


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
    it stops too late or too soon. Write the name, not the number.

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


@mistake("one iteration too late", seen=OURS)
def _(*args, **kwargs):
    """Your loop notices one iteration too late that the gain is below `thresh`.

    The test belongs after the new log-likelihood has been appended, and compares the last two entries. A
    test at the top of the loop that sees an old gain runs one more iteration. So does a rule that waits for
    two small gains in a row. The text says: stop as soon as *the last gain* is smaller.

    Gains 5, 0.5, 0.05, 0.02 with `thresh=0.1`: the third gain, 0.05, is below it, so there are three
    iterations. The trace has four entries. A loop that runs on to 0.02 has five.
    """

    def stop(trace, thresh, n):
        return len(trace) > 2 and trace[-2] - trace[-3] < thresh

    return em(stop=stop)(*args, **kwargs)


@mistake("one iteration too early", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop throws its last iteration away: you return what was there before it.

    The gain can only be known after the iteration has been done. Its parameters are better than the old
    ones, if only by a little, and they are part of the answer. If the `break` comes before the new values
    are kept, all of that iteration is lost. Append and assign first; then test, and leave.

    Gains 5, 0.5, 0.05 with `thresh=0.1`: there are three iterations, and the trace has four entries. With
    the third thrown away it has three.
    """
    trace = em()(data, init_means, init_covariances, init_weights, maxiter, thresh)["loglik"]
    small = trace[-1] - trace[-2] < thresh
    rounds = max(len(trace) - 1 - small, 1)
    return em(stop=lambda *given: False)(data, init_means, init_covariances, init_weights, rounds)


@mistake("never stopped after the first iteration", seen=OURS)
def _(*args, **kwargs):
    """Your loop cannot stop after its first iteration, however little that one gains.

    With the initial value the trace has two entries after one iteration, and two are enough for a gain. A
    condition that asks for more than two entries, or for a second round, lets the loop run once more.
    It shows where the start is already near the top.

    A trace -330.00 and -329.98 with `thresh=0.1`: the gain is 0.02, which is below 0.1. So one iteration was
    enough, and the trace keeps two entries. `len(loglik) > 2` is False here; `len(loglik) > 1` is True.
    """
    return em(stop=lambda t, thresh, n: len(t) > 2 and t[-1] - t[-2] < thresh)(*args, **kwargs)


@mistake("a limit of its own", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop ends after a number of iterations that is written into it, though `maxiter` allows more.

    `maxiter` is the only limit that the caller has asked for. A smaller one of your own, such as 60 or 100,
    does not show where EM converges early. Where components overlap EM climbs slowly, and hundreds of
    iterations can be needed.

    `range(min(maxiter, 100))` has 100 rounds for `maxiter=120`, so the trace has 101 entries. It should have
    121. `range(maxiter)` has all of them, and the `break` by `thresh` still ends the loop sooner.
    """
    return em()(data, init_means, init_covariances, init_weights, min(maxiter, 100), thresh)
