"""Finders that only this course has, about when the loop of EM ends. No law can give these hints."""

from __future__ import annotations

import numpy as np

from checks.finders import Finder, Stage, found, registrar
from checks.looking import Look

FINDERS: list[Finder] = []
finder = registrar(FINDERS, Stage.BROAD)


@finder("it stops too late")
def _(look: Look) -> str | None:
    """Your loop makes more iterations than it should: the trace of the log-likelihood is too long.

    Two things end the loop. `maxiter` is the largest number of iterations that is allowed. And an iteration
    that gains less than `thresh` is the last one. Do you use both arguments, and is the test inside the loop?

    With `maxiter=1` the trace has two entries: one before the first iteration and one after it. If the gains
    are 5, 0.5 and 0.05, `thresh=0.1` ends the loop after the third iteration.
    """
    return found(look.part == "loglik" and _length(look) > max(map(len, look.rights)))


@finder("it stops too soon")
def _(look: Look) -> str | None:
    """Your loop makes fewer iterations than it should: the trace of the log-likelihood is too short.

    The loop ends when the *last gain* is below `thresh`: the newest log-likelihood minus the one before. The
    test is true too early if old and new are the same array under two names. It is also true too early if the
    gain has the wrong sign, or is divided by something. A `return` that is indented too far ends the loop in
    the first round.

    The values -330, -320 and -319.9 have the gains 10 and 0.1. With `thresh=0.0001` neither gain ends the
    loop.
    """
    return found(look.part == "loglik" and 0 < _length(look) < min(map(len, look.rights)))


def _length(look: Look) -> int:
    return len(look.value) if isinstance(look.value, list | np.ndarray) and np.ndim(look.value) == 1 else 0
