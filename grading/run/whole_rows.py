"""Whether the gradebook has a row for each graded cell and each comment of a submission.

nbgrader makes these rows with the submission, and never looks again. If some are lost, or the
assignment has got a new question since, marks would be written nowhere and nobody would see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nbgrader.api import Assignment, Comment, Grade, Gradebook, Notebook, SubmittedAssignment
from nbgrader.api import SubmittedNotebook as Submitted
from sqlalchemy import func

from grading.run.journal import Key


def whole(book: Gradebook) -> set[Key]:
    """Return the submissions that have all their rows, by assignment and student."""
    return {
        (of.name, each.student_id)
        for of, lacking in _lacking(book)
        for each in of.submissions
        if each not in lacking
    }


def add_rows(book: Gradebook, assignment: str) -> None:
    """Make the rows that are lost, without a mark or a comment. What people have given elsewhere stays."""
    for _, submissions in (each for each in _lacking(book) if each[0].name == assignment):
        for submission in submissions:
            for notebook in submission.assignment.notebooks:
                book.db.add_all(_new_rows(submission, notebook))
    book.db.commit()


def _lacking(book: Gradebook) -> Iterator[tuple[Assignment, set[SubmittedAssignment]]]:
    """Each assignment, and those of its submissions that lack a row."""
    have = [_counts(book, kind) for kind in (Grade, Comment)]
    for of in book.assignments:
        due = [sum(len(list(rows(each))) for each in of.notebooks) for rows in (_graded, _commented)]
        yield of, {each for each in of.submissions if [rows.get(each.id, 0) for rows in have] < due}


def _counts(book: Gradebook, kind: type[Grade | Comment]) -> dict[str, int]:
    """How many rows of a kind each submission has."""
    asked = book.db.query(Submitted.assignment_id, func.count(kind.id))
    return dict(asked.join(kind, kind.notebook_id == Submitted.id).group_by(Submitted.assignment_id).all())


def _graded(notebook: Notebook) -> Iterable[str]:
    return (each.id for each in (*notebook.grade_cells, *notebook.task_cells))


def _commented(notebook: Notebook) -> Iterable[str]:
    return (each.id for each in (*notebook.solution_cells, *notebook.task_cells))


def _new_rows(submission: SubmittedAssignment, notebook: Notebook) -> Iterator[Submitted | Grade | Comment]:
    there = next((each for each in submission.notebooks if each.notebook_id == notebook.id), None)
    made = there or Submitted(notebook=notebook, assignment=submission)
    yield made
    for cell in {*_graded(notebook)} - {each.cell_id for each in made.grades}:
        yield Grade(cell_id=cell, notebook=made)
    for cell in {*_commented(notebook)} - {each.cell_id for each in made.comments}:
        yield Comment(cell_id=cell, notebook=made)
