"""Sentences about the lines of a student's cells that failed, so that they were left out."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from grading.marking.job import CellResult
from grading.marking.quoting import quoted
from grading.protocol.left_out import LeftOut

SAID = 2  # lines of one cell that are quoted
IMPORTS = ("ImportError", "ModuleNotFoundError")  # what other cells may miss, too


def failing_lines(cell: NotebookNode, result: CellResult) -> Iterator[str]:
    """Say which lines of a cell failed, where something else depends on them."""
    if result.replaced:
        begins = quoted(cell.source)
        yield f"a given cell was changed and failed: {begins}; so the given one was run after it"
        return
    worth = result.left_out if result.resumed else [each for each in result.left_out if each.error in IMPORTS]
    for each in worth[:SAID]:
        yield _sentence(cell, each, result.resumed)
    if len(worth) > SAID:
        yield f"more lines of that cell failed and were left out: {len(worth) - SAID}"


def _sentence(cell: NotebookNode, failed: LeftOut, resumed: bool) -> str:
    lines = cell.source.splitlines()
    text = quoted(lines[failed.line - 1]) if 0 < failed.line <= len(lines) else ""
    why = f"{failed.missing} is not installed where this is graded" if failed.missing else failed.error
    rest = "it was left out, and the rest of the cell was run" if resumed else "it was left out"
    if failed.plain:
        why = f"{failed.error}: {failed.plain} is not there"
        rest = "it was run without the annotations and decorators that use what is not there"
    return f"line {failed.line} of {_which(cell, failed.line)} failed{text and f': {text}'} ({why}); {rest}"


def _which(cell: NotebookNode, line: int) -> str:
    name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return (
        f"`{name}`" if name else "a cell" if line == 1 else f"the cell that begins with {quoted(cell.source)}"
    )
