"""What came of one submission, written everywhere: gradebook, feedback page, graded notebook, record.

Whatever goes wrong with one submission is its own status, and ends nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import nbformat

from grading.pages.feedback import feedback_page
from grading.pages.unread import unread_page
from grading.run.contained import contained
from grading.run.gradebook import MarkBook
from grading.run.journal import Key
from grading.run.kept import Kept
from grading.run.options import SubmissionResult, Work
from grading.run.received import Received
from grading.run.records import record_of, remarks_of, waits, with_told
from grading.run.task import Graded, plain_told
from grading.status import SubmissionStatus
from grading.submitted.times import HandedInTime


class Rows:
    """Writes the rows of a class, one by one. Each method returns how the submission went."""

    def __init__(self, kept: Kept, received: Received, marks: MarkBook):
        self.kept, self.received, self.marks = kept, received, marks

    def unchanged(self, student: str, work: Work) -> SubmissionResult:
        """One that was marked before; people may have marked since."""
        return self._each(student, work, partial(self._unchanged, student, work))

    def marked(self, student: str, work: Work, graded: Graded) -> SubmissionResult:
        """One that was marked now."""
        return self._each(student, work, partial(self._marked, student, work, graded))

    def missing(self, student: str, work: Work, why: str) -> SubmissionResult:
        """One that cannot be read: a row without marks, and a page that says why."""
        return self._each(student, work, partial(self._missing, student, work, why))

    def failed(self, student: str, work: Work, why: str) -> SubmissionResult:
        """One with which something went wrong here: a row that says so, until the next run."""
        return self._without_marks(student, work, SubmissionStatus.OUR_FAULT, why)

    def _each(self, student: str, work: Work, step: Callable[[], SubmissionResult]) -> SubmissionResult:
        return contained(student, step, partial(self.failed, student, work))

    def _unchanged(self, student: str, work: Work) -> SubmissionResult:
        key = (work.assignment.name, student)
        record = self.kept.records[key]
        now = record | remarks_of(self.received.remarks.get(key, ()))
        self.marks.save_time(*key, self._time(key))
        told = self.marks.told(*key, work.bundle.boxed)
        if with_told(now, told) != record or not self.kept.has_page(key):
            self.kept.save_page(key, feedback_page(self.kept.notebook(key), told))
            self.kept.add(with_told(now, told))
        status, unread = SubmissionStatus(record["status"]), waits(with_told(record, told))
        return SubmissionResult(student, key[0], status, record.get("why", ""), False, unread)

    def _marked(self, student: str, work: Work, graded: Graded) -> SubmissionResult:
        key = (work.assignment.name, student)
        record = record_of(student, key[0], graded, self.received.remarks.get(key, ()))
        if graded.notebook:
            self.marks.save(*key, graded, self._time(key))
            told = self.marks.told(*key, work.bundle.boxed)
            plain = plain_told(student, key[0], graded.questions, work.bundle.boxed)
            page = graded.page if told == plain else feedback_page(_notebook(graded), told)
            self.kept.save_page(key, page)
            self.kept.save_notebook(key, graded.notebook)
            record = with_told(record, told)
        self.kept.add(record)
        return SubmissionResult(student, key[0], graded.status, graded.why, unread=waits(record))

    def _missing(self, student: str, work: Work, why: str) -> SubmissionResult:
        of = work.assignment
        self.kept.save_page((of.name, student), unread_page(of.solution, of.release, student, of.name, why))
        return self._without_marks(student, work, SubmissionStatus.UNREADABLE, why)

    def _without_marks(
        self, student: str, work: Work, status: SubmissionStatus, why: str
    ) -> SubmissionResult:
        told = (student, work.assignment.name, status, why)
        self.kept.add(dict(zip(("student", "assignment", "status", "why"), told)))
        return SubmissionResult(*told)

    def _time(self, key: Key) -> HandedInTime:
        return self.received.times.get(key, HandedInTime())


def _notebook(graded: Graded) -> Any:
    return nbformat.reads(graded.notebook, as_version=4)
