"""The warm parent, as the grader sees it: a process that forks a box for each submission."""

from __future__ import annotations

import atexit
import socket
import sys
from collections.abc import Set
from pathlib import Path

import matplotlib

import grading.inside
import grading.protocol
from grading.box.forked import STARTING, Box
from grading.box.kind import BoxKind, box_kind
from grading.box.limits import Limits
from grading.box.process import BoxError, Latest, Process
from grading.box.shown import Shown
from grading.box.slots import Slot
from grading.box.user_slot import UserSlot, shown_to_user
from grading.box.walls import ALONE, PARENTS_RIGHTS, Walls, python_folders
from grading.course import BARE, ENGINE, World
from grading.inside.spaces import WRITABLE
from grading.inside.warm import FONTS
from grading.protocol.plain import Garbage
from grading.protocol.wire import Closed, Late

OURS = {each.__name__: Path(each.__file__).parent for each in (grading.protocol, grading.inside)}
COURSE, BESIDE = "/course", "/beside"
HOME_MB = 16  # for the parent itself
BELOW_WRITABLE = tuple(f"{place}/" for place in WRITABLE)
CODE = "import sys; sys.path[:0] = {!r}; from grading.inside.parent import start; start()"


def python_path(boxed: bool, world: World, shown: Shown | None = None) -> list[str]:
    """Return where a process of the grader finds packages: in walls, among copies, or in neither."""
    if shown:
        return [str(shown.at) + COURSE]
    if boxed:
        return [COURSE]
    return [str(ENGINE), *([str(world.at)] if world.at else [])]


class Parent:
    """A process that has imported the packages that notebooks import, and has never seen a submission.

    boxed: whether the parent and its boxes have walls.
    beside: the files beside the notebook, which submissions may read.
    packages: those of the costly packages that it imports.
    world: the course's packages and data (see grading/course.py).
    warm: False for a test of the walls alone, which needs no imports.
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
        walls = parent_walls(beside, world) if boxed else None
        self.shown = shown_to_user(walls) if walls and box_kind() is BoxKind.USER else None
        code = CODE.format(python_path(boxed, world, self.shown))
        modules = [*world.warm, *(world.costly[each] for each in sorted(packages))]
        program = [sys.executable, *ALONE, "-c", code]
        if self.shown:
            home = {"HOME": str(self.shown.home)}
            self.process = Process(program, None, environment={**walls.environment, **home})
        else:
            self.process = Process(program, walls)
        atexit.register(self.close)
        try:
            self.process.link.request({"warm": warm, "modules": modules, "fonts": self.fonts}, STARTING)
        except (Late, Closed, Garbage):
            raise self._does_not_start() from None

    def fork(self, limits: Limits, program: str = "session") -> Box:
        """Return a new box. Raises BoxError if no box can be made."""
        slot = (UserSlot() if self.shown else Slot()) if self.boxed else None
        mine, theirs = socket.socketpair()
        walled = self.boxed and not self.shown
        request = {"walled": walled, "user": slot and slot.user, "file_mb": limits.file_mb}
        request |= {"home": slot.home if slot else "", "fonts": self.fonts}
        request["kept"] = [path for path in python_folders() if path.startswith(BELOW_WRITABLE)]
        try:
            with theirs:
                self.process.link.request({**request, "program": program}, STARTING, send_along=[theirs])
            return Box(mine, limits, slot)
        except (Late, Closed, Garbage):
            mine.close()
            if slot:
                slot.close()
            raise self._does_not_start() from None

    @property
    def is_there(self) -> bool:
        return self.process.is_there

    @property
    def fonts(self) -> str:
        """Return where a box finds matplotlib's list of fonts; "" for the usual place within walls."""
        return f"{self.shown.at}{FONTS}" if self.shown else ""

    @property
    def course(self) -> str:
        """Return where a box finds the packages of the course."""
        return str(self.shown.at) + COURSE if self.shown else COURSE

    @property
    def beside(self) -> str:
        """Return where a box finds the files beside the notebook."""
        return str(self.shown.at) + BESIDE if self.shown else BESIDE

    def _does_not_start(self) -> BoxError:
        said = self.process.what_it_said().splitlines()[-1:]
        return BoxError(f"a box does not start here: {' '.join(said) or 'it says nothing'}")

    def close(self) -> None:
        atexit.unregister(self.close)
        self.process.close()
        if self.shown:
            self.shown.close()


_LATEST = Latest(lambda _, *key: Parent(*key))


def warm_parent(
    boxed: bool, beside: tuple[Path, ...] = (), packages: Set[str] = frozenset(), world: World = BARE
) -> Parent:
    """Return the parent of this process's boxes: the last one, if it is for the same files and packages."""
    return _LATEST.get(box_kind(), boxed, beside, packages & world.costly.keys(), world)


def parent_walls(beside: tuple[Path, ...] = (), world: World = BARE) -> Walls:
    """Return the walls, with the folders that a submission sees.

    These are packages, data with the public cases, and the files beside the notebook.
    """
    seen = {f"{COURSE}/{name.replace('.', '/')}": folder for name, folder in OURS.items()}
    seen |= {f"{COURSE}/{name}": folder for name, folder in world.folders().items()}
    seen |= {f"{FONTS}/{font.name}": font for font in _known_fonts()}
    seen |= {f"{BESIDE}/{each.name}": each for each in beside}
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return Walls(seen, HOME_MB, {**inline, "PYTHONDONTWRITEBYTECODE": "1"}, PARENTS_RIGHTS)


def _known_fonts() -> list[Path]:
    """Return matplotlib's list of fonts: without a list, a box needs seconds to look for the fonts."""
    return list(Path(matplotlib.get_cachedir()).glob("fontlist-*.json"))
