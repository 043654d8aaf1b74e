"""Do all steps from the submitted file to the notebook that is marked."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode

from checks.texts import say
from grading.places import FileBeside
from grading.repair.commented import show_comments
from grading.repair.earlier import up_to_date
from grading.repair.match import defined, known_cells, plain
from grading.repair.merge import cells_in
from grading.repair.parse import Reading
from grading.repair.pictures import show_pictures
from grading.repair.read import Submitted, Unreadable, understood
from grading.repair.rebuild import blank, rebuild

PYTHON = ("", "python", "python3", "ipython")


def _whatever_it_is(made_of: Callable[..., NotebookNode]) -> Callable[..., NotebookNode]:
    """Return a blank notebook for a file that cannot be read. It says why, and waits for a person."""

    @functools.wraps(made_of)
    def made(source: NotebookNode, release: NotebookNode, *handed_in: Any, **more: Any) -> NotebookNode:
        try:
            return made_of(source, release, *handed_in, **more)
        except Unreadable as error:
            return unreadable(source, release, error)
        except MemoryError:
            raise  # the code that sets the limit also says what it is
        except Exception as error:  # any other error: the file has no marks until a person looks
            kind = type(error).__name__
            return blank(source, release, f"it trips the grader ({kind})")

    return made


@_whatever_it_is
def repaired(
    source: NotebookNode,
    release: NotebookNode,
    data: bytes,
    notes: Sequence[str] = (),
    pictures: Mapping[str, bytes] | None = None,
    files: Sequence[FileBeside] = (),
) -> NotebookNode:
    """Return the notebook that is marked, from the bytes of any submitted file.

    notes: remarks on how the file was handed in.
    pictures: the pictures beside it, by their paths from its folder.
    files: the files beside it that may have an answer.
    For a file that cannot be read, the notebook is blank: it says why, and waits for a person. Without its
    decorator, the function raises Unreadable, and any error that nobody has expected.
    """
    reading = understood(data)
    cells = up_to_date(known_cells(source, release), cells_in(reading))
    _refuse_other_languages(source, release, reading, cells)
    made = rebuild(source, release, cells, [*notes, *reading.notes], files)
    given = {plain(cell.source) for cell in release.cells}
    own = [cell for cell in made.cells if plain(cell.source) not in given]
    show_comments(own, [cell.source for cell in release.cells])
    show_pictures(own, pictures or {})
    return made


def _refuse_other_languages(
    source: NotebookNode, release: NotebookNode, reading: Reading, cells: Sequence[Submitted]
) -> None:
    """Raise Unreadable for a notebook in another language, unless it is this notebook with a wrong kernel."""
    if reading.language.casefold() in PYTHON:
        return
    known = known_cells(source, release)
    names = {cell.grade_id for cell in known if cell.grade_id}
    asked = set().union(*(defined(cell.source) for cell in known if cell.solution and cell.kind == "code"))
    if not any(cell.grade_id in names or asked & defined(cell.source) for cell in cells):
        ours = source.metadata.get("language_info", {}).get("name", "python").capitalize()
        raise Unreadable(
            say(
                "it is a notebook in {language}, and this assignment is in {ours}",
                language=reading.language,
                ours=ours,
            )
        )


def unreadable(source: NotebookNode, release: NotebookNode, error: Unreadable) -> NotebookNode:
    """Return a blank notebook for a file that cannot be read, with the reason."""
    return blank(source, release, str(error))
