"""How people get `EM` wrong: when the loop stops."""

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import em


@mistake("one iteration too many", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop does one iteration more than `maxiter` allows.

    `maxiter=1` means: one E-step, one M-step, and then the result. There are three usual causes of this
    mistake. A loop tests `maxiter` only after one more iteration. Or it uses `range(maxiter + 1)`. Or an
    iteration runs before the loop. If `thresh` stops the loop, you do not see the mistake. If `maxiter` stops
    it, all results are from one iteration too late.

    `range(3)` has three values: 0, 1 and 2. So there are three iterations, and `loglik` has four entries: the
    start, and one after each iteration.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter + 1, thresh)


@mistake("threshold ignored", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop stops by its own threshold. It does not use `thresh`.

    `thresh` is an argument because the caller decides how exact the result must be. Perhaps you wrote a
    number such as 0.0001 into the loop. This number is the default of `thresh`, so your loop is correct in
    this notebook. With another threshold it stops too late or too soon. Write the name `thresh` in place of
    the number.

    The gains are 5, 0.5 and 0.05, and `thresh=0.1`. Then the third iteration is the last. With 0.0001 in the
    code, the loop goes on.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter)


@mistake("maxiter ignored", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop runs until the threshold stops it. It does not use `maxiter`.

    `maxiter` is the largest number of iterations that the caller allows. This notebook uses it to look at EM
    after one iteration and after twelve. `while True`, or a fixed number in the loop, gives the same result
    only if EM converges earlier. Use both ways to stop: a loop over `range(maxiter)`, and a `break` inside
    it.

    With `maxiter=1` there is one E-step and one M-step. Then `loglik` has two entries: one from the start,
    and one after the iteration.
    """
    return em()(data, init_means, init_covariances, init_weights, 1000, thresh)


@mistake("stop by exact equality", seen="rdorado/bernoulli-mixture-model loops while any value differs")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop runs until the numbers no longer change at all.

    Near the maximum, EM's steps become smaller and smaller, but they do not become 0. Only rounding can end
    them, after many iterations. Sometimes the loop never ends, because two values alternate in their last
    digit. Compare the gain of the log-likelihood with `thresh` instead. Stop as soon as the gain is smaller.

    Numbers that should be equal can differ in the last digit. `0.1 + 0.2 == 0.3` is `False` on every
    computer. `abs(0.1 + 0.2 - 0.3) < 1e-9` is `True`.
    """
    return em()(data, init_means, init_covariances, init_weights, maxiter, 1e-13)


@mistake("never stops before maxiter", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop always runs until `maxiter`. It does not stop when EM has converged.

    After each iteration, compare the new log-likelihood with the one before. As soon as the gain is smaller
    than `thresh`, more iterations would change almost nothing. So end the loop with `break`. Without it, a
    thousand iterations run where thirty are enough. The length of `loglik` then does not tell when EM
    converged.

    `loglik` ends with -330.0, -320.0, -319.99995. The last gain is 0.00005. This is smaller than 0.0001, so
    this iteration was the last.
    """
    return em(stop=lambda *given: False)(data, init_means, init_covariances, init_weights, maxiter, thresh)


@mistake(
    "stopped after the first iteration",
    seen="ShangtongZhang/reinforcement-learning-an-introduction#1: an alias",
)
def _(*args, **kwargs):
    """Your loop stops after its first iteration, as if EM had already converged.

    Often the old value is not kept: it only gets a second name. After `old = new`, both names belong to the
    same array. If one changes, the other changes too, and their difference is always 0. The same happens if
    you overwrite the old value just before you compare.

    After `a = np.array([1.0]); b = a; a += 1`, `b` holds 2 as well, and `a - b` is 0. With `b = a.copy()` it
    is 1. Numbers in a list are safe: `loglik[-1] - loglik[-2]` is the gain.
    """
    return em(stop=lambda *given: True)(*args, **kwargs)


@mistake(
    "gain measured for each point", seen="scikit-learn's `tol` is per point, this exercise's `thresh` is not"
)
def _(*args, **kwargs):
    """Your loop compares the gain *per point* with `thresh`, so it stops too soon.

    The log-likelihood is a sum over all points, and so is its gain. Divided by N, the gain is N times
    smaller. So it is below the threshold earlier. The library scikit-learn divides by N, so both ways are in
    use. But the docstring of this exercise means the sum.

    With 100 points, a gain of 0.005 is 0.005 / 100 = 0.00005 per point. The gain is larger than 0.0001, but
    the gain per point is smaller. On a plateau this can decide between two different results.
    """
    return em(stop=lambda t, thresh, n: (t[-1] - t[-2]) / n < thresh)(*args, **kwargs)


@mistake("one iteration too late", seen=OURS)
def _(*args, **kwargs):
    """Your loop notices one iteration too late that the gain is smaller than `thresh`.

    First append the new log-likelihood. Then compare the last two entries. If the test is at the beginning of
    the loop, it sees an old gain, and one more iteration runs. A rule that waits for two small gains in a row
    has the same effect. The notebook says: stop as soon as *the last gain* is smaller.

    The gains are 5, 0.5, 0.05 and 0.02, and `thresh=0.1`. The third gain, 0.05, is smaller. So there are
    three iterations, and `loglik` has four entries. A loop that runs on to the gain 0.02 has five entries.
    """

    def stop(trace, thresh, n):
        return len(trace) > 2 and trace[-2] - trace[-3] < thresh

    return em(stop=stop)(*args, **kwargs)


@mistake("one iteration too early", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop throws its last iteration away: you return the parameters from before it.

    You know the gain only after the iteration is done. Its parameters are better than the old ones, even if
    only slightly. They are part of the answer. If `break` comes before you store the new values, the whole
    iteration is lost. First append and assign the new values. Then test the gain, and leave the loop.

    The gains are 5, 0.5 and 0.05, and `thresh=0.1`. There are three iterations, so `loglik` has four entries.
    Without the third iteration it has three.
    """
    trace = em()(data, init_means, init_covariances, init_weights, maxiter, thresh)["loglik"]
    small = trace[-1] - trace[-2] < thresh
    rounds = max(len(trace) - 1 - small, 1)
    return em(stop=lambda *given: False)(data, init_means, init_covariances, init_weights, rounds)


@mistake("never stopped after the first iteration", seen=OURS)
def _(*args, **kwargs):
    """Your loop cannot stop after its first iteration, even if this iteration gains almost nothing.

    `loglik` has the value of the start, so it has two entries after one iteration. Two entries are enough for
    a gain. Perhaps your condition needs more than two entries, or a second iteration. Then the loop runs once
    more. You see the mistake only if the start is already near the maximum.

    `loglik` is -330.00, -329.98, and `thresh=0.1`. The gain is 0.02, which is smaller than 0.1. So one
    iteration was enough, and `loglik` keeps two entries. `len(loglik) > 2` is `False` here, but `len(loglik)
    > 1` is `True`.
    """
    return em(stop=lambda t, thresh, n: len(t) > 2 and t[-1] - t[-2] < thresh)(*args, **kwargs)


@mistake("a fixed limit of iterations", seen=OURS)
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    """Your loop ends after a fixed number of iterations that is in your code, although `maxiter` allows more.

    Only `maxiter` may limit the number of iterations. Your code has a smaller limit, such as 60 or 100. If EM
    converges early, you do not see the mistake. If components overlap, EM converges slowly and can need
    hundreds of iterations.

    The caller gives `maxiter=120`. `range(min(maxiter, 100))` allows only 100 iterations. So `loglik` has 101
    entries: one before the first iteration, and one after each iteration. It should have 121. Use
    `range(maxiter)`: the `break` by `thresh` still ends the loop earlier if EM has converged.
    """
    return em()(data, init_means, init_covariances, init_weights, min(maxiter, 100), thresh)
