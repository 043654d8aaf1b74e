"""A scene: data, an engine, and the runs that were made with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.texts import later, say
from explorer.forms import Numbers, Params
from explorer.history import Run, follow
from explorer.moment import Engine
from explorer.starts import start_from

MOST_SENT = {"points": 1500, "pictures": 1500, "digits": 400}  # more rows cannot be told apart on a screen
MOST_RUNS = 8  # more curves in one plot cannot be told apart
MOST_COMPONENTS = 20
# The names of runs that a learner asks for.
RUN_NAMES = {
    "seed": later("seed {seed}"),
    "start": later("dragged start"),
    "branch": later("branch at iteration {iteration}"),
    "later branch": later("branch at iteration {iteration}, after {half}"),
}


@dataclass(frozen=True)
class Scene:
    """Data, an engine and runs, with all that the view needs to draw them.

    told: a text that says what to look at. rows: the rows of the data that are shown. may_start: whether new
    runs can be made.
    """

    name: str
    told: str
    engine: Engine
    rows: NDArray[np.intp]
    kind: str = "points"
    labels: tuple[str, ...] = ()
    pictures: NDArray[np.uint8] | None = None
    shape: tuple[int, int] | None = None
    runs: tuple[Run, ...] = ()
    maxiter: int = 100
    may_start: bool = True

    @property
    def shown(self) -> Numbers:
        """Return the data of the rows that are shown."""
        return self.engine.data[self.rows]

    @property
    def start(self) -> Params:
        """Return the parameters at the start of the first run."""
        return self.runs[0].frames[0].params

    def extended(self, start: Params, name: str, parent: int | None = None, at: int | None = None) -> Scene:
        """Return the scene with one more run, from this start."""
        run = follow(self.engine, start, name, self.maxiter, rows=self.rows)
        return replace(self, runs=(*self.runs, replace(run, parent=parent, at=at)))


def evenly(count: int, most: int) -> NDArray[np.intp]:
    """Return at most `most` of `count` row numbers, evenly chosen, with the first and the last."""
    return np.linspace(0, count - 1, min(count, most)).round().astype(np.intp)


def from_seed(scene: Scene, seed: int) -> Scene:
    """Return the scene with a new run, whose start is drawn from this seed."""
    _require_room(scene)
    start = start_from(scene.engine, len(scene.start.weights), seed)
    return scene.extended(start, say(RUN_NAMES["seed"], seed=seed))


def from_means(scene: Scene, means: ArrayLike) -> Scene:
    """Return the scene with a new run from these means. The rest is as at the first run's start."""
    _require_room(scene)
    return scene.extended(_moved(scene.start, means), say(RUN_NAMES["start"]))


def from_frame(scene: Scene, run: int, frame: int, means: ArrayLike | None) -> Scene:
    """Return the scene with a new run that branches from a run at a frame, perhaps with moved means."""
    _require_room(scene)
    left = scene.runs[run].frames[frame]
    name = say(RUN_NAMES["later branch" if frame else "branch"], **vars(left))
    return scene.extended(_moved(left.params, means), name, run, frame)


def _moved(params: Params, means: ArrayLike | None) -> Params:
    if means is None:
        return params
    moved = np.array(means, dtype=float)
    if moved.shape != params.means.shape or not np.isfinite(moved).all():
        raise ValueError(
            say(
                "means has shape {shape}, but must be {shape2}, finite numbers.",
                shape=moved.shape,
                shape2=params.means.shape,
            )
        )
    return params._replace(means=moved)


def _require_room(scene: Scene) -> None:
    if not scene.may_start:
        raise ValueError(say("In this scene you cannot make a new run: its functions are wrong on purpose."))
    if len(scene.runs) >= MOST_RUNS:
        raise ValueError(
            say(
                "There are {most_runs} runs. More could not be told apart: run the cell again.",
                most_runs=MOST_RUNS,
            )
        )
