"""Hints of this course's own that no law gives: when the loop of EM ends."""

from __future__ import annotations

import numpy as np

from checks.finders import Finder, Stage, found, registrar
from checks.looking import Look

FINDERS: list[Finder] = []
finder = registrar(FINDERS, Stage.BROAD)


@finder("it stops too late")
def _(look: Look) -> str | None:
    """Your loop makes more iterations than it should: the trace of the log-likelihood is too long.

    Two things end the loop. `maxiter` is the most iterations that are allowed. And as soon as an
    iteration gains less than `thresh`, it was the last one. Both are arguments: are both used, and is
    the test inside the loop?

    With `maxiter=1` the trace has two entries, one before the first iteration and one after it. Gains
    of 5, 0.5 and 0.05 with `thresh=0.1` end at the third.
    """
    return found(look.part == "loglik" and _length(look) > max(map(len, look.rights)))


@finder("it stops too soon")
def _(look: Look) -> str | None:
    """Your loop makes fewer iterations than it should: the trace of the log-likelihood is too short.

    The loop ends when the *last gain* is below `thresh`: the newest log-likelihood minus the one
    before. If old and new are the same array under two names, or the gain is negative by its sign, or
    divided by something, the test is true too early. A `return` that is indented too far ends it in the
    first round.

    Values -330, -320, -319.9: gains 10 and 0.1. With `thresh=0.0001` neither is a reason to stop.
    """
    return found(look.part == "loglik" and 0 < _length(look) < min(map(len, look.rights)))


def _length(look: Look) -> int:
    return len(look.value) if isinstance(look.value, list | np.ndarray) and np.ndim(look.value) == 1 else 0
