"""The stamp of a released notebook: it shows whether the notebook was changed since it was built."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbformat import NotebookNode

STAMP = "grading_release"  # a key in a released notebook, with a hash of its cells at the time of the build


def stamped(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook with its stamp."""
    made = notebook.copy()
    made.metadata = NotebookNode({**notebook.metadata, STAMP: content(notebook)})
    return made


def is_untouched(path: Path) -> bool:
    """Tell whether a released notebook is unchanged since it was built: no output, no cell changed."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:  # whatever this file is, it is not a released notebook
        return False
    ran = any(cell.get("outputs") for cell in notebook.cells)
    return not ran and notebook.metadata.get(STAMP) == content(notebook)


def content(notebook: NotebookNode) -> str:
    """Return the hash of the texts and types of a notebook's cells."""
    return fingerprint(*(text for cell in notebook.cells for text in (cell.cell_type, cell.source)))


def fingerprint(*texts: str) -> str:
    """Return the SHA-256 of texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
