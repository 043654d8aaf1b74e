"""Every hint that a check can give in an exercise: known mistakes', and those of the form of an answer."""

from __future__ import annotations

import functools

from grading.misconceptions import misconceptions
from helpers.checks.explain import PROPERTIES
from helpers.checks.hints import Hint
from helpers.checks.properties import REST

UNNAMED = frozenset(each.hint.name for each in REST)  # they say that it is wrong, not which mistake it is


@functools.lru_cache(maxsize=64)
def hints_of(exercise: str) -> dict[str, Hint]:
    """Return the hints of an exercise by their names; none if there is no such exercise."""
    own = [each.hint for each in misconceptions().get(exercise, ())]
    return {hint.name: hint for hint in [*(each.hint for each in PROPERTIES), *own]} if own else {}


def principle(exercise: str, name: str) -> str:
    """Return what to explain a mistake with: the second rung of its hint; "" if nobody knows it."""
    hint = hints_of(exercise).get(name)
    return hint.rungs[min(1, len(hint.rungs) - 1)] if hint else ""
