"""What students were given before: an instructor's later edit is nobody's change.

A release is kept when another one takes its place, and when submissions are marked with it. So a cell that a
student left as it was given is told from one that the student has changed, also after a new release.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading.build.hidden import hidden_folder
from grading.build.stamp import STAMP, is_untouched
from grading.course import Assignment, Course
from grading.files import replace_file
from grading.repair.match import GIVEN_BEFORE, known_cells, match
from grading.repair.names import plain
from grading.repair.read import cells_of
from grading.submitted.released import Releases

FOLDER = "given"  # in the folder of hidden cases, which goes along when a course moves


def keep_given(assignment: Assignment) -> None:
    """Keep a copy of the release, if it is as it was built and there is none yet."""
    if is_untouched(assignment.release):
        text = assignment.release.read_text(encoding="utf-8")
        path = _folder(assignment) / f"{nbformat.reads(text, as_version=4).metadata[STAMP][:16]}.ipynb"
        if not path.exists():
            replace_file(path, text)


def given_before(assignment: Assignment) -> tuple[bytes, ...]:
    """Return the earlier releases that are kept, as bytes of files."""
    now = assignment.release.read_bytes()
    kept = (path.read_bytes() for path in sorted(_folder(assignment).glob("*.ipynb")))
    return tuple(each for each in kept if each != now)


def given(assignment: Assignment) -> NotebookNode:
    """Return the release, in which each cell knows the other texts that it had in earlier releases."""
    release, earlier = nbformat.read(assignment.release, as_version=4), given_before(assignment)
    if not earlier:
        return release
    return with_earlier(nbformat.read(assignment.solution, as_version=4), release, earlier)


def releases_of(course: Course) -> Releases:
    """Return what students were given of every assignment, as `given` returns it."""
    paths = {each.name: each.release for each in course.assignments()}
    return Releases(paths, lambda name: given(course.assignment(name)))


def with_earlier(source: NotebookNode, release: NotebookNode, earlier: Iterable[bytes]) -> NotebookNode:
    """Return the same of notebooks: the instructor's, what students get today, and files of earlier ones."""
    known = known_cells(source, release)
    texts: dict[str, dict[str, None]] = {}
    for cells in (cells_of(nbformat.reads(each, as_version=4)) for each in earlier):
        for place, found in match(known, cells).items():
            texts.setdefault(known[place].id, {}).update(dict.fromkeys(cells[at].source for at in found))
    made = copy.deepcopy(release)
    for cell in made.cells:
        others = [each for each in texts.get(cell.get("id"), ()) if plain(each) != plain(cell.source)]
        cell.metadata.update({GIVEN_BEFORE: others} if others else {})
    return made


def _folder(assignment: Assignment) -> Path:
    return hidden_folder(assignment.course) / FOLDER / assignment.name
