"""Mark one notebook: its cells run in a box (a sandbox), the instructor's tests in the scorer, outside of it.

The student's cells run in order, in one session. At each test cell the session is copied, and the visible
part of the test calls functions of the copy. The hidden parts call the copies later: all cells must have run
first, and their outputs must have been collected. If a cell or a test ends the box, everything runs once
more without it, so that it costs only its own marks.

In the first run a copy is one process, and visible parts use the session itself, as in Jupyter. This is
enough for most submissions. If anything goes wrong, everything runs once more, with care: all parts use
copies, and a copy survives a call that ends its process.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator

from checks.texts import say
from grading.box.session import BoxedSession, Died
from grading.marking.job import CellResult, Job
from grading.marking.needs import cell_seconds
from grading.marking.outcome import WHY_UNFIT, left_out, no_mark, not_run, spared, why_stopped
from grading.marking.sofar import SoFar
from grading.protocol.fit import Unfit
from grading.scorer.client import Scorer, ScorerError
from grading.scorer.testcell import Test
from grading.status import Status

COUNTED = (Status.MEMORY_LIMIT, Status.PROCESS_LIMIT, Status.FILE_LIMIT)
ATTEMPTS = 14  # boxes that one submission may end; the first attempt is without care


def mark(job: Job) -> list[CellResult]:
    """Run and mark the cells of a notebook; one result for each. Raises BoxError, ScorerError."""
    so_far, left, careful = SoFar(), job.limits.notebook_seconds, False
    for attempt in range(ATTEMPTS):
        run = _Round(job, so_far, left, careful, last=attempt == ATTEMPTS - 1)
        try:
            if run.through():
                break
        finally:
            left = job.limits.notebook_seconds if run.troubled else run.left
            careful = careful or run.troubled
            run.close()
        so_far.suspect()
    return [so_far.of(at, cell, run.results) for at, cell in enumerate(job.cells)]


class _Round:
    """One attempt to run and mark everything, in a new box.

    careful: whether copies survive the calls that end them. If not, trouble decides only one thing: the
    results of this attempt do not count.
    """

    def __init__(self, job: Job, so_far: SoFar, left: float, careful: bool, last: bool):
        self.job, self.so_far, self.left = job, so_far, left
        self.fatal, self.finished = so_far.fatal, so_far.finished
        self.careful, self.last, self.troubled = careful, last, False
        self.results: list[CellResult] = []
        self.known: set[int] = set()  # the processes in the box before a test or a cell
        self.limits_hit: dict[str, Status] = {}  # the limit that a test's calls hit, by the test's name
        self.seconds = 0.0  # so long may the present cell run
        self.session = BoxedSession(job.limits, job.boxed, job.beside, job.packages, job.figures, job.world)
        recipe = job.drawing and job.drawing.recipe
        everybody = self.session.box.everybody
        self.scorer = Scorer(
            job.imports, job.limits, everybody, job.boxed, job.world, recipe, job.seeds, job.code
        )

    def through(self) -> bool:
        """Run everything; return False if something ended the box and must be left out next time."""
        stop = min(self.fatal, default=0) if self.last else len(self.job.cells)
        if self.job.first:
            self.session.run(self.job.first, self.job.limits.cell_seconds, resume=True)
        for at, cell in enumerate(self.job.cells):
            if at >= stop:
                self.results.append(not_run(isinstance(cell, Test)))
            elif not self._step(at, cell):
                return False
        return self._finish()

    def _step(self, at: int, cell: str | Test) -> bool:
        known = self.so_far.settled(at) or self._spared(at, cell)
        self.seconds = self.job.limits.cell_seconds if isinstance(cell, Test) else self._seconds(at)
        if known or not self.seconds:
            self.results.append(known or left_out(self.job.limits))
            return True
        spent = self.session.spent
        try:
            with self._contained(at, cell):
                self.results.append(self._begin(cell) if isinstance(cell, Test) else self._run(cell))
        finally:
            self.left -= self.session.spent - spent
        return at not in self.fatal and not self.troubled

    def _spared(self, at: int, cell: str | Test) -> CellResult | None:
        """Return the result of a cell that is not run, because such a cell may have ended the others' box.

        Such a cell only shows something: no test needs it. The result is None for a cell that must run.
        """
        is_spared = self.so_far.sparing and not isinstance(cell, Test) and at not in self.job.needed
        return spared() if is_spared else None

    @contextlib.contextmanager
    def _contained(self, at: int, cell: str | Test) -> Iterator[None]:
        """Notice whether a cell or a test ends more than itself. It is then fatal, and left out next time."""
        box, name = self.session.box, cell.name if isinstance(cell, Test) else ""
        self.known, hits = box.members(), box.totals.hits()
        try:
            yield
        except Died as died:
            limit = self.session.why_gone(hits) if died.status is Status.CRASHED else died.status
            self._ended(at, self._fatal(cell, limit, died.unfit))
            return
        except ScorerError as error:  # as far as we know, it is not the student's fault
            self._ended(at, CellResult(status=Status.NEEDS_PERSON, why=str(error)))
            return
        self._name_limit(name, self.session.why_gone(hits))
        # A test leaves nothing running. A cell may, such as a pool of workers, within measure.
        many = len(box.members()) > self.job.limits.processes // 2
        left = box.members() - self.known if name else set()
        self._note(bool(left))
        gone = not (name or many) or box.end_others(self.known)
        # Without care, a copy that is gone is noticed soon enough: when a test calls it.
        if not (self.session.is_whole(but=name) if self.careful else self.session.is_there):
            self._ended(at, self._fatal(cell, self.session.why_gone(hits)))
        elif not gone:  # on a busy machine, a process that the memory limit ended may take long to go
            limit = self.session.why_gone(hits)
            self._ended(at, self._fatal(cell, Status.PROCESS_LIMIT if limit is Status.CRASHED else limit))

    def _ended(self, at: int, how: CellResult) -> None:
        """Leave a cell or a test out next time, because it ended more than itself; only if care was taken."""
        if self.careful:
            self.fatal[at] = how
        self._note(True)

    def _note(self, trouble: bool) -> None:
        """Remember trouble in an attempt without care: its results then do not count."""
        self.troubled |= trouble and not self.careful

    def _seconds(self, at: int) -> float:
        """Return how many seconds the student's cell at this place may run; 0 if it is left out."""
        return cell_seconds(self.job.limits, self.left, lambda: at in self.job.needed)

    def _run(self, source: str) -> CellResult:
        answer = self.session.run(source, self.seconds, source not in self.job.given, self.careful)
        given = self.job.instead.get(source, "") if answer["error"] else ""
        if given:
            self.session.run(given, self.seconds)
        return CellResult(**answer, replaced=bool(given))

    def _begin(self, test: Test) -> CellResult:
        threads = self.session.box.threads()
        copy = self.session.copy(test.name, kept=self.careful)
        self.known = self.session.box.members()  # the copy's processes included
        test = dataclasses.replace(test, again=bool(self.so_far.shown))
        hit, shown = self.scorer.begin(test, copy, None if self.careful else self.session.serve())
        self._note(hit or self.session.box.threads() > threads)
        return CellResult(outputs=shown)

    def _fatal(self, cell: str | Test, limit: Status, unfit: Unfit | None = None) -> CellResult:
        why = say(WHY_UNFIT[unfit]) if unfit else self._why(limit)
        return CellResult(status=limit, mark=no_mark(isinstance(cell, Test)), why=why)

    def _finish(self) -> bool:
        """Run the hidden parts; return False if one of them ended the box."""
        self.seconds = self.job.limits.cell_seconds
        self.so_far.show(self.results)
        for at, cell in enumerate(self.job.cells):
            if not isinstance(cell, Test) or self.so_far.settled(at):
                continue
            if self.results[at].status:
                self.finished[at] = self.results[at]
                continue
            with self._contained(at, cell):
                hit, done = self.scorer.finish(cell.name)
                self._note(hit)
            if self.troubled or at in self.fatal and not self.last:
                return False
            if at in self.fatal:
                continue
            done["outputs"] = done["outputs"] or self.so_far.shown[at].outputs
            self.finished[at] = self._named(CellResult(**done), self.limits_hit.get(cell.name))
            self.session.forget(cell.name)
        return True

    def _name_limit(self, test: str, limit: Status) -> None:
        """Remember which limit of the whole box a test hit, in its visible or hidden part, or a cell."""
        if limit is Status.CRASHED:
            return
        self._note(True)
        if test:
            self.limits_hit.setdefault(test, limit)
        else:
            self.results[-1].status, self.results[-1].why = limit, self._why(limit)

    def _why(self, limit: Status) -> str:
        return why_stopped(limit, self.job.limits, self.seconds)

    def _named(self, done: CellResult, limit: Status | None) -> CellResult:
        """Return the result with the limit that stopped a call. Sometimes only the box's counters know it."""
        if limit and done.status in (Status.CRASHED, Status.TIME_LIMIT, Status.ERROR):
            done.status, done.why = limit, self._why(limit)
        elif done.status in COUNTED:  # the scorer, which made the call, does not know how much was allowed
            done.why = self._why(done.status)
        return done

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.scorer.close()
        self.session.close()
