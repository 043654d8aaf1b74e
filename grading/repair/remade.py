"""Make the new cells and the new notebook of a repaired submission."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from grading.marking.nodes import new_cell
from grading.noted import Noted
from grading.repair.match import Known
from grading.repair.read import Submitted


def plain_cell(cell: Submitted) -> NotebookNode:
    """Return a cell as it was handed in."""
    new = new_cell(cell.kind, cell.source)
    if cell.attachments and cell.kind == "markdown":
        new.attachments = dict(cell.attachments)
    return new


def graded_cell(cell: Known, text: str) -> NotebookNode:
    """Return a cell that counts, with this text."""
    new = plain_cell(Submitted(cell.kind, text))
    new.metadata.nbgrader = {"grade_id": cell.grade_id}
    return new


def notebook_of(source: NotebookNode, cells: list[NotebookNode], noted: Noted) -> NotebookNode:
    """Return the notebook of these cells. The source gives them their roles."""
    roles = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in source.cells
        if "nbgrader" in cell.metadata
    }
    for number, cell in enumerate(cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.id = name or f"cell-{number}"
        if name:
            cell.metadata.nbgrader = NotebookNode({**roles[name], "cell_type": cell.cell_type})
    kept = {key: source.metadata[key] for key in ("kernelspec", "language_info") if key in source.metadata}
    made = nbformat.v4.new_notebook(cells=cells, metadata=kept)
    noted.write(made)
    return made
