"""Figures of points, mixtures, responsibilities and log-likelihoods.

Every function draws on `ax` (or on a new figure), fits the axes to the data, and takes any number of
components. It attaches alt text and returns the Axes. Bad input raises ValueError with one sentence that
says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from checks.texts import say
from helpers.figures import EDGE, colour, describe, marker, mixed_colours
from helpers.plots_in_words import (
    as_title,
    contours_in_words,
    curve_in_words,
    range_in_words,
    responsibilities_in_words,
    trace_in_words,
)
from helpers.validate import as_components, as_points, as_responsibilities, require_enough_points

AROUND = np.linspace(0, 2 * np.pi, 121)  # angles of the points of an ellipse
SIGMAS = {1: "solid", 2: "dashed"}
LINES = ("solid", "dashed", "dotted", "dashdot")
OUTLINE = [withStroke(linewidth=2.8, foreground=EDGE)]  # because yellow alone is hard to see on white
MARKED = 20  # so many points of a curve have a marker: more markers would hide its line


def plot_data(
    data: ArrayLike,
    title: str = "",
    dims: tuple[int, int] = (0, 1),
    labels: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a scatter of the data, (N, D), on two of its axes."""
    points = as_points(data)
    ax = _prepared(ax, points, title, dims, labels)
    ax.scatter(*points[:, dims].T, s=18, color="#555555", zorder=2)
    return describe(ax, as_title(title) + say("Scatter of {range}.", range=range_in_words(ax, points, dims)))


def plot_contours(
    data: ArrayLike,
    means: ArrayLike,
    covs: ArrayLike,
    title: str = "",
    dims: tuple[int, int] = (0, 1),
    labels: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw each Gaussian over the data: its mean, and the curves that are 1 and 2 sigma away from it.

    data: (N, D). means: (K, D). covs: (K, D, D). If D is greater than 2, the
    curves show the marginal distribution on the two axes `dims`.
    """
    points = as_points(data)
    mu, sigma = as_components(means, covs, points.shape[1])
    require_enough_points(len(points), len(mu))
    ax = plot_data(points, title, dims, labels, ax)
    for k, (mean, cov) in enumerate(zip(mu[:, dims], sigma[np.ix_(range(len(mu)), dims, dims)])):
        _draw_component(ax, k, mean, cov)
    ax.legend(fontsize="small")
    return describe(ax, contours_in_words(ax, points, mu[:, dims], title, dims))


def plot_responsibilities(
    data: ArrayLike,
    resp: ArrayLike,
    title: str = "",
    dims: tuple[int, int] = (0, 1),
    labels: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw each point in the components' colours, mixed by its responsibilities.

    data: (N, D). resp: (N, K), rows sum to 1. The marker's shape shows the component
    with the largest responsibility. `dims` are the two axes, `labels` their names.
    """
    points = as_points(data)
    soft = as_responsibilities(resp, len(points))
    require_enough_points(len(points), soft.shape[1])
    ax = _prepared(ax, points, title, dims, labels)
    colours, largest = mixed_colours(soft), soft.argmax(axis=1)
    for k in range(soft.shape[1]):
        mine = largest == k
        style = dict(marker=marker(k), edgecolors=EDGE, linewidths=0.5, s=32, zorder=2)
        ax.scatter(*points[mine][:, dims].T, c=colours[mine], **style)
        ax.scatter([], [], color=colour(k), label=say("component {k}", k=k), **style)
    ax.legend(fontsize="small")
    return describe(ax, responsibilities_in_words(ax, points, soft, title, dims))


def plot_loglikelihood(
    loglik: ArrayLike, title: str | None = None, start: int = 0, ax: Axes | None = None
) -> Axes:
    """Draw the log-likelihood after each iteration, beginning with iteration `start`.

    title: by default "Log-likelihood".
    """
    trace = np.asarray(loglik, dtype=float)
    if trace.ndim != 1 or not 0 <= start < len(trace) or not np.isfinite(trace).all():
        raise ValueError(
            say(
                "loglik has shape {shape} and start is {start}: give one finite number for each "
                "iteration, and a start that is one of these iterations.",
                shape=trace.shape,
                start=start,
            )
        )
    ax = _new_axes() if ax is None else ax
    ax.plot(range(start, len(trace)), trace[start:], color=colour(0), marker=".", linewidth=2)
    title = say("Log-likelihood") if title is None else title
    ax.set(title=title, xlabel=say("iteration"), ylabel=say("log-likelihood"))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    return describe(ax, trace_in_words(trace[start:], start, title))


def plot_curves(
    x: ArrayLike,
    curves: Mapping[str, ArrayLike],
    title: str = "",
    labels: Sequence[str] = ("x", "y"),
    logarithmic: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw curves over the same x, (N,). Each curve has its own colour, marker and line style.

    curves: the name of each curve, for the legend, and its values, (N,). A NaN leaves a gap. labels: of the
    two axes. logarithmic: whether the vertical axis is logarithmic. Raises ValueError if a curve and x have
    different lengths, or if a curve has no finite number.

    Example:
        >>> ax = plot_curves([1, 2, 3], {"half": [0.5, 1, 1.5]}, "Halves")
        >>> ax.get_legend_handles_labels()[1]
        ['half']
    """
    places = np.asarray(x, dtype=float)
    numbers = {name: np.asarray(values, dtype=float) for name, values in curves.items()}
    for name, values in numbers.items():
        if places.ndim != 1 or values.shape != places.shape or not np.isfinite(values).any():
            raise ValueError(
                say(
                    "the curve {name} has shape {shape}, and x has shape {shape2}: give one number for each "
                    "number of x, at least one of them finite.",
                    name=repr(name),
                    shape=values.shape,
                    shape2=places.shape,
                )
            )
    ax = _new_axes() if ax is None else ax
    for k, (name, values) in enumerate(numbers.items()):
        style = dict(color=colour(k), marker=marker(k), linestyle=LINES[k % len(LINES)])
        style |= {"markevery": max(1, len(places) // MARKED), "path_effects": OUTLINE}
        ax.plot(places, values, label=name, markeredgecolor=EDGE, markersize=5, linewidth=2, **style)
    ax.set(title=title, xlabel=labels[0], ylabel=labels[1], yscale="log" if logarithmic else "linear")
    ax.legend(fontsize="small")
    told = "; ".join(curve_in_words(name, places, values) for name, values in numbers.items())
    return describe(
        ax, as_title(title) + say("{y} over {x}. {curves}.", y=labels[1], x=labels[0], curves=told)
    )


def _new_axes() -> Axes:
    return plt.subplots(figsize=(5.6, 4.2), dpi=80, layout="constrained")[1]


def _prepared(
    ax: Axes | None,
    points: NDArray[np.float64],
    title: str,
    dims: tuple[int, int],
    labels: Sequence[str] | None,
) -> Axes:
    num_dims = points.shape[1]
    if len(dims) != 2 or not all(0 <= d < num_dims for d in dims):
        raise ValueError(
            say(
                "dims is {dims}, but must be two of the data's axes 0 to {num_dims}.",
                dims=tuple(dims),
                num_dims=num_dims - 1,
            )
        )
    ax = _new_axes() if ax is None else ax
    names = [labels[d] if labels is not None else f"$x_{d}$" for d in dims]
    low, high = _limits(points[:, dims])
    ax.set(title=title, xlabel=names[0], ylabel=names[1])
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    return ax


def _limits(plane: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    low, high = plane.min(axis=0), plane.max(axis=0)
    margin = np.where(high > low, 0.08 * (high - low), 1.0)
    return low - margin, high + margin


def _draw_component(ax: Axes, k: int, mean: NDArray[np.float64], cov: NDArray[np.float64]) -> None:
    circle = np.linalg.cholesky(cov) @ [np.cos(AROUND), np.sin(AROUND)]
    for sigma, line in SIGMAS.items():
        ellipse = mean[:, None] + sigma * circle
        ax.plot(*ellipse, color=colour(k), linestyle=line, linewidth=2, path_effects=OUTLINE)
    style = dict(color=colour(k), marker=marker(k), edgecolors=EDGE, s=90, zorder=3)
    ax.scatter(*mean, label=say("component {k}", k=k), **style)
