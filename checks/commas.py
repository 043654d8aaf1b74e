"""Numbers with a decimal comma and a 0 after it, such as 1,0123: Python cannot even read their cell.

So the cell does nothing, and the answer is still None, or keeps its earlier value. The notebook keeps the
texts of the cells that were run. In these texts the check finds the number, and can say what is wrong.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NUMBER = r"[-+]?\d[\d.]*,0\d+"  # with another digit after the comma, Python reads a tuple of two numbers
ASSIGNED = re.compile(rf"(?<![=!<>:])=[ \t]*\(?({NUMBER})\)?(?=[ \t]*(?:[;#]|$))", re.MULTILINE)
LOOKED_AT = 200  # cells: so many of the last cells of the notebook's history are read
LONGEST = 10_000  # characters: a longer cell is not read


def as_texts(source: str) -> str:
    """Return a cell with quotes around each number with a decimal comma that is assigned to a name.

    Example:
        >>> from checks.commas import as_texts
        >>> as_texts("mean = 1,0123")
        'mean = "1,0123"'
    """
    return ASSIGNED.sub(r'= "\1"', source)


def with_unread(name: str, answers: Sequence[Any], names: Mapping[str, Any]) -> list[Any]:
    """Return the answers. A missing answer becomes the text of the number that Python could not read.

    name: the name of the question. names: the names that the notebook defines. IPython's name `In` holds the
    texts of the cells.
    """
    cells = names.get("In")
    if all(each is not None for each in answers) or not isinstance(cells, list):
        return list(answers)
    texts = [each for each in cells[-LOOKED_AT:] if isinstance(each, str) and len(each) <= LONGEST]
    asked = _asked(name, texts[-1]) if texts else []
    if len(asked) != len(answers):
        return list(answers)
    return [_unread(its, texts[:-1]) if value is None else value for its, value in zip(asked, answers)]


def _asked(name: str, cell: str) -> list[str]:
    """Return the names of the variables that a cell passes to this question's check; "" for other values."""
    calls = (node for node in _nodes(cell) if isinstance(node, ast.Call) and node.args)
    for call in calls:
        question, *given = call.args
        if isinstance(question, ast.Constant) and question.value == name:
            return [each.id if isinstance(each, ast.Name) else "" for each in given]
    return []


def _unread(name: str, cells: Sequence[str]) -> str | None:
    """Return the number that the last cell assigns to a name, if Python could not read this cell."""
    for cell in reversed(cells):
        readable = list(_nodes(cell))
        values = [_text(each) for each in _assigned(name, readable or list(_nodes(as_texts(cell))))]
        if values:
            return None if readable else values[-1]
    return None


def _assigned(name: str, nodes: Sequence[ast.AST]) -> Iterator[ast.expr]:
    for node in nodes:
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if any(isinstance(each, ast.Name) and each.id == name for each in targets):
            yield node.value


def _text(value: ast.expr) -> str | None:
    written = value.value if isinstance(value, ast.Constant) else None
    return written if isinstance(written, str) and re.fullmatch(NUMBER, written) else None


def _nodes(source: str) -> Iterator[ast.AST]:
    """Yield the parts of a cell; nothing if Python cannot read it."""
    try:
        yield from ast.walk(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
