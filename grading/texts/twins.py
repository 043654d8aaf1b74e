"""A notebook's source in another language, beside the English one: the same cells, and the same code.

Only texts may differ: cells of text, comments, and strings in code. Each cell of the translation says by
`english=` which English text it is of, so that a cell whose English text was changed is found.
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
    """Yield how the source in a language differs from the English one in more than texts."""
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
    """Return what a cell of a translation says of the English text that it is of."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:8]


def _cells(path: Path) -> list[NotebookNode]:
    """The cells of a source; a cell that includes a file has its text."""
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
    """What a cell is for; the file that it includes may be another one."""
    told = {name: value for name, value in cell.metadata.items() if name != "lines_to_next_cell"}
    return told | ({"include": True} if "include" in told else {})


def _without_texts(source: str) -> str:
    """The code without comments, where all strings are alike: to run it proves those that are no texts."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
