"""The warm parent, as the grader sees it: it forks a box for each submission."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator, Set
from pathlib import Path

import matplotlib
import psutil

import grading.inside
import grading.protocol
from grading.box.limits import Limits
from grading.box.process import BoxError, Latest, Process
from grading.box.slots import Slot
from grading.box.totals import open_totals
from grading.box.walls import ALONE, PARENTS_RIGHTS, Walls, python_folders
from grading.course import BARE, ENGINE, World
from grading.inside.spaces import WRITABLE
from grading.inside.warm import FONTS
from grading.protocol.limits import INTERRUPT
from grading.protocol.plain import Garbage
from grading.protocol.wire import Closed, Late, Link

OURS = {each.__name__: Path(each.__file__).parent for each in (grading.protocol, grading.inside)}
COURSE, BESIDE = "/course", "/beside"
STARTING = 300.0  # seconds that a parent or a box may take until it is ready, on a machine with much to do
ROUNDS = 50  # of killing: what forks all the time needs several
HOME_MB = 16  # of the parent itself
BELOW_WRITABLE = tuple(f"{place}/" for place in WRITABLE)
CODE = "import sys; sys.path[:0] = {!r}; from grading.inside.parent import start; start()"


def python_path(boxed: bool, world: World) -> list[str]:
    """Return where a process of ours finds packages, in walls or without."""
    if boxed:
        return [COURSE]
    return [str(ENGINE), *([str(world.at)] if world.at else [])]


class Parent:
    """A process that has imported what notebooks import, and has never seen a submission.

    packages: of the costly ones, those to import. warm: False for a test of the walls alone, which
    needs none of that. world: what stands around the course's notebooks.
    """

    def __init__(
        self,
        boxed: bool,
        beside: tuple[Path, ...] = (),
        packages: Set[str] = frozenset(),
        world: World = BARE,
        warm: bool = True,
    ):
        self.boxed, self.packages = boxed, packages
        code = CODE.format(python_path(boxed, world))
        modules = [*world.warm, *(world.costly[each] for each in sorted(packages))]
        walls = parent_walls(beside, world) if boxed else None
        self.process = Process([sys.executable, *ALONE, "-c", code], walls)
        atexit.register(self.close)
        try:
            self.process.link.request({"warm": warm, "modules": modules}, STARTING)
        except (Late, Closed, Garbage):
            raise self._does_not_start() from None

    def fork(self, limits: Limits, program: str = "session") -> Box:
        """Return a new box. Raises BoxError if there is none to be had."""
        slot = Slot() if self.boxed else None
        mine, theirs = socket.socketpair()
        request = {"walled": self.boxed, "user": slot and slot.user, "file_mb": limits.file_mb}
        request["kept"] = [path for path in python_folders() if path.startswith(BELOW_WRITABLE)]
        try:
            with theirs:
                self.process.link.request({**request, "program": program}, STARTING, send_along=[theirs])
            return Box(self, mine, limits, slot)
        except (Late, Closed, Garbage):
            mine.close()
            if slot:
                slot.close()
            raise self._does_not_start() from None

    @property
    def is_there(self) -> bool:
        return self.process.is_there

    def _does_not_start(self) -> BoxError:
        said = self.process.what_it_said().splitlines()[-1:]
        return BoxError(f"a box does not start here: {' '.join(said) or 'it says nothing'}")

    def close(self) -> None:
        atexit.unregister(self.close)
        self.process.close()


class Box:
    """One submission's processes. The first of them is held by a handle: when it ends, all are gone."""

    def __init__(self, parent: Parent, end: socket.socket, limits: Limits, slot: Slot | None):
        self.parent, self.slot = parent, slot
        self.link, self.totals = Link(end, bare=True), open_totals(limits)
        self.handle = self.runner = -1
        try:
            self._await(end)
            self.first = _number(self.handle)
            child = [each.pid for each in psutil.Process(self.first).children()]  # waits for a request
            self.running = child[0] if child else self.first
            self.runner = os.pidfd_open(self.running)
            for entry in self.totals.entries:
                for number in [self.first, *child]:
                    Path(entry).write_text(str(number))
        except (OSError, psutil.Error) as error:
            self.close()
            raise BoxError(f"a box does not start here: {error}") from None
        self.totals.watch(self.first)

    def _await(self, end: socket.socket) -> None:
        """Wait until the box has said which its first process is, and that it is ready, in any order."""
        end.settimeout(STARTING)
        signs = b""
        while set(signs) != set(b"+."):
            sign, handles, _, _ = socket.recv_fds(end, 1, 1)
            self.handle = handles[0] if handles else self.handle
            if sign not in (b"+", b"."):
                said = end.recv(300).decode("utf-8", "replace") if sign else "it says nothing"
                raise OSError(said)
            signs += sign

    @property
    def is_there(self) -> bool:
        """Whether the first process runs."""
        return self.handle >= 0 and not _has_ended(self.handle, 0)

    def threads(self) -> int:
        """How many threads the process has that runs the session; 0 if it is gone."""
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self.running).num_threads()
        return 0

    def members(self) -> set[int]:
        """The numbers of the processes of the box."""
        return self.totals.members()

    def everybody(self) -> set[int]:
        """The same, and the first, of which the others descend."""
        return {self.first, *self.members()}

    def interrupt(self) -> None:
        """Interrupt what the session runs, as Ctrl + C does; it may not stop."""
        with contextlib.suppress(OSError):  # it is gone
            signal.pidfd_send_signal(self.runner, INTERRUPT)

    def end_others(self, known: set[int]) -> bool:
        """Kill the processes of the box that are not known; return whether they are gone."""
        for _ in range(ROUNDS):
            others = self.members() - known
            if not others:
                return True
            for each in others:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(each, signal.SIGKILL)
            time.sleep(0.01)
        return False

    def end(self) -> None:
        """Kill everything in the box, and wait until it is gone."""
        if self.handle < 0:
            return
        for each in reversed(list(_children(self.first)) if not self.parent.boxed else []):
            with contextlib.suppress(psutil.Error):
                each.kill()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)
        _has_ended(self.handle, STARTING)
        for each in {self.handle, self.runner} - {-1}:
            os.close(each)
        self.handle = self.runner = -1

    def close(self) -> None:
        """End it and give back what it held."""
        self.end()
        self.link.close()
        self.totals.close()
        if self.slot:
            self.slot.close()


def _number(handle: int) -> int:
    """The number of a process, as it is known here."""
    text = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii")
    return int(re.search(r"^Pid:\s*(\d+)", text, re.M).group(1))


def _has_ended(handle: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _children(process: int) -> Iterator[psutil.Process]:
    with contextlib.suppress(psutil.Error):
        yield from psutil.Process(process).children(recursive=True)


_LATEST = Latest(Parent)


def warm_parent(
    boxed: bool, beside: tuple[Path, ...] = (), packages: Set[str] = frozenset(), world: World = BARE
) -> Parent:
    """Return the parent of this process's boxes: the last one, if it is for the same files and packages."""
    return _LATEST.get(boxed, beside, packages & world.costly.keys(), world)


def parent_walls(beside: tuple[Path, ...] = (), world: World = BARE) -> Walls:
    """What a submission sees: packages, data with the public cases, what lies beside the notebook."""
    seen = {f"{COURSE}/{name.replace('.', '/')}": folder for name, folder in OURS.items()}
    seen |= {f"{COURSE}/{name}": folder for name, folder in world.folders().items()}
    seen |= {f"{FONTS}/{font.name}": font for font in _known_fonts()}
    seen |= {f"{BESIDE}/{each.name}": each for each in beside}
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return Walls(seen, HOME_MB, {**inline, "PYTHONDONTWRITEBYTECODE": "1"}, PARENTS_RIGHTS)


def _known_fonts() -> list[Path]:
    """matplotlib's list of fonts: looking for them takes seconds in a box that has no list."""
    return list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
