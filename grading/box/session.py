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
LEAST_ADDRESSES = 1_500  # megabytes of addresses that Python and its libraries need, far more than they fill
COPYING = 60.0  # seconds in which a session must answer what is no work


class Died(RuntimeError):
    """The box is gone, or is of no use; status: the limit that was hit, or that it crashed.

    unfit: what it lacks, if it is there.
    """

    def __init__(self, status: Status, unfit: Unfit | None = None):
        super().__init__(status)
        self.status, self.unfit = status, unfit


class BoxedSession:
    """One box with a student's session in it.

    packages: what the instructor's notebook imports. figures: whether they are drawn. world: what
    stands around it.
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
        self.spent = 0.0  # seconds that its cells had in all
        self.copies: dict[str, socket.socket] = {}  # by the names of their tests
        self.folder = own_folder()  # where there is no box
        self.parent = warm_parent(boxed, declared(beside), packages, world)
        self.box = self.parent.fork(limits)
        most = {"memory_mb": max(limits.memory_mb, LEAST_ADDRESSES), "file_mb": limits.file_mb}
        # Without a box the limit on processes would count all that the instructor runs.
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
        """Run a cell; return its outputs, its error, the package missing, what was left out. Raises Died.

        resume: whether to go on below a statement that fails. careful: whether to look if the session can
        go on after it.
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
        """Return a socket to a copy of the session as it is now, known by this name. Raises Died.

        kept: the copy outlives what it is asked for.
        """
        mine = self._open({"op": "copy", "kept": kept})
        self.copies[name] = mine.dup()
        return mine

    def serve(self) -> socket.socket:
        """Return a socket to the session itself, which answers nobody else meanwhile. Raises Died."""
        return self._open({"op": "serve"})

    def _open(self, request: dict[str, Any]) -> socket.socket:
        """Return our end of a new pair of sockets; the other goes to the box with the request."""
        mine, theirs = socket.socketpair()
        with theirs:
            try:
                self._ask({**request, "seconds": self.limits.call_seconds}, self._allowed(COPYING), [theirs])
            except Died:
                mine.close()
                raise
        return mine

    def forget(self, name: str) -> None:
        """Let a copy go that is needed no more."""
        if name in self.copies:
            self.copies.pop(name).close()

    @property
    def is_there(self) -> bool:
        return self.box.is_there and not self.box.totals.is_over()

    def is_whole(self, but: str = "") -> bool:
        """Tell whether the session and all copies (but this one) are there."""
        return self.is_there and all(self._answers(end) for name, end in self.copies.items() if name != but)

    def _answers(self, end: socket.socket) -> bool:
        """Ask a copy for a sign of life: one that is being killed hangs up only a moment later."""
        try:
            Link(end, bare=True).request({"op": "rest"}, self._allowed(GRACE))
        except (Late, Closed, Garbage):
            return False
        return True

    def _allowed(self, seconds: float) -> Allowance:
        """A time that the box may have for something."""
        return Allowance(seconds, self.box.everybody)

    def why_gone(self, before: Mapping[Status, int] | None = None) -> Status:
        """Return the limit that was hit since these were counted, or that it crashed."""
        hits = self.box.totals.hits()
        return next((limit for limit, n in hits.items() if n > (before or {}).get(limit, 0)), Status.CRASHED)

    def _ask(self, request: dict[str, Any], seconds: Time, along: Sequence[socket.socket] = ()) -> Any:
        try:
            return self.box.link.request(request, seconds, send_along=along)
        except Late:
            raise Died(Status.TIME_LIMIT) from None
        except (Closed, Garbage):
            if not self.parent.is_there:  # whoever ended it, it was no limit of this submission
                raise BoxError("the parent of the box is gone") from None
            raise Died(self.why_gone()) from None
        except NotPlain:
            raise Died(Status.OUTPUT_LIMIT) from None  # a cell that is too long to be sent

    def close(self) -> None:
        for name in list(self.copies):
            self.forget(name)
        self.box.close()
        self.folder.cleanup()


def declared(folder: Path | None) -> tuple[Path, ...]:
    """The files beside the instructor's notebook, which the notebook may read."""
    hidden = (".", "__")
    if folder is None or not folder.is_dir():
        return ()
    files = (each for each in sorted(folder.iterdir()) if not each.name.startswith(hidden))
    return tuple(each for each in files if each.suffix != ".ipynb")
