"""The scenes of the page: three data sets with twelve starts each, and the explorer's gallery."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from PIL import Image

from explorer.forms import Params
from explorer.gallery import gallery_scenes
from explorer.history import Run, Why
from explorer.making import ToDraw, ToRun, own_scene
from explorer.packing import scene_arrays, scene_as_json
from explorer.scene import Scene, from_seed
from helpers.datasets import load_digits, load_synthetic
from helpers.exploring import KIT
from helpers.pictures import load_earth

STARTS = 12
DIGITS = 1000  # of 70,000 digits: a phone can compute with so many in a second
NEARLY_SINGULAR = 1e8  # a covariance with this condition number loses half of all digits
INK = 127  # pixels up to this grey level count as paper, as in the notebook


@dataclass(frozen=True)
class PageScene:
    """A scene of the page. id: its name in links and files. drawn: whether seed 0 chooses the first start."""

    id: str
    scene: Scene
    drawn: bool


def stages() -> list[PageScene]:
    """Return the page's scenes in their order."""
    own = [points(), earth(), digits()]
    gallery = [PageScene(_id(scene.name), scene, drawn=False) for scene in gallery_scenes(KIT)]
    return [PageScene(_id(scene.name), scene, drawn=True) for scene in own] + gallery


def points() -> Scene:
    """Return the scene of the hundred points."""
    told = (
        "A hundred points and three Gaussians. Most starts end at the same maximum, but not all: try seed 1."
    )
    return _scene("hundred points", told, load_synthetic(), 3)


def earth() -> Scene:
    """Return the scene of the pictures of the Earth, by their mean colours."""
    told = "860 pictures of the Earth. EM sees only the average red, green and blue of each picture."
    pictures, drawn = load_earth(), {"labels": ("red", "green", "blue")}
    return _scene("Earth", told, pictures.rgb, 4, pictures=pictures.tiles, **drawn)


def digits() -> Scene:
    """Return the scene of the first digits, black and white."""
    told = (
        f"{DIGITS:,} handwritten digits, in black and white. There are ten components. Each holds a "
        "probability of ink for each pixel."
    )
    data = (load_digits()[0][:DIGITS] > INK).astype(float)
    return _scene("digits", told, data, 10, maxiter=50)


def scene_file(stage: PageScene) -> dict[str, Any]:
    """Return everything that the page needs of a scene to make its runs."""
    scene = stage.scene
    head = {name: value for name, value in scene_as_json(scene).items() if name != "runs"}
    tables = {"tiles": _small(scene_arrays(scene, 0)["0/tiles"])} if scene.kind == "pictures" else {}
    return {
        "id": stage.id,
        "head": head,
        "maxiter": scene.maxiter,
        "data": _packed(scene),
        "tables": {name: _text(table) for name, table in tables.items()},
        "runs": [{"seed": 0}] if stage.drawn else _given(scene),
        "starts": [_start(scene, seed) for seed in range(STARTS)] if stage.drawn else [],
    }


def _scene(name: str, told: str, data: np.ndarray, K: int, maxiter: int = 100, **drawn: Any) -> Scene:
    to_run = ToRun(data, None, None, K, None, maxiter, seed=0)
    to_draw = ToDraw(**{"pictures": None, "shape": None, "labels": None, "dims": (0, 1)} | drawn)
    return replace(own_scene(KIT, to_run, to_draw, {}), name=name, told=told)


def _packed(scene: Scene) -> str:
    """Return all the data without rounding: as bits (eight in a byte), or as doubles."""
    data = scene.engine.data
    return _text(
        np.packbits(data > 0.5).tobytes() if scene.kind == "digits" else data.astype("<f8").tobytes()
    )


def _small(picture: bytes) -> bytes:
    """Return the picture of all tiles as a JPEG, a sixth of its size. Browsers recognise the format."""
    small = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(small, "JPEG", quality=85, subsampling=0)
    return small.getvalue()


def _given(scene: Scene) -> list[dict[str, Any]]:
    """Return a recipe for each of the scene's runs, or the complete run if the page cannot make it."""
    shown, arrays = scene_as_json(scene)["runs"], scene_arrays(scene, 0)
    return [
        _recipe(run)
        if scene.may_start and not rounding_decides(run)
        else {"shown": shown[r], "tables": {"resp": _text(arrays[f"0/{r}/resp"])}}
        for r, run in enumerate(scene.runs)
    ]


def rounding_decides(run: Run) -> bool:
    """Tell whether a covariance is so close to singular that rounding decides the next step."""
    return any(
        np.linalg.cond(cov) > NEARLY_SINGULAR
        for frame in run.frames
        for cov in _finite(frame.params.covariances)
    )


def _finite(covs: np.ndarray) -> np.ndarray:
    return covs[np.isfinite(covs).all(axis=(1, 2))]


def _recipe(run: Run) -> dict[str, Any]:
    """Return a run's start, its number of frames, and the reason for its end."""
    return {
        "name": run.name,
        "start": _plain(run.frames[0].params),
        "count": len(run.frames),
        "ending": _ending(run),
    }


def _start(scene: Scene, seed: int) -> dict[str, Any]:
    run = from_seed(scene, seed).runs[-1]
    return {"seed": seed, "iterations": run.iterations, "loglik": run.loglik[-1]} | _ending(run)


def _ending(run: Run) -> dict[str, Any]:
    if run.ending.why not in {Why.CONVERGED, Why.LIMIT, Why.BROKEN, Why.ENDLESS}:
        raise ValueError(f"The page has no words for a run that ends so: {run.ending.why.value}.")
    return {"why": run.ending.why.value, "iteration": run.ending.iteration, "limit": run.ending.limit}


def _plain(params: Params) -> dict[str, Any]:
    return {name: value.tolist() for name, value in params._asdict().items()}


def _text(table: bytes) -> str:
    return base64.b64encode(table).decode()


def _id(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())
