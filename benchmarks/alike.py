"""How often two students' notebooks are reported as similar, in invented classes.

In some classes all students work alone ("strangers"). In others one student has copied a notebook. All
answers are the correct answers of tests/answers/; each student's answers are worded differently
(tests/classroom.py).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from classroom import FILES, in_other_names, independent

from benchmarks.documents import CLASS, MEASUREMENTS, Texts
from grading.report.alike import AnswerText, alike

SIZES, LARGE = (20, 60, 120), 300
STRANGERS = [{}, {"taste": 0.5}, {"own": False, "few": 4}, {"own": False}]  # ways in which strangers write
SEEDS, COPY_SEEDS = 12, 4
TASTES = [{}, {"taste": 0.5}]
Book = dict[str, dict[str, str]]  # student to exercise to source


class Told(NamedTuple):
    """The numbers of classes of strangers and of copied notebooks, and how many of them were reported.

    classes: the classes of strangers.
    wrongly: the classes of strangers in which a pair was reported.
    copies: the classes with a copied notebook.
    found: the classes whose copy was reported.
    large_copies, large_found: the same for large classes.
    """

    classes: int
    wrongly: int
    copies: int
    found: int
    large_copies: int
    large_found: int


def measured() -> Texts:
    """Make all classes, and return what the documents say."""
    found = measure()
    return {MEASUREMENTS: table(found), CLASS: line(found)}


def measure() -> Told:
    """Make all classes, and count the classes in which a pair is reported."""
    strangers = [bool(told(book)) for book in _strangers()]
    copies = [("s010", "s011") in told(book) for book in _with_a_copy()]
    large = [("s010", "s011") in told(_copied(name, LARGE, 1)) for name in FILES]
    return Told(len(strangers), sum(strangers), len(copies), sum(copies), len(large), sum(large))


def told(book: Book) -> list[tuple[str, str]]:
    """Return the pairs of students that are reported in a class."""
    handed_in = {
        student: [AnswerText(name, text) for name, text in answers.items()]
        for student, answers in book.items()
    }
    return [pair.students for pair in alike(handed_in)]


def _strangers() -> Iterator[Book]:
    for name in FILES:
        for size in SIZES:
            for how in STRANGERS:
                for seed in range(SEEDS):
                    yield independent(name, size, random.Random(seed), **how)


def _with_a_copy() -> Iterator[Book]:
    for name in FILES:
        for size in SIZES:
            for how in TASTES:
                for seed in range(COPY_SEEDS):
                    yield _copied(name, size, seed, **how)


def _copied(name: str, size: int, seed: int, **how: float) -> Book:
    """Return a class in which student s011 has copied student s010's notebook, and renamed variables."""
    book = independent(name, size, random.Random(seed), **how)
    first, second = sorted(book)[10:12]
    book[second] = {exercise: f"# mine\n{in_other_names(text)}" for exercise, text in book[first].items()}
    return book


def table(found: Told) -> str:
    """Return the figures as Markdown."""
    sizes = ", ".join(map(str, SIZES))
    return f"""\
| | how many | a pair was reported in |
|---|---|---|
| classes of students who do not know each other, of {sizes} students | {found.classes} | {found.wrongly} |
| copied notebooks with changed names, in such classes | {found.copies} | {found.found} |
| copied notebooks with changed names, in classes of {LARGE} | {found.large_copies} | {found.large_found} |"""


def line(found: Told) -> str:
    """Return the sentence about the table for docs/mark-a-class.md."""
    return (
        f"In {found.classes} made-up classes of students who do not know each other, a pair was reported "
        f"in {found.wrongly}. Of {found.copies} notebooks taken over in other names, {found.found} were "
        f"reported. The larger the class, the more pairs chance makes, and the fewer are reported: of "
        f"{found.large_copies} in classes of {LARGE}, {found.large_found}."
    )
