"""Scenes as JSON and bytes, with only as many digits as the picture needs.

explorer/view/history.js reads them. Numbers are in JSON. Tables are little-endian bytes with a name such as
"0/1/resp" (scene, run, table).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import ceil
from typing import Any

import numpy as np
from PIL import Image

from checks.texts import say
from explorer.forms import Numbers
from explorer.history import Frame, Run
from explorer.lights import Light
from explorer.scene import Scene
from explorer.words import end_in_words, frame_in_words

COLUMNS = 20  # tiles in one row of the picture that has all tiles
TILE = 32  # pixels on each side of a tile, at most
FULL = 65535  # a responsibility of 1, in two bytes


def scene_as_json(scene: Scene) -> dict[str, Any]:
    """Return everything of a scene except its tables."""
    N, D = scene.engine.data.shape
    return {
        "name": scene.name,
        "told": scene.told,
        "family": scene.engine.family.name,
        "kind": scene.kind,
        "N": len(scene.rows),
        "total": N,
        "K": len(scene.start.weights),
        "D": D,
        "axes": list(scene.labels),
        "shape": None if scene.shape is None else list(scene.shape),
        "rows": None if len(scene.rows) == N else scene.rows.tolist(),
        "may_start": scene.may_start,
        "runs": [_run_as_json(run, scene.kind) for run in scene.runs],
    }


def scene_arrays(scene: Scene, number: int) -> dict[str, bytes]:
    """Return the tables of a scene by their names."""
    arrays = {f"{number}/{name}": table for name, table in _of_data(scene)}
    for r, run in enumerate(scene.runs):
        seen = [frame.resp for frame in run.frames if _has_resp(frame)]
        arrays[f"{number}/{r}/resp"] = b"".join(map(packed_resp, seen))
        if scene.kind == "digits":
            own = [frame.params.means for frame in run.frames if frame.half != "E"]
            arrays[f"{number}/{r}/params"] = np.array(own, dtype="<f4").tobytes()
    return arrays


def packed_resp(resp: Numbers) -> bytes:
    """Return responsibilities with two bytes each. NaN becomes 0, and numbers outside 0 to 1 are cut off."""
    return np.rint(FULL * np.clip(np.nan_to_num(resp), 0, 1)).astype("<u2").tobytes()


def sprite(tiles: np.ndarray) -> bytes:
    """Return tiles, (N, H, W) or (N, H, W, 3) uint8, as one PNG with 20 of them in a row."""
    N, H, W = tiles.shape[:3]
    rows = ceil(N / COLUMNS)
    full = np.zeros((rows * COLUMNS, *tiles.shape[1:]), dtype=np.uint8)
    full[:N] = tiles
    wide = full.reshape(rows, COLUMNS, *tiles.shape[1:]).swapaxes(1, 2)
    png = io.BytesIO()
    Image.fromarray(wide.reshape(rows * H, COLUMNS * W, *tiles.shape[3:])).save(png, "PNG")
    return png.getvalue()


def _of_data(scene: Scene) -> Iterator[tuple[str, bytes]]:
    shown = scene.shown
    if scene.kind == "digits":
        bits = shown > 0.5
        yield "bits", bits.astype(np.uint8).tobytes()
        yield "tiles", sprite(255 - 255 * bits.reshape(-1, *scene.shape).astype(np.uint8))
        return
    yield "points", shown.astype("<f4").tobytes()
    if scene.kind == "pictures":
        yield "tiles", sprite(_small(scene.pictures[scene.rows]))


def _small(tiles: np.ndarray) -> np.ndarray:
    step = ceil(max(tiles.shape[1:3]) / TILE)
    if step == 1:
        return tiles
    size = tiles.shape[2] // step, tiles.shape[1] // step
    return np.array([np.asarray(Image.fromarray(tile).resize(size)) for tile in tiles])


def _run_as_json(run: Run, kind: str) -> dict[str, Any]:
    frames, resp, own = [], -1, -1
    for before, frame in zip([None, *run.frames], run.frames):
        resp += _has_resp(frame)
        own += frame.half != "E"
        shown = _frame_as_json(frame, kind) | {"words": frame_in_words(frame, before, kind)}
        frames.append(shown | {"resp": resp, "params": own if kind == "digits" else -1})
    return {
        "name": run.name,
        "parent": run.parent,
        "at": run.at,
        "frames": frames,
        "error": run.error and run.error.as_json(),
        "end": end_in_words(run.ending),
    }


def _frame_as_json(frame: Frame, kind: str) -> dict[str, Any]:
    shown = {
        "iteration": frame.iteration,
        "half": frame.half,
        "weights": _plain(frame.params.weights),
        "counts": _plain(frame.counts),
        "loglik": _plain(frame.loglik),
        "bound": _plain(frame.bound),
        "laws": [_light_as_json(light) for light in frame.lights],
    }
    if kind == "digits":
        return shown
    return shown | {"means": _plain(frame.params.means), "covariances": _plain(frame.params.covariances)}


def _light_as_json(light: Light) -> dict[str, Any]:
    return {"key": light.rule.key, "law": say(light.rule.label), "ok": light.ok, "sentence": light.sentence}


def _has_resp(frame: Frame) -> bool:
    """Tell whether this frame has new responsibilities."""
    return frame.half == "E" and frame.resp is not None


def _plain(value: Any) -> Any:
    """Return numbers for JSON, where NaN and infinities become null."""
    array = np.asarray(value, dtype=float)
    return np.where(np.isfinite(array), array, None).tolist()
