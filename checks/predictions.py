"""`compare_prediction`: a prediction next to the result. The cell itself is the record."""

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
    """Return a sentence that compares a prediction with the result. There are no marks for it.

    prediction: a number, a list of numbers, a word, True or False; None if you have not predicted yet.
    actual: the result, of the same type. No prediction causes an error, whatever it is.
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
    """Return the difference of two single numbers; 0 if they are not single numbers."""
    if isinstance(actual, bool | np.bool_):
        return 0.0
    try:
        return float(prediction) - float(actual)
    except (TypeError, ValueError):
        return 0.0
