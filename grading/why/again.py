"""Run a submission once more in the box, as it was marked, and watch the test of one question."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nbformat import NotebookNode

from grading.marking.job import CellResult, Job
from grading.marking.jobs import is_test
from grading.marking.submission import Materials, job_for, repair_bytes, results_of
from grading.noted import Noted
from grading.run.bundle import bundle_for, unpack
from grading.run.task import HandedIn
from grading.scorer.testcell import Test
from grading.why.asked import Asked

QUIET = ""  # the source of a test that only makes the call that the instructor asks for


@dataclass(frozen=True)
class WatchedWork:
    """A submission, repaired as for marking. nb: the repaired notebook. job: the cells of it that run."""

    asked: Asked
    materials: Materials
    nb: NotebookNode
    job: Job

    @functools.cached_property
    def noted(self) -> Noted:
        """Return the notes that the repair made."""
        return Noted.of(self.nb)

    @property
    def has_test(self) -> bool:
        """Tell whether code marks the question."""
        return any(isinstance(cell, Test) and cell.name == self.asked.question for cell in self.job.cells)

    @property
    def source(self) -> str:
        """Return the source of the question's test cell; "" if there is no test."""
        cells = (cell for cell in self.job.cells if isinstance(cell, Test))
        return next((cell.source for cell in cells if cell.name == self.asked.question), "")

    def code(self) -> list[NotebookNode]:
        """Return the code cells, in the order in which they run."""
        return [cell for cell in self.nb.cells if cell.cell_type == "code"]


@dataclass(frozen=True)
class SeenCase:
    """The results of a run: of each cell that ran, and of the test that was watched."""

    cells: Sequence[tuple[NotebookNode, CellResult]]
    test: CellResult


def submitted(asked: Asked) -> WatchedWork:
    """Read and repair a submission. Raises Unreadable if it cannot be read, BoxError without a box."""
    bundle = bundle_for(asked.assignment, asked.settings)
    handed_in: HandedIn = asked.run.received.read(asked.student, asked.assignment.name)
    materials = unpack(bundle)
    materials.in_force()
    beside = handed_in.pictures, handed_in.written, handed_in.unsaid
    nb = repair_bytes(materials, handed_in.data, handed_in.notes, *beside)
    return WatchedWork(asked, materials, nb, job_for(materials, nb))


def watched(of: WatchedWork) -> SeenCase:
    """Run the submission with only the question's test, on the hidden cases of this submission."""
    return _run(of, {"watched": True})


def called(
    of: WatchedWork,
    function: str,
    args: Mapping[str, Any],
    kwargs: Mapping[str, Any],
    entries: Sequence[str] = (),
) -> SeenCase:
    """Run the submission, and call one of its functions with these arguments instead of the test."""
    trial = {"function": function, "args": dict(args), "kwargs": dict(kwargs), "entries": list(entries)}
    return _run(of, {"watched": True, "trial": trial, "source": QUIET})


def _run(of: WatchedWork, changes: Mapping[str, Any]) -> SeenCase:
    question = of.asked.question
    kept = [
        (place, cell)
        for place, cell in zip(of.code(), of.job.cells)
        if not isinstance(cell, Test) or cell.name == question
    ]
    cells = [replace(cell, **changes) if isinstance(cell, Test) else cell for _, cell in kept]
    results = results_of(replace(of.job, cells=cells))
    ran = [(place, done) for (place, _), done in zip(kept, results) if not is_test(place)]
    test = next(done for (place, _), done in zip(kept, results) if is_test(place))
    return SeenCase(ran, test)
