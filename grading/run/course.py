"""A whole run: which submissions there are, which of them to mark, and where the results are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from grading.build.cases import build_hidden
from grading.course import Assignment, find_course
from grading.doors.nbgrader_api import secrets
from grading.marking.submission import require_ready
from grading.private import make_folder
from grading.run.alone import alone
from grading.run.contained import contained
from grading.run.gradebook import MarkBook, make_book, register, usable
from grading.run.journal import Key, Record
from grading.run.kept import Kept, MadeAgain, counted
from grading.run.local import Local, cores
from grading.run.named import name_students
from grading.run.options import Options, SubmissionResult, Work, config_of
from grading.run.outdated import outdated
from grading.run.pool import Pool, Waiting, mark_all
from grading.run.quiet import Quiet
from grading.run.received import Received
from grading.run.records import write_marks
from grading.run.reference import require_full_marks
from grading.run.rows import Rows
from grading.run.ruled import NO_POLICIES, policies_for, settled_rows
from grading.run.sorting import work_of
from grading.run.sound import new_book, require_sound
from grading.run.standing import is_row_only
from grading.run.task import HandedIn
from grading.run.unmarked import Unmarked, read_unmarked, write_unmarked
from grading.run.unwell import broken_lists
from grading.settings import Settings


class ClassRun:
    """A run of the class runner over one course."""

    def __init__(self, options: Options):
        self.options, self.config = options, config_of(options)
        self.course = options.course
        self.folders = CourseDirectory(config=self.config)
        self.out = (options.out or options.course.root).resolve()
        self.kept = Kept(self.folders, self.out)
        self.in_book, self.marked = set[Key](), set[Key]()
        self.again, self.broken = MadeAgain(), list[str]()
        self.no_longer: list[str] = []  # students in marks.csv whose files are no longer in submitted/
        self.has_begun, self.expected, self.in_force = False, list[Unmarked](), ""
        self.policies = NO_POLICIES
        self.waiting: Waiting = lambda students, seconds: None
        names = [self.course.assignment(name).name for name in options.names]
        chosen = [each for each in self.course.assignments() if not names or each.name in names]
        self.quiet = Quiet(self)
        self.settled = False  # whether all is done, and nobody changed marks in the gradebook during the run
        self.received = Received(self.course, self.folders, chosen, options.students)
        self.chosen = [each for each in chosen if self._students(each)]

    def results(self) -> Iterator[SubmissionResult]:
        """Mark all submissions that must be marked; yield the result of each when it is ready.

        First the box is tried, then the reference is marked. If one of them fails, BoxError or RuntimeError
        says how to fix it. A fault of one submission does not stop the others. Results are written one by
        one.
        """
        if not self.chosen and not self.received.not_understood:
            return
        make_folder(self.out)
        with alone(self.out), closing(self.received):
            self.broken = broken_lists(self.out)
            self.received.write(self.out)
            if not self.chosen:
                return
            self._begin()
            settings = Settings(config=self.config)
            if self.options.pool is None or self.options.pool.here:
                self.in_force = require_ready(self.course, settings, secrets(self.folders, self.course))
            else:
                build_hidden(self.course)
            self._forget_rows()
            work = [work_of(self, each, settings) for each in self.chosen]
            marked = {key for each in work for key in each.keys(each.todo)}
            locked = {key for each in work for key in each.keys(each.missing)}
            self.again.keep(self.kept, self.in_book, marked, self.received.there, locked)
            with self._pool(work) as pool:
                for each in work:
                    if each.todo or each.unchanged:
                        self.broken += register(each.assignment, self.config)
                for result in self._mark(work, pool):
                    if result.ran and result.has_marks:
                        self.marked.add((result.assignment, result.student))
                    yield result

    def _begin(self) -> None:
        """Check that results can be written, and read earlier results. Raises the errors that end a run."""
        require_sound(self.folders.db_url)
        self.again.new_book = new_book(self.folders.db_url)
        self.kept.require_writable()
        if self.again.new_book:
            make_book(self.config)
        self.kept.read()
        self.policies = policies_for(self)
        if self.records:
            with closing(MarkBook(self.folders.db_url, self.config)) as marks:
                self.in_book = marks.known(self.records)

    @property
    def records(self) -> dict[Key, Record]:
        """The record of each submission."""
        return self.kept.records

    @property
    def said(self) -> list[str]:
        """Sentences about the grader's own files that were broken or lost."""
        pages = counted(self.kept.pages_again, "feedback page", "are made again")
        return [*self.broken, *pages, *self.again.said(self.marked)]

    def _forget_rows(self) -> None:
        """Remove rows that only said that a file could not be read, if this file is no longer there."""
        here = set() if self.options.students else {each.name for each in self.chosen}
        gone = {key for key in {*self.records, *self.in_book} - self.received.there if key[0] in here}
        for key in gone & {key for key, record in self.records.items() if is_row_only(record)}:
            if contained(key[1], partial(self._forget, key), self.broken.append):
                gone.discard(key)
        self.no_longer = sorted({student for _, student in gone})

    def _forget(self, key: Key) -> bool:
        """Remove a row; return whether it is removed. A row that people marked in the gradebook stays."""
        if key in self.in_book:
            with closing(MarkBook(self.folders.db_url, self.config)) as marks:
                if not marks.forget(*key):
                    return False
            self.in_book.discard(key)
        self.kept.forget(key)
        return True

    @property
    def keys(self) -> list[Key]:
        """The submissions of the chosen assignments and students, by assignment and student."""
        return [(each.name, student) for each in self.chosen for student in self._students(each)]

    @property
    def count(self) -> int:
        """How many submissions there are."""
        return len(self.keys)

    @contextmanager
    def _pool(self, work: Sequence[Work]) -> Iterator[Pool | None]:
        """Yield the pool that marks; None if nothing is to do. Workers start while the gradebook opens."""
        todo = [each for each in work if each.todo]
        if self.options.pool or not todo:
            yield self.options.pool
            return
        size = min(self.options.jobs or cores(), max(len(each.todo) for each in todo))
        with closing(Local(size, first=todo[0].bundle)) as pool:
            yield pool

    def _mark(self, work: Sequence[Work], pool: Pool | None) -> Iterator[SubmissionResult]:
        self._expect(work)
        with closing(MarkBook(self.folders.db_url, self.config, self.policies)) as marks:
            rows, before = settled_rows(self, marks, work), marks.by_people()
            try:
                for each in work:
                    yield from self._known(each, rows)
                    if each.todo:
                        require_full_marks(pool, each.bundle)
                        yield from self._new(each, pool, rows)
                self.settled = marks.by_people() == before
            finally:  # also after Ctrl + C: write what is marked so far
                self._date(work)
                write_unmarked(self.out, self.unmarked)
                self.received.write(self.out)
                self.write_tables(marks)

    def _date(self, work: Sequence[Work]) -> None:
        """Write into records that their marks are out of date, if the assignment or grader has changed."""
        for each in work:
            name, now, done = each.assignment.name, each.against, each.done(self.records)
            for record in list(outdated(self.records, name, now, done)):
                self.kept.add(record)

    def _expect(self, work: Sequence[Work]) -> None:
        """Write the list of students to be marked. Students whom an earlier run did not mark stay in it."""
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
        """The submissions that must still be marked."""
        return [each for each in self.expected if not each.is_done(self.records)]

    def write_tables(self, marks: MarkBook) -> None:
        """Write results.jsonl and marks.csv."""
        self.kept.write()
        with usable(self.folders.db_url):
            name_students(marks.book, self.received.rows)
            _ = self.records and write_marks(marks.book, self.records, self.course, self.out)

    def _students(self, assignment: Assignment) -> list[str]:
        return self.received.students(assignment.name)

    def _known(self, work: Work, rows: Rows) -> Iterator[SubmissionResult]:
        """Yield results that need no run: no notebook, or nothing new. People may have marked since."""
        yield from (rows.failed(student, work, why) for student, why in work.faults.items())
        yield from (rows.missing(student, work, why) for student, why in work.missing.items())
        yield from (rows.unchanged(student, work) for student in work.unchanged)

    def _new(self, work: Work, pool: Pool, rows: Rows) -> Iterator[SubmissionResult]:
        """Yield the results of submissions that are marked now."""
        name, failed = work.assignment.name, dict[str, str]()

        def read(student: str) -> HandedIn | None:
            again = partial(self.received.read_again, student, name)
            return contained(student, again, partial(failed.__setitem__, student))

        for handed_in, graded in mark_all(pool, work.bundle, work.todo, read, self.waiting):
            yield rows.marked(handed_in.student, work, graded)
        gone = {student: why for (of, student), why in self.received.gone.items() if of == name}
        yield from (rows.missing(student, work, why) for student, why in gone.items())
        yield from (rows.failed(student, work, why) for student, why in failed.items())


def grade_course(
    names: Sequence[str] = (), root: Path | None = None, box: bool = True, **more: Any
) -> Iterator[SubmissionResult]:
    """Mark all submissions to the named assignments, or to all; see Options and ClassRun.results."""
    return ClassRun(Options(names, find_course(root), box=box, **more)).results()
