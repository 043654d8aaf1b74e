"""The laws that EM keeps, each with a sentence for when it is broken.

A law looks at one thing only, so that one fault turns one light red and not all: the bound is
that of normalised rows, and the log-likelihood that of weights which sum to 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from explorer.forms import Numbers
from explorer.moment import Moment
from explorer.steps import Family
from helpers.validate import SUM_TOLERANCE, SYMMETRY_TOLERANCE

FALL = 1e-9  # of the log-likelihood's size: what rounding may take


@dataclass(frozen=True)
class Law:
    """A law at one moment. ok is None where there is nothing yet that could keep it."""

    law: str
    ok: bool | None
    sentence: str = ""


def laws_of(now: Moment, family: Family) -> tuple[Law, ...]:
    """Return every law of this family, as it stands at this moment."""
    with np.errstate(all="ignore"):
        return tuple(_judged(name, law(now)) for name, law in LAWS[family.name].items())


def _judged(name: str, said: str | None) -> Law:
    return Law(name, None if said is None else not said, said or "")


# Each returns "" if the law is kept, None if it has nothing to look at, else the sentence.
def _shapes(now: Moment) -> str:
    return now.unread


def _finite(now: Moment) -> str:
    parts = {"resp": now.resp} | now.params._asdict()
    for name, part in parts.items():
        if part is not None and not np.isfinite(part).all():
            at = [int(i) for i in np.argwhere(~np.isfinite(part))[0]]
            return (
                f"{name}{at} is {part[tuple(at)]}, which is no number: look for 0/0 or the log of 0, "
                "for a component that holds no point, or for exp of a very negative number."
            )
    return ""


def _rows(now: Moment) -> str | None:
    if now.resp is None or not np.isfinite(now.resp).all():
        return None
    sums = now.resp.sum(axis=1)
    worst = int(np.abs(sums - 1).argmax())
    if abs(sums[worst] - 1) > SUM_TOLERANCE:
        return f"Row {worst} of resp sums to {sums[worst]:.4g}, not to 1: divide each row by its own sum."
    if now.resp.min() < -SUM_TOLERANCE:
        n = int(now.resp.min(axis=1).argmin())
        return f"Row {n} of resp has a share below 0: shares come from exp, which is never negative."
    return ""


def _weights(now: Moment) -> str | None:
    weights = now.params.weights
    if not np.isfinite(weights).all():
        return None
    if weights.min() < 0:
        k = int(weights.argmin())
        return f"The weight of component {k} is {weights[k]:.4g}: a share of the points is never below 0."
    if abs(weights.sum() - 1) > SUM_TOLERANCE:
        return f"The weights sum to {weights.sum():.4g}, not to 1: divide each soft count by their sum."
    return ""


def _covariances(now: Moment) -> str | None:
    covs = now.params.covariances
    if not np.isfinite(covs).all():
        return None
    size, gap = (np.abs(each).max(axis=(1, 2)) for each in (covs, covs - covs.swapaxes(1, 2)))
    if (lean := gap > SYMMETRY_TOLERANCE * size).any():
        return (
            f"The covariance of component {lean.argmax()} is not symmetric: centre both factors on the "
            "same mean."
        )
    if _are_positive_definite(covs):
        return ""
    k = next(k for k in range(len(covs)) if not _are_positive_definite(covs[k]))
    return (
        f"The covariance of component {k} is not positive definite: its smallest eigenvalue is "
        f"{np.linalg.eigvalsh(covs[k])[0]:.3g}. Has it collapsed onto a point or a line?"
    )


def _are_positive_definite(covs: Numbers) -> bool:
    try:
        np.linalg.cholesky(covs)
    except np.linalg.LinAlgError:
        return False
    return True


def _probabilities(now: Moment) -> str | None:
    p = now.params.means
    if not np.isfinite(p).all():
        return None
    outside = (p < 0) | (p > 1 + SUM_TOLERANCE)
    if not outside.any():
        return ""
    k, d = (int(i) for i in np.argwhere(outside)[0])
    return f"Pixel {d} of component {k} has probability {p[k, d]:.4g}: divide by its own soft count."


def _never_lower(now: Moment) -> str | None:
    if math.isnan(now.loglik) or math.isnan(now.previous):
        return None
    if now.previous - now.loglik <= FALL * max(1.0, abs(now.previous)):
        return ""
    return (
        f"The log-likelihood fell by {now.previous - now.loglik:.4g} in this M-step, which EM never does: "
        "is every parameter re-estimated from the same responsibilities?"
    )


def _never_lower_but_smoothed(now: Moment) -> str | None:
    said = _never_lower(now)
    return f"{said} (Much smoothing may cost a little, too.)" if said else said


def _touches(now: Moment) -> str | None:
    if now.half != "E" or math.isnan(now.loglik) or math.isnan(now.bound):
        return None
    gap = now.loglik - now.bound
    if abs(gap) <= 1e-6 * max(1.0, abs(now.loglik)):
        return ""
    return (
        f"After the E-step the bound is {gap:.4g} below the log-likelihood and should touch it: these are "
        "not the shares of weight times density."
    )


def _inputs(now: Moment) -> str:
    if not now.changed:
        return ""
    function, name = now.changed[0].split(": ")
    return f"{function} overwrites its argument {name}: work on a copy, or make a new array."


GENERAL: dict[str, Callable[[Moment], str | None]] = {
    "shapes as expected": _shapes,
    "all finite": _finite,
    "rows of resp sum to 1": _rows,
    "weights sum to 1": _weights,
    "bound touches after E": _touches,
    "inputs unchanged": _inputs,
}
LAWS: dict[str, dict[str, Callable[[Moment], str | None]]] = {
    "gaussian": GENERAL
    | {"covariances positive definite": _covariances, "log-likelihood never lower": _never_lower},
    "bernoulli": GENERAL
    | {"probabilities from 0 to 1": _probabilities, "log-likelihood never lower": _never_lower_but_smoothed},
}
