"""A run of EM as a list of frames: the start, then E, M, E, M, ... until it ends."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from explorer.calls import StepError
from explorer.forms import Numbers, Params
from explorer.lights import Light, Rule, lights_of
from explorer.moment import Engine, Moment, moments

Rows = NDArray[np.intp] | slice

THRESH = 1e-4  # as in the course: EM has converged when an iteration gains less
SECONDS = 20.0  # a run is stopped after this time, because nobody waits longer for a picture


class Why(Enum):
    """The reason why a run is over. ENDLESS: it was stopped, but more iterations would change nothing."""

    CONVERGED = "converged"
    LIMIT = "limit"
    LATE = "late"
    INTERRUPTED = "interrupted"
    RAISED = "raised"
    BROKEN = "broken"
    ENDLESS = "endless"


@dataclass(frozen=True)
class Ending:
    """The end of a run: the reason, and the iteration.

    limit: the limit that was reached: the threshold, the number of iterations, or the seconds. error: the
    error that was raised.
    """

    why: Why
    iteration: int = 0
    limit: float = 0
    error: StepError | None = None


@dataclass(frozen=True)
class Frame:
    """The parts of a moment that are kept. resp: of the shown rows only; None at the start."""

    iteration: int
    half: str
    params: Params
    counts: Numbers
    resp: Numbers | None
    loglik: float
    bound: float
    lights: tuple[Light, ...]


@dataclass(frozen=True)
class Run:
    """A run of EM. parent, at: the run from which it branched, and the frame where it branched."""

    name: str
    frames: tuple[Frame, ...]
    ending: Ending
    parent: int | None = None
    at: int | None = None

    @property
    def loglik(self) -> list[float]:
        """Return the log-likelihood at the start and after each iteration."""
        return [frame.loglik for frame in self.frames if frame.half != "E"]

    @property
    def error(self) -> StepError | None:
        """Return the error that a learner's function raised; None if no error was raised."""
        return self.ending.error

    @property
    def broken(self) -> dict[str, Light]:
        """Return each rule that was ever broken, by its key: the light when it was first broken."""
        first: dict[str, Light] = {}
        for light in (light for frame in self.frames for light in frame.lights if light.broken):
            first.setdefault(light.rule.key, light)
        return first

    @property
    def sound(self) -> Frame:
        """Return the last frame whose parameters are a mixture. The start always is a mixture."""
        return next(frame for frame in reversed(self.frames) if not math.isnan(frame.loglik))

    @property
    def iterations(self) -> int:
        """Return how many iterations were completed."""
        return self.frames[-1].iteration - (self.frames[-1].half == "E")


def follow(
    engine: Engine,
    start: Params,
    name: str = "start",
    maxiter: int = 100,
    thresh: float = THRESH,
    rows: Rows = slice(None),
) -> Run:
    """Run EM from this start until it gains less than `thresh`, fails, or has made `maxiter` iterations.

    rows: the rows of the data whose responsibilities are kept. If a learner's function raises an error, the
    run has the frames up to this point, and the error is in `error`.
    """
    frames: list[Frame] = []
    ending, stop = None, time.monotonic() + SECONDS
    halves = moments(engine, start)
    try:
        while ending is None:
            frames.append(_frame(next(halves), frames, engine.rules, rows))
            ending = _ending(frames, maxiter, thresh) or _late(stop)
    except StepError as raised:
        ending = Ending(Why.RAISED, error=raised)
    except KeyboardInterrupt:  # the frames until the interruption are still worth a look
        ending = Ending(Why.INTERRUPTED)
    return Run(name, tuple(frames), ending)


def _frame(now: Moment, before: list[Frame], rules: tuple[Rule, ...], rows: Rows) -> Frame:
    resp = None if now.resp is None else now.resp[rows]
    if now.half == "M":
        resp = before[-1].resp  # the same array, so that it is kept only once
    lights = lights_of(now, rules)
    return Frame(now.iteration, now.half, now.params, now.counts, resp, now.loglik, now.bound, lights)


def _ending(frames: list[Frame], maxiter: int, thresh: float) -> Ending | None:
    """Return the end of a run with these frames; None if it is not over."""
    now = frames[-1]
    if math.isnan(now.loglik) or any(light.broken and light.rule.fatal for light in now.lights):
        return Ending(Why.BROKEN, now.iteration)
    if now.half == "M" and abs(now.loglik - frames[-3].loglik) < thresh:
        return Ending(Why.CONVERGED, now.iteration, thresh)
    if now.half != "E" and now.iteration >= maxiter:
        return Ending(Why.LIMIT, now.iteration, maxiter)
    return None


def _late(stop: float) -> Ending | None:
    return Ending(Why.LATE, limit=SECONDS) if time.monotonic() > stop else None
