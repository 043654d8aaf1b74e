"""Make the job of a repaired notebook: which of its cells are tests, and what the tests import."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from grading.box.limits import Limits
from grading.course import BARE, World
from grading.imported import names_in, only
from grading.marking.commas import commas_as_texts
from grading.marking.job import Job
from grading.noted import INSTEAD, KEY
from grading.recipe import Drawing
from grading.scorer.testcell import Test

IN_BOX = "in-the-box"  # the tag of a test cell that needs more than plain values


def job_of(
    nb: NotebookNode,
    source: NotebookNode,
    limits: Limits,
    boxed: bool,
    beside: Path,
    drawing: Drawing | None = None,
    figures: bool = True,
    world: World = BARE,
) -> Job:
    """Return the job of a repaired notebook.

    nb: the repaired notebook, with the instructor's tests in their places.
    source: the instructor's notebook. It says what tests import, and which tests must run in the box.
    drawing: how hidden cases are drawn, if there are any.
    figures: whether the cells' figures are drawn.
    world: the packages and data around the course's notebooks.
    """
    tags = {name(cell): cell.metadata.get("tags", []) for cell in source.cells if name(cell)}
    cells = [
        _test(cell, tags.get(name(cell), [])) if is_test(cell) else _to_run(cell)
        for cell in nb.cells
        if cell.cell_type == "code"
    ]
    tests = [cell for cell in cells if isinstance(cell, Test)]
    imports, packages = imports_of(source, tests), packages_of(source)
    given = run_first(source), given_texts(source), _instead(nb)
    return Job(cells, imports, limits, boxed, beside, drawing, packages, figures, world, *given)


def _test(cell: NotebookNode, tags: list[str]) -> Test:
    return Test(name(cell), cell.source, float(cell.metadata.nbgrader.points), IN_BOX in tags)


def _to_run(cell: NotebookNode) -> str:
    return commas_as_texts(cell.source) if _role(cell).get("solution") else cell.source


def name(cell: NotebookNode) -> str:
    """Return the grade_id of a cell; "" if it has none."""
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def is_test(cell: NotebookNode) -> bool:
    """Tell whether a cell is one of the instructor's tests."""
    role = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and role.get("grade", False) and not role.get("solution", False)


def grade_ids(path: Path) -> list[str]:
    """Return the names of the cells with marks in a notebook, in order."""
    return list(points_of(nbformat.read(path, as_version=4)))


def points_of(nb: NotebookNode) -> dict[str, float]:
    """Return the most marks of each graded cell of a notebook, in order."""
    roles = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
    return {role["grade_id"]: float(role["points"]) for role in roles if role.get("grade")}


def imports_of(source: NotebookNode, tests: Iterable[Test]) -> str:
    """Return those imports of the instructor's notebook whose names its tests use."""
    used = names_in(test.source for test in tests)
    statements = [each for cell in source.cells if _is_given(cell) for each in _statements(cell.source)]
    return "\n".join(map(ast.unparse, only(statements, used)))


def packages_of(source: NotebookNode) -> frozenset[str]:
    """Return the packages that the instructor's notebook imports."""
    statements = [
        each for cell in source.cells if cell.cell_type == "code" for each in _statements(cell.source)
    ]
    names = [name for each in statements for name in _modules(each)]
    return frozenset(name.split(".")[0] for name in names)


def run_first(source: NotebookNode) -> str:
    """Return the code that always runs first, even if the submission has lost or changed its cells.

    It has the imports above the first answer. It also gives each name of an answer its empty value, as the
    notebook does. So a name that is lost or misspelt costs only its own part of a question.
    """
    above = itertools.takewhile(lambda cell: not _role(cell).get("solution"), source.cells)
    statements = [each for cell in above if _is_given(cell) for each in _statements(cell.source)]
    return "\n".join(map(ast.unparse, [*statements, *_not_yet_given(source)]))


def _not_yet_given(source: NotebookNode) -> Iterator[ast.Assign]:
    """Yield the lines of answers that give names an empty value, such as `share = None`."""
    for cell in source.cells:
        if cell.cell_type == "code" and _role(cell).get("solution"):
            body = _body(cell.source)
            yield from (each for each in body if isinstance(each, ast.Assign) and _is_none(each.value))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def given_texts(source: NotebookNode) -> frozenset[str]:
    """Return the texts of the given code cells, in which a student writes no answer."""
    return frozenset(cell.source for cell in source.cells if _is_given(cell))


def _instead(nb: NotebookNode) -> dict[str, str]:
    told = ((cell.source, cell.metadata.get(KEY, {}).get(INSTEAD)) for cell in nb.cells)
    return {source: given for source, given in told if given}


def _is_given(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not _role(cell).get("solution") and not _role(cell).get("grade")


def _role(cell: NotebookNode) -> NotebookNode:
    return cell.metadata.get("nbgrader", {})


def _modules(statement: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(statement, ast.ImportFrom):
        return [statement.module or ""]
    return [each.name for each in statement.names]


def _statements(source: str) -> list[ast.Import | ast.ImportFrom]:
    return [each for each in _body(source) if isinstance(each, ast.Import | ast.ImportFrom)]


def _body(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:  # magics
        return []
