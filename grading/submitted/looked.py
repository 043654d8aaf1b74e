"""A file that may be marked, with its content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from grading.repair.match import plain
from grading.repair.read import Submitted, Unreadable, cells_of, read_content
from grading.submitted.archive import MOST_BYTES
from grading.submitted.claims import Candidate
from grading.submitted.released import Released, Worked


@dataclass(frozen=True)
class Looked:
    """A candidate with its content, if it can be read."""

    candidate: Candidate
    released: Released

    @cached_property
    def cells(self) -> tuple[Submitted, ...] | None:
        try:
            return tuple(cells_of(read_content(self.candidate.file.entry.read(MOST_BYTES))))
        except (Unreadable, RecursionError):
            return None

    @cached_property
    def worked(self) -> Worked:
        return Worked.UNREADABLE if self.cells is None else self.released.worked(self.cells)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(plain(cell.source) for cell in self.cells or () if plain(cell.source))
