"""The notebooks that students were given before.

If an instructor edits a cell later, the old text of the cell must not count as a student's change. So a
copy of a release is kept when another release replaces it, and when submissions are marked with it. With
these copies, a cell that a student left unchanged is recognised, also after a new release.
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

FOLDER = "given"  # in the folder of hidden cases, which is copied when a course moves


def keep_given(assignment: Assignment) -> None:
    """Keep a copy of the release, if it has not changed since it was built and there is no copy yet."""
    if is_untouched(assignment.release):
        text = assignment.release.read_text(encoding="utf-8")
        path = _folder(assignment) / f"{nbformat.reads(text, as_version=4).metadata[STAMP][:16]}.ipynb"
        if not path.exists():
            replace_file(path, text)


def given_before(assignment: Assignment) -> tuple[bytes, ...]:
    """Return the earlier releases that were kept, as bytes of files."""
    now = assignment.release.read_bytes()
    kept = (path.read_bytes() for path in sorted(_folder(assignment).glob("*.ipynb")))
    return tuple(each for each in kept if each != now)


def given(assignment: Assignment) -> NotebookNode:
    """Return the release. Each of its cells has the other texts that it had in earlier releases."""
    release, earlier = nbformat.read(assignment.release, as_version=4), given_before(assignment)
    if not earlier:
        return release
    return with_earlier(nbformat.read(assignment.solution, as_version=4), release, earlier)


def releases_of(course: Course) -> Releases:
    """Return the release of every assignment, each as `given` returns it."""
    paths = {each.name: each.release for each in course.assignments()}
    return Releases(paths, lambda name: given(course.assignment(name)))


def with_earlier(source: NotebookNode, release: NotebookNode, earlier: Iterable[bytes]) -> NotebookNode:
    """Return the release. Each of its cells has the other texts that it had in earlier releases.

    source: the instructor's notebook. release: the notebook that students get today. earlier: the files of
    earlier releases.
    """
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
