"""The job of marking one notebook, and the result of each of its cells."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.box.limits import Limits
from grading.course import World
from grading.marking.needs import needed
from grading.protocol.left_out import LeftOut
from grading.recipe import Drawing, Seeds
from grading.scorer.testcell import Test
from grading.status import Status


@dataclass
class CellResult:
    """The result of one cell: its outputs. A test also has a mark, a status, a reason and the hints drawn.

    error: the class of the error that the cell ended with.
    missing: the package that was not installed.
    hint: the title of the last hint shown.
    lacks: the reason for missing marks, as the report gives it.
    left_out: the statements that failed. resumed: whether something was defined below them.
    replaced: whether the given cell was run after this cell.
    seen: how each case of a watched test went. raised: the error that the test itself ended with.
    Raises ValueError for an unknown status.
    """

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    mark: float | None = None
    status: Status | None = None
    why: str = ""
    hints: list[str] = field(default_factory=list)
    hint: str = ""
    missing: str = ""
    lacks: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    resumed: bool = False
    replaced: bool = False
    seen: list[dict[str, Any]] = field(default_factory=list)
    raised: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.status = self.status and Status(self.status)


@dataclass(frozen=True)
class Job:
    """The code that is marked: the cells in order (a text, or a test), and the imports of the tests.

    beside: the folder of files that the notebook may read.
    drawing: how hidden cases are drawn.
    packages: the packages that the instructor's notebook imports.
    figures: whether the cells' figures are drawn; if not, their alt text is shown instead.
    world: the packages and data around the course's notebooks.
    first: the code that runs before all cells.
    given: the texts of cells that the instructor gave and the student did not change.
    instead: the given cell that is run when a changed cell fails, by the text of the changed cell.
    """

    cells: Sequence[str | Test]
    imports: str = ""
    limits: Limits = field(default_factory=Limits)
    boxed: bool = True
    beside: Path | None = None
    drawing: Drawing | None = None
    packages: Set[str] = frozenset()
    figures: bool = True
    world: World = field(default_factory=World)
    first: str = ""
    given: Set[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def needed(self) -> frozenset[int]:
        """Return the places of the cells that the tests need."""
        return needed(self.cells)

    @property
    def code(self) -> list[str]:
        """Return the cells that are not tests."""
        return [cell for cell in self.cells if not isinstance(cell, Test)]

    @functools.cached_property
    def seeds(self) -> Seeds | None:
        """Return the seeds of this submission's hidden cases, which depend on its code."""
        return self.drawing.seeds_for(self.code) if self.drawing else None
