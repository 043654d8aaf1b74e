"""nbgrader's gradebook, with the marks that people gave: one writer, one transaction for each submission."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from grading.course import Assignment
from grading.doors.nbgrader_api import generate_assignment
from grading.files import PART
from grading.owned import own_folder
from grading.pages.feedback import Told
from grading.policies.ledger import Ledger
from grading.policies.read import NO_POLICIES, Policies
from grading.policies.settle import HasMarks, Settling, is_idle
from grading.policies.standing_marks import late_penalty, told_of
from grading.private import make_folder, only_private
from grading.run.book_rows import by_people, could_be_marked, marked_in, restore_by_hand, save_marks, set_time
from grading.run.journal import Key, Record
from grading.run.rescaled import points_in, rescale
from grading.run.sound import book_file, require_room
from grading.run.task import Graded
from grading.run.totals import Total, hours_late, total_of
from grading.run.usable import usable
from grading.run.whole_rows import add_rows, whole
from grading.submitted.times import HandedInTime


def make_book(config: Config) -> None:
    """Make a new gradebook; there is never a half-written file. A database on a server needs no file."""
    folders = CourseDirectory(config=config)
    path = book_file(folders.db_url)
    if path is None:
        return
    make_folder(path.parent)
    part = path.with_name(f"{path.name}{PART}")
    part.unlink(missing_ok=True)
    with usable(folders.db_url), only_private(path.parent):
        Gradebook(f"sqlite:///{part}", folders.course_id).close()
    os.replace(part, path)


def register(assignment: Assignment, config: Config) -> list[str]:
    """Write the assignment's cells and points into the gradebook, also for submissions that it already has.

    notebooks/ is not changed. Return a sentence for each question whose marks by hand have changed, because
    its points have.

    Raises GradebookError if the gradebook has no room for them, RuntimeError for other faults.
    """
    folders = CourseDirectory(config=config)
    with usable(folders.db_url), Gradebook(folders.db_url, folders.course_id) as book:
        before = points_in(book, assignment.name)
    with own_folder() as folder:
        try:
            generate_assignment(assignment.name, config, folder, keep_cells=True)
        except RuntimeError:
            require_room(folders.db_url)
            raise
    with usable(folders.db_url), Gradebook(folders.db_url, folders.course_id) as book:
        add_rows(book, assignment.name)
        return rescale(book, assignment.name, before)


class _TakenBack(Exception):
    """The exception that undoes a transaction which was only meant for a preview."""


class MarkBook:
    """The gradebook of a course, open for one writer. The class and its methods raise GradebookError."""

    def __init__(self, url: str, config: Config, policies: Policies = NO_POLICIES):
        self.url, self.policies = url, policies
        with usable(url):
            self.book = Gradebook(url, config.CourseDirectory.course_id)
            self.ledger = Ledger(self.book)
        lateness = AssignLatePenalties(config=config)
        lateness.init_plugin()
        self.penalty = lateness.plugin_inst.late_submission_penalty

    def save(self, assignment: str, student: str, graded: Graded, time: HandedInTime) -> None:
        """Write all marks of a submission. If this is interrupted, none of them are written.

        A mark that a person gave stays, and nbgrader asks for another look at it.
        """
        with self._one_transaction():
            self.book.update_or_create_student(student)
            submission = self.book.update_or_create_submission(assignment, student)
            set_time(submission, time)
            for notebook in submission.notebooks:
                save_marks(notebook, graded.questions, graded.untouched)
            self._count(submission, graded.has_marks)

    def count_anew(self, assignment: str, student: str, has_marks: bool) -> None:
        """Write the marks that count for a submission, after nbgrader itself has written automatic marks."""
        with self._one_transaction():
            self._count(self.book.find_submission(assignment, student), has_marks)

    def _count(self, submission: SubmittedAssignment, has_marks: bool) -> None:
        student = [submission.student.id]
        self._settle(submission.assignment.name, lambda _: has_marks, student, is_new=True)
        self._save_penalty(submission)

    def settle(
        self, assignment: str, records: Mapping[Key, Record], points: Callable[[], Mapping[str, float]] = dict
    ) -> None:
        """Write the marks that count by the policies, for all submissions of an assignment.

        records: what is known about each submission. A policy cannot change marks of a submission that could
        not be marked. points: returns the points of the notebook, by question. By default the points did not
        change since the last time.
        """
        with self._one_transaction():
            self._settle(assignment, marked_in(records, assignment), points=points)

    def preview(self, assignment: str, records: Mapping[Key, Record]) -> dict[str, Total]:
        """Return the totals that students would have by the policies. Write nothing."""
        found = dict[str, Total]()
        with contextlib.suppress(_TakenBack), self._one_transaction():
            self._settle(assignment, marked_in(records, assignment))
            for each in self.book.find_assignment(assignment).submissions:
                self._save_penalty(each)
                self.book.db.flush()
                self.book.db.expire(each)
                found[each.student_id] = Total(total_of(each), each.max_score)
            raise _TakenBack
        return found

    def _settle(
        self,
        assignment: str,
        has_marks: HasMarks,
        students: Collection[str] | None = None,
        points: Callable[[], Mapping[str, float]] = dict,
        is_new: bool = False,
    ) -> None:
        policy = self.policies.of(assignment)
        if not is_idle(self.ledger, policy):
            told = self.book, self.ledger, assignment, policy, has_marks, points(), is_new
            Settling(*told).settle(students)

    def restore(self, record: Record, untouched: Collection[str], time: HandedInTime) -> None:
        """Write a submission from its line of results.jsonl: all marks, marks by hand, and comments.

        untouched: the questions whose answers students have not changed since the release.
        """
        assignment, student = record["assignment"], record["student"]
        with self._one_transaction():
            self.book.update_or_create_student(student)
            submission = self.book.update_or_create_submission(assignment, student)
            set_time(submission, time)
            for notebook in submission.notebooks:
                save_marks(notebook, record["questions"], untouched)
                restore_by_hand(notebook, record)
            self._count(submission, could_be_marked(record))

    def save_time(self, assignment: str, student: str, time: HandedInTime) -> None:
        """Write when a submission was handed in. If the time can no longer be read, remove it."""
        with self._one_transaction():
            set_time(self.book.find_submission(assignment, student), time)

    def known(self, records: Mapping[Key, Record]) -> set[Key]:
        """Return the submissions that are complete in the gradebook, with the marks of these records.

        Raises GradebookError for a mark that is not a number, or a comment that is not a text.
        """
        with usable(self.url):
            return whole(self.book, records, self.ledger)

    def assignments(self) -> set[str]:
        """Return the names of the assignments that are in the gradebook, with their due dates."""
        with usable(self.url):
            return {each.name for each in self.book.assignments}

    def by_people(self) -> list[tuple]:
        """Return everything that people wrote: marks, extra credit, comments, and due dates."""
        with usable(self.url):
            return by_people(self.book)

    def forget(self, assignment: str, student: str) -> bool:
        """Remove a submission that has no marks and no comments; return whether it is removed."""
        with usable(self.url):
            told = self._told(student, assignment, self.book.find_submission(assignment, student), True)
            if told.total is not None or told.comments:
                return False
            self.book.remove_submission(assignment, student)
        return True

    def told(self, assignment: str, student: str, boxed: bool) -> Told:
        """Return what a student is told: marks by people and by the grader, comments, the penalty."""
        with self._one_transaction():
            submission = self.book.find_submission(assignment, student)
            self._save_penalty(submission)
        with usable(self.url):
            return self._told(student, assignment, submission, boxed)

    def _told(self, student: str, assignment: str, submission: SubmittedAssignment, boxed: bool) -> Told:
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        comments = [each for notebook in submission.notebooks for each in notebook.comments]
        counts = told_of(self.ledger, self.policies.of(assignment), submission, grades)
        return Told(
            student,
            assignment,
            total_of(submission),
            submission.max_score,
            float(submission.late_submission_penalty or 0),
            hours_late(submission),
            counts.by_hand,
            {each.name: each.manual_comment for each in comments if each.manual_comment},
            not boxed,
            counts=counts.counts,
            extra=counts.extra,
            effects=counts.effects,
        )

    def _save_penalty(self, submission: SubmittedAssignment) -> None:
        """Write the penalty for late work, by policies.toml or by the rule in nbgrader_config.py.

        It depends on marks by hand, too.
        """
        policy = self.policies.of(submission.assignment.name)
        for each in submission.notebooks:
            taken = late_penalty(policy, submission, each.score, self.penalty)
            each.late_submission_penalty = None if taken is None else min(max(taken, 0), each.score)

    @contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """Commit only at the end. nbgrader's methods commit at every step: here these steps only flush."""
        commit = self.book.db.commit
        self.book.db.commit = self.book.db.flush
        try:
            with usable(self.url):
                yield
                commit()
        except BaseException:
            self.book.db.rollback()
            raise
        finally:
            del self.book.db.commit

    def close(self) -> None:
        self.book.close()
