"""`explore` for this course: the explorer, bound to its colours, its law book and its points."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from explorer import Kit
from explorer.lights import FINITE, INPUTS, SHAPES, Rule
from helpers import figures
from helpers.datasets import load_synthetic
from helpers.validate import SUM_TOLERANCE, SYMMETRY_TOLERANCE

if TYPE_CHECKING:
    from explorer.moment import Moment
    from explorer.scene import Scene


__all__ = ["explore"]


def _rows(now: Moment) -> str | None:
    sums = now.resp.sum(axis=1)
    worst = int(np.abs(sums - 1).argmax())
    if abs(sums[worst] - 1) > SUM_TOLERANCE:
        return f"Row {worst} of resp sums to {sums[worst]:.4g}, not to 1: divide each row by its own sum."
    if now.resp.min() < -SUM_TOLERANCE:
        n = int(now.resp.min(axis=1).argmin())
        return f"Row {n} of resp has a share below 0: shares come from exp, which is never negative."
    return None


def _weights(now: Moment) -> str | None:
    weights = now.params.weights
    if weights.min() < 0:
        k = int(weights.argmin())
        return f"The weight of component {k} is {weights[k]:.4g}: a share of the points is never below 0."
    if abs(weights.sum() - 1) > SUM_TOLERANCE:
        return f"The weights sum to {weights.sum():.4g}, not to 1: divide each soft count by their sum."
    return None


def _covariances(now: Moment) -> str | None:
    covs = now.params.covariances
    size, gap = (np.abs(each).max(axis=(1, 2)) for each in (covs, covs - covs.swapaxes(1, 2)))
    if (lean := gap > SYMMETRY_TOLERANCE * size).any():
        return (
            f"The covariance of component {lean.argmax()} is not symmetric: centre both factors on the "
            "same mean."
        )
    if _are_positive_definite(covs):
        return None
    k = next(k for k in range(len(covs)) if not _are_positive_definite(covs[k]))
    return (
        f"The covariance of component {k} is not positive definite: its smallest eigenvalue is "
        f"{np.linalg.eigvalsh(covs[k])[0]:.3g}. Has it collapsed onto a point or a line?"
    )


def _are_positive_definite(covs: np.ndarray) -> bool:
    try:
        np.linalg.cholesky(covs)
    except np.linalg.LinAlgError:
        return False
    return True


def _probabilities(now: Moment) -> str | None:
    p = now.params.means
    outside = (p < 0) | (p > 1 + SUM_TOLERANCE)
    if not outside.any():
        return None
    k, d = (int(i) for i in np.argwhere(outside)[0])
    return f"Pixel {d} of component {k} has probability {p[k, d]:.4g}: divide by its own soft count."


def _never_lower(now: Moment) -> str | None:
    if now.previous - now.loglik <= 1e-9 * max(1.0, abs(now.previous)):
        return None
    return (
        f"The log-likelihood fell by {now.previous - now.loglik:.4g} in this M-step, which EM never does: "
        "is every parameter re-estimated from the same responsibilities?"
    )


def _never_lower_but_smoothed(now: Moment) -> str | None:
    said = _never_lower(now)
    return f"{said} (Much smoothing may cost a little, too.)" if said else said


def _touches(now: Moment) -> str | None:
    gap = now.loglik - now.bound
    if abs(gap) <= 1e-6 * max(1.0, abs(now.loglik)):
        return None
    return (
        f"After the E-step the bound is {gap:.4g} below the log-likelihood and should touch it: these are "
        "not the shares of weight times density."
    )


def _shared(now: Moment) -> bool:
    return now.resp is not None and bool(np.isfinite(now.resp).all())


def _stepped(now: Moment) -> bool:
    return not (math.isnan(now.loglik) or math.isnan(now.previous))


def _bounded(now: Moment) -> bool:
    return now.half == "E" and not (math.isnan(now.loglik) or math.isnan(now.bound))


def _still(scene: Scene, dims: tuple[int, int]) -> dict[str, str]:
    from helpers.stills import still  # not before it is needed: it loads scipy

    return still(scene, dims)


def _unseen() -> figures.Unseen | None:
    """Return what stands in the explorer's place in marking, where nobody looks."""
    if figures.drawing:
        return None
    return figures.Unseen("EM to step through, in a notebook that is open in JupyterLab.")


LOOK = {"palette": list(figures.PALETTE), "markers": list(figures.MARKERS), "edge": figures.EDGE}
BOTH = (
    SHAPES,
    FINITE,
    Rule("rows", "rows of resp sum to 1", _rows, _shared),
    Rule("weights", "weights sum to 1", _weights, lambda now: np.isfinite(now.params.weights).all()),
    Rule("touches", "bound touches after E", _touches, _bounded, touch=True),
    INPUTS,
)
RULES = {
    "gaussian": (
        *BOTH,
        Rule(
            "covariances",
            "covariances positive definite",
            _covariances,
            lambda now: np.isfinite(now.params.covariances).all(),
        ),
        Rule("climbs", "log-likelihood never lower", _never_lower, _stepped),
    ),
    "bernoulli": (
        *BOTH,
        Rule(
            "probabilities",
            "probabilities from 0 to 1",
            _probabilities,
            lambda now: np.isfinite(now.params.means).all(),
        ),
        Rule("climbs", "log-likelihood never lower", _never_lower_but_smoothed, _stepped),
    ),
}
KIT = Kit(LOOK, RULES, load_synthetic, _still, _unseen)
explore = KIT.explore
