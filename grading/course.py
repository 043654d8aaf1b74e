"""A course: where its parts are, and what its notebooks need while they run.

A course is a folder with a `course.py`, which defines COURSE. Only this file connects the engine to a course:
nothing in `grading` or `checks` knows any course by name.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from grading.assignment import Assignment
from grading.choices import no_such
from grading.own_words import OwnWords, own_words

if TYPE_CHECKING:
    from checks.checker import Checker

FILE = "course.py"
ENGINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class World:
    """What a course's notebooks need where they run. It has only words, so it is the same on any machine.

    name: the name of the course, and of its distribution, if the course is installed as one.
    checker: the module whose CHECKER has the course's cases and finders.
    packages: the packages that notebooks import. A box is shown these, and the engine's `checks`.
    data: the name of the folder that notebooks read, as "module:attribute".
    warm: modules that are loaded before there is a submission.
    costly: modules that are loaded only for notebooks that import a package, by the package's name.
    figures: the module that knows what to show for a figure that is not drawn.
    exercises: the package from which hidden cases are drawn, which no notebook sees. load_course sets it.
    at: the course's folder on this machine. It has the packages that are not installed.
    """

    name: str = ""
    checker: str = ""
    packages: tuple[str, ...] = ()
    data: str = ""
    warm: tuple[str, ...] = ()
    costly: Mapping[str, str] = field(default_factory=dict, hash=False)
    figures: str = ""
    exercises: str = ""
    at: Path | None = field(default=None, compare=False, repr=False)

    def folders(self) -> dict[str, Path]:
        """Return the folders that a notebook may read, by their names: packages, and the data.

        Raises ValueError if there is no such package on this machine.
        """
        self.reachable()
        found = {name: package_folder(name) for name in ("checks", *self.packages)}
        return found | ({"data": Path(pkgutil.resolve_name(self.data))} if self.data else {})

    def all_folders(self) -> dict[str, Path]:
        """Return the folders that a notebook may read, and the folder from which hidden cases are drawn."""
        own = {self.exercises: package_folder(self.exercises)} if self.exercises else {}
        return self.folders() | own

    def reachable(self) -> None:
        """Let this process find packages that are not installed, but are in the course's folder."""
        if self.at and str(self.at) not in sys.path:
            sys.path.append(str(self.at))


BARE = World()  # only the engine's own packages


@dataclass(frozen=True)
class Course:
    """One course.

    root: the folder of course.py, with solutions/, notebooks/ and nbgrader_config.py.
    exercises: the package with a sub-package for each assignment.
    hidden: the folder of hidden cases.
    world: what the course's notebooks need where they run.
    palette: the colours of the class report's bars, on a light and on a dark page.
    arrays: names of arguments that are always passed as arrays, never as lists.
    words: its language and its own names; load_course sets them.
    """

    root: Path
    exercises: str
    hidden: Path
    world: World = field(default_factory=World)
    palette: tuple[str, ...] = ("#0072B2", "#56B4E9")
    arrays: tuple[str, ...] = ()
    words: OwnWords = field(default_factory=OwnWords)

    def assignments(self) -> list[Assignment]:
        """Return all assignments: each solutions/<name>.py is one, and <name>.de.py its text in German."""
        names = sorted(path.stem for path in (self.root / "solutions").glob("*.py"))
        return [Assignment(name, self) for name in names if "." not in name]

    def assignment(self, name: str) -> Assignment:
        """Return the assignment of that name. Raises ValueError, which lists the existing names."""
        found = {assignment.name: assignment for assignment in self.assignments()}
        if name not in found:
            raise ValueError(no_such("assignment", name, found))
        return found[name]

    @property
    def checker(self) -> Checker:
        """The course's `check`, with its public cases and its finders."""
        return importlib.import_module(self.world.checker).CHECKER

    def at(self, root: Path) -> Course:
        """Return the same course in another folder."""
        return dataclasses.replace(self, root=root)


@functools.cache
def load_course(root: Path) -> Course:
    """Return the COURSE that root/course.py defines. Raises ValueError if it defines no COURSE."""
    path = root.resolve() / FILE
    if not path.is_file():
        raise ValueError(f"{root} is no course: it has no {FILE}, which says where its parts are.")
    spec = importlib.util.spec_from_file_location(f"course_{abs(hash(path))}", path)
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    course = getattr(module, "COURSE", None)
    if not isinstance(course, Course):
        raise ValueError(f"{path} defines no COURSE: copy what tests/second_course/{FILE} says.")
    world = dataclasses.replace(course.world, exercises=course.exercises, at=path.parent)
    world.reachable()
    return dataclasses.replace(course, world=world, words=own_words(path.parent))


def find_course(start: Path | None = None) -> Course:
    """Return the course around a folder (by default the working folder), or the one next to the engine."""
    return _course_around(start) or load_course(ENGINE)


def require_course(named: Path | None) -> Course:
    """Return the course in the folder that a command names, or the course around the working folder.

    Raises ValueError if there is no course: a command that writes must not guess.
    """
    course = load_course(named) if named else _course_around(None)
    if course is None:
        raise ValueError(f"there is no {FILE} here or in a folder above: name a course with --course.")
    return course


def _course_around(start: Path | None) -> Course | None:
    here = (start or Path.cwd()).resolve()
    marks = (FILE, "nbgrader_config.py")
    for folder in (here, *here.parents):
        if all((folder / name).is_file() for name in marks):
            return load_course(folder)
    return None


def package_folder(name: str) -> Path:
    """Return the folder of a package, without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        raise ValueError(f"there is no package '{name}' on this machine, and course.py names it.")
    return Path(spec.origin).parent
