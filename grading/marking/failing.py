"""Sentences about the lines of a student's cells that failed, so that they were left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from nbformat import NotebookNode

from grading.marking.commas import commas_in, with_a_point
from grading.marking.job import CellResult
from grading.marking.quoting import quoted
from grading.noted import KEY, NUMBER, beside_of
from grading.places import Spot
from grading.protocol.left_out import LeftOut
from grading.repair.elsewhere import headings_in
from grading.repair.names import statements

SAID = 2  # lines of one cell that are quoted
LISTED = 4  # cells in one sentence
IMPORTS = ("ImportError", "ModuleNotFoundError")  # what other cells may miss, too
EXIT = "SystemExit"  # what exit(), quit() and sys.exit() raise
ENDS = "{} would end Python{}. It was skipped, and what stands below it was run"
WITHOUT = "It was run without the annotations and decorators that need {}"


def failing_lines(cells: Sequence[NotebookNode], results: Mapping[int, CellResult]) -> list[str]:
    """Say which lines of a notebook's cells failed. results: what came of the cells, by their identities."""
    found: list[str] = []
    replaced: list[NotebookNode] = []
    below = ""
    for cell in cells:
        if cell.cell_type == "markdown" and not beside_of(cell):
            below = (headings_in(cell.source) or [below])[-1]
        elif cell.cell_type == "code" and id(cell) in results:
            found += failing_in(cell, results[id(cell)], below)
            replaced += [cell] if results[id(cell)].replaced else []
    return [*found, *_replaced(replaced)]


def failing_in(cell: NotebookNode, result: CellResult, below: str = "") -> Iterator[str]:
    """Say which lines of a cell failed, where something else depends on them. below: the heading above it."""
    if result.replaced:
        return
    yield from _commas(cell, below)
    yield from _exits(cell, below)
    worth = [each for each in result.left_out if result.resumed or each.error in (*IMPORTS, EXIT)]
    for each in worth[:SAID]:
        yield _sentence(cell, each, result.resumed, below)
    if len(worth) > SAID:
        yield f"more lines of {_where(cell, below)} failed and were skipped: {len(worth) - SAID}"


def _replaced(cells: Sequence[NotebookNode]) -> Iterator[str]:
    """Say in one sentence which given cells were changed and failed."""
    named = [_where(cell, "") for cell in cells[:LISTED]]
    more = [f"and {len(cells) - LISTED} more"] if len(cells) > LISTED else []
    if cells:
        yield (
            f"cells that were given have been changed, and failed: {'; '.join([*named, *more])}. "
            "The given cell was run after each of them"
        )


def _sentence(cell: NotebookNode, failed: LeftOut, resumed: bool, below: str) -> str:
    lines = cell.source.splitlines()
    text = quoted(lines[failed.line - 1]) if 0 < failed.line <= len(lines) else ""
    line = f"line {failed.line} of {_where(cell, below, text)}"
    if failed.error == EXIT and not failed.plain:
        return ENDS.format(line, text and f": {text}")
    why = f"{failed.missing} is not installed where this is graded" if failed.missing else failed.error
    point = with_a_point(text) if failed.error == "SyntaxError" else ""
    why = f"a number needs a decimal point: write `{point}`" if point else why
    rest = "It was skipped, and the rest of the cell was run" if resumed else "It was skipped"
    if failed.plain:
        why, rest = f"{failed.error}: {failed.plain} is not there", WITHOUT.format(f"`{failed.plain}`")
    return f"{line} failed{text and f': {text}'} ({why}). {rest}"


def _commas(cell: NotebookNode, below: str) -> Iterator[str]:
    """Name each number with a decimal comma that Python cannot read: a text was run in its place."""
    answers = cell.metadata.get("nbgrader", {}).get("solution")
    for each in islice(commas_in(cell.source) if answers else (), SAID):
        yield (
            f"line {each.line} of {_where(cell, below)} has a decimal comma: `{each.written}`. "
            f"Python cannot read it. Write `{each.instead}`. The rest of the cell was run"
        )


def _exits(cell: NotebookNode, below: str) -> Iterator[str]:
    """Name each `exit()` and `quit()`: in a notebook they raise nothing, and end Python behind their cell."""
    for node in statements(cell.source) or ():
        called = node.value if isinstance(node, ast.Expr) else None
        called = called.func if isinstance(called, ast.Call) else called
        if isinstance(called, ast.Name) and called.id in ("exit", "quit"):
            said = f"`{called.id}()`"
            yield ENDS.format(f"line {node.lineno} of {_where(cell, below, said)}", f": {said}")


def _where(cell: NotebookNode, below: str, said: str = "") -> str:
    """Name a cell. said: what the sentence quotes of it; if that is its first line, once is enough."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    number = cell.metadata.get(KEY, {}).get(NUMBER, 0)
    begins = quoted(cell.source)
    if name or not number:
        return f"the cell of `{name}`" if name else f"the cell that begins with {begins}"
    return str(Spot(number, below, begins="" if said == begins else begins))
