"""How people get `EM` wrong: a step that is wrong inside the loop."""

from checks.authors import OURS, mistake
from exercises.pieces.gaussian import (
    densities,
    diagonal,
    em,
    hard,
    new_parameters,
    responsibilities,
    rows,
    spread,
)


@mistake("old mean in the covariance", seen="measured: the same end after 34 iterations instead of 29")
def _(*args, **kwargs):
    """Your covariances are computed around the old means. These are the means of the iteration before.

    The M-step looks for the parameters that are best together. The best covariance is the scatter around the
    new mean. Around the old mean, the scatter is larger, by the square of the step from the old to the new
    mean. At convergence the old and the new mean agree. So EM reaches the same result, only in more
    iterations. The figures do not show the mistake.

    The points are -1 and 1, and the old mean is 2. Around the new mean 0, the variance is 1. Around the old
    mean it is (9 + 1) / 2 = 5, and 1 + 2² = 5. Re-estimate the means first, and use them for the covariances.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, covs=spread(x, r, r.sum(axis=0), m))

    return em(m_step=m_step)(*args, **kwargs)


@mistake(
    "mixing weights forgotten in the loop", seen="measured: 60 iterations, the second mean at 4.13, not 4.94"
)
def _(*args, **kwargs):
    """The E-step in your loop compares only the densities. The mixing weights have no effect.

    Your loop re-estimates the weights and returns them, but it does not use them. In the first iteration this
    changes nothing, because all weights are equal. Later a small component gets as much as a large one, and
    EM converges to another result. Call `compute_responsibilities` in the loop, with the current weights.

    At one point the densities are 0.2 and 0.4, and the weights are 0.75 and 0.25. Weight times density is
    0.15 and 0.10, so the shares are 0.6 and 0.4. Without the weights, the shares would be 1/3 and 2/3.
    """
    return em(e_step=lambda x, w, m, c: rows(densities(x, m, c)))(*args, **kwargs)


@mistake(
    "starting weights kept in the E-step", seen="liu6tot: a Bernoulli mixture whose E-step keeps the first pi"
)
def _(*args, **kwargs):
    """The E-step in your loop always uses the weights of the *start*.

    Each iteration must use all parameters that the iteration before found. There are two usual causes of this
    mistake. You store the new weights under another name, or the call of your E-step still contains
    `init_weights`. Then the weights in the E-step never change. The means and covariances do change, so the
    figures look normal. But EM converges to another result.

    Write `weights = init_weights` before the loop, `weights = ...` inside it, and `weights` in the call. Then
    the second iteration uses the weights of the first. With `init_weights` in the call, it never uses them.
    """
    start = kwargs.get("init_weights", args[3] if len(args) > 3 else None)
    return em(e_step=lambda x, w, m, c: responsibilities(x, start, m, c))(*args, **kwargs)


@mistake("means of the start kept", seen=OURS)
def _(*args, **kwargs):
    """The means never change in your loop. They are always the means of the start.

    Each iteration must continue from the parameters that the iteration before found. Perhaps the new means
    have a new name, but the next E-step still uses the old name. Then each iteration forgets the new means.
    The weights and covariances try to make up for this, and the ellipses become wide.

    Suppose that you write `means = init_means` before the loop and `new_means = ...` inside it. Then the
    second iteration uses `means`, which is still the start. With `means = ...` inside the loop, it uses the
    means of the first iteration.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, means=m)

    return em(m_step=m_step)(*args, **kwargs)


@mistake("covariances of the start kept", seen=OURS)
def _(*args, **kwargs):
    """The covariances never change in your loop. They are always the covariances of the start.

    At the start, each covariance is as wide as all the data. This is intended, so that each component can
    reach every point. In the loop, each component must shrink to its own group. If the covariances stay wide,
    all points stay shared. Then the means stay close together in the middle, and the log-likelihood hardly
    rises.

    Suppose that you write `covariances = init_covariances` before the loop and `covs = ...` inside it. Then
    the E-step uses the first name, but the new result has the second name. Use one name everywhere.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, covs=c)

    return em(m_step=m_step)(*args, **kwargs)


@mistake("E-step before the loop", seen=OURS)
def _(*args, **kwargs):
    """Your responsibilities are those of the start in every iteration. You compute them only before the loop,
    or the E-step always gets the `init_` parameters.

    EM alternates: the parameters decide the responsibilities, and the responsibilities decide the parameters.
    If the E-step never gets the new parameters, the second iteration finds the same numbers as the first.
    Then the gain is 0, and the loop stops.

    With this mistake, `loglik` is -541, -373, -373: nothing improves after the first iteration. With the
    E-step inside the loop and the new parameters, it goes on: -541, -373, -368, ..., -319.
    """
    kept = []

    def e_step(*given):
        kept.append(responsibilities(*given) if not kept else kept[0])
        return kept[0]

    return em(e_step=e_step)(*args, **kwargs)


@mistake("hard instead of soft", seen="measured: it stops after six iterations, in another place")
def _(*args, **kwargs):
    """Your loop gives each point completely to one component. This is a hard assignment, as in
    k-means. EM needs soft assignments.

    After the E-step, a point between two components belongs to both, in parts. With hard assignments, the
    components lose the points at their borders, so they become too narrow. After a few iterations, no point
    changes its component any more, and the loop stops. The log-likelihood is lower than it could be.

    A point has the shares 0.6 and 0.4. Do not round them. The point has the weight 0.6 in the first mean and
    the weight 0.4 in the second mean. With hard shares it would have the weights 1 and 0.
    """
    return em(e_step=lambda *given: hard(responsibilities(*given)))(*args, **kwargs)


@mistake("diagonal covariances", seen="measured: 26 iterations, and upright ellipses")
def _(*args, **kwargs):
    """The covariances in your loop have only zeros off the diagonal. So no ellipse can lean.

    The entries off the diagonal say how two coordinates vary together. Without them, a cloud along a diagonal
    gets an upright ellipse that is too wide in both directions. A point beside the cloud may then seem near.
    Take the whole outer product of each centred point with itself.

    A centred point is a point minus the mean. For the centred point (1, 2), the outer product is [[1, 2], [2,
    4]]. With the squares alone it would be [[1, 0], [0, 4]].
    """

    def m_step(x, r, w, m, c):
        w, m, c = new_parameters(x, r)
        return w, m, diagonal(c)

    return em(m_step=m_step)(*args, **kwargs)


@mistake(
    "covariances over the count less one", seen="measured: 38 iterations, the second mean at 4.934, not 4.938"
)
def _(*args, **kwargs):
    """The covariances in your loop are divided by the soft counts minus one.

    This divisor gives the unbiased variance of a sample, and `np.cov` uses it by default. But the M-step
    maximises the likelihood, and the maximum has the soft count itself as its divisor. With the smaller
    divisor, each iteration ends slightly beside the maximum. The loop converges to nearby parameters that are
    not a maximum.

    Two points belong fully to a component, and their squared distances from the mean are 1 and 9. The sum is
    1 + 9 = 10, so the variance is 10 / 2 = 5. With minus one it is 10 / 1 = 10. `np.cov` gives 5 with
    `bias=True` or `ddof=0`, and takes the shares as `aweights`.
    """

    def m_step(x, r, w, m, c):
        n = r.sum(axis=0)
        return new_parameters(x, r, covs=spread(x, r, n - 1, r.T @ x / n[:, None]))

    return em(m_step=m_step)(*args, **kwargs)


@mistake("covariances over N", seen=OURS)
def _(*args, **kwargs):
    """The covariances in your loop are divided by the number of all points.

    Each covariance is a weighted mean. Divide it by the sum of its own weights: the soft count. If a
    component holds a third of the points, the divisor N gives it only a third of its variance. So it becomes
    too narrow. The log-likelihood shows the mistake: it falls, or it stays much lower than the value that EM
    can reach.

    There are ten points. Two of them have the squared distances 1 and 9 and the shares 0.5 and 0.5. The other
    eight have the share 0. The weighted sum is 0.5 · 1 + 0.5 · 9 = 5, and the soft count is 1. So the
    variance is 5 / 1 = 5. With N it would be 5 / 10 = 0.5.
    """

    def m_step(x, r, w, m, c):
        n = r.sum(axis=0)
        return new_parameters(x, r, covs=spread(x, r, len(x), r.T @ x / n[:, None]))

    return em(m_step=m_step)(*args, **kwargs)
