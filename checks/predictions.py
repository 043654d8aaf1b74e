"""`compare_prediction`: what you predicted beside what happened. The cell itself is the record."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.texts import later, say

NONE = later("No prediction yet: write your prediction instead of None, and run the cell again.")
SAID = later("You predicted {prediction}; it is {actual}, as you said.")
OTHER = later("You predicted {prediction}; it is {actual}. What made the difference?")
HIGHER = later(
    "You predicted {prediction}; it is {actual}: your number is {gap:.4g} higher. What made the difference?"
)
LOWER = later(
    "You predicted {prediction}; it is {actual}: your number is {gap:.4g} lower. What made the difference?"
)


def compare_prediction(prediction: Any, actual: Any) -> str:
    """Return a sentence that sets a prediction beside what came out; no marks hang on it.

    prediction: a number, a list of numbers, a word, True or False; None if there is none.
    actual: what came out, of the same kind. Nothing that is written as a prediction is an error.
    """
    if prediction is None or prediction is ...:
        return say(NONE)
    both = {"prediction": _shown(prediction), "actual": _shown(actual)}
    if _alike(prediction, actual):
        return say(SAID, **both)
    gap = _gap(prediction, actual)
    return say(HIGHER if gap > 0 else LOWER, **both, gap=abs(gap)) if gap else say(OTHER, **both)


def _shown(value: Any) -> str:
    if isinstance(value, str | bool | np.bool_):
        return str(value)
    try:
        return ", ".join(f"{each:.4g}" for each in np.ravel(np.asarray(value, dtype=float)))
    except (TypeError, ValueError):
        return str(value)


def _alike(prediction: Any, actual: Any) -> bool:
    return _shown(prediction).strip().lower() == _shown(actual).strip().lower()


def _gap(prediction: Any, actual: Any) -> float:
    """By how much a single number is off; 0 if that cannot be said."""
    if isinstance(actual, bool | np.bool_):
        return 0.0
    try:
        return float(prediction) - float(actual)
    except (TypeError, ValueError):
        return 0.0
