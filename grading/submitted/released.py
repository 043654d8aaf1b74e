"""Tell whether a student worked on a notebook, by comparing it with the released notebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading.apart import Apart, Budget, TooCostly
from grading.repair.decode import MOST_BYTES, Unreadable
from grading.repair.match import GIVEN_BEFORE, defined, plain
from grading.repair.read import Submitted, cells_of, read_content
from grading.submitted.titles import Titles
from grading.submitted.tree import Entry

EACH = 0.1  # seconds on a processor that each further file in a folder may take
ALIKE = 3  # the fewest cells that a notebook without names must share with the released notebook


class Worked(IntEnum):
    """The amount of work in a notebook. Of two notebooks, the notebook with the higher value is marked."""

    ELSE = 0  # another notebook, not of this assignment
    UNTOUCHED = 1
    UNREADABLE = 2
    CHANGED = 3  # changed, but not in the cells that are marked
    ANSWERED = 4


class Released:
    """The released notebook of one assignment."""

    def __init__(self, notebook: NotebookNode):
        roles = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
        before = (text for cell in notebook.cells for text in cell.metadata.get(GIVEN_BEFORE, ()))
        self.texts = frozenset(map(plain, [*(cell.source for cell in notebook.cells), *before]))
        self.names = frozenset(role["grade_id"] for role in roles if "grade_id" in role)
        self.given = {
            role["grade_id"]: plain(cell.source)
            for cell, role in zip(notebook.cells, roles)
            if role.get("solution")
        }
        self.asked = frozenset().union(*(defined(text) for text in self.given.values()))

    def worked(self, cells: Sequence[Submitted]) -> Worked:
        """Return how much a student has worked on these cells."""
        if not self.likeness(cells):
            return Worked.ELSE
        own = [cell for cell in cells if plain(cell.source) and plain(cell.source) not in self.texts]
        if any(cell.grade_id in self.given or self.asked & defined(cell.source) for cell in own):
            return Worked.ANSWERED
        return Worked.CHANGED if own or self._emptied(cells) else Worked.UNTOUCHED

    def likeness(self, cells: Sequence[Submitted]) -> int:
        """Return how many cells belong to this assignment; 0 if there are too few to be sure."""
        named = sum(cell.grade_id in self.names for cell in cells)
        same = sum(plain(cell.source) in self.texts for cell in cells if plain(cell.source))
        own = any(self.asked & defined(cell.source) for cell in cells)
        return named + same if named or own or same >= ALIKE else 0

    def _emptied(self, cells: Sequence[Submitted]) -> bool:
        """Tell whether the cell of an answer was emptied."""
        return any(cell.grade_id in self.given and not plain(cell.source) for cell in cells)


class Releases:
    """The released notebooks of every assignment of a course. Each is read when it is first needed.

    paths: the paths of the released notebooks. given: a function that returns a notebook by its assignment's
    name; by default it reads the file.
    """

    def __init__(self, paths: dict[str, Path], given: Callable[[str], NotebookNode] | None = None):
        self.paths = paths
        self._given = given or (lambda name: nbformat.read(paths[name], as_version=4))
        self._read: dict[str, Released] = {}
        self._reader = Apart(self._of_entry)
        self._budgets: dict[tuple[str, ...], Budget] = {}

    def __getitem__(self, name: str) -> Released:
        if name not in self._read:
            self._read[name] = Released(self._given(name))
        return self._read[name]

    @cached_property
    def titles(self) -> Titles:
        return Titles(self.paths)

    def of_entry(self, entry: Entry) -> str:
        """Return the assignment of a file in submitted/; "" if it has none or cannot be read.

        The files of one folder share a limit of time. Each file adds the time of an ordinary file to it.
        """
        budget = self._budgets.setdefault(entry.path[:-1], Budget())
        budget.seconds += EACH
        try:
            return self._reader.ask(entry, budget)
        except (TooCostly, TimeoutError):
            return ""

    def close(self) -> None:
        """End the process that reads. A new process begins when another file must be read."""
        self._reader.close()

    def _of_entry(self, entry: Entry) -> str:
        try:
            return self.of(entry.read(MOST_BYTES))
        except (Unreadable, RecursionError):
            return ""

    def of(self, data: bytes) -> str:
        """Return the assignment of a notebook, by its content, or "". Raises Unreadable."""
        cells = cells_of(read_content(data))
        found = {name: self[name].likeness(cells) for name in self.paths if self.paths[name].exists()}
        best = max(found, key=found.__getitem__, default="")
        return best if best and found[best] else ""
