"""Sentences that say what figures show: for people who cannot see them, and where no figure is drawn."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from checks.texts import later, say
from explorer.wording import in_words

FALLING = {0: later("never falling"), 1: later("falling in 1 step")}
FALLING_OFTEN = later("falling in {count} steps")
ELLIPSES = later("Scatter of {range}, with ellipses at 1 and 2 sigma of {count} Gaussians: {centres}.")
COLOURED = later(
    "Scatter of {range}, coloured by responsibility: {shares}; {shared}, with no component above 90 %."
)
CURVE = later(
    "{name}: from {y_first:.4g} at {x_first:.4g} to {y_last:.4g} at {x_last:.4g}, "
    "lowest {y_low:.4g} at {x_low:.4g}, highest {y_high:.4g} at {x_high:.4g}"
)
TRACE = later("Curve from {first:.2f} at iteration {start} to {last:.2f} at iteration {end}, {course}.")


def as_title(title: str) -> str:
    """Return a title as the beginning of a sentence about the figure."""
    return title and f"{title.rstrip('.?!')}. "


def range_in_words(ax: Axes, points: NDArray[np.float64], dims: tuple[int, int]) -> str:
    """Say how many points a figure has, and in which range they are."""
    low, high = points[:, dims].min(axis=0), points[:, dims].max(axis=0)
    spans = [
        say("{name} from {low:.3g} to {high:.3g}", name=name.strip("$"), low=a, high=b)
        for name, a, b in zip((ax.get_xlabel(), ax.get_ylabel()), low, high)
    ]
    return say("{count} points, {spans}", count=len(points), spans=in_words(spans))


def contours_in_words(
    ax: Axes, points: NDArray[np.float64], means: NDArray[np.float64], title: str, dims: tuple[int, int]
) -> str:
    """Say what a figure with ellipses shows."""
    centres = in_words(
        say("component {k} at ({x:.2f}, {y:.2f})", k=k, x=x, y=y) for k, (x, y) in enumerate(means)
    )
    told = {"range": range_in_words(ax, points, dims), "count": len(means), "centres": centres}
    return as_title(title) + say(ELLIPSES, **told)


def responsibilities_in_words(
    ax: Axes, points: NDArray[np.float64], resp: NDArray[np.float64], title: str, dims: tuple[int, int]
) -> str:
    """Say what a figure of responsibilities shows."""
    held = np.bincount(resp.argmax(axis=1), minlength=resp.shape[1])
    shares = in_words(say("component {k} has the most of {n}", k=k, n=n) for k, n in enumerate(held))
    unsure = int((resp.max(axis=1) < 0.9).sum())
    shared = say("1 point is shared") if unsure == 1 else say("{count} points are shared", count=unsure)
    told = {"range": range_in_words(ax, points, dims), "shares": shares, "shared": shared}
    return as_title(title) + say(COLOURED, **told)


def curve_in_words(name: str, x: NDArray[np.float64], y: NDArray[np.float64]) -> str:
    """Say where a curve begins and ends, and its lowest and highest values."""
    there = np.flatnonzero(np.isfinite(y))
    first, last = there[0], there[-1]
    low, high = there[y[there].argmin()], there[y[there].argmax()]
    places = {"first": first, "last": last, "low": low, "high": high}
    told = {f"{axis}_{at}": of[n] for at, n in places.items() for axis, of in (("x", x), ("y", y))}
    return say(CURVE, name=name, **told)


def trace_in_words(trace: NDArray[np.float64], start: int, title: str) -> str:
    """Say how a log-likelihood changed."""
    falls = int((np.diff(trace) < 0).sum())
    course = FALLING.get(falls, FALLING_OFTEN)
    told = {"first": trace[0], "start": start, "last": trace[-1], "end": start + len(trace) - 1}
    course = say(course, count=falls)
    return as_title(title) + say(TRACE, **told, course=course)
