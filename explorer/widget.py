"""The explorer as a widget: the data that the browser draws, its requests, and what the notebook keeps.

All frames are sent once, so no kernel is needed to move through them. The browser asks the kernel only for
new runs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from explorer.forecast import Forecast
from explorer.history import Run
from explorer.kit import Kit
from explorer.packing import scene_arrays, scene_as_json
from explorer.scene import Scene, from_frame, from_means, from_seed

VIEW = "application/vnd.jupyter.widget-view+json"
ABSENT = "Here is the EM explorer while this notebook runs in JupyterLab; below is a still picture of it."
HERE = Path(__file__).parent


def synced(kind: type[traitlets.TraitType], *args: Any) -> traitlets.TraitType:
    """Return a trait that the browser also sees."""
    return kind(*args).tag(sync=True)


class Explorer(anywidget.AnyWidget):
    """A widget with runs of EM, to move through frame by frame. It makes new runs on request.

    explorer.js reads the traits. scenes_now has the scenes, with each run as a `Run`. The first scene is the
    notebook's own, and the other scenes are the gallery.
    """

    _esm = HERE / "static" / "explorer.js"
    _css = HERE / "static" / "explorer.css"

    look = synced(traitlets.Dict)
    scenes = synced(traitlets.List)
    arrays = synced(traitlets.Dict)
    at = synced(traitlets.Dict)
    plane = synced(traitlets.List)
    point = synced(traitlets.Int, -1)
    ask = synced(traitlets.Dict)
    prediction = synced(traitlets.Unicode)
    outcome = synced(traitlets.Unicode)
    seen_end = synced(traitlets.Bool)
    trouble = synced(traitlets.Unicode)

    def __init__(self, kit: Kit, scenes: list[Scene], forecast: Forecast, plane: tuple[int, int]) -> None:
        self.kit, self.scenes_now, self.forecast = kit, list(scenes), forecast
        super().__init__(
            look=dict(kit.look),
            scenes=[scene_as_json(scene) for scene in scenes],
            arrays={k: v for n, scene in enumerate(scenes) for k, v in scene_arrays(scene, n).items()},
            at={"scene": 0, "run": 0, "frame": 0},
            plane=list(plane),
            ask={"question": forecast.question, "choices": list(forecast.choices)},
            prediction=forecast.prediction,
            outcome=forecast.outcome,
        )
        self.on_msg(self._asked)
        self.observe(self._predicted, "prediction")
        self.observe(self._moved, "at")

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the widget, with the still figure and its alt text for programs where no widget runs."""
        self.forecast.keep(self.still())
        return self._live() | self.forecast.bundle()

    def _ipython_display_(self) -> None:
        """Show two outputs: the widget, and below it the still figure, which remains without the widget.

        One output with both is not enough. If a notebook was saved without the state of widgets, JupyterLab
        says "model not found" and shows no other form of the same output.
        """
        display(self._live() | {"text/plain": ABSENT}, raw=True)
        self.forecast.keep(self.still())
        self.forecast.show()

    def still(self) -> dict[str, str]:
        """Return the still figure of the notebook's own first run, as HTML and as plain text."""
        return self.kit.still(self.scenes_now[0], tuple(self.plane))

    def _live(self) -> dict[str, Any]:
        return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id}}

    @property
    def history(self) -> Run:
        """Return the first run of the notebook's own scene."""
        return self.scenes_now[0].runs[0]

    def _asked(self, _: Any, message: dict[str, Any], __: Any) -> None:
        """Make the run that the browser asks for. If this is not possible, `trouble` says why."""
        self.trouble = ""  # emptied first, so that the browser sees the same sentence a second time
        try:
            self._add_run(message)
        except ValueError as error:
            self.trouble = str(error)
        except (KeyError, IndexError, TypeError):  # the request is, for example, from an old browser tab
            self.trouble = "This request does not fit what is shown: run the cell again."

    def _add_run(self, message: dict[str, Any]) -> None:
        number = int(message["scene"])
        scene = REQUESTS[message["do"]](self.scenes_now[number], message)
        self.scenes_now[number] = scene
        with self.hold_sync():
            self.arrays = self.arrays | scene_arrays(scene, number)
            self.scenes = [*self.scenes[:number], scene_as_json(scene), *self.scenes[number + 1 :]]
            self.at = {"scene": number, "run": len(scene.runs) - 1, "frame": 0}

    def _predicted(self, change: dict[str, Any]) -> None:
        self.forecast.predict(change["new"])

    def _moved(self, change: dict[str, Any]) -> None:
        at, last = change["new"], len(self.history.frames) - 1
        if (at.get("scene"), at.get("run")) == (0, 0) and at.get("frame") == last:
            self.forecast.show_outcome()


REQUESTS: dict[str, Callable[[Scene, dict[str, Any]], Scene]] = {
    "start": lambda scene, asked: from_means(scene, asked["means"]),
    "seed": lambda scene, asked: from_seed(scene, int(asked["seed"])),
    "branch": lambda scene, asked: from_frame(scene, asked["run"], asked["frame"], asked.get("means")),
}
