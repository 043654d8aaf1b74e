"""The whole way: from the bytes that were handed in to the notebook that is marked."""

from __future__ import annotations

from nbformat import NotebookNode

from grading.repair.read import Unreadable, cells_of, read_content
from grading.repair.rebuild import blank, rebuild


def repaired(source: NotebookNode, release: NotebookNode, data: bytes, note: str = "") -> NotebookNode:
    """Return the notebook that is marked, from the bytes of what was handed in, whatever these are.

    What cannot be read gives a blank one, which says why and waits for a person.
    """
    try:
        return rebuild(source, release, cells_of(read_content(data)), [note] if note else [])
    except Unreadable as error:
        return blank(source, release, f"This submission cannot be read: {error}.")
    except Exception as error:  # whatever a file holds, it has no marks only until a person looks
        kind = type(error).__name__
        return blank(source, release, f"This submission cannot be read: it trips the grader ({kind}).")
