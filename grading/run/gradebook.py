"""nbgrader's gradebook: one writer, one transaction for each submission, and what people have put there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from nbgrader.api import Assignment as InBook
from nbgrader.api import Comment, Grade, Gradebook, InvalidEntry, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import DatabaseError, OperationalError
from tornado.log import app_log
from traitlets.config import Config

from grading.course import Assignment
from grading.doors.nbgrader_api import generate_assignment
from grading.files import PART
from grading.pages.feedback import Told
from grading.run.journal import Key, Record
from grading.run.sound import book_file, gradebook_error, require_room
from grading.run.task import Graded
from grading.run.whole_rows import add_rows, whole
from grading.submitted.times import HandedInTime

NO_RESPONSE = "No response."  # nbgrader's own words


def make_book(config: Config) -> None:
    """Make a new gradebook, whole or not at all. One on a server makes itself."""
    folders = CourseDirectory(config=config)
    path = book_file(folders.db_url)
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}{PART}")
    part.unlink(missing_ok=True)
    with usable(folders.db_url):
        Gradebook(f"sqlite:///{part}", folders.course_id).close()
    os.replace(part, path)


def register(assignment: Assignment, config: Config) -> None:
    """Put the assignment's cells and points into the gradebook, for whom it knows already as well.

    notebooks/ is not touched.

    Raises GradebookError if the gradebook has no room for them, RuntimeError for other faults.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            generate_assignment(assignment.name, config, folder, keep_cells=True)
        except RuntimeError:
            require_room(CourseDirectory(config=config).db_url)
            raise
    folders = CourseDirectory(config=config)
    with usable(folders.db_url), Gradebook(folders.db_url, folders.course_id) as book:
        add_rows(book, assignment.name)


class MarkBook:
    """The gradebook of a course, open for writing by one. Raises GradebookError, as all its methods do."""

    def __init__(self, url: str, config: Config):
        self.url = url
        with usable(url):
            self.book = Gradebook(url, config.CourseDirectory.course_id)
        lateness = AssignLatePenalties(config=config)
        lateness.init_plugin()
        self.penalty = lateness.plugin_inst.late_submission_penalty

    def save(self, assignment: str, student: str, graded: Graded, time: HandedInTime) -> None:
        """Write the marks of a submission; all of them, or none if this is interrupted.

        What a person has marked by hand stays, and is flagged for another look.
        """
        with self._one_transaction():
            self.book.update_or_create_student(student)
            submission = self.book.update_or_create_submission(assignment, student)
            _set_time(submission, time)
            for notebook in submission.notebooks:
                _save_marks(notebook, graded.questions, graded.untouched)
                self._save_penalty(submission, notebook)

    def restore(self, record: Record, untouched: Collection[str], time: HandedInTime) -> None:
        """Write what a line of results.jsonl says of a submission: all marks, those by hand, and comments.

        untouched: the questions whose answers are as they were released.
        """
        assignment, student = record["assignment"], record["student"]
        with self._one_transaction():
            self.book.update_or_create_student(student)
            submission = self.book.update_or_create_submission(assignment, student)
            _set_time(submission, time)
            for notebook in submission.notebooks:
                _save_marks(notebook, record["questions"], untouched)
                _restore_by_hand(notebook, record)
                self._save_penalty(submission, notebook)

    def save_time(self, assignment: str, student: str, time: HandedInTime) -> None:
        """Write when it was handed in; a time that cannot be read any more is none."""
        with self._one_transaction():
            _set_time(self.book.find_submission(assignment, student), time)

    def known(self, records: Mapping[Key, Record]) -> set[Key]:
        """Return which submissions it has whole, by assignment and student, with the marks in these records.

        Raises GradebookError for a mark or a comment that is none.
        """
        with usable(self.url):
            return whole(self.book, records)

    def assignments(self) -> set[str]:
        """Return the names of the assignments it has, with their due dates."""
        with usable(self.url):
            return {each.name for each in self.book.assignments}

    def by_people(self) -> list[tuple]:
        """Return all that people have written into it: marks, extra credit, comments, and due dates."""
        given = (Grade.id, Grade.manual_score, Grade.extra_credit), (Comment.id, Comment.manual_comment)
        with usable(self.url):
            rows = [row for columns in given for row in self.book.db.query(*columns)]
            dates = self.book.db.query(InBook.name, InBook.duedate)
            found = [tuple(row) for row in rows if any(told is not None for told in row[1:])]
            return sorted([*found, *map(tuple, dates)], key=repr)

    def forget(self, assignment: str, student: str) -> bool:
        """Remove a submission that has no marks and no comments; return whether it is gone."""
        with usable(self.url):
            told = self._told(student, assignment, self.book.find_submission(assignment, student), True)
            if told.total is not None or told.comments:
                return False
            self.book.remove_submission(assignment, student)
        return True

    def told(self, assignment: str, student: str, boxed: bool) -> Told:
        """Return what there is to tell a student: marks by people and by us, comments, the penalty."""
        with self._one_transaction():
            submission = self.book.find_submission(assignment, student)
            for notebook in submission.notebooks:
                self._save_penalty(submission, notebook)
        with usable(self.url):
            return self._told(student, assignment, submission, boxed)

    def _told(self, student: str, assignment: str, submission: SubmittedAssignment, boxed: bool) -> Told:
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        comments = [each for notebook in submission.notebooks for each in notebook.comments]
        return Told(
            student,
            assignment,
            total_of(submission),
            submission.max_score,
            float(submission.late_submission_penalty or 0),
            hours_late(submission),
            {each.name: each.manual_score for each in grades if each.manual_score is not None},
            {each.name: each.manual_comment for each in comments if each.manual_comment},
            not boxed,
        )

    def _save_penalty(self, submission: SubmittedAssignment, notebook: SubmittedNotebook) -> None:
        """What the course's own rule takes off for being late; it depends on marks by hand, too."""
        late = submission.total_seconds_late
        taken = self.penalty(submission.student.id, notebook.score, late) if late > 0 else None
        notebook.late_submission_penalty = None if taken is None else min(max(taken, 0), notebook.score)

    @contextmanager
    def _one_transaction(self) -> Iterator[None]:
        """nbgrader's methods commit at every step: here each only flushes, and the end commits."""
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


@contextmanager
def usable(url: str) -> Iterator[None]:
    """Raise GradebookError for what another submission would meet as well: a full disk, a lock, damage.

    nbgrader says such an error at length, and raises one of its own in its place.
    """
    said, app_log.disabled = app_log.disabled, True
    try:
        yield
    except (DatabaseError, InvalidEntry) as error:
        cause = error if isinstance(error, DatabaseError) else error.__context__
        if isinstance(cause, OperationalError) or type(cause) is DatabaseError:
            raise gradebook_error(url, cause.orig) from None
        raise
    finally:
        app_log.disabled = said


def _set_time(submission: SubmittedAssignment, time: HandedInTime) -> None:
    if time.when or time.remark:
        submission.timestamp = time.when


def _save_marks(
    notebook: SubmittedNotebook, questions: Mapping[str, Mapping[str, Any]], untouched: Collection[str]
) -> None:
    for grade in notebook.grades:
        grade.auto_score = questions.get(grade.name, {}).get("mark")
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in notebook.comments:
        comment.auto_comment = NO_RESPONSE if comment.name in untouched else None


def _restore_by_hand(notebook: SubmittedNotebook, record: Record) -> None:
    for grade in notebook.grades:
        if grade.manual_score is None:  # what is there is newer
            grade.manual_score = record["questions"].get(grade.name, {}).get("by_hand")
        grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
    for comment in notebook.comments:
        comment.manual_comment = comment.manual_comment or record.get("comments", {}).get(comment.name)


def total_of(submission: SubmittedAssignment) -> float | None:
    """What counts in the end, the penalty taken off; None if there are no marks yet."""
    grades = (grade for notebook in submission.notebooks for grade in notebook.grades)
    penalty = float(submission.late_submission_penalty or 0)
    return max(0.0, submission.score - penalty) if any(map(has_mark, grades)) else None


def hours_late(submission: SubmittedAssignment) -> float:
    return submission.total_seconds_late / 3600


def has_mark(grade: Any) -> bool:
    """A cell that a person has yet to read has no mark, which is not the same as 0."""
    return grade.auto_score is not None or grade.manual_score is not None
