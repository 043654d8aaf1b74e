"""`compare_prediction`: what you predicted beside what happened. The cell itself is the record."""

from __future__ import annotations

from typing import Any

import numpy as np

NONE = "No prediction yet: write one in place of None, and run this again."


def compare_prediction(prediction: Any, actual: Any) -> str:
    """Return a sentence that sets a prediction beside what came out; no marks hang on it.

    prediction: a number, a list of numbers, a word, True or False; None if there is none.
    actual: what came out, of the same kind. Nothing that is written as a prediction is an error.
    """
    if prediction is None or prediction is ...:
        return NONE
    said = f"You predicted {_shown(prediction)}; it is {_shown(actual)}"
    if _alike(prediction, actual):
        return f"{said}, as you said."
    gap = _gap(prediction, actual)
    return f"{said}{gap}. What made the difference?"


def _shown(value: Any) -> str:
    if isinstance(value, str | bool | np.bool_):
        return str(value)
    try:
        return ", ".join(f"{each:.4g}" for each in np.ravel(np.asarray(value, dtype=float)))
    except (TypeError, ValueError):
        return str(value)


def _alike(prediction: Any, actual: Any) -> bool:
    return _shown(prediction).strip().lower() == _shown(actual).strip().lower()


def _gap(prediction: Any, actual: Any) -> str:
    """By how much a single number is off."""
    if isinstance(actual, bool | np.bool_):
        return ""
    try:
        off = float(prediction) - float(actual)
    except (TypeError, ValueError):
        return ""
    return f": yours is {abs(off):.4g} {'higher' if off > 0 else 'lower'}"
