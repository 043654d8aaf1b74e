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
    """Your covariances are computed around the old means, those of the iteration before.

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


@mistake("means of the start kept", seen=OURS)
def _(*args, **kwargs):
    """The means never move in your loop: they are those of the start to the end.

    Each iteration must go on from what the last one found. If the new means get a name of their own and the
    next E-step still reads the old name, all that is learned is forgotten at once. The weights and the
    covariances then try to make up for it, and the ellipses become wide.

    `means = init_means` before the loop, `new_means = ...` inside it: the second round sees `means`, and
    that is the start. With `means = ...` inside it sees what the first round found.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, means=m)

    return em(m_step=m_step)(*args, **kwargs)


@mistake("covariances of the start kept", seen=OURS)
def _(*args, **kwargs):
    """The covariances never change in your loop: they are those of the start to the end.

    They begin as wide as all the data, on purpose, so that each component can see every point. In the loop
    they have to shrink to their own group. If they stay, the responsibilities stay blurred, the means hang
    together in the middle, and the log-likelihood hardly rises.

    `covariances = init_covariances` before the loop and `covs = ...` inside it are two names: the E-step
    reads the first and the result is in the second. Use one name all the way.
    """

    def m_step(x, r, w, m, c):
        return new_parameters(x, r, covs=c)

    return em(m_step=m_step)(*args, **kwargs)


@mistake("E-step before the loop", seen=OURS)
def _(*args, **kwargs):
    """Your responsibilities are those of the start in every iteration. Either they are computed before the
    loop only, or the E-step is given the initial parameters each time.

    EM goes back and forth: the parameters decide the responsibilities, and these decide the parameters. If
    the E-step never sees the new parameters, the second iteration finds the same numbers as the first. The
    log-likelihood gains nothing, and the loop stops.

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

    The entries off the diagonal say how two coordinates vary together. Without it a slanting cloud
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
