"""The session in the box, as the grader sees it: run a cell, copy the state at a test cell."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from grading.box.limits import Limits
from grading.box.parent import STARTING, warm_parent
from grading.box.process import BoxError
from grading.course import BARE, World
from grading.owned import own_folder
from grading.protocol.clock import Allowance
from grading.protocol.fit import Unfit
from grading.protocol.left_out import left_out_of
from grading.protocol.outputs import outputs_of, word_of
from grading.protocol.plain import Garbage, NotPlain
from grading.protocol.wire import Closed, Late, Link, Time
from grading.status import Status

GRACE = 5.0  # seconds between the interrupt of a cell and the end of its box
LEAST_ADDRESSES = 1_500  # megabytes of addresses that Python and its libraries reserve, much more than used
COPYING = 60.0  # seconds in which a session must answer a request that runs no cell


class Died(RuntimeError):
    """The box is gone, or cannot be used any more.

    status: the limit that was hit, or CRASHED. unfit: what the session lacks, if the box is still there.
    """

    def __init__(self, status: Status, unfit: Unfit | None = None):
        super().__init__(status)
        self.status, self.unfit = status, unfit


class BoxedSession:
    """One box with a student's session in it.

    limits: the limits of the submission.
    boxed: whether there are walls.
    beside: the folder of the instructor's notebook, whose files the session may read.
    packages: the packages that the instructor's notebook imports.
    figures: whether figures are drawn.
    world: the course's packages and data (see grading/course.py).
    """

    def __init__(
        self,
        limits: Limits,
        boxed: bool = True,
        beside: Path | None = None,
        packages: Set[str] = frozenset(),
        figures: bool = True,
        world: World = BARE,
    ):
        self.limits = limits
        self.spent = 0.0  # seconds that the cells of this session had in all
        self.copies: dict[str, socket.socket] = {}  # sockets, by the names of the tests
        self.folder = own_folder()  # used where there is no box
        self.parent = warm_parent(boxed, declared(beside), packages, world)
        self.box = self.parent.fork(limits)
        most = {"memory_mb": max(limits.memory_mb, LEAST_ADDRESSES), "file_mb": limits.file_mb}
        # Without a box, the limit would count all processes that the instructor runs.
        most["processes"] = limits.processes if boxed else 10_000
        there = [f"{self.parent.beside}/{each.name}" if boxed else str(each) for each in declared(beside)]
        try:
            folder = self.box.home or ("/tmp" if boxed else self.folder.name)
            told = {"limits": most, "beside": there, "folder": folder}
            told["figures"] = {"module": world.figures, "drawn": figures}
            self._ask(told, STARTING)
        except Died as died:
            self.close()
            raise BoxError(f"a box does not start here: {died.status}") from None

    def run(self, source: str, seconds: float, resume: bool = False, careful: bool = False) -> dict[str, Any]:
        """Run a cell; return its outputs, its error, the missing package, and what was left out. Raises Died.

        resume: whether to continue below a statement that fails. careful: whether to check after the cell
        that the session can continue.
        """
        seconds = min(seconds, self.limits.cell_seconds)
        request = {"op": "run", "source": source, "seconds": seconds, "resume": resume, "careful": careful}
        allowed = Allowance(seconds, self.box.everybody, self.box.interrupt, GRACE)
        try:
            answer = self._ask(request, allowed)
        finally:
            self.spent += allowed.passed()
        if not isinstance(answer, dict) or not isinstance(answer.get("outputs"), list):
            raise Died(Status.CRASHED)
        if unfit := Unfit.known(answer.get("unfit")):
            raise Died(Status.CRASHED, unfit)
        outputs = outputs_of(answer["outputs"])
        words = {name: word_of(answer.get(name), 100) for name in ("error", "missing")}
        left_out = left_out_of(answer.get("left_out"))
        return {"outputs": outputs, **words, "left_out": left_out, "resumed": answer.get("resumed") is True}

    def copy(self, name: str, kept: bool) -> socket.socket:
        """Return a socket to a copy of the session as it is now. Raises Died.

        name: the test that the copy is for. kept: whether the copy itself does not change: then
        copies of the copy answer.
        """
        mine = self._open({"op": "copy", "kept": kept})
        self.copies[name] = mine.dup()
        return mine

    def serve(self) -> socket.socket:
        """Return a socket to the session itself, which answers nobody else meanwhile. Raises Died."""
        return self._open({"op": "serve"})

    def _open(self, request: dict[str, Any]) -> socket.socket:
        """Return our end of a new pair of sockets; the other end goes to the box with the request."""
        mine, theirs = socket.socketpair()
        with theirs:
            try:
                self._ask({**request, "seconds": self.limits.call_seconds}, self._allowed(COPYING), [theirs])
            except Died:
                mine.close()
                raise
        return mine

    def forget(self, name: str) -> None:
        """Close the socket to a copy that is needed no more."""
        if name in self.copies:
            self.copies.pop(name).close()

    @property
    def is_there(self) -> bool:
        return self.box.is_there and not self.box.totals.is_over()

    def is_whole(self, but: str = "") -> bool:
        """Tell whether the session and all copies (except `but`) are there."""
        return self.is_there and all(self._answers(end) for name, end in self.copies.items() if name != but)

    def _answers(self, end: socket.socket) -> bool:
        """Tell whether a copy answers. A copy that is being killed closes its socket only a moment later."""
        try:
            Link(end, bare=True).request({"op": "rest"}, self._allowed(GRACE))
        except (Late, Closed, Garbage):
            return False
        return True

    def _allowed(self, seconds: float) -> Allowance:
        """Return the time that the box may use for a request."""
        return Allowance(seconds, self.box.everybody)

    def why_gone(self, before: Mapping[Status, int] | None = None) -> Status:
        """Return the limit that was hit since `before` was counted, or CRASHED."""
        hits = self.box.totals.hits()
        return next((limit for limit, n in hits.items() if n > (before or {}).get(limit, 0)), Status.CRASHED)

    def _ask(self, request: dict[str, Any], seconds: Time, along: Sequence[socket.socket] = ()) -> Any:
        try:
            return self.box.link.request(request, seconds, send_along=along)
        except Late:
            raise Died(Status.TIME_LIMIT) from None
        except (Closed, Garbage):
            if not self.parent.is_there:  # however the parent ended, this submission hit no limit
                raise BoxError("the parent of the box is gone") from None
            raise Died(self.why_gone()) from None
        except NotPlain:
            raise Died(Status.OUTPUT_LIMIT) from None  # the cell is too long to be sent

    def close(self) -> None:
        for name in list(self.copies):
            self.forget(name)
        self.box.close()
        self.folder.cleanup()


def declared(folder: Path | None) -> tuple[Path, ...]:
    """Return the files beside the instructor's notebook, which the notebook may read."""
    hidden = (".", "__")
    if folder is None or not folder.is_dir():
        return ()
    files = (each for each in sorted(folder.iterdir()) if not each.name.startswith(hidden))
    return tuple(each for each in files if each.suffix != ".ipynb")
