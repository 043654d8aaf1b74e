"""Compare a notebook's source in another language with the English source: same cells, same code.

Only texts may differ: text cells, comments, and strings in code. Each cell of the translation names in
`english=` the English text that it translates. So a cell whose English text was changed is found.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import jupytext
from nbformat import NotebookNode

from grading.assignment import ENGLISH_TEXT, included
from grading.course import Assignment
from grading.texts.catalogues import Finding, Flaw

SHOWN = 60  # characters of a cell that a finding shows


def twin_flaws(assignment: Assignment, language: str) -> Iterator[Finding]:
    """Yield the differences, other than texts, between the source in a language and the English source.

    Also yield the cells whose English text was changed.
    """
    path = assignment.text_in(language)
    if path == assignment.source:
        yield Finding(Flaw.MISSING, f"{assignment.source.stem}.{language}.py", "there is no such source")
        return
    ours, theirs = _cells(assignment.source), _cells(path)
    if len(ours) != len(theirs):
        told = f"it has {len(theirs)} cells, and {assignment.source.name} has {len(ours)}"
        yield Finding(Flaw.CODE, path.name, told)
    for number, (own, other) in enumerate(zip(ours, theirs), 1):
        if flaw := _flaw(own, other):
            about = f'cell {number}, english="{fingerprint(own.source)}"'
            yield Finding(flaw, path.name, own.source.strip()[:SHOWN].replace("\n", " "), about)


def fingerprint(source: str) -> str:
    """Return the fingerprint of an English text, which the cell of its translation must have."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:8]


def _cells(path: Path) -> list[NotebookNode]:
    """Return the cells of a source. A cell that includes a file has the file's text."""
    cells = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells
    for cell in cells:
        if "include" in cell.metadata:
            cell.source = included(path, cell.metadata["include"], cell.source)
    return cells


def _flaw(own: NotebookNode, other: NotebookNode) -> Flaw | None:
    said = other.metadata.pop(ENGLISH_TEXT, None)
    if own.cell_type != other.cell_type or _roles(own) != _roles(other):
        return Flaw.CODE
    if own.cell_type == "code" and _without_texts(own.source) != _without_texts(other.source):
        return Flaw.CODE
    return None if said == fingerprint(own.source) or own.source == other.source else Flaw.OUTDATED


def _roles(cell: NotebookNode) -> dict[str, object]:
    """Return the metadata of a cell, without the name of an included file: each language may have its own."""
    told = {name: value for name, value in cell.metadata.items() if name != "lines_to_next_cell"}
    return told | ({"include": True} if "include" in told else {})


def _without_texts(source: str) -> str:
    """Return the code without comments and with empty strings.

    Strings that are not texts, such as keys, are tested when the translation runs.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
