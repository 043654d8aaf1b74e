"""The hidden cases: the seed that they are drawn from, and those of the class, in files.

Each submission is marked on cases of its own, drawn while it is marked (grading/scorer/own_cases.py).
Those in files are for whoever runs a notebook elsewhere: for `make build`, and for stock nbgrader.
Seed and files are an instructor's own and ignored by git, so that a public repository gives no case
away. `make build` draws a seed where there is none and keeps it in hidden/seed.txt;
`make term` draws another, and a new term has new cases.
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

FOLDER_VARIABLE = "GRADING_HIDDEN"  # the tests keep their cases apart with it


def hidden_folder(course: Course | None = None) -> Path:
    """Return the folder of a course's hidden cases; by default of the course around the working folder."""
    return Path(os.environ.get(FOLDER_VARIABLE) or (course or find_course()).hidden)


def hidden_seed(folder: Path) -> int:
    """Return the seed in the folder, drawn and written there the first time."""
    path = folder / "seed.txt"
    if not path.exists():
        make_private(make_folder(folder))
        replace_file(folder / ".gitignore", "*\n")  # wherever a course keeps them
        replace_file(path, f"{secrets.randbits(64)}\n")
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise ValueError(f"{path} must hold one whole number, but holds '{text}'.")
    return int(text)


def drawing_of(assignment: Assignment) -> Drawing:
    """Return how the hidden cases of each submission to an assignment are drawn."""
    return Drawing(assignment.recipe(), hidden_seed(hidden_folder(assignment.course)))


def new_term(folder: Path) -> Path | None:
    """Draw a new seed; return where the old one was kept, if there was one."""
    path = folder / "seed.txt"
    if not path.exists():
        hidden_seed(folder)
        return None
    kept = keep_aside(path, "before")
    hidden_seed(folder)
    return kept


class _HiddenCases(CaseBook):
    """Hidden cases, built where they are missing: nobody gets 0 because a step was forgotten."""

    up_to_date = False

    def __contains__(self, name: str) -> bool:
        self._build_if_missing(name)
        return super().__contains__(name)

    def __getitem__(self, name: str) -> list[Any]:
        self._build_if_missing(name)
        return super().__getitem__(name)

    def _build_if_missing(self, name: str) -> None:
        if not (super().__contains__(name) or self.up_to_date):
            from grading.build.cases import build_hidden  # which needs this module

            build_hidden(find_course())
            self.up_to_date = True


@functools.cache
def hidden_cases() -> CaseBook:
    """Return the hidden cases of the course around the working folder: `grading.hidden`."""
    return _HiddenCases(hidden_folder(), hidden=True)
