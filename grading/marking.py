"""Mark one notebook: its cells in a box, the teacher's tests in the scorer, marks and reasons.

The student's cells run in order. At each test cell the session is copied, and the visible part
of the test asks the copy. When all cells have run and what they show has been collected, the
hidden parts ask the copies. Where a cell or a test ends the box, everything runs once more
without it, so that it costs its own marks and no others.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.box.limits import Limits
from grading.box.session import Died, Session
from grading.scorer.client import Scorer, ScorerError
from grading.scorer.testcell import Test

ATTEMPTS = 5  # boxes that one submission may end
WHY = {
    "time limit": "it ran for more than {cell_seconds:g} seconds and could not be interrupted",
    "memory limit": "it used more than {memory_mb} MB of memory",
    "process limit": "it started more than {processes} processes",
    "crashed": "it ended the process that it ran in",
}


@dataclass
class Marked:
    """What came of one cell: what it shows; of a test also the mark, the status and why."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    mark: float | None = None
    status: str = ""
    why: str = ""


@dataclass(frozen=True)
class Job:
    """What is marked: the cells in order (a text, or a test), and what the tests import."""

    cells: Sequence[str | Test]
    imports: str = ""
    limits: Limits = field(default_factory=Limits)
    boxed: bool = True
    beside: Path | None = None


def mark(job: Job) -> list[Marked]:
    """Run and mark the cells of a notebook; one result for each. Raises BoxError, ScorerError."""
    fatal: dict[int, Marked] = {}  # cells and tests that ended a box, by their places
    finished: dict[int, Marked] = {}  # tests that have their mark
    left = job.limits.notebook_seconds
    for attempt in range(ATTEMPTS):
        run = _Run(job, fatal, finished, left, last=attempt == ATTEMPTS - 1)
        try:
            if run.through():
                break
        finally:
            left = run.left
            run.close()
    return [{**dict(enumerate(run.results)), **finished, **fatal}[at] for at in range(len(job.cells))]


class _Run:
    """One attempt, with a box of its own."""

    def __init__(
        self, job: Job, fatal: dict[int, Marked], finished: dict[int, Marked], left: float, last: bool
    ):
        self.job, self.fatal, self.finished, self.left, self.last = job, fatal, finished, left, last
        self.results: list[Marked] = []
        self.session = Session(job.limits, job.boxed, job.beside)
        self.scorer = Scorer(job.imports, job.limits, job.boxed)

    def through(self) -> bool:
        """Run everything; return False if something ended the box and must be left out next time."""
        stop = min(self.fatal, default=0) if self.last else len(self.job.cells)
        for at, cell in enumerate(self.job.cells):
            if at >= stop and self.last or not self.session.is_there:
                self.results.append(Marked(status="crashed", mark=_zero(cell), why=WHY["crashed"]))
            elif not self._step(at, cell):
                return False
        return self._finish()

    def _step(self, at: int, cell: str | Test) -> bool:
        if at in self.fatal or at in self.finished:
            self.results.append(self.fatal.get(at) or self.finished[at])
            return True
        if self.left <= 0:
            why = f"the cells before it took more than {self.job.limits.notebook_seconds:g} seconds together"
            self.results.append(Marked(status="time limit", mark=_zero(cell), why=why))
            return True
        begin = time.monotonic()
        try:
            self.results.append(self._begin(cell) if isinstance(cell, Test) else self._run(cell))
        except Died as died:
            self.fatal[at] = self._fatal(cell, str(died))
            return False
        finally:
            self.left -= time.monotonic() - begin
        return self._still_there(at, cell)

    def _still_there(self, at: int, cell: str | Test) -> bool:
        """A box that is gone was ended by what ran last."""
        if self.session.is_there:
            return True
        self.fatal[at] = self._fatal(cell, self.session.why_gone())
        return False

    def _run(self, source: str) -> Marked:
        answer = self.session.run(source, max(self.left, 1.0))
        return Marked(answer["outputs"], str(answer.get("error", "")))

    def _begin(self, test: Test) -> Marked:
        self.scorer.begin(test, self.session.copy())
        return Marked()

    def _fatal(self, cell: str | Test, limit: str) -> Marked:
        limits = vars(self.job.limits)
        why = WHY.get(limit, WHY["crashed"]).format(**limits)
        if limit == "time limit" and isinstance(cell, Test):
            why = f"the test did not end within {self.job.limits.test_seconds:g} seconds"
        return Marked(status=limit, mark=_zero(cell), why=why)

    def _finish(self) -> bool:
        """Run the hidden parts; the box must outlive each."""
        for at, cell in enumerate(self.job.cells):
            if not isinstance(cell, Test) or at in self.finished or at in self.fatal:
                continue
            if self.results[at].status:
                self.finished[at] = self.results[at]
                continue
            done = Marked(**self.scorer.finish(cell.name))
            if not self.session.is_there:
                self.fatal[at] = self._fatal(cell, self.session.why_gone())
                return self.last
            self.finished[at] = self._named(done)
        return True

    def _named(self, done: Marked) -> Marked:
        """What ended a process may be known only to those who count for the whole box."""
        limit = self.session.process.verdict() if done.status == "crashed" else ""
        if limit:
            done.status, done.why = limit, WHY[limit].format(**vars(self.job.limits))
        return done

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.scorer.close()
        self.session.close()


def _zero(cell: str | Test) -> float | None:
    return 0.0 if isinstance(cell, Test) else None


__all__ = ["Job", "Marked", "ScorerError", "mark"]
