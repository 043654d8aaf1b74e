"""Write the result of one submission everywhere: gradebook, feedback page, graded notebook, record.

If something goes wrong with one submission, it gets a status, and nothing else ends.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import partial
from typing import Any

import nbformat

from grading.build.hints import words_of
from grading.pages.feedback import Told, feedback_page
from grading.pages.unread import unread_page
from grading.repair import Unreadable
from grading.run.contained import contained
from grading.run.gradebook import MarkBook
from grading.run.journal import Key, Record
from grading.run.kept import Kept
from grading.run.options import SubmissionResult, Work
from grading.run.received import Received
from grading.run.records import record_of, remarks_of, waits, with_told
from grading.run.standing import MEND, fits, has_standing, said_of, standing, without_mend
from grading.run.task import Graded, plain_told
from grading.status import SubmissionStatus
from grading.submitted.remarks import Oddity, Remark
from grading.submitted.times import HandedInTime


class Rows:
    """A writer for the rows of a class, one by one. Most methods return how marking the submission went.

    in_book: the submissions that the gradebook had when the run began.
    """

    def __init__(self, kept: Kept, received: Received, marks: MarkBook, in_book: Set[Key] = frozenset()):
        self.kept, self.received, self.marks, self.in_book = kept, received, marks, in_book

    def unchanged(self, student: str, work: Work) -> SubmissionResult:
        """Write a submission that was marked before; people may have marked it since."""
        return self._each(student, work, partial(self._unchanged, student, work))

    def marked(self, student: str, work: Work, graded: Graded) -> SubmissionResult:
        """Write a submission that was marked now."""
        return self._each(student, work, partial(self._marked, student, work, graded))

    def missing(self, student: str, work: Work, error: Unreadable) -> SubmissionResult:
        """Write a submission that cannot be read: it keeps earlier marks, or has none and a page says why."""
        return self._each(student, work, partial(self._missing, student, work, error))

    def failed(self, student: str, work: Work, why: str) -> SubmissionResult:
        """Write a submission for which the grader failed: its row says so until the next run.

        Only its record is written: its page, its notebook or the gradebook may be what failed.
        """
        record = self.kept.records.get((work.assignment.name, student), {})
        if has_standing(record):
            remark = said_of(Oddity.FAILED_NOW, why)
            return self._stands(standing(record, remark), remark)
        self._without_marks(student, work, SubmissionStatus.OUR_FAULT, why)
        return SubmissionResult(student, work.assignment.name, SubmissionStatus.OUR_FAULT, why)

    def settled(self, key: Key, boxed: bool) -> bool:
        """Write a submission whose marks may count differently now; return whether its page is new."""
        record = self.kept.records[key]
        told = self.marks.told(*key, boxed)
        now = with_told(record, told)
        if now == record or not self.kept.has_notebook(key):
            return False
        self._save_page(key, told)
        self.kept.add(now)
        return True

    def _each(self, student: str, work: Work, step: Callable[[], SubmissionResult]) -> SubmissionResult:
        whole = partial(self._with_receipt, student, work, step)
        return contained(student, whole, partial(self.failed, student, work))

    def _with_receipt(
        self, student: str, work: Work, step: Callable[[], SubmissionResult]
    ) -> SubmissionResult:
        result, name = step(), work.assignment.name
        self.kept.save_receipt((name, student), self.received.receipt(student, name))
        return result

    def _unchanged(self, student: str, work: Work) -> SubmissionResult:
        key = (work.assignment.name, student)
        record = self.kept.records[key]
        now = without_mend(record) | remarks_of(self.received.remarks.get(key, ()))
        self.marks.save_time(*key, self._time(key))
        told = self.marks.told(*key, work.bundle.boxed)
        had_page = self.kept.has_page(key)
        if with_told(now, told) != record or not had_page:
            self._save_page(key, told)
            self.kept.add(with_told(now, told))
        self.kept.pages_again += [] if had_page else [key]
        status, unread = SubmissionStatus(record["status"]), waits(with_told(record, told))
        return SubmissionResult(student, key[0], status, record.get("why", ""), False, unread)

    def _marked(self, student: str, work: Work, graded: Graded) -> SubmissionResult:
        key = (work.assignment.name, student)
        if not graded.has_marks and self._has_marks(key):
            return self._no_better(key, graded)
        record = record_of(student, key[0], graded, self.received.remarks.get(key, ()), work.against)
        if graded.notebook:
            self.marks.save(*key, graded, self._time(key))
            told = self.marks.told(*key, work.bundle.boxed)
            plain = plain_told(student, key[0], graded.questions, work.bundle.boxed)
            page = graded.page if told == plain else feedback_page(_notebook(graded), told)
            self.kept.save_page(key, page)
            self.kept.save_notebook(key, graded.notebook)
            record = with_told(record, told) | {"words": words_of(work.assignment, graded.questions)}
        self.kept.add(record)
        return SubmissionResult(student, key[0], graded.status, graded.why, unread=waits(record))

    def _no_better(self, key: Key, graded: Graded) -> SubmissionResult:
        """Write a submission that had marks and gets none now: it is no notebook, or the grader failed."""
        is_ours = graded.status is SubmissionStatus.OUR_FAULT
        remark = said_of(Oddity.FAILED_NOW if is_ours else Oddity.UNREADABLE_NOW, graded.why)
        return self._stands(standing(self.kept.records[key], remark), remark)

    def _has_marks(self, key: Key) -> bool:
        """Tell whether an earlier run has marked it, and did not only find that it cannot be read."""
        record = self.kept.records.get(key, {})
        status = SubmissionStatus.known(record.get("status"))
        return has_standing(record) and (status is None or status.has_marks)

    def _missing(self, student: str, work: Work, error: Unreadable) -> SubmissionResult:
        of, key = work.assignment, (work.assignment.name, student)
        if has_standing(self.kept.records.get(key, {})):
            return self._missing_now(key, work, error)
        policy = self.marks.policies.of(of.name)
        self.kept.save_page(key, unread_page(of.solution, of.release, student, of.name, error, policy))
        self._without_marks(student, work, SubmissionStatus.UNREADABLE, str(error), error.mend)
        return SubmissionResult(student, of.name, SubmissionStatus.UNREADABLE, error.with_mend)

    def _missing_now(self, key: Key, work: Work, error: Unreadable) -> SubmissionResult:
        """Write a submission that was marked, but cannot be read now; people may have marked it since."""
        remark = said_of(Oddity.UNREADABLE_NOW, str(error))
        before = self.kept.records[key]
        record = standing(before, remark, error.mend)
        if key in self.in_book and self.kept.has_notebook(key) and fits(record):
            told = self.marks.told(*key, work.bundle.boxed)
            if with_told(before, told) != before or not self.kept.has_page(key):
                self._save_page(key, told)
            record = with_told(record, told)
        return self._stands(record, remark)

    def _stands(self, record: Record, remark: Remark) -> SubmissionResult:
        """Write a submission that keeps its earlier marks. A record of a later version is not changed."""
        if fits(record):
            self.kept.add(record)
        status = SubmissionStatus.known(record.get("status"))
        told = (record["student"], record["assignment"], status or SubmissionStatus.GRADED)
        unread = status is not None and waits(record)
        return SubmissionResult(*told, ran=False, unread=unread, kept=remark.says)

    def _without_marks(
        self, student: str, work: Work, status: SubmissionStatus, why: str, mend: str = ""
    ) -> None:
        told = {"student": student, "assignment": work.assignment.name, "status": status, "why": why}
        self.kept.add({**told, **({MEND: mend} if mend else {})})

    def _save_page(self, key: Key, told: Told) -> None:
        self.kept.save_page(key, feedback_page(self.kept.notebook(key), told))

    def _time(self, key: Key) -> HandedInTime:
        return self.received.times.get(key, HandedInTime())


def _notebook(graded: Graded) -> Any:
    return nbformat.reads(graded.notebook, as_version=4)
