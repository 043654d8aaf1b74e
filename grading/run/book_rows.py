"""The rows of one submission in nbgrader's gradebook: marking and people write them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nbgrader.api import Assignment, Comment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook

from grading.policies.settle import HasMarks
from grading.run.journal import Key, Record
from grading.status import SubmissionStatus
from grading.submitted.times import HandedInTime

NO_RESPONSE = "No response."  # nbgrader's own words


def set_time(submission: SubmittedAssignment, time: HandedInTime) -> None:
    """Write when the submission was handed in. Without a time or a remark on the time, change nothing."""
    if time.when or time.remark:
        submission.timestamp = time.when


def save_marks(
    notebook: SubmittedNotebook, questions: Mapping[str, Mapping[str, Any]], untouched: Collection[str]
) -> None:
    """Write the automatic marks. A mark that a person gave stays, and nbgrader asks for another look at it.

    untouched: the questions whose answers students have not changed since the release.
    """
    for grade in notebook.grades:
        grade.auto_score = questions.get(grade.name, {}).get("mark")
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in notebook.comments:
        comment.auto_comment = NO_RESPONSE if comment.name in untouched else None


def restore_by_hand(notebook: SubmittedNotebook, record: Record) -> None:
    """Write the marks by hand and the comments from a line of results.jsonl."""
    for grade in notebook.grades:
        if grade.manual_score is None:  # a mark in the gradebook is newer
            grade.manual_score = record["questions"].get(grade.name, {}).get("by_hand")
        grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
    for comment in notebook.comments:
        comment.manual_comment = comment.manual_comment or record.get("comments", {}).get(comment.name)


def by_people(book: Gradebook) -> list[tuple]:
    """Return everything that people wrote into a gradebook: marks, extra credit, comments, and due dates."""
    given = (Grade.id, Grade.manual_score, Grade.extra_credit), (Comment.id, Comment.manual_comment)
    rows = [row for columns in given for row in book.db.query(*columns)]
    found = [tuple(row) for row in rows if any(told is not None for told in row[1:])]
    dates = book.db.query(Assignment.name, Assignment.duedate)
    return sorted([*found, *map(tuple, dates)], key=repr)


def marked_in(records: Mapping[Key, Record], assignment: str) -> HasMarks:
    """Return a function that tells whether a student's submission could be marked, as records say."""
    return lambda student: could_be_marked(records.get((assignment, student), {}))


def could_be_marked(record: Record) -> bool:
    """Tell whether a submission could be marked, as its record says."""
    status = SubmissionStatus.known(record.get("status"))
    return status is not None and status.has_marks
