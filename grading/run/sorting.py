"""Sort the submissions to an assignment: to be marked, unchanged, or impossible to read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from grading.build.given import keep_given
from grading.build.hints import words_of
from grading.course import Assignment
from grading.repair import Unreadable
from grading.run.bundle import bundle_for
from grading.run.contained import contained
from grading.run.options import Work
from grading.run.outdated import is_outdated
from grading.run.schema import is_valid
from grading.run.standing import has_failed
from grading.settings import Settings

if TYPE_CHECKING:
    from grading.run.course import ClassRun


def work_of(run: ClassRun, assignment: Assignment, settings: Settings) -> Work:
    """Return what must be done for an assignment."""
    keep_given(assignment)
    work = Work(assignment, bundle_for(assignment, settings))
    for student in run.received.students(assignment.name):
        contained(student, partial(_sort, run, work, student), partial(work.faults.__setitem__, student))
    return work


def _sort(run: ClassRun, work: Work, student: str) -> None:
    """Find out what must be done with one submission."""
    try:
        handed_in = run.received.read(student, work.assignment.name)
    except Unreadable as error:
        work.missing[student] = error
        return
    key = handed_in.key(work.bundle)
    if _is_done(run, work.assignment, student, key):
        work.unchanged.append(student)
    else:
        work.todo[student] = key


def _is_done(run: ClassRun, assignment: Assignment, student: str, result: str) -> bool:
    key = assignment.name, student
    record = run.records.get(key, {})
    if record.get("key") != result or not is_valid(record) or "questions" not in record:
        return False
    if record.get("words", "") != words_of(assignment, record["questions"]):
        return False  # the words of a hint on the student's page have changed
    if run.options.force or has_failed(record) or is_outdated(record):
        return False
    return key in run.in_book and run.again.has_notebook(key, run.kept)
