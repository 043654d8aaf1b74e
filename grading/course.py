"""A course, as the engine knows it: where its parts are, and what stands around its notebooks.

A course is a folder with a `course.py`, which defines COURSE. That file is the one place that binds
the engine to a course: nothing in `grading` or `checks` knows any course by name.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import importlib.util
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from grading.build.tested import is_check
from grading.choices import no_such
from grading.imported import imports_for
from grading.recipe import Recipe

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from checks.authors import Mistake
    from checks.checker import Checker

FILE = "course.py"
ENGINE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class World:
    """What stands around a course's notebooks where they run, in words alone: it is the same on any machine.

    name: the course's, and that of its distribution where it is installed as one.
    checker: the module whose CHECKER has the course's cases and finders. packages: those that notebooks
    import, which a box is shown beside the engine's `checks`. data: the name of the folder that they
    read, as "module:attribute". warm: modules that are loaded before there is a submission; costly:
    those that are loaded only for notebooks that import a package, by the package's name. figures: the
    module that knows how a figure is shown where none is drawn. exercises: the package that hidden cases
    are drawn from, which no notebook sees; load_course fills it in. at: the course's folder on this
    machine, where packages lie that are not installed.
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
        """Return the folders that a notebook may read, and the one that hidden cases are drawn from."""
        own = {self.exercises: package_folder(self.exercises)} if self.exercises else {}
        return self.folders() | own

    def reachable(self) -> None:
        """See that this process finds packages that are not installed, but lie in the course's folder."""
        if self.at and str(self.at) not in sys.path:
            sys.path.append(str(self.at))


BARE = World()  # nothing but the engine's own packages


@dataclass(frozen=True)
class Course:
    """One course.

    root: the folder of course.py, with solutions/, notebooks/ and nbgrader_config.py. exercises: the
    package with a sub-package for each assignment. hidden: the folder of hidden cases. palette: the
    colours of the class report's bars, on a light and on a dark page. arrays: names of arguments that
    are never handed over as lists.
    """

    root: Path
    exercises: str
    hidden: Path
    world: World = field(default_factory=World)
    palette: tuple[str, ...] = ("#0072B2", "#56B4E9")
    arrays: tuple[str, ...] = ()

    def assignments(self) -> list[Assignment]:
        """Return all assignments: every file solutions/<name>.py is one."""
        return [Assignment(path.stem, self) for path in sorted((self.root / "solutions").glob("*.py"))]

    def assignment(self, name: str) -> Assignment:
        """Return the assignment of that name; ValueError lists the names there are."""
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


@dataclass(frozen=True)
class Assignment:
    """One assignment: its name and the files that belong to it."""

    name: str
    course: Course

    @property
    def source(self) -> Path:
        return self.course.root / "solutions" / f"{self.name}.py"

    @property
    def solution(self) -> Path:
        return self.course.root / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        return self.course.root / "notebooks" / self.name / f"{self.name}.ipynb"

    @property
    def package(self) -> str:
        """The package with its cases and mistakes; a name of Python's has no hyphen."""
        return f"{self.course.exercises}.{self.name.replace('-', '_')}"

    def mistakes(self) -> Mapping[str, list[Mistake]]:
        """Return the known mistakes, by exercise."""
        from checks.authors import mistakes_of

        return mistakes_of(f"{self.package}.mistakes")

    def cells(self) -> NotebookNode:
        """Return the source as a notebook without outputs; a cell that includes a file has its text.

        Raises ValueError if there is no such file beside the source.
        """
        import jupytext

        notebook = jupytext.reads(self.source.read_text(encoding="utf-8"), fmt="py:percent")
        for cell in notebook.cells:
            if "include" in cell.metadata:
                cell.source = self._included(cell.metadata.pop("include"), cell.source)
        return notebook

    def _included(self, name: object, own: str) -> str:
        """The text of a file that several notebooks have in common, for a cell with no text of its own."""
        path = self.source.parent / Path(str(name)).name
        if path.name != name or not path.is_file() or own.strip():
            raise ValueError(
                f"a cell of {self.source.name} includes '{name}': it must be empty, and the name must be "
                f"that of a file in {path.parent}."
            )
        return path.read_text(encoding="utf-8-sig").strip()

    def recipe(self) -> Recipe:
        """Return what its cases are drawn from."""
        cells = self.cells().cells
        imports, *code = [cell.source for cell in cells if cell.cell_type == "code"]
        tests = [cell for cell in cells if "test" in cell.metadata]
        tested = tuple(cell.metadata["test"] for cell in tests if is_check(cell.source))
        definitions = tuple(each for each in code if _only_defines(each))
        made = imports_for(imports, *definitions), definitions, tested, self.course.arrays
        return Recipe(self.name, self.package, self.course.world.checker, self.source.name, *made)

    def reference(self) -> dict[str, Any]:
        """Return the namespace of all definitions, and of what they need of the first code cell."""
        return self.recipe().reference()


@functools.cache
def load_course(root: Path) -> Course:
    """Return the COURSE that root/course.py defines. Raises ValueError if there is none."""
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
    return dataclasses.replace(course, world=world)


def find_course(start: Path | None = None) -> Course:
    """Return the course around a folder (by default the working folder), else the one beside the engine."""
    return _course_around(start) or load_course(ENGINE)


def require_course(named: Path | None) -> Course:
    """Return the course in the folder that a command names, or else around the working folder.

    Raises ValueError if there is none: a command that writes must not guess.
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


def _only_defines(source: str) -> bool:
    return all(isinstance(node, ast.FunctionDef) for node in ast.parse(source).body)
