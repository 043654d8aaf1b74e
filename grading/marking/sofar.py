"""What is known of a submission so far: its rounds in the box pass it on to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grading.marking.job import CellResult
from grading.marking.outcome import not_run
from grading.scorer.testcell import Test

Results = dict[int, CellResult]  # by the places of cells and tests
MANY = (
    2  # that ended a box, after which all of them may have been struck by something that an earlier cell did
)


@dataclass
class SoFar:
    """What the rounds have found.

    sparing: whether cells that only show something are left out. fatal: of cells and tests that ended a box.
    finished: of tests that have their mark. shown: what may be seen of each cell and of each test's visible
    part: what it showed before the first hidden part asked anything. From then on the submission's code may
    know of hidden cases, in every round.
    """

    sparing: bool = False
    fatal: Results = field(default_factory=dict)
    finished: Results = field(default_factory=dict)
    shown: Results = field(default_factory=dict)

    def settled(self, at: int) -> CellResult | None:
        """What needs no further round."""
        return self.fatal.get(at) or self.finished.get(at)

    def show(self, results: Sequence[CellResult]) -> None:
        """Keep what these show, unless something is kept already."""
        if not self.shown:
            self.shown.update(enumerate(results))

    def suspect(self) -> None:
        """Where several cells have ended a box, clear them once. Then leave out cells that no test needs.

        What ends Python may have been started before, such as a timer or a thread: then it strikes whatever
        runs when it goes off.
        """
        if not self.sparing and len(self.fatal) >= MANY:
            self.sparing = True
            self.fatal.clear()

    def of(self, at: int, cell: str | Test, last: Sequence[CellResult]) -> CellResult:
        """What came of a cell or a test in the end. last: the results of the last round."""
        known = self.settled(at) or (None if isinstance(cell, Test) else self.shown.get(at))
        return known or (last[at] if at < len(last) else not_run(isinstance(cell, Test)))
