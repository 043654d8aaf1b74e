"""The results of a submission so far. Each round in the box reads those of the rounds before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grading.marking.job import CellResult
from grading.marking.outcome import not_run
from grading.scorer.testcell import Test

Results = dict[int, CellResult]  # by the places of cells and tests
MANY = 2  # cells or tests that ended a box: from then on, an earlier cell may be the cause of all these ends


@dataclass
class SoFar:
    """The results that the rounds have found.

    sparing: whether cells that only show something are left out.
    fatal: the results of cells and tests that ended a box.
    finished: the results of tests that have their mark.
    shown: the outputs of each cell and of each test's visible part that a student may see. They are from the
    time before the first hidden part called anything. After it, the submission's code may know hidden cases,
    in every round.
    """

    sparing: bool = False
    fatal: Results = field(default_factory=dict)
    finished: Results = field(default_factory=dict)
    shown: Results = field(default_factory=dict)

    def settled(self, at: int) -> CellResult | None:
        """Return the result of a cell or a test that needs no further round; None if it needs one."""
        return self.fatal.get(at) or self.finished.get(at)

    def show(self, results: Sequence[CellResult]) -> None:
        """Keep the outputs of these results, unless outputs are kept already."""
        if not self.shown:
            self.shown.update(enumerate(results))

    def suspect(self) -> None:
        """Forget once which cells and tests have ended a box, if there are several of them.

        From then on, cells that no test needs are left out. The cause may be something that an earlier cell
        started, such as a timer or a thread. It ends the cell or test that runs at that moment.
        """
        if not self.sparing and len(self.fatal) >= MANY:
            self.sparing = True
            self.fatal.clear()

    def of(self, at: int, cell: str | Test, last: Sequence[CellResult]) -> CellResult:
        """Return the final result of a cell or a test. last: the results of the last round."""
        known = self.settled(at) or (None if isinstance(cell, Test) else self.shown.get(at))
        return known or (last[at] if at < len(last) else not_run(isinstance(cell, Test)))
