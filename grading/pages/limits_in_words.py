"""The sentence on the feedback page about the time and memory that a notebook may use in marking."""

from __future__ import annotations

from collections.abc import Mapping

from checks.texts import later, say
from grading.box.limits import TOLD

ALLOWED = later(
    "There, a cell may run for {cell_seconds} seconds, one call of a function for {call_seconds} "
    "seconds, and the whole notebook for {notebook_seconds} seconds. It may use {memory_mb} MB of memory."
)


def limits_in_words(limits: Mapping[str, float]) -> str:
    """Return in words what a notebook may use in marking; "" if the limits are not known."""
    if not limits.keys() >= set(TOLD):
        return ""
    most = {name: f"{limits[name]:,g}" for name in TOLD}
    return say(ALLOWED, **most)
