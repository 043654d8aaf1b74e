"""What is marked, and what came of each cell."""

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
    """What came of one cell: what it shows; of a test also the mark, the status, why, and the hints drawn.

    error: the class of the error that it ended with. missing: the package that was not there.
    hint: the title of the last one shown. lacks: what the report says is missing. left_out: the statements
    that failed; resumed: whether something was defined below them. replaced: whether the given cell was run
    after it. seen, raised: how each case of a watched test went, and what the test itself ended with.
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
    """What is marked: the cells in order (a text, or a test), and what the tests import.

    beside: the folder of files that the notebook may read. drawing: how hidden cases are drawn.
    packages: what the instructor's notebook imports. figures: whether those of the cells are drawn;
    else their alt text stands in their place. world: what stands around the course's notebooks.
    first: what runs before all cells. given: the texts of cells that are the instructor's as they stand.
    instead: what to run when a cell fails, by its text: what the instructor gave in its place.
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
        """The places of the cells that the tests need."""
        return needed(self.cells)

    @property
    def code(self) -> list[str]:
        """The cells that are no tests."""
        return [cell for cell in self.cells if not isinstance(cell, Test)]

    @functools.cached_property
    def seeds(self) -> Seeds | None:
        """What the hidden cases of this submission are drawn from, by its code."""
        return self.drawing.seeds_for(self.code) if self.drawing else None
