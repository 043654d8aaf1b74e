"""The whole way: from what was handed in to the notebook that is marked."""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode

from grading.repair.read import Unreadable, cells_of, read_content
from grading.repair.rebuild import blank, rebuild


def repaired(
    source: NotebookNode, release: NotebookNode, data: bytes, notes: Sequence[str] = ()
) -> NotebookNode:
    """Return the notebook that is marked, from the bytes of what was handed in, whatever these are.

    notes: what is to be said of how it was handed in. What cannot be read gives a blank
    one, which says why and waits for a person.
    """
    try:
        return rebuild(source, release, cells_of(read_content(data)), notes)
    except Unreadable as error:
        return unreadable(source, release, error)
    except Exception as error:  # whatever a file holds, it has no marks only until a person looks
        kind = type(error).__name__
        return blank(source, release, f"This submission cannot be read: it trips the grader ({kind}).")


def unreadable(source: NotebookNode, release: NotebookNode, error: Unreadable) -> NotebookNode:
    """Return the notebook for what cannot be read: blank, with the reason."""
    return blank(source, release, f"This submission cannot be read: {error}.")
