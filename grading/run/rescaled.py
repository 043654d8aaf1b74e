"""If a question gets other points in the notebook, marks that people gave for it change in proportion.

`policy points` does the same with points that a policy sets, see grading/policies/counted.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from grading.policies.counted import scaled
from grading.policies.ledger import Ledger
from grading.policies.settle import MANUAL, POINTS


def points_in(book: Gradebook, assignment: str) -> dict[str, float]:
    """Return the points of each question that the gradebook knows, by its name."""
    return {each.name: each.max_score for each in _cells(book, assignment)}


def rescale(book: Gradebook, assignment: str, before: Mapping[str, float]) -> list[str]:
    """Change the marks by hand of each question that has other points now; return a sentence for each.

    before: the earlier points. Marks that a policy gave do not change here, and neither do marks of questions
    whose points a policy sets: the policy changes these.
    """
    ledger, said = Ledger(book), []
    for cell in _cells(book, assignment):
        was = before.get(cell.name, 0.0)
        if was and was != cell.max_score and (cell.id, POINTS) not in ledger.known:
            grades = list(_by_hand(cell, ledger))
            for grade in grades:
                grade.manual_score = scaled(grade.manual_score, was, cell.max_score)
            said += [_said(assignment, cell, was, len(grades))] if grades else []
    book.db.commit()
    return said


def _cells(book: Gradebook, assignment: str) -> list[Any]:
    try:
        notebooks = book.find_assignment(assignment).notebooks
    except MissingEntry:
        return []
    return [cell for each in notebooks for cell in each.grade_cells]


def _by_hand(cell: Any, ledger: Ledger) -> Iterator[Any]:
    for grade in cell.grades:
        if grade.manual_score is not None and (grade.id, MANUAL) not in ledger.known:
            yield grade


def _said(assignment: str, cell: Any, was: float, count: int) -> str:
    changed = "one mark that a person gave" if count == 1 else f"{count} marks that people gave"
    points = f"{cell.name.removeprefix('test-')} has {cell.max_score:g} points instead of {was:g}"
    return f"{assignment}: {points}, so {changed} changed in proportion"
