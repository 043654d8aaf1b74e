"""The texts in Python files that people read: hints in docstrings, lines of rubrics, sentences in strings.

The files are read and never run, so that those of another revision can be read too.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

Found = tuple[str, int, str]  # name, line in the file, text


@functools.lru_cache(4)  # a file is read several times in a row
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of the syntax tree of a file, the module first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


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
        is_line = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "line"
        if is_line and len(node.args) > 2 and (text := string(node.args[2])):
            yield string(node.args[0]), node.args[2].lineno, text


def strings(path: Path) -> Iterator[Found]:
    """Yield the strings of a file that are more than a name: three words or more. A value in one is code."""
    docstrings = set(_docstrings(path))
    parts = {id(part) for node in nodes(path) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes(path):
        is_new = id(node) not in parts and (text := template(node)) and (node.lineno, text) not in docstrings
        if is_new and len(text.split()) > 2:
            yield text[:40], node.lineno, text


def _docstrings(path: Path) -> Iterator[tuple[int, str]]:
    for node in nodes(path):
        if isinstance(node, ast.Expr) and (text := string(node.value)):
            yield node.value.lineno, text


def template(node: ast.AST) -> str:
    """Return the string that a node is, with code for each value of an f-string, or an empty one."""
    if isinstance(node, ast.JoinedStr):
        return "".join(string(part) or "`value`" for part in node.values)
    return string(node)


def string(node: ast.AST | None) -> str:
    """Return the string that a syntax node stands for, or an empty one."""
    is_string = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return node.value if is_string else ""
