"""The session in the box, as the grader sees it: run a cell, copy the state at a test cell."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

import matplotlib

import grading.guest
import helpers
from grading.box.limits import Limits
from grading.box.process import BoxError, Process
from grading.box.slots import Slot
from grading.box.walls import Walls
from grading.guest.wire import Closed, Garbage, Late
from helpers.datasets import DATA

GUEST = Path(grading.guest.__file__).parent
COURSE = "/course"
STARTING = 60.0  # seconds that a session may take until it is ready
GRACE = 5.0  # seconds between the interrupt of a cell and the end of its box
CODE = "import sys; sys.path.insert(0, {!r}); from guest.session import start; start()"


class Died(RuntimeError):
    """The box is gone; the message is the limit that was hit, or "crashed"."""


class Session:
    """One box with a student's session in it."""

    def __init__(self, limits: Limits, boxed: bool = True, beside: Path | None = None):
        slot = Slot() if boxed else None
        walls = session_walls(slot.user, limits, beside) if slot else None
        code = CODE.format(COURSE if boxed else str(GUEST.parent))
        self.limits = limits
        self.process = Process([sys.executable, "-I", "-c", code], walls, limits, slot)
        most = {"memory_mb": limits.memory_mb, "file_mb": limits.file_mb}
        # Without a box the limit on processes would count all that the instructor runs.
        most["processes"] = limits.processes if boxed else 10_000
        try:
            self._ask({"limits": most}, STARTING)
        except Died:
            said = self.process.what_it_said()
            self.close()
            raise BoxError(f"a box does not start here: {said or 'it says nothing'}") from None

    def run(self, source: str, seconds: float) -> dict[str, Any]:
        """Run a cell; return its outputs and the class of its error. Raises Died."""
        seconds = min(seconds, self.limits.cell_seconds)
        answer = self._ask({"op": "run", "source": source, "seconds": seconds}, seconds + GRACE)
        if not isinstance(answer, dict) or not isinstance(answer.get("outputs"), list):
            raise Died("crashed")
        return answer

    def copy(self) -> socket.socket:
        """Return a socket to a copy of the session as it is now. Raises Died."""
        mine, theirs = socket.socketpair()
        request = {"op": "copy", "seconds": self.limits.call_seconds}
        with theirs:
            try:
                self._ask(request, STARTING, theirs)
            except Died:
                mine.close()
                raise
        return mine

    @property
    def is_there(self) -> bool:
        return self.process.process.poll() is None and not self.process.totals.is_over()

    def why_gone(self) -> str:
        """Return the limit that ended the box, or "crashed"."""
        return self.process.verdict() or "crashed"

    def _ask(self, request: dict[str, Any], seconds: float, along: socket.socket | None = None) -> Any:
        try:
            return self.process.link.request(request, seconds, send_along=along)
        except Late:
            raise Died("time limit") from None
        except (Closed, Garbage):
            raise Died(self.why_gone()) from None

    def close(self) -> None:
        self.process.close()


def session_walls(user: int | None, limits: Limits, beside: Path | None = None) -> Walls:
    """What a submission sees: helpers, data with the public cases, what lies beside the notebook."""
    seen = {
        f"{COURSE}/guest": GUEST,
        f"{COURSE}/helpers": Path(helpers.__file__).parent,
        f"{COURSE}/data": DATA,
    }
    seen |= {f"/home/student/.cache/matplotlib/{font.name}": font for font in _known_fonts()}
    seen |= {f"/home/student/work/{each.name}": each for each in declared(beside)}
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "PYTHONHASHSEED": "0"}
    return Walls(seen, user, limits.file_mb, {**inline, "PYTHONDONTWRITEBYTECODE": "1"})


def declared(folder: Path | None) -> list[Path]:
    """The files beside the teacher's notebook, which the notebook may read."""
    hidden = (".", "__")
    if folder is None or not folder.is_dir():
        return []
    return [each for each in folder.iterdir() if each.suffix != ".ipynb" and not each.name.startswith(hidden)]


def _known_fonts() -> list[Path]:
    """matplotlib's list of fonts: looking for them takes seconds in a box that has no list."""
    return list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
