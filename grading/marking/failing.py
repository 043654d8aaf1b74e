"""Sentences about the lines of a student's cells that failed, so that they were left out."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from nbformat import NotebookNode

from checks.texts import later, say
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
IMPORTS = ("ImportError", "ModuleNotFoundError")  # other cells may need the failed import, too
EXIT = "SystemExit"  # the error that exit(), quit() and sys.exit() raise
ENDS = later("{line} would end Python{code}. It was skipped, and the lines below it were run")
WITHOUT = later("It was run without the annotations and decorators that need {name}")
MORE_LINES = later("more lines of {cell} failed and were skipped: {count}")
CHANGED = later(
    "cells that were given have been changed, and failed: {cells}. The given cell was run after each of them"
)
COMMA = later(
    "line {line} of {cell} has a decimal comma: `{written}`. Python cannot read it. Write `{instead}`. "
    "The rest of the cell was run"
)
NOT_INSTALLED = later("{package} is not installed where this is graded")
FAILED = later("{line} failed{code} ({why}). {rest}")


def failing_lines(cells: Sequence[NotebookNode], results: Mapping[int, CellResult]) -> list[str]:
    """Say which lines of a notebook's cells failed. results: the result of each cell, by its `id()`."""
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
    """Say which lines of a cell failed, if other lines or cells may depend on them.

    below: the heading above the cell.
    """
    if result.replaced:
        return
    yield from _commas(cell, below)
    yield from _exits(cell, below)
    worth = [each for each in result.left_out if result.resumed or each.error in (*IMPORTS, EXIT)]
    for each in worth[:SAID]:
        yield _sentence(cell, each, result.resumed, below)
    if len(worth) > SAID:
        yield say(MORE_LINES, cell=_where(cell, below), count=len(worth) - SAID)


def _replaced(cells: Sequence[NotebookNode]) -> Iterator[str]:
    """Say in one sentence which given cells were changed and failed."""
    named = [_where(cell, "") for cell in cells[:LISTED]]
    more = [say("and {count} more", count=len(cells) - LISTED)] if len(cells) > LISTED else []
    if cells:
        yield say(CHANGED, cells="; ".join([*named, *more]))


def _sentence(cell: NotebookNode, failed: LeftOut, resumed: bool, below: str) -> str:
    lines = cell.source.splitlines()
    text = quoted(lines[failed.line - 1]) if 0 < failed.line <= len(lines) else ""
    line = _line(failed.line, _where(cell, below, text))
    if failed.error == EXIT and not failed.plain:
        return say(ENDS, line=line, code=text and f": {text}")
    why = say(NOT_INSTALLED, package=failed.missing) if failed.missing else failed.error
    point = with_a_point(text) if failed.error == "SyntaxError" else ""
    why = say("a number needs a decimal point: write `{number}`", number=point) if point else why
    rest = say("It was skipped, and the rest of the cell was run") if resumed else say("It was skipped")
    if failed.plain:
        why = say("{error}: {name} is not there", error=failed.error, name=failed.plain)
        rest = say(WITHOUT, name=f"`{failed.plain}`")
    return say(FAILED, line=line, code=text and f": {text}", why=why, rest=rest)


def _line(number: int, cell: str) -> str:
    return say("line {number} of {cell}", number=number, cell=cell)


def _commas(cell: NotebookNode, below: str) -> Iterator[str]:
    """Name each number with a decimal comma that Python cannot parse: a text was run instead of it."""
    answers = cell.metadata.get("nbgrader", {}).get("solution")
    for each in islice(commas_in(cell.source) if answers else (), SAID):
        told = {"written": each.written, "instead": each.instead}
        yield say(COMMA, line=each.line, cell=_where(cell, below), **told)


def _exits(cell: NotebookNode, below: str) -> Iterator[str]:
    """Name each `exit()` and `quit()`. In a notebook they raise no error, and end Python after their cell."""
    for node in statements(cell.source) or ():
        called = node.value if isinstance(node, ast.Expr) else None
        called = called.func if isinstance(called, ast.Call) else called
        if isinstance(called, ast.Name) and called.id in ("exit", "quit"):
            said = f"`{called.id}()`"
            yield say(ENDS, line=_line(node.lineno, _where(cell, below, said)), code=f": {said}")


def _where(cell: NotebookNode, below: str, said: str = "") -> str:
    """Name a cell. said: the line that the sentence quotes; a first line is not quoted a second time."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    number = cell.metadata.get(KEY, {}).get(NUMBER, 0)
    begins = quoted(cell.source)
    if name or not number:
        return (
            say("the cell of `{name}`", name=name)
            if name
            else say("the cell that begins with {line}", line=begins)
        )
    return str(Spot(number, below, begins="" if said == begins else begins))
