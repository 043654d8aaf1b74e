"""A whole run: which submissions there are, which of these to mark, and where everything goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.coursedir import CourseDirectory

from grading.build.cases import build_hidden
from grading.build.hidden import hidden_folder
from grading.build.hints import hint_names
from grading.course import Assignment, find_course
from grading.doors.nbgrader_api import secrets
from grading.files import replace_file
from grading.marking.submission import require_ready
from grading.pages.feedback import feedback_page
from grading.pages.unread import unread_page
from grading.repair import Unreadable
from grading.run.alone import alone
from grading.run.bundle import Bundle, bundle_of
from grading.run.gradebook import MarkBook, register
from grading.run.journal import Key, Record, add_record, read_records, write_records
from grading.run.options import Options, SubmissionResult, Work, config_of
from grading.run.pool import Local, Pool, cores, mark_all
from grading.run.received import Received
from grading.run.records import record_of, remarks_of, waits, with_told, write_marks
from grading.run.reference import require_full_marks
from grading.run.schema import is_valid, stamped
from grading.run.task import Graded, HandedIn, plain_told
from grading.run.unmarked import Unmarked, read_unmarked, write_unmarked
from grading.settings import Settings
from grading.status import SubmissionStatus
from grading.submitted.times import HandedInTime


class ClassRun:
    """A run of the class runner over one course."""

    def __init__(self, options: Options):
        self.options, self.config = options, config_of(options)
        self.course = options.course
        self.folders = CourseDirectory(config=self.config)
        self.out = (options.out or options.course.root).resolve()
        self.records: dict[Key, Record] = {}
        self.has_begun, self.expected, self.in_force = False, list[Unmarked](), ""
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
                self.in_force = require_ready(self.course, settings, secrets(self.folders, self.course))
            else:
                build_hidden(self.course)
            self._forget_rows()
            work = [self._work(each, settings) for each in self.chosen]
            with self._pool(work) as pool:
                for each in work:
                    if each.todo or each.unchanged:
                        register(each.assignment, self.config)
                yield from self._mark(work, pool)

    def _forget_rows(self) -> None:
        """Rows that only said that something could not be read go when it is not there any more."""
        there = {(each.name, student) for each in self.chosen for student in self._students(each)}
        here = set() if self.options.students else {each.name for each in self.chosen}
        for key in [key for key in self.records if key[0] in here and key not in there]:
            if "key" not in self.records[key]:
                del self.records[key]
                self._page(key[1], key[0]).unlink(missing_ok=True)

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
        self._expect(work)
        with closing(MarkBook(self.folders.db_url, self.config)) as marks:
            try:
                for each in work:
                    yield from self._known(each, marks)
                    if each.todo:
                        require_full_marks(pool, each.bundle)
                        yield from self._new(each, pool, marks)
            finally:  # also after Ctrl + C: what is marked so far
                self._write_tables(marks)

    def _expect(self, work: Sequence[Work]) -> None:
        """Write down who is to be marked; others whom an earlier run has left stay in the list."""
        names, only = {each.name for each in self.chosen}, self.received.only
        others = [
            each
            for each in read_unmarked(self.out, self.records)
            if each.assignment not in names or (only and each.student not in only)
        ]
        todo = ((each.assignment.name, each.todo) for each in work)
        now = [Unmarked(name, *told) for name, students in todo for told in students.items()]
        self.has_begun, self.expected = True, [*others, *now]
        write_unmarked(self.out, self.expected)

    @property
    def unmarked(self) -> list[Unmarked]:
        """Who is still to be marked."""
        return [each for each in self.expected if not each.is_done(self.records)]

    def _write_tables(self, marks: MarkBook) -> None:
        if self.records:
            write_records(self.out, self.records)
            write_marks(marks.book, self.records, self.course, self.out)
        write_unmarked(self.out, self.unmarked)
        self.received.write(self.out)

    def _students(self, assignment: Assignment) -> list[str]:
        return self.received.students(assignment.name)

    def _folder(self, step: str, student: str, name: str) -> Path:
        return Path(self.folders.format_path(step, student, name))

    def _graded(self, student: str, assignment: Assignment) -> Path:
        folder = self._folder(self.folders.autograded_directory, student, assignment.name)
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
            if self._is_done(handed_in, assignment, bundle):
                work.unchanged.append(student)
            else:
                work.todo[student] = handed_in.key(bundle)
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
            now = record | remarks_of(self.received.remarks.get((work.assignment.name, student), ()))
            marks.save_time(work.assignment.name, student, self._time(student, work.assignment))
            told = marks.told(work.assignment.name, student, work.bundle.boxed)
            if with_told(now, told) != record:
                nb = nbformat.read(self._graded(student, work.assignment), as_version=4)
                self._save_page(student, work.assignment, feedback_page(nb, told))
                self._save_record(with_told(now, told))
            status, unread = SubmissionStatus(record["status"]), waits(with_told(record, told))
            yield SubmissionResult(student, work.assignment.name, status, record["why"], False, unread)

    def _new(self, work: Work, pool: Pool, marks: MarkBook) -> Iterator[SubmissionResult]:
        """Those that are marked now."""
        read = partial(self.received.read_again, assignment=work.assignment.name)
        for handed_in, graded in mark_all(pool, work.bundle, work.todo, read):
            student, name = handed_in.student, work.assignment.name
            record = record_of(student, name, graded, self.received.remarks.get((name, student), ()))
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
        files = assignment.solution, assignment.release
        self._save_page(student, assignment, unread_page(*files, student, assignment.name, why))
        self.records[assignment.name, student] = stamped(dict(zip(names, told)))
        return SubmissionResult(*told)

    def _time(self, student: str, assignment: Assignment) -> HandedInTime:
        return self.received.times.get((assignment.name, student), HandedInTime())

    def _save_page(self, student: str, assignment: Assignment, page: str) -> None:
        replace_file(self._page(student, assignment.name), page)

    def _page(self, student: str, name: str) -> Path:
        return self._folder(self.folders.feedback_directory, student, name) / f"{name}.html"

    def _save_record(self, record: Record) -> None:
        record = stamped(record)  # known before it is on the disk: Ctrl + C may come between the two
        self.records[record["assignment"], record["student"]] = record
        add_record(self.out, record)


def grade_course(
    names: Sequence[str] = (), root: Path | None = None, box: bool = True, **more: Any
) -> Iterator[SubmissionResult]:
    """Mark every submission of the assignments named (all, if none is); see Options and ClassRun.results."""
    return ClassRun(Options(names, find_course(root), box=box, **more)).results()


def _notebook(graded: Graded) -> Any:
    return nbformat.reads(graded.notebook, as_version=4)
