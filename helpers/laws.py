"""The law book of mixtures, for the hints of `check` and also for the lights of the explorer.

A law is a property that every correct answer has. It is called with plain arrays, and returns None if the
arrays keep it. The laws about EM's lower bound are in bound.py: they change an answer a little.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.laws import Broken, LawBook
from checks.texts import later, say
from helpers.required import SUM_TOLERANCE, SYMMETRY_TOLERANCE
from helpers.validate import one_row_each

Numbers = NDArray[np.float64]
Args = Mapping[str, Any]

ROUNDING = 1e-9  # by how much rounding may lower the log-likelihood, relative to its size
AFTER_ENTRY = later("after entry {n}")
LAWS = LawBook()


def _rows(table: Numbers, args: Args) -> tuple[Numbers]:
    return (one_row_each(table, len(next(iter(args.values())))),)


def _exp_of_rows(table: Numbers, args: Args) -> tuple[Numbers]:
    return (np.exp(*_rows(table, args)),)


def _exp(part: Numbers, args: Args) -> tuple[Numbers]:
    return (np.exp(part),)


@LAWS.law("rows of resp sum to 1", SUM_TOLERANCE, hint="shares that do not sum to 1", reads=_rows)
def rows_sum_to_one(resp: Numbers, tolerance: float) -> Broken | None:
    """The responsibilities of a point do not sum to 1. So they are not yet shares.

    Each point comes from one of the components, and its responsibilities say how probable each component is.
    So they sum to 1. Normalise each row: divide it by its own sum, and add or leave out nothing afterwards.

    The products (0.15, 0.10) sum to 0.25. Divided by 0.25 they are (0.6, 0.4), which sum to 1. If you
    multiply by the weights after the division, the sum is no longer 1.
    """
    sums = resp.sum(axis=1)
    n = int(np.abs(sums - 1).argmax())
    if abs(sums[n] - 1) <= tolerance:
        return None
    fact = say("row {n} of resp sums to {sums:.4g}, not to 1", n=n, sums=sums[n])
    advice = say("divide each row by its own sum")
    return Broken(fact, advice, (n,), float(sums[n]))


@LAWS.law("shares from 0 to 1", SUM_TOLERANCE, hint="a share below 0 or above 1", reads=_rows)
def shares_from_zero_to_one(resp: Numbers, tolerance: float) -> Broken | None:
    """Some of your shares are negative, or larger than 1.

    A share is a part of a whole, so it is between 0 and 1. A negative share is often a log that you use as a
    share. A share above 1 comes from a divisor that is too small.

    Logs of shares are negative, such as -0.5 and -0.9, with the sum -1.4. `exp` makes them 0.61 and 0.41, and
    these numbers can be normalised.
    """
    at = np.unravel_index(np.abs(resp - 0.5).argmax(), resp.shape)
    n, share = int(at[0]), float(resp[at])
    if -tolerance <= share <= 1 + tolerance:
        return None
    if share > 1:
        fact, advice = say("has a share above 1"), say("the shares of a point are parts of 1")
    else:
        fact, advice = say("has a share below 0"), say("shares come from exp, which is never negative")
    return Broken(say("row {n} of resp {fact}", n=n, fact=fact), advice, tuple(map(int, at)), share)


@LAWS.law("weights sum to 1", SUM_TOLERANCE, hint="weights that do not sum to 1")
def weights_sum_to_one(weights: Numbers, tolerance: float) -> Broken | None:
    """Your mixing weights do not sum to 1.

    The mixing weights are the probabilities with which a mixture chooses one of its components. So they sum
    to 1. Each weight is a component's share of all points: its soft count divided by the sum of all counts.

    The counts (3, 1) sum to 4, so the weights are (0.75, 0.25). With smoothing, the sum contains everything
    that was added: (3.5, 1.5) sum to 5.
    """
    total = float(weights.sum())
    if abs(total - 1) <= tolerance:
        return None
    advice = say("divide each soft count by their sum")
    return Broken(say("the weights sum to {total:.4g}, not to 1", total=total), advice, found=total)


@LAWS.law("weights not below 0", 0.0)
def weights_not_below_zero(weights: Numbers, tolerance: float) -> Broken | None:
    """A weight is a share of all points."""
    k = int(weights.argmin())
    if weights[k] >= -tolerance:
        return None
    fact = say("the weight of component {k} is {weights:.4g}", k=k, weights=weights[k])
    advice = say("a share of the points is never below 0")
    return Broken(fact, advice, (k,), float(weights[k]))


@LAWS.law(
    "counts keep the points",
    SUM_TOLERANCE,  # relative to the number of points
    hint="counts that do not sum to N",
    reads=lambda counts, args: (counts, len(args["resp"])),
)
def counts_keep_the_points(counts: Numbers, points: int, tolerance: float) -> Broken | None:
    """Your soft counts do not add up to the number of points.

    Each point is divided among the components, and its shares sum to 1. So the soft counts together count
    each point once, and their sum is N.

    Take the rows (0.9, 0.1), (0.5, 0.5) and (0.2, 0.8). The columns sum to 1.6 and 1.4, together 3, the
    number of rows. If your counts do not, something was rounded, left out or counted twice.
    """
    total = float(counts.sum())
    if abs(total - points) <= tolerance * points:
        return None
    advice = say("sum each column of resp, and nothing else")
    return Broken(
        say("they sum to {total:.4g} for {points} points", total=total, points=points), advice, found=total
    )


@LAWS.law("covariances symmetric", SYMMETRY_TOLERANCE, hint="a matrix that is not symmetric")
def covariances_symmetric(covs: Numbers, tolerance: float) -> Broken | None:
    """One of your covariances is not symmetric.

    The covariance of x with y equals the covariance of y with x, so the entries [0, 1] and [1, 0] are equal.
    A weighted sum of outer products of a vector with itself is always symmetric.

    For d = (1, 2), `np.outer(d, d)` is [[1, 2], [2, 4]]. With e = (3, 1), `np.outer(d, e)` is [[3, 1], [6,
    2]], which is not symmetric. Did you centre both factors, and on the same mean?
    """
    size, gap = (np.abs(each).max(axis=(1, 2)) for each in (covs, covs - covs.swapaxes(1, 2)))
    lean = gap > tolerance * size
    if not lean.any():
        return None
    k = int(lean.argmax())
    fact = say("the covariance of component {k} is not symmetric", k=k)
    return Broken(fact, say("centre both factors on the same mean"), (k,), float(gap[k]))


@LAWS.law("covariances positive definite", 0.0, hint="a matrix that is not positive definite")
def covariances_positive_definite(covs: Numbers, tolerance: float) -> Broken | None:
    """One of your covariances is not positive definite: in some direction its variance is 0 or negative.

    The variance along any direction is a weighted mean of squares, so it cannot be negative. It can be 0 if
    all points lie on a line. Otherwise your code computes something that is not a mean of squares.

    With [[1, 2], [2, 1]] the difference x - y would have the variance 1 - 2 - 2 + 1 = -2, which no points
    have. Did you subtract a mean twice, or take the root of each entry?
    """
    k = next((k for k, each in enumerate(covs) if not _is_positive_definite(each)), None)
    if k is None:
        return None
    smallest = float(np.linalg.eigvalsh(covs[k])[0])
    fact = say(
        "the covariance of component {k} is not positive definite: its smallest eigenvalue is {smallest:.3g}",
        k=k,
        smallest=smallest,
    )
    return Broken(fact, say("Has it collapsed onto a point or a line?"), (k,), smallest)


def _is_positive_definite(matrix: Numbers) -> bool:
    """Tell whether a Cholesky factor exists. Densities use this factor, so both fail for the same
    matrices.
    """
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True


@LAWS.law("probabilities from 0 to 1", SUM_TOLERANCE)
def probabilities_from_zero_to_one(p: Numbers, tolerance: float) -> Broken | None:
    """Rounding may leave a probability a little above 1; below 0 it would have no log."""
    outside = (p < 0) | (p > 1 + tolerance)
    if not outside.any():
        return None
    k, d = (int(i) for i in np.argwhere(outside)[0])
    fact = say("pixel {d} of component {k} has probability {p:.4g}", d=d, k=k, p=p[k, d])
    return Broken(fact, say("divide by its own soft count"), (k, d), float(p[k, d]))


@LAWS.law("log-likelihood never lower", ROUNDING, hint="a log-likelihood that falls")
def never_falls(loglik: ArrayLike, tolerance: float, when: str = AFTER_ENTRY) -> Broken | None:
    """Your log-likelihood falls at some iteration. EM never makes it fall. So one of your steps is wrong, or
    your numbers are not log-likelihoods.

    The E-step raises the lower bound until it touches the log-likelihood. The M-step raises the bound again,
    and the log-likelihood rises with it. Neither falls if each step uses the newest result of the other.

    In -541, -373, -380, ... the third number is lower than the second, so the iteration between them was not
    EM. Compare it with one iteration by hand. Do you compute the covariances with the new means? Do you
    replace all parameters?
    """
    trace = np.asarray(loglik, dtype=float)
    falls = np.flatnonzero(-np.diff(trace) > tolerance * np.maximum(1.0, np.abs(trace[:-1])))
    if not falls.size:
        return None
    n = int(falls[0])
    fall = float(trace[n] - trace[n + 1])
    fact = say(
        "the log-likelihood fell by {fall:.4g} {when}, which EM never does", fall=fall, when=say(when, n=n)
    )
    return Broken(fact, say("is every parameter re-estimated from the same responsibilities?"), (n,), fall)


@LAWS.law("bound touches after E", 1e-6)  # relative to the size of the log-likelihood
def bound_touches(loglik: float, bound: float, tolerance: float) -> Broken | None:
    """After an E-step the lower bound is the log-likelihood itself."""
    gap = float(loglik - bound)
    if abs(gap) <= tolerance * max(1.0, abs(loglik)):
        return None
    fact = say(
        "after the E-step the bound is {gap:.4g} below the log-likelihood and should touch it", gap=gap
    )
    return Broken(fact, say("these are not the shares of weight times density"), found=gap)


@LAWS.law("all finite", 0.0)
def all_finite(parts: Mapping[str, Numbers], tolerance: float) -> Broken | None:
    """No number of any part, by the part's name, is NaN or infinite."""
    for name, part in parts.items():
        bad = ~np.isfinite(part)
        if bad.any():
            at = tuple(int(i) for i in np.argwhere(bad)[0])
            fact = say("{name}{at} is {part}, which is not finite", name=name, at=list(at), part=part[at])
            return Broken(fact, say(NO_NUMBER), at, float(part[at]))
    return None


NO_NUMBER = later(
    "look for 0/0 or the log of 0, for a component that holds no point, or for exp of a very negative number"
)

# The same laws for answers in the log domain.
LAWS.form(rows_sum_to_one, "rows of exp(log_resp) sum to 1", _exp_of_rows)
LAWS.form(shares_from_zero_to_one, "exp(log_resp) from 0 to 1", _exp_of_rows)
LAWS.form(weights_sum_to_one, "exp(log_mix) sums to 1", _exp)
