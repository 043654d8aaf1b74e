"""`explore` for this course: the explorer, bound to its colours, its law book and its points."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from checks.laws import Broken
from checks.texts import later, say
from explorer import Kit
from explorer.lights import INPUTS, SHAPES, Rule
from helpers import figures, laws
from helpers.datasets import load_synthetic

if TYPE_CHECKING:
    from explorer.moment import Moment
    from explorer.scene import Scene

__all__ = ["KIT", "RULES", "explore"]


def _told(*broken: Broken | None) -> str | None:
    """Return the sentence of the first broken law; None if no law is broken."""
    return next((each.sentence for each in broken if each), None)


# Each function below belongs to one light. It checks the arrays of a moment with the laws of that light.
def _finite(now: Moment) -> str | None:
    parts = {"resp": now.resp} | now.params._asdict()
    return _told(laws.all_finite({name: part for name, part in parts.items() if part is not None}))


def _rows(now: Moment) -> str | None:
    return _told(laws.rows_sum_to_one(now.resp), laws.shares_from_zero_to_one(now.resp))


def _weights(now: Moment) -> str | None:
    weights = now.params.weights
    return _told(laws.weights_not_below_zero(weights), laws.weights_sum_to_one(weights))


def _covariances(now: Moment) -> str | None:
    covs = now.params.covariances
    return _told(laws.covariances_symmetric(covs), laws.covariances_positive_definite(covs))


def _climbs(now: Moment) -> str | None:
    return _told(laws.never_falls([now.previous, now.loglik], when=later("in this M-step")))


def _climbs_but_for_smoothing(now: Moment) -> str | None:
    said = _climbs(now)
    return said and say("{said} (Strong smoothing may also lower it a little.)", said=said)


# Each function below tells whether a moment has the arrays that a light needs.
def _shared(now: Moment) -> bool:
    return now.resp is not None and bool(np.isfinite(now.resp).all())


def _stepped(now: Moment) -> bool:
    return not (math.isnan(now.loglik) or math.isnan(now.previous))


def _bounded(now: Moment) -> bool:
    return now.half == "E" and not (math.isnan(now.loglik) or math.isnan(now.bound))


def _has_finite(part: str) -> Callable[[Moment], bool]:
    return lambda now: bool(np.isfinite(getattr(now.params, part)).all())


BOTH = (
    SHAPES,
    Rule("finite", laws.all_finite.name, _finite, fatal=True),
    Rule("rows", laws.rows_sum_to_one.name, _rows, _shared),
    Rule("weights", laws.weights_sum_to_one.name, _weights, _has_finite("weights")),
    Rule(
        "touches",
        laws.bound_touches.name,
        lambda now: _told(laws.bound_touches(now.loglik, now.bound)),
        _bounded,
        touch=True,
    ),
    INPUTS,
)
GAUSSIAN = (
    *BOTH,
    Rule("covariances", laws.covariances_positive_definite.name, _covariances, _has_finite("covariances")),
    Rule("climbs", laws.never_falls.name, _climbs, _stepped),
)
BERNOULLI = (
    *BOTH,
    Rule(
        "probabilities",
        laws.probabilities_from_zero_to_one.name,
        lambda now: _told(laws.probabilities_from_zero_to_one(now.params.means)),
        _has_finite("means"),
    ),
    Rule("climbs", laws.never_falls.name, _climbs_but_for_smoothing, _stepped),
)
RULES = {"gaussian": GAUSSIAN, "bernoulli": BERNOULLI}


def _still(scene: Scene, dims: tuple[int, int]) -> dict[str, str]:
    from helpers.stills import still  # imported late, because it loads scipy

    return still(scene, dims)


def _unseen() -> figures.Unseen | None:
    """Return the text that replaces the explorer during marking, because nobody looks at it then."""
    if figures.drawing:
        return None
    return figures.Unseen(say("EM to step through, in a notebook that is open in JupyterLab."))


LOOK = {"palette": list(figures.PALETTE), "markers": list(figures.MARKERS), "edge": figures.EDGE}
KIT = Kit(LOOK, RULES, load_synthetic, _still, _unseen)
explore = KIT.explore
