"""Hints from laws: what holds of every right answer, whatever the data.

A case names the laws of each part of its answer; those about EM's bound are in bound.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.looking import Look, Property, found, registrar
from helpers.validate import one_row_each

Numbers = NDArray[np.float64]
Law = Callable[[Numbers, Mapping[str, Any]], str | None]

LAWS: list[Property] = []
prop = registrar(LAWS)


def broken(look: Look, laws: Mapping[str, Law]) -> str | None:
    """Return what the first of these laws that is broken says; laws that the case does not name are kept."""
    named = look.outcome.case.laws.get(look.part, ())
    for mine, _ in look.pairs[:1]:
        for name in [name for name in named if name in laws]:
            with np.errstate(all="ignore"):
                said = laws[name](mine, look.outcome.case.args)
            if said is not None:
                return said
    return None


def _sums(table: Numbers, logs: bool) -> Numbers:
    return np.exp(np.logaddexp.reduce(table, axis=1)) if logs else table.sum(axis=1)


def _rows(table: Numbers, args: Mapping[str, Any], logs: bool) -> str | None:
    sums = _sums(one_row_each(table, len(next(iter(args.values())))), logs)
    worst = int(np.abs(sums - 1).argmax())
    return f"row {worst} sums to {sums[worst]:.4g}" if abs(sums[worst] - 1) > 1e-4 else None


@prop("shares that do not sum to 1")
def _(look: Look) -> str | None:
    """The responsibilities of a point do not sum to 1. So they are not yet shares.

    Each point was made by one of the components, and its responsibilities say how probable each is.
    Over the components of one point they sum to 1: normalise each row by its own sum, with nothing
    added or left out afterwards.

    The products (0.15, 0.10) sum to 0.25. Divided by that they are (0.6, 0.4), which is 1 in all. If
    the weights come in after the division, the sum is something else again.
    """
    return broken(
        look,
        {"rows": lambda t, args: _rows(t, args, False), "log rows": lambda t, args: _rows(t, args, True)},
    )


@prop("a share below 0 or above 1")
def _(look: Look) -> str | None:
    """Some of your shares are negative, or larger than 1.

    A share of a whole is between none and all. Negative ones come from logs that were taken for shares,
    large ones from a division by too little.

    Logs of shares are negative: -0.5 and -0.9 sum to -1.4. `exp` makes them 0.61 and 0.41, and now they
    can be normalised.
    """
    outside = {"rows": lambda t, _: found((t < -1e-9).any() or (t > 1 + 1e-6).any())}
    return broken(look, outside | {"log rows": lambda t, _: found((t > 1e-6).any())})


@prop("weights that do not sum to 1")
def _(look: Look) -> str | None:
    """Your mixing weights do not sum to 1.

    A mixture chooses one of its components, so their probabilities are 1 in all. Each is the
    component's share of all points: its soft count, divided by what all soft counts sum to.

    Counts (3, 1) sum to 4: weights (0.75, 0.25). With smoothing, the sum grows by what was added to
    all: (3.5, 1.5) sum to 5.
    """

    def total(weights: Numbers, logs: bool) -> str | None:
        whole = (np.exp(weights) if logs else weights).sum()
        return f"they sum to {whole:.4g}" if abs(whole - 1) > 1e-4 else None

    return broken(look, {"weights": lambda w, _: total(w, False), "log weights": lambda w, _: total(w, True)})


@prop("counts that lose points")
def _(look: Look) -> str | None:
    """Your soft counts do not add up to the number of points.

    Each point is divided among the components, and its shares sum to 1. So all the counts together hold
    each point once: their sum is N.

    Rows (0.9, 0.1), (0.5, 0.5), (0.2, 0.8): the columns sum to 1.6 and 1.4, together 3, the number of
    rows. If yours do not, something was rounded, left out or counted twice.
    """

    def lost(counts: Numbers, args: Mapping[str, Any]) -> str | None:
        points = len(args["resp"])
        off = abs(counts.sum() - points) > 1e-4 * points
        return f"they sum to {counts.sum():.4g} for {points} points" if off else None

    return broken(look, {"counts": lost})


@prop("a matrix that is not symmetric")
def _(look: Look) -> str | None:
    """One of your covariances is not symmetric.

    The covariance of x with y is that of y with x, so the two corners agree. A weighted sum of outer
    products of a vector with itself always gives that.

    `np.outer(d, d)` of d = (1, 2) is [[1, 2], [2, 4]]. `np.outer(d, e)` with another vector e is not
    symmetric: have both factors been centred, and on the same mean?
    """
    lean = {"covariances": lambda c, _: found(not np.allclose(c, c.swapaxes(-1, -2), 1e-6, 1e-9))}
    return broken(look, lean)


@prop("a matrix that is not positive definite")
def _(look: Look) -> str | None:
    """One of your covariances is not positive definite: in some direction its variance is 0 or
    negative.

    The variance along any direction is a weighted mean of squares, so it cannot be negative. It can be
    0 only if all points lie on a line, or if something other than a mean of squares was computed.

    [[1, 2], [2, 1]] has variance -1 along the direction (1, -1): no set of points has that. Was a mean
    subtracted twice, or a root taken of each entry?
    """
    flat = {"covariances": lambda c, _: found((np.linalg.eigvalsh(c) <= 0).any())}
    return broken(look, flat)


@prop("a log-likelihood that falls")
def _(look: Look) -> str | None:
    """Your log-likelihood falls on the way. EM never makes it fall, so a step is wrong, or the numbers
    are not log-likelihoods.

    The E-step makes the bound touch the log-likelihood, the M-step pushes it up. Both only ever climb,
    if each uses what the other has just found.

    -541, -373, -380, ...: between the second and the third something happened that is not EM. Compare
    with one iteration by hand: are the means new where the covariances are computed? Are all parameters
    replaced?
    """

    def falls(trace: Numbers, _: Mapping[str, Any]) -> str | None:
        drops = np.flatnonzero(np.diff(trace) < -1e-6 * np.abs(trace).max())
        return f"for the first time after entry {int(drops[0])}" if drops.size else None

    return broken(look, {"loglik": falls})
