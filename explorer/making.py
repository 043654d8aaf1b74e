"""Functions that make the widget from the arguments of `explore`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.texts import say
from explorer.calls import in_notebook, in_words_of
from explorer.forecast import Forecast
from explorer.forms import read_points
from explorer.gallery import gallery_scenes
from explorer.history import Run
from explorer.kit import Kit
from explorer.moment import Engine, engine_for
from explorer.scene import MOST_COMPONENTS, MOST_SENT, RUN_NAMES, Scene, evenly
from explorer.starts import start_from
from explorer.steps import family_of
from explorer.widget import Explorer

COMPONENTS = {"points": 3, "pictures": 3, "digits": 10}


@dataclass(frozen=True)
class ToRun:
    """The arguments of `explore` that say what to run."""

    data: ArrayLike
    e_step: Any
    m_step: Any
    init: Any
    model: str | None
    maxiter: int
    seed: int


@dataclass(frozen=True)
class ToDraw:
    """The arguments of `explore` that say how to draw it."""

    pictures: ArrayLike | None
    shape: tuple[int, int] | None
    labels: Sequence[str] | None
    dims: tuple[int, int]


@dataclass(frozen=True)
class ToAsk:
    """The arguments of `explore` that ask for a prediction."""

    ask: str
    choices: tuple[str, ...]
    happened: Callable[[Run], str] | None


def explorer_for(kit: Kit, scene: Scene, dims: Sequence[int], to_ask: ToAsk, gallery: bool) -> Explorer:
    """Return the widget. Its first scene is the notebook's own, and the scenes of the gallery follow."""
    forecast = Forecast(to_ask.ask, to_ask.choices, _outcome(to_ask, scene.runs[0]))
    return Explorer(kit, [scene, *(gallery_scenes(kit) if gallery else ())], forecast, tuple(dims))


def own_scene(kit: Kit, to_run: ToRun, to_draw: ToDraw, names: Mapping[str, Any]) -> Scene:
    """Return the scene with the notebook's own data, functions and first run.

    names: the notebook's names, in which steps that were not given are searched.
    """
    data = read_points(to_run.data)
    family = family_of(to_run.model, data)
    steps = zip((to_run.e_step, to_run.m_step), in_notebook(family, names))
    e_step, m_step = (found if given is None else given for given, found in steps)
    told = say("E-step: {e_step}. M-step: {m_step}.", e_step=in_words_of(e_step), m_step=in_words_of(m_step))
    engine = engine_for(family, data, kit.rules[family.name], e_step, m_step)
    scene = _empty_scene(engine, told, to_draw, to_run.maxiter)
    init = COMPONENTS[scene.kind] if to_run.init is None else to_run.init
    start = start_from(engine, init, to_run.seed)
    _require_few(len(start.weights))
    drawn = isinstance(init, int | np.integer)
    return scene.extended(start, say(RUN_NAMES["seed"], seed=to_run.seed) if drawn else say("start"))


def _empty_scene(engine: Engine, told: str, to_draw: ToDraw, maxiter: int) -> Scene:
    N, D = engine.data.shape
    kind = "digits" if engine.family.logs else "points" if to_draw.pictures is None else "pictures"
    _require_plane(to_draw.dims, D, kind)
    return Scene(
        say("your data"),
        told,
        engine,
        evenly(N, MOST_SENT[kind]),
        kind,
        _labels(to_draw.labels, D, kind),
        _tiles(to_draw.pictures, N) if kind == "pictures" else None,
        _shape(to_draw.shape, D) if kind == "digits" else None,
        maxiter=maxiter,
    )


def _outcome(to_ask: ToAsk, run: Run) -> str:
    if to_ask.happened is None:
        return ""
    try:
        return str(to_ask.happened(run))
    except Exception:  # `happened` was written for a successful run, and the learner's run may fail
        return say("the run ended before this was known")


def _labels(labels: Sequence[str] | None, D: int, kind: str) -> tuple[str, ...]:
    if labels is None:
        return () if kind == "digits" else tuple(f"x{d}" for d in range(D))
    if len(labels) != D:
        raise ValueError(
            say(
                "there are {number} labels for {d} columns of data: give one for each.",
                number=len(labels),
                d=D,
            )
        )
    return tuple(map(str, labels))


def _require_plane(dims: Sequence[int], D: int, kind: str) -> None:
    if kind != "digits" and D < 2:
        raise ValueError(
            say("data has one column, but the explorer draws a plane: give at least two columns.")
        )
    if len(dims) != 2 or not all(0 <= d < D for d in dims):
        raise ValueError(
            say("dims is {dims}, but must be two of the data's axes 0 to {d}.", dims=tuple(dims), d=D - 1)
        )


def _shape(shape: tuple[int, int] | None, D: int) -> tuple[int, int]:
    side = isqrt(D)
    found = shape or ((side, side) if side**2 == D else (1, D))
    if len(found) != 2 or found[0] * found[1] != D:
        raise ValueError(
            say(
                "shape is {shape}, but a row has {d} pixels: height times width must be {d}.",
                shape=shape,
                d=D,
            )
        )
    return int(found[0]), int(found[1])


def _tiles(pictures: ArrayLike, N: int) -> NDArray[np.uint8]:
    tiles = np.asarray(pictures)
    if tiles.ndim != 4 or tiles.shape[3] != 3 or len(tiles) != N:
        raise ValueError(
            say(
                "pictures has shape {shape}, but must be ({n}, H, W, 3), one for each row of data.",
                shape=tiles.shape,
                n=N,
            )
        )
    return tiles if tiles.dtype == np.uint8 else np.rint(255 * np.clip(tiles, 0, 1)).astype(np.uint8)


def _require_few(K: int) -> None:
    if K > MOST_COMPONENTS:
        raise ValueError(
            say(
                "there are {k} components, but at most {most_components} can be told apart here.",
                k=K,
                most_components=MOST_COMPONENTS,
            )
        )
