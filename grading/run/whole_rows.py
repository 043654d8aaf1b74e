"""Check that the gradebook has a row for each question of each submission, with the mark that was recorded.

nbgrader makes these rows with the submission, and does not check them later. If rows are lost, or the
assignment has got a new question since, marks would not be written, and nobody would notice.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from nbgrader.api import Assignment, BaseCell, Comment, Grade, Gradebook, Notebook, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted

from grading.policies.ledger import Ledger
from grading.policies.settle import AUTO
from grading.run.journal import Key, Record
from grading.run.schema import is_ours
from grading.run.sound import GradebookError

ODD = (
    "the gradebook has {0!r} as the {1} of '{2}' for '{3}'. This is not a valid {1}. Give this answer "
    "another {1} in the formgrader, and run the same command again."
)


class Row(NamedTuple):
    """The gradebook's marks for one question of a submission."""

    auto: Any = None
    by_hand: Any = None


def whole(book: Gradebook, records: Mapping[Key, Record], ledger: Ledger) -> set[Key]:
    """Return the submissions that have all their rows, with the marks that were recorded.

    ledger: the marks that the gradebook would have without policies; marking has found these.

    Raises GradebookError for a mark by hand that is not a number, or a comment that is not a text.
    """
    rows = _rows(book, ledger)
    lacking = _lacking(book, rows)
    return {
        key
        for of in book.assignments
        for key in ((of.name, each.student_id) for each in of.submissions)
        if key not in lacking and _agrees(rows[key], records.get(key, {}))
    }


def _lacking(book: Gradebook, rows: Mapping[Key, Mapping[str, Row]]) -> set[Key]:
    """Return the submissions that lack a row. rows: the rows of marks that there are."""
    comments, lacking = _comments(book), set[Key]()
    for of in book.assignments:
        graded, commented = _graded(of), _commented(of)
        keys = ((of.name, each.student_id) for each in of.submissions)
        lacking |= {key for key in keys if graded - rows[key].keys() or commented - comments[key]}
    return lacking


def _rows(book: Gradebook, ledger: Ledger | None = None) -> dict[Key, dict[str, Row]]:
    """Return the marks of each submission, by question. Rows whose question is gone are left out."""
    found: dict[Key, dict[str, Row]] = defaultdict(dict)
    for of, student, name, row, *marks in _joined(
        book, Grade, Grade.id, Grade.auto_score, Grade.manual_score
    ):
        if any(_is_odd(each) for each in marks):
            raise GradebookError(ODD.format(next(filter(_is_odd, marks)), "mark", name, student))
        auto, by_hand = marks
        found[of, student][name] = Row(ledger.own((row, AUTO), auto) if ledger else auto, by_hand)
    return found


def _comments(book: Gradebook) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = defaultdict(set)
    for of, student, name, said in _joined(book, Comment, Comment.manual_comment):
        if said is not None and not isinstance(said, str):
            raise GradebookError(ODD.format(said, "comment", name, student))
        found[of, student].add(name)
    return found


def _joined(book: Gradebook, kind: type[Grade | Comment], *columns: Any) -> Iterator[Any]:
    """Return the rows of a kind: the assignment, the student, the question, and these columns."""
    asked = book.db.query(Assignment.name, SubmittedAssignment.student_id, BaseCell.name, *columns)
    asked = asked.select_from(kind).join(BaseCell, kind.cell_id == BaseCell.id)
    asked = asked.join(Submitted, kind.notebook_id == Submitted.id)
    asked = asked.join(SubmittedAssignment, Submitted.assignment_id == SubmittedAssignment.id)
    return iter(asked.join(Assignment, SubmittedAssignment.assignment_id == Assignment.id).all())


def _is_odd(mark: Any) -> bool:
    return mark is not None and not (isinstance(mark, int | float) and math.isfinite(mark))


def _agrees(rows: Mapping[str, Row], record: Record) -> bool:
    """Tell whether the marks are those that were recorded. A record without marks agrees with all marks."""
    questions = record.get("questions", {}) if is_ours(record) and "total" in record else {}
    return all(rows[name].auto == each["mark"] for name, each in questions.items() if name in rows)


def _graded(of: Assignment) -> set[str]:
    return {each.name for notebook in of.notebooks for each in (*notebook.grade_cells, *notebook.task_cells)}


def _commented(of: Assignment) -> set[str]:
    return {
        each.name for notebook in of.notebooks for each in (*notebook.solution_cells, *notebook.task_cells)
    }


def add_rows(book: Gradebook, assignment: str) -> None:
    """Make lost rows again, without a mark or a comment. Remove rows of questions that are gone.

    Marks and comments that people gave in other rows stay.
    """
    of = book.find_assignment(assignment)
    for row in (each for kind in (Grade, Comment) for each in _about_nothing(book, kind)):
        if row.notebook.assignment.assignment_id == of.id:
            book.db.delete(row)
    book.db.commit()
    lacking = _lacking(book, _rows(book))
    for submission in (each for each in of.submissions if (of.name, each.student_id) in lacking):
        for notebook in of.notebooks:
            book.db.add_all(_new_rows(submission, notebook))
    book.db.commit()


def _about_nothing(book: Gradebook, kind: type[Grade | Comment]) -> list[Grade | Comment]:
    """Return the rows of a kind whose question is gone."""
    asked = book.db.query(kind).outerjoin(BaseCell, kind.cell_id == BaseCell.id)
    return asked.filter(BaseCell.id.is_(None)).all()


def _new_rows(submission: SubmittedAssignment, notebook: Notebook) -> Iterator[Submitted | Grade | Comment]:
    there = next((each for each in submission.notebooks if each.notebook_id == notebook.id), None)
    made = there or Submitted(notebook=notebook, assignment=submission)
    yield made
    for kind, rows, cells in (
        (Grade, made.grades, notebook.grade_cells),
        (Comment, made.comments, notebook.solution_cells),
    ):
        due = {each.id for each in (*cells, *notebook.task_cells)}
        yield from (kind(cell_id=each, notebook=made) for each in due - {row.cell_id for row in rows})
