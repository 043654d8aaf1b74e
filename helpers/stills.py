"""The still figure, which is shown instead of the explorer where no widget runs."""

from __future__ import annotations

from itertools import takewhile

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from checks.texts import say
from explorer.history import Frame, Run
from explorer.scene import Scene
from explorer.words import FEW, run_in_words
from helpers.figures import as_html, describe, in_its_place
from helpers.galleries import plot_pictures
from helpers.plots import plot_contours, plot_loglikelihood, plot_responsibilities


def still(scene: Scene, dims: tuple[int, int] = (0, 1)) -> dict[str, str]:
    """Return the still figure as a notebook saves it: as HTML, and in words."""
    figure = still_figure(scene, dims)
    return {"text/html": as_html(figure), "text/plain": in_its_place(figure)}


def still_figure(scene: Scene, dims: tuple[int, int] = (0, 1)) -> Figure:
    """Return a figure with the end of the scene's first run, and its log-likelihood next to it.

    The alt text describes both.
    """
    run = scene.runs[0]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 4), dpi=80, layout="constrained")
    plt.close(figure)  # otherwise it would be shown a second time
    if scene.kind == "digits":
        _draw_components(scene, run, left)
    else:
        _draw_points(scene, run, dims, left)
    describe(left, run_in_words(scene, run))
    plot_loglikelihood(list(takewhile(np.isfinite, run.loglik)), ax=right)
    return figure


def _draw_components(scene: Scene, run: Run, ax: Axes) -> None:
    params = run.sound.params
    weights = [f"{weight:.2f}" for weight in params.weights]
    tiles = np.clip(params.means, 0, 1).reshape(-1, *scene.shape)
    plot_pictures(tiles, weights, say("Components"), columns=4 if len(tiles) <= 12 else 5, ax=ax)


def _draw_points(scene: Scene, run: Run, dims: tuple[int, int], ax: Axes) -> None:
    frame = run.sound
    means, below = frame.params.means, np.tril(frame.params.covariances)
    covs = below + np.tril(below, -1).swapaxes(1, 2)  # symmetric, even if a learner's matrices are not
    # A little is added, so that collapsed covariances can be drawn.
    covs = covs + 1e-9 * scene.shown.var() * np.eye(scene.shown.shape[1])
    title = say("After iteration {n}", n=frame.iteration) if frame.iteration else say("The start")
    style = dict(title=title, dims=dims, labels=scene.labels or None, ax=ax)
    plot_contours(scene.shown, means, covs, **style)
    if (resp := _as_shares(frame)) is not None:
        ax.collections[0].remove()  # the grey points: they are drawn again in colour
        plot_responsibilities(scene.shown, resp, **style)
    _name_components(ax, means[:, dims])


def _name_components(ax: Axes, means: np.ndarray) -> None:
    """Say which mark is which component: in a legend, or at each mean if a legend would hide the points."""
    ax.get_legend().remove()
    if len(means) > FEW:
        for k, mean in enumerate(means):
            ax.annotate(str(k), mean, (6, 4), textcoords="offset points", weight="bold", zorder=5)
        return
    handles, names = ax.get_legend_handles_labels()
    ax.legend(handles[-len(means) :], names[-len(means) :], fontsize="small")


def _as_shares(frame: Frame) -> np.ndarray | None:
    """Return responsibilities that can be drawn, whatever values a learner's function returned."""
    if frame.resp is None or not np.isfinite(frame.resp).all():
        return None
    resp = np.maximum(frame.resp, 1e-300)
    return resp / resp.sum(axis=1, keepdims=True)
