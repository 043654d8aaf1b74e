"""A run of EM as a list of frames: the start, then E, M, E, M, ... until it ends."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.calls import StepError
from explorer.forms import Numbers, Params
from explorer.laws import Law, laws_of
from explorer.moment import Engine, Moment, moments
from explorer.steps import Family

Rows = NDArray[np.intp] | slice

THRESH = 1e-4  # as in the course: EM has converged when an iteration gains less
FATAL = {"shapes as expected", "all finite"}  # laws without which there is nothing to go on with
NO_NEXT = "Here it ends, there is no next step."  # why, says the sentence of the law that is broken
SECONDS = 20.0  # nobody waits longer for a picture


@dataclass(frozen=True)
class Frame:
    """What is kept of one moment. resp: of the rows that are shown; None at the start."""

    iteration: int
    half: str
    params: Params
    counts: Numbers
    resp: Numbers | None
    loglik: float
    bound: float
    laws: tuple[Law, ...]


@dataclass(frozen=True)
class Run:
    """One run. parent, at: the run that it left and at which frame. end: why it is over."""

    name: str
    frames: tuple[Frame, ...]
    end: str
    error: StepError | None = None
    parent: int | None = None
    at: int | None = None

    @property
    def loglik(self) -> list[float]:
        """The log-likelihood at the start and after each iteration."""
        return [frame.loglik for frame in self.frames if frame.half != "E"]

    @property
    def sound(self) -> Frame:
        """The last frame whose parameters are a mixture; the start always is."""
        return next(frame for frame in reversed(self.frames) if not math.isnan(frame.loglik))

    @property
    def iterations(self) -> int:
        """How many iterations were completed."""
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

    rows: whose responsibilities are kept. What a learner's function raises is kept in
    `error`, with the frames up to there.
    """
    frames: list[Frame] = []
    end, error, stop = "", None, time.monotonic() + SECONDS
    halves = moments(engine, start)
    try:
        while not end:
            frames.append(_frame(next(halves), frames, engine.family, rows))
            end = _end(frames, maxiter, thresh) or _late(stop)
    except StepError as raised:
        end, error = f"Here it ends: {raised.sentence}", raised
    except KeyboardInterrupt:  # what was seen until then is worth a look
        end = "Here it was interrupted."
    return Run(name, tuple(frames), end, error)


def _frame(now: Moment, before: list[Frame], family: Family, rows: Rows) -> Frame:
    resp = None if now.resp is None else now.resp[rows]
    if now.half == "M":
        resp = before[-1].resp  # the very same, so that it is kept once
    laws = laws_of(now, family)
    return Frame(now.iteration, now.half, now.params, now.counts, resp, now.loglik, now.bound, laws)


def _end(frames: list[Frame], maxiter: int, thresh: float) -> str:
    """Return why it is over, or ""."""
    now, iterations = frames[-1], "iteration" if maxiter == 1 else "iterations"
    broken = {law.law for law in now.laws if law.ok is False}
    if broken & FATAL or math.isnan(now.loglik):
        return NO_NEXT
    if now.half == "M" and abs(now.loglik - frames[-3].loglik) < thresh:
        return f"Converged: iteration {now.iteration} changed the log-likelihood by less than {thresh:g}."
    if now.half != "E" and now.iteration >= maxiter:
        return f"Here it ends after {maxiter} {iterations}, the limit; it has not converged."
    return ""


def _late(stop: float) -> str:
    return f"Here it ends: {SECONDS:g} seconds are over." if time.monotonic() > stop else ""
