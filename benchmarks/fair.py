"""Whether a mark depends on chance: each submission has other hidden cases.

The cases of many submissions of one term are drawn. Correct answers in every style must keep all marks on the
cases of every submission. A known mistake must fail on the same cases of every submission. A difference is
reported in marks of its exercise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from answers import right_answers
from numpy.typing import NDArray
from ours import COURSE
from submissions.draft import points

from benchmarks.documents import MEASUREMENTS, TRUST, Texts
from checks.call import try_case
from checks.casebook import Item
from checks.cases import Case
from grading.build.draw import draw
from grading.course import Assignment

SUBMISSIONS, TERM = 40, 11
Kept = NDArray[np.float64]  # the share of marks that answer a keeps in submission s; (S, A)


class Exercise(NamedTuple):
    """The shares of an exercise's marks that correct answers and known mistakes keep. points: its marks."""

    points: float
    right: Kept
    mistakes: Kept

    @property
    def docked(self) -> int:
        """Return how many correct answers lost marks on the cases of any submission."""
        return int((self.right < 1).any(axis=0).sum())

    @property
    def moved(self) -> int:
        """Return how many known mistakes do not have the same mark in all submissions."""
        return int((np.ptp(self.mistakes, axis=0) > 1e-9).sum())

    @property
    def most(self) -> float:
        """Return by how many marks the same mistake differs at most between submissions."""
        return float(self.points * np.ptp(self.mistakes, axis=0).max())


def measured(submissions: int = SUBMISSIONS) -> Texts:
    """Draw the cases of many submissions, and return what the documents say."""
    found = {
        f"{each.name}: `{name}`": exercise
        for each in COURSE.assignments()
        for name, exercise in kept(each, submissions).items()
    }
    return {MEASUREMENTS: table(found), TRUST: line(found, submissions)}


def kept(assignment: Assignment, submissions: int) -> dict[str, Exercise]:
    """Return for each exercise of an assignment the shares of marks that all answers keep."""
    recipe = assignment.recipe()
    worth = {name.removeprefix("test-"): most for name, most in points(assignment.name).items()}
    known = {name: [each.answer for each in book] for name, book in assignment.mistakes().items()}
    right = {name: list(book.values()) for name, book in right_answers(assignment.name).items()}
    drawn = [draw(recipe, own, True, TERM) for own in range(submissions)]
    return {
        name: Exercise(worth[name], *(_shares(answers[name], name, drawn) for answers in (right, known)))
        for name in known
    }


def _shares(answers: list[Callable[..., Any]], name: str, drawn: list[Mapping[str, list[Item]]]) -> Kept:
    graded = [[case for case in cases[name] if case.graded] for cases in drawn]
    return np.array([[_share(answer, cases) for answer in answers] for cases in graded])


def _share(answer: Callable[..., Any], cases: list[Case]) -> float:
    return float(np.mean([try_case(answer, case).share for case in cases]))


def table(found: Mapping[str, Exercise]) -> str:
    """Return the table, with one row for each exercise."""
    lines = [
        "| exercise | marks | correct answers | of these, docked | known mistakes "
        "| of these, with different marks | largest difference, in marks |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, each in found.items():
        answers, mistakes = each.right.shape[1], each.mistakes.shape[1]
        row = (name, f"{each.points:g}", answers, each.docked, mistakes, each.moved, f"{each.most:.2f}")
        lines.append(f"| {' | '.join(map(str, row))} |")
    return "\n".join(lines)


def line(found: Mapping[str, Exercise], submissions: int) -> str:
    """Return the sentence for instructors."""
    books = list(found.values())
    right, mistakes = (sum(getattr(each, kind).shape[1] for each in books) for kind in ("right", "mistakes"))
    docked, moved = sum(each.docked for each in books), sum(each.moved for each in books)
    worst = max(books, key=lambda each: each.most)
    return (
        f"Measured on the cases of {submissions} submissions of one term: {docked} of {right} right answers "
        f"lost a mark on any. Of {mistakes} known mistakes {mistakes - moved} had the same mark on the cases "
        f"of all; the others differed by at most {worst.most:.2f} of {worst.points:g} marks."
    )
