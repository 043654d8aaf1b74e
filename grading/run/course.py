"""A whole run: which submissions there are, which of these to mark, and where everything goes."""

from __future__ import annotations

import fcntl
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading.build.cases import build_hidden
from grading.build.hidden import hidden_folder
from grading.build.hints import hint_names
from grading.course import Assignment, find_course
from grading.doors.nbgrader_api import generate_assignment, secrets
from grading.files import replace_file
from grading.marking.submission import require_ready
from grading.pages.feedback import feedback_page
from grading.repair import Unreadable
from grading.run.bundle import Bundle, bundle_of
from grading.run.gradebook import MarkBook
from grading.run.journal import Key, Record, add_record, read_records, write_records
from grading.run.options import Options, SubmissionResult, Work, config_of
from grading.run.pool import Local, Pool, cores, mark_all
from grading.run.received import Received
from grading.run.records import waits, with_told, write_marks
from grading.run.reference import require_full_marks
from grading.run.schema import is_valid, stamped
from grading.run.task import Graded, HandedIn, plain_told
from grading.settings import Settings
from grading.status import SubmissionStatus
from grading.submitted.remarks import Remark
from grading.submitted.times import HandedInTime

BUSY = "another run is at work in {}: wait for its end, or give this one another folder with --out."


class ClassRun:
    """A run of the class runner over one course."""

    def __init__(self, options: Options):
        self.options, self.config = options, config_of(options)
        self.course = options.course
        self.folders = CourseDirectory(config=self.config)
        self.out = (options.out or options.course.root).resolve()
        self.records: dict[Key, Record] = {}
        names = [self.course.assignment(name).name for name in options.names]
        chosen = [each for each in self.course.assignments() if not names or each.name in names]
        self.received = Received(self.course, self.folders, chosen, options.students)
        self.chosen = [each for each in chosen if self._students(each)]

    def results(self) -> Iterator[SubmissionResult]:
        """Mark what there is to mark; yield how each submission went, as it is done.

        First the box is tried, then the reference is marked: BoxError and RuntimeError say what mends
        it. Whatever happens to one submission, the others are marked. Results are written one by one.
        """
        if not self.chosen and not self.received.not_understood:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        with alone(self.out):
            self.received.write(self.out)
            if not self.chosen:
                return
            self.records = read_records(self.out)
            settings = Settings(config=self.config)
            if self.options.pool is None or self.options.pool.here:
                require_ready(self.course, settings, secrets(self.folders, self.course))
            else:
                build_hidden(self.course)
            self._forget_rows()
            work = [self._work(each, settings) for each in self.chosen]
            with self._pool(work) as pool:
                for each in work:
                    if each.todo or each.unchanged:
                        _register(each.assignment, self.config)
                yield from self._mark(work, pool)

    def _forget_rows(self) -> None:
        """Rows that only said that something could not be read go when it is not there any more."""
        there = {(each.name, student) for each in self.chosen for student in self._students(each)}
        here = set() if self.options.students else {each.name for each in self.chosen}
        for key in [key for key in self.records if key[0] in here and key not in there]:
            if "key" not in self.records[key]:
                del self.records[key]

    @property
    def count(self) -> int:
        """How many submissions there are."""
        return sum(len(self._students(each)) for each in self.chosen)

    @contextmanager
    def _pool(self, work: Sequence[Work]) -> Iterator[Pool | None]:
        """What marks, if anything is to be: workers of our own get ready while the gradebook does."""
        todo = [each for each in work if each.todo]
        if self.options.pool or not todo:
            yield self.options.pool
            return
        size = min(self.options.jobs or cores(), max(len(each.todo) for each in todo))
        with closing(Local(size, first=todo[0].bundle)) as pool:
            yield pool

    def _mark(self, work: Sequence[Work], pool: Pool | None) -> Iterator[SubmissionResult]:
        with closing(MarkBook(self.folders.db_url, self.config)) as marks:
            for each in work:
                yield from self._known(each, marks)
                if each.todo:
                    require_full_marks(pool, each.bundle)
                    yield from self._new(each, pool, marks)
            write_records(self.out, self.records)
            write_marks(marks.book, self.records, self.course, self.out)
            self.received.write(self.out)

    def _students(self, assignment: Assignment) -> list[str]:
        return self.received.students(assignment.name)

    def _folder(self, step: str, student: str, assignment: Assignment) -> Path:
        return Path(self.folders.format_path(step, student, assignment.name))

    def _graded(self, student: str, assignment: Assignment) -> Path:
        folder = self._folder(self.folders.autograded_directory, student, assignment)
        return folder / f"{assignment.name}.ipynb"

    def _work(self, assignment: Assignment, settings: Settings) -> Work:
        """Find out what is to be done of an assignment."""
        files = (assignment.solution, assignment.release, hidden_folder(self.course))
        limited = (settings.limits(), settings.box, assignment.name, settings.figures)
        bundle = bundle_of(*files, *limited, self.course.world, hint_names(assignment))
        work = Work(assignment, bundle)
        for student in self._students(assignment):
            try:
                handed_in = self.received.read(student, assignment.name)
            except Unreadable as error:
                work.missing[student] = str(error)
                continue
            (work.unchanged if self._is_done(handed_in, assignment, bundle) else work.todo).append(student)
        return work

    def _is_done(self, handed_in: HandedIn, assignment: Assignment, bundle: Bundle) -> bool:
        record = self.records.get((assignment.name, handed_in.student), {})
        there = self._graded(handed_in.student, assignment).exists()
        if record.get("key") != handed_in.key(bundle) or not is_valid(record):
            return False
        ours = SubmissionStatus(record["status"]) is SubmissionStatus.OUR_FAULT
        return there and not ours and not self.options.force

    def _known(self, work: Work, marks: MarkBook) -> Iterator[SubmissionResult]:
        """Those that nothing is run for: no notebook, or as before; people may have marked since."""
        yield from (self._missing(student, work.assignment, why) for student, why in work.missing.items())
        for student in work.unchanged:
            record = self.records[work.assignment.name, student]
            marks.save_time(work.assignment.name, student, self._time(student, work.assignment))
            told = marks.told(work.assignment.name, student, work.bundle.boxed)
            if with_told(record, told) != record:
                nb = nbformat.read(self._graded(student, work.assignment), as_version=4)
                self._save_page(student, work.assignment, feedback_page(nb, told))
                self._save_record(with_told(record, told))
            status, unread = SubmissionStatus(record["status"]), waits(with_told(record, told))
            yield SubmissionResult(student, work.assignment.name, status, record["why"], False, unread)

    def _new(self, work: Work, pool: Pool, marks: MarkBook) -> Iterator[SubmissionResult]:
        """Those that are marked now."""
        read = partial(self.received.read_again, assignment=work.assignment.name)
        for handed_in, graded in mark_all(pool, work.bundle, work.todo, read):
            student, name = handed_in.student, work.assignment.name
            record = _record(student, name, graded, self.received.remarks.get((name, student), ()))
            if graded.notebook:
                marks.save(name, student, graded, self._time(student, work.assignment))
                told = marks.told(name, student, work.bundle.boxed)
                plain = plain_told(student, name, graded.questions, work.bundle.boxed)
                page = graded.page if told == plain else feedback_page(_notebook(graded), told)
                self._save_page(student, work.assignment, page)
                replace_file(self._graded(student, work.assignment), graded.notebook)
                record = with_told(record, told)
            self._save_record(record)
            yield SubmissionResult(student, name, graded.status, graded.why, unread=waits(record))
        for (name, student), why in self.received.gone.items():
            if name == work.assignment.name:
                yield self._missing(student, work.assignment, why)

    def _missing(self, student: str, assignment: Assignment, why: str) -> SubmissionResult:
        """One that cannot be read: a row without marks."""
        told = (student, assignment.name, SubmissionStatus.UNREADABLE, why)
        names = ("student", "assignment", "status", "why")
        self.records[assignment.name, student] = stamped(dict(zip(names, told)))
        return SubmissionResult(*told)

    def _time(self, student: str, assignment: Assignment) -> HandedInTime:
        return self.received.times.get((assignment.name, student), HandedInTime())

    def _save_page(self, student: str, assignment: Assignment, page: str) -> None:
        folder = self._folder(self.folders.feedback_directory, student, assignment)
        replace_file(folder / f"{assignment.name}.html", page)

    def _save_record(self, record: Record) -> None:
        self.records[record["assignment"], record["student"]] = add_record(self.out, record)


def grade_course(
    names: Sequence[str] = (), root: Path | None = None, box: bool = True, **more: Any
) -> Iterator[SubmissionResult]:
    """Mark every submission of the assignments named (all, if none is); see Options and ClassRun.results."""
    return ClassRun(Options(names, find_course(root), box=box, **more)).results()


def _register(assignment: Assignment, config: Config) -> None:
    """Put the assignment's cells and points into the gradebook; notebooks/ is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        generate_assignment(assignment.name, config, folder, keep_cells=True)


def _record(student: str, assignment: str, graded: Graded, remarks: Sequence[Remark]) -> Record:
    """What is known of a submission, but for what the gradebook adds."""
    return {
        "student": student,
        "assignment": assignment,
        "status": graded.status,
        "why": graded.why,
        "key": graded.key,
        "seconds": graded.seconds,
        "box": graded.box,
        "repaired": list(graded.repaired),
        "remarks": [{"kind": each.kind, "says": each.says} for each in remarks],
        "tries": graded.tries,
        "questions": {name: dict(each) for name, each in graded.questions.items()},
    }


def _notebook(graded: Graded) -> Any:
    return nbformat.reads(graded.notebook, as_version=4)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """See that no other run writes to this folder. Raises RuntimeError if one does."""
    with (folder / ".grading.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(BUSY.format(folder)) from None
        yield
