"""The grader's side of the scorer: begin a test cell, finish it."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import socket
import sys
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import Any

import grading
from grading.box.kind import BoxKind, box_kind
from grading.box.limits import Limits
from grading.box.parent import COURSE, STARTING, python_path
from grading.box.process import BoxError, Latest, Process
from grading.box.totals import Watch, open_totals
from grading.box.user_slot import shown_to_user
from grading.box.users import new_user
from grading.box.walls import ALONE, Walls
from grading.course import BARE, World
from grading.protocol.clock import Allowance, Stopwatch, family
from grading.protocol.plain import Garbage
from grading.protocol.wire import Closed, Late, Link
from grading.recipe import Recipe, Seeds
from grading.scorer.testcell import Test

CODE = "import sys; sys.path[:0] = {!r}; from grading.scorer.server import start; start()"
GRACE = 4.0  # seconds after a call's limit in which the box ends the call itself
COMPARING = 60.0  # seconds that the scorer itself may need for a test
OURS = "our own scorer failed; this says nothing about the submission"
MOST_CODE = 200_000  # characters of a notebook's cells
NOT_DRAWN = (
    "the hidden cases cannot be drawn ({}); this says nothing about the submission. Fix the exercise's "
    "`cases`, and run `make grade` again"
)


class ScorerError(RuntimeError):
    """The error when the scorer does not work. It is the grader's fault, never that of a submission."""


class Scorer:
    """The scorer for one submission. members: a function that returns the processes of its box."""

    def __init__(
        self,
        imports: str,
        limits: Limits,
        members: Callable[[], Set[int]],
        boxed: bool = True,
        world: World = BARE,
        recipe: Recipe | None = None,
        seeds: Seeds | None = None,
        code: Sequence[str] = (),
    ):
        """Open a scorer. recipe, seeds: the source of the submission's hidden cases, if it has any.

        code: the submission's cells, in which hints are found. They are read, and never run here.
        """
        self.limits, self.members, self.server = limits, members, scorers(boxed, world)
        end, self.child = self.server.open(imports, recipe, seeds, _in_short(code))
        self.link = Link(end)

    def begin(
        self, test: Test, copy: socket.socket, session: socket.socket | None = None
    ) -> tuple[bool, list[dict[str, Any]]]:
        """Run the visible part of a test cell on a copy of the session, or on the session itself.

        The hidden part will call the copy. Both sockets are closed. Returns whether a limit was hit, and
        the outputs of the visible part.
        """
        seconds = {"call_seconds": self.limits.call_seconds, "test_seconds": self.limits.test_seconds}
        seconds["grace"] = 0.0 if session else GRACE  # in a run without care, nothing in the box ends a call
        request = {"op": "begin", "test": dataclasses.asdict(test), "seconds": seconds}
        with contextlib.ExitStack() as ends:
            along = [ends.enter_context(end) for end in (copy, session) if end]
            return self._ask({**request, "apart": len(along) > 1}, along)

    def finish(self, name: str) -> tuple[bool, dict[str, Any]]:
        """Run the hidden part; return whether a limit was hit, and the result.

        The result has the mark, the status, the reason and the outputs. Raises ScorerError if the hidden
        cases cannot be drawn.
        """
        hit, done = self._ask({"op": "finish", "name": name})
        if "fault" in done:
            raise ScorerError(NOT_DRAWN.format(done["fault"]))
        return hit, done

    def _ask(self, request: dict[str, Any], along: Sequence[socket.socket] = ()) -> tuple[bool, Any]:
        seconds = self.limits.test_seconds + self.limits.call_seconds + COMPARING
        allowed = Allowance(seconds, lambda: {*self.members(), *self.server.members()})
        had = Stopwatch(self.members).had  # the scorer waits for the calls, and asks how much time they had
        try:
            return tuple(self.link.request(request, allowed, had, along))
        except (Late, Closed, Garbage) as error:
            raise ScorerError(f"{OURS} ({type(error).__name__})") from None

    def close(self) -> None:
        self.link.close()
        self.server.end(self.child)


class _Server:
    """The process that forks a scorer for each submission."""

    def __init__(self, boxed: bool, world: World):
        walls = _walls(world) if boxed else None
        user = new_user() if walls and box_kind() is BoxKind.USER else None
        self.shown = None if user is None else shown_to_user(walls, user)
        code = CODE.format(python_path(boxed, world, self.shown))
        program = [sys.executable, *ALONE, "-c", code, world.checker]
        if user is None:
            self.process = Process(program, walls, open_totals(Limits()))
        else:  # a user who can read neither submissions nor results, as in walls
            home = {"HOME": str(self.shown.home), "TMPDIR": str(self.shown.home)}
            self.process = Process(program, None, Watch(Limits()), {**walls.environment, **home}, user)
        atexit.register(self.close)

    def open(
        self, imports: str, recipe: Recipe | None, seeds: Seeds | None, code: Sequence[str]
    ) -> tuple[socket.socket, int]:
        request: dict[str, Any] = {"imports": imports, "code": code}
        if recipe and seeds:
            request |= {"recipe": dataclasses.asdict(recipe), "own": str(seeds.own), "term": str(seeds.term)}
        mine, theirs = socket.socketpair()
        with theirs:
            try:
                answer = self.process.link.request(request, STARTING, send_along=[theirs])
            except (Late, Closed, Garbage):
                said = self.process.what_it_said().splitlines()[-1:]
                raise BoxError(f"the scorer does not start here: {' '.join(said)}") from None
        return mine, answer["child"]

    def end(self, child: int) -> None:
        """End the scorer of one submission, which may be busy with values that the box has sent."""
        with contextlib.suppress(Late, Closed, Garbage):
            self.process.link.request({"end": child}, STARTING)

    def members(self) -> set[int]:
        """Return the numbers of its processes, with those of all scorers."""
        return family(self.process.process.pid)

    @property
    def is_there(self) -> bool:
        return self.process.is_there

    def close(self) -> None:
        atexit.unregister(self.close)
        self.process.close()
        if self.shown:
            self.shown.close()


_LATEST = Latest(lambda _, *key: _Server(*key))


def scorers(boxed: bool, world: World = BARE) -> _Server:
    """Return the process that forks scorers: the last such process, if it is for the same course."""
    return _LATEST.get(box_kind(), boxed, world)


def _in_short(code: Sequence[str]) -> list[str]:
    """Return the cells for which there is room: nobody writes more than this by hand."""
    left, kept = MOST_CODE, list[str]()
    for cell in code:
        left -= len(cell)
        kept += [cell] if left >= 0 else []
    return kept


def _walls(world: World) -> Walls:
    """Return the walls of the scorer. It sees the engine, packages, data and exercises.

    It sees no gradebook, no submission and no seed.
    """
    seen = {f"{COURSE}/grading": Path(grading.__file__).parent}
    seen |= {f"{COURSE}/{name}": folder for name, folder in world.all_folders().items()}
    return Walls(seen, home_mb=16, environment={"PYTHONDONTWRITEBYTECODE": "1"})
