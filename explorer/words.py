"""Every frame in words: what a screen reader says, and what stands under the picture."""

from __future__ import annotations

import math

import numpy as np

from explorer.history import NO_NEXT, Frame, Run
from explorer.scene import Scene
from helpers.figures import in_words

FEW = 8  # components whose means are worth listing; of more nobody keeps the numbers in mind


def frame_in_words(frame: Frame, before: Frame | None, things: str) -> str:
    """Return the read-out of a frame. before: the frame one half-step earlier. things: "points", say.

    Such as "iteration 4, after E: log-likelihood -412.3, touched by the bound, which is up
    1.8; component 2 holds the most, 31 % of the points." Broken laws have sentences of their own.
    """
    return f"{_when(frame)}: {_climb(frame, before)}; {_held(frame)} of the {things}."


def run_in_words(scene: Scene, run: Run) -> str:
    """Return the alt text of a run: how it began, how it ended, what it found, and broken laws."""
    first, last = run.frames[0], run.sound
    return (
        f"EM on {len(scene.engine.data)} {scene.kind} with {len(last.params.weights)} components, "
        f"{run.iterations} iterations: the log-likelihood goes from {_number(first.loglik)} to "
        f"{_number(last.loglik)}. {_all_held(last)} of the {scene.kind}{_centres(scene, last)}. "
        f"{_end(run)}{_broken(run)}"
    )


def _end(run: Run) -> str:
    """Return why the run is over; beside the picture the broken law's sentence stands apart."""
    reasons = [law.sentence for law in run.frames[-1].laws if law.ok is False]
    return f"{run.end} {reasons[0]}" if run.end == NO_NEXT and reasons else run.end


def _broken(run: Run) -> str:
    """Return which laws were broken at any time."""
    broken = {law.law: None for frame in run.frames for law in frame.laws if law.ok is False}
    return f" Broken on the way: {in_words(broken)}." if broken else ""


def _when(frame: Frame) -> str:
    return "start" if frame.half == "start" else f"iteration {frame.iteration}, after {frame.half}"


def _climb(frame: Frame, before: Frame | None) -> str:
    loglik = f"log-likelihood {_number(frame.loglik)}"
    if before is None or frame.half == "start" or math.isnan(frame.loglik):
        return loglik
    if frame.half == "M":
        return f"{loglik}, {_change(frame.loglik - before.loglik)}"
    if math.isnan(before.bound):
        return f"{loglik}, touched by the bound" if _touched(frame) else loglik
    touched = "touched by the bound" if _touched(frame) else "not touched by the bound"
    return f"{loglik}, {touched}, which is {_change(frame.bound - before.bound)}"


def _touched(frame: Frame) -> bool:
    return any(law.law.startswith("bound") and law.ok for law in frame.laws)


def _held(frame: Frame) -> str:
    shares = frame.counts / frame.counts.sum()
    if not np.isfinite(shares).all():
        return "no component is known to hold any"
    if np.ptp(shares) < 0.005:
        return f"each component holds {100 * shares[0]:.0f} %"
    k = int(shares.argmax())
    return f"component {k} holds the most, {100 * shares[k]:.0f} %"


def _all_held(frame: Frame) -> str:
    shares = frame.counts / frame.counts.sum()
    if not np.isfinite(shares).all():
        return "No component is known to hold any"
    return "The components hold " + in_words(f"{100 * share:.0f} %" for share in shares)


def _centres(scene: Scene, frame: Frame) -> str:
    if scene.kind == "digits" or len(frame.params.means) > FEW:
        return ""
    means = (f"({', '.join(f'{x:.2f}' for x in mean)})" for mean in frame.params.means)
    return f", with means at {in_words(means)}"


def _change(by: float) -> str:
    if math.isnan(by):
        return "by how much is not known"
    if abs(by) < 5e-5:
        return "unchanged"
    return f"{'up' if by > 0 else 'down'} {_number(abs(by))}"


def _number(value: float) -> str:
    """Return a number with as many digits as are worth reading aloud."""
    if not math.isfinite(value):
        return "not a number"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"
