"""The hidden cases: the seed that they are drawn from, and the files with the cases of the class.

Each submission has its own cases, which are drawn while it is marked (grading/scorer/own_cases.py). The
cases in files are for notebooks that run elsewhere: in `make build`, and in stock nbgrader. The seed and
the files are private to the instructor, and git ignores them. So a public repository shows no hidden case.
`make build` draws a seed if there is no seed yet, and keeps it in hidden/seed.txt. `make term` draws
another seed, so that a new term has new cases.
"""

from __future__ import annotations

import functools
import os
import secrets
from pathlib import Path
from typing import Any

from checks.casebook import CaseBook
from grading.course import Assignment, Course, find_course
from grading.files import keep_aside, replace_file
from grading.private import make_folder, make_private
from grading.recipe import Drawing

FOLDER_VARIABLE = "GRADING_HIDDEN"  # with this variable, the tests keep their cases in another folder


def hidden_folder(course: Course | None = None) -> Path:
    """Return the folder of a course's hidden cases; by default of the course around the working folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or (course or find_course()).hidden)


def hidden_seed(folder: Path) -> int:
    """Return the seed in the folder. The first time, draw it and write it there."""
    path = folder / "seed.txt"
    if not path.exists():
        make_private(make_folder(folder))
        replace_file(folder / ".gitignore", "*\n")  # in the folder, wherever a course keeps it
        replace_file(path, f"{secrets.randbits(64)}\n")
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise ValueError(f"{path} must hold one whole number, but holds '{text}'.")
    return int(text)


def drawing_of(assignment: Assignment) -> Drawing:
    """Return how the hidden cases of each submission to an assignment are drawn."""
    return Drawing(assignment.recipe(), hidden_seed(hidden_folder(assignment.course)))


def new_term(folder: Path) -> Path | None:
    """Draw a new seed; return where the old seed was kept, if there was one."""
    path = folder / "seed.txt"
    if not path.exists():
        hidden_seed(folder)
        return None
    kept = keep_aside(path, "before")
    hidden_seed(folder)
    return kept


class _HiddenCases(CaseBook):
    """A case book that builds missing hidden cases, so that nobody gets 0 because a step was forgotten."""

    up_to_date = False

    def __contains__(self, name: str) -> bool:
        self._build_if_missing(name)
        return super().__contains__(name)

    def __getitem__(self, name: str) -> list[Any]:
        self._build_if_missing(name)
        return super().__getitem__(name)

    def _build_if_missing(self, name: str) -> None:
        if not (super().__contains__(name) or self.up_to_date):
            from grading.build.cases import build_hidden  # imported here: cases.py imports this module

            build_hidden(find_course())
            self.up_to_date = True


@functools.cache
def hidden_cases() -> CaseBook:
    """Return the hidden cases of the course around the working folder, known as `grading.hidden`."""
    return _HiddenCases(hidden_folder(), hidden=True)
