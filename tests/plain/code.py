"""The texts in Python files that people read: hints in docstrings, lines of rubrics, sentences in strings.

The files are read and never run, so that those of another revision can be read too.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

TEXT_CELL = re.compile(r"^# %% \[markdown\].*?(?=^# %%|\Z)", re.M | re.S)
NO_PROSE = re.compile(r"\|---|^def ", re.M)  # a table, or code
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
Found = tuple[str, int, str]  # name, line in the file, text


def source_of(path: Path) -> str:
    """Return a Python file without the text cells of a notebook, which are comments in it."""
    return TEXT_CELL.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))


@functools.lru_cache(4)  # a file is read several times in a row
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of the syntax tree of a file, the module first."""
    return tuple(ast.walk(ast.parse(source_of(path))))


def hints(path: Path) -> Iterator[Found]:
    """Yield the docstring of every function that a decorator names: @mistake("..."), @finder("...")."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            yield from _hint(node)


def _hint(node: ast.FunctionDef) -> Iterator[Found]:
    calls = [each for each in node.decorator_list if isinstance(each, ast.Call)]
    names = [text for call in calls if (text := string(call.args[0] if call.args else None))]
    if not names or not (docstring := ast.get_docstring(node)):
        return
    yield names[0], calls[0].lineno, names[0]
    yield names[0], node.body[0].lineno, docstring
    for each in (
        keyword for call in calls for keyword in call.keywords if keyword.arg in ("unseen", "called")
    ):
        if text := string(each.value):
            yield names[0], each.value.lineno, text


def rubric_lines(path: Path) -> Iterator[Found]:
    """Yield the text of each line of a rubric."""
    for node in nodes(path):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name == "line" and len(node.args) > 2 and (text := string(node.args[2])):
            yield string(node.args[0]), node.args[2].lineno, text


def strings(path: Path) -> Iterator[Found]:
    """Yield the strings of a file with two words or more, except tables and code."""
    docstrings = {(node.body[0].value.lineno, text) for node, text in docstrings_of(path)}
    parts = {id(part) for node in nodes(path) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes(path):
        is_new = id(node) not in parts and (text := string(node)) and (node.lineno, text) not in docstrings
        if is_new and len(text.split()) > 1 and not NO_PROSE.search(text):
            yield text[:40], node.lineno, text


def docstrings_of(path: Path) -> Iterator[tuple[Documented, str]]:
    """Yield the modules, classes and functions with a docstring, and the docstring as it is written."""
    for node in nodes(path):
        if isinstance(node, Documented) and (text := ast.get_docstring(node, clean=False)):
            yield node, text


def string(node: ast.AST | None) -> str:
    """Return the string of a syntax node, or an empty one. A value in an f-string or a sum is a field."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(each) for each in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = string(node.left), string(node.right)
        return (left or "{value}") + (right or "{value}") if left or right else ""
    is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_string else ""


def _part(node: ast.expr) -> str:
    constant = node.value if isinstance(node, ast.FormattedValue) else node
    is_string = isinstance(constant, ast.Constant) and isinstance(constant.value, str)
    return constant.value if is_string else "{value}"
