"""Every frame in words, for screen readers and for the text below the picture."""

from __future__ import annotations

import math

import numpy as np

from checks.texts import later, say
from explorer.history import Ending, Frame, Run, Why
from explorer.scene import Scene
from explorer.wording import in_words

ENDS = {
    Why.CONVERGED: later(
        "Converged: iteration {iteration} changed the log-likelihood by less than {limit:g}."
    ),
    Why.LIMIT: later("The run ends here after {limit} {iterations}, the limit. It has not converged."),
    Why.LATE: later("The run ends here: {limit:g} seconds are over."),
    Why.INTERRUPTED: later("The run was interrupted here."),
    Why.RAISED: later("The run ends here: {error.sentence}"),
    Why.BROKEN: later("The run ends here: there is no next step."),  # the sentence of the light says why
    Why.ENDLESS: later("The run could go on without end, and nothing would change."),
}
# The sentences about a frame. The page without a kernel (explorer/view/page/) uses the same texts.
PHRASES = {
    "frame": later("{when}: {climb}; {held} of the {things}."),
    "start": later("start"),
    "later": later("iteration {iteration}, after {half}"),
    "loglik": later("log-likelihood {value}"),
    "stepped": later("{loglik}, {change}"),
    "touched": later("{loglik}, touched by the bound"),
    "apart": later("{loglik}, not touched by the bound"),
    "lifted": later("{touch}, which is {change}"),
    "held by none": later("no component is known to hold any"),
    "held alike": later("each component holds {percent:.0f} %"),
    "held most": later("component {k} holds the most, {percent:.0f} %"),
    "unknown": later("by how much is not known"),
    "unchanged": later("unchanged"),
    "up": later("up {by}"),
    "down": later("down {by}"),
    "large": later("{value:.1f}"),
    "small": later("{value:.2g}"),
    "no number": later("not a number"),
    "one": later("iteration"),
    "many": later("iterations"),
}
RUN = later(
    "EM on {count} {things} with {K} components, {iterations} iterations: the log-likelihood goes from "
    "{first} to {last}. {held} of the {things}{centres}."
)
FEW = 8  # means are listed for so many components at most: nobody remembers more numbers


def frame_in_words(frame: Frame, before: Frame | None, things: str) -> str:
    """Return a frame in words. before: the frame one half-step earlier. things: for example "points".

    For example: "iteration 4, after E: log-likelihood -412.3, touched by the bound, which is up 1.8;
    component 2 holds the most, 31 % of the points." Broken rules have separate sentences.
    """
    return _say(
        "frame", when=_when(frame), climb=_climb(frame, before), held=_held(frame), things=say(things)
    )


def run_in_words(scene: Scene, run: Run) -> str:
    """Return the alt text of a run: how it began, how it ended, what it found, and broken rules."""
    first, last = run.frames[0], run.sound
    told = {"count": len(scene.engine.data), "things": say(scene.kind), "K": len(last.params.weights)}
    climb = {"iterations": run.iterations, "first": _number(first.loglik), "last": _number(last.loglik)}
    found = {"held": _all_held(last), "centres": _centres(scene, last)}
    return say(RUN, **told, **climb, **found) + f" {_end(run)}{_broken(run)}"


def end_in_words(ending: Ending) -> str:
    """Return why a run is over, as a sentence."""
    iterations = _say("one" if ending.limit == 1 else "many")
    return say(ENDS[ending.why], iterations=iterations, **vars(ending))


def _end(run: Run) -> str:
    """Return why the run is over, with the sentence of a broken rule, which the picture shows separately."""
    said = end_in_words(run.ending)
    reasons = [light.sentence for light in run.frames[-1].lights if light.broken]
    return f"{said} {reasons[0]}" if run.ending.why is Why.BROKEN and reasons else said


def _broken(run: Run) -> str:
    """Return a sentence with the rules that were broken at any time."""
    labels = in_words(say(light.rule.label) for light in run.broken.values())
    return say(" Laws that were broken: {labels}.", labels=labels) if labels else ""


def _say(phrase: str, **values: object) -> str:
    return say(PHRASES[phrase], **values)


def _when(frame: Frame) -> str:
    return _say("start" if frame.half == "start" else "later", iteration=frame.iteration, half=frame.half)


def _climb(frame: Frame, before: Frame | None) -> str:
    loglik = _say("loglik", value=_number(frame.loglik))
    if before is None or frame.half == "start" or math.isnan(frame.loglik):
        return loglik
    if frame.half == "M":
        return _say("stepped", loglik=loglik, change=_change(frame.loglik - before.loglik))
    touch = _say("touched" if _touched(frame) else "apart", loglik=loglik)
    if math.isnan(before.bound):
        return touch if _touched(frame) else loglik
    return _say("lifted", touch=touch, change=_change(frame.bound - before.bound))


def _touched(frame: Frame) -> bool:
    return any(light.rule.touch and light.ok for light in frame.lights)


def _held(frame: Frame) -> str:
    shares = frame.counts / frame.counts.sum()
    if not np.isfinite(shares).all():
        return _say("held by none")
    if np.ptp(shares) < 0.005:
        return _say("held alike", percent=100 * shares[0])
    k = int(shares.argmax())
    return _say("held most", k=k, percent=100 * shares[k])


def _all_held(frame: Frame) -> str:
    shares = frame.counts / frame.counts.sum()
    if not np.isfinite(shares).all():
        return say("No component is known to hold any")
    parts = in_words(f"{100 * share:.0f} %" for share in shares)
    return say("The components hold {shares}", shares=parts)


def _centres(scene: Scene, frame: Frame) -> str:
    if scene.kind == "digits" or len(frame.params.means) > FEW:
        return ""
    means = (f"({', '.join(f'{x:.2f}' for x in mean)})" for mean in frame.params.means)
    return say(", with means at {means}", means=in_words(means))


def _change(by: float) -> str:
    if math.isnan(by):
        return _say("unknown")
    if abs(by) < 5e-5:
        return _say("unchanged")
    return _say("up" if by > 0 else "down", by=_number(abs(by)))


def _number(value: float) -> str:
    """Return a number with only as many digits as a listener needs."""
    if not math.isfinite(value):
        return _say("no number")
    return _say("large" if abs(value) >= 1 else "small", value=value)
