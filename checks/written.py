"""What a student wrote: the syntax tree of a function. It is read, for hints alone, and never run."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from checks.texts import say

UNREADABLE = (OSError, TypeError, SyntaxError, ValueError, RecursionError, MemoryError)
LOOPS = (ast.For, ast.While)
OWN_WORLD = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
LONGEST = 60  # characters of a line that is quoted


@dataclass(frozen=True)
class Written:
    """A function as it stands in a cell.

    node: its tree. lines: of its text. values: names that the notebook gives to something that is neither
    a function nor a module.
    """

    node: ast.FunctionDef
    lines: tuple[str, ...] = ()
    values: frozenset[str] = frozenset()

    @property
    def arguments(self) -> list[str]:
        """The names of its arguments."""
        told = self.node.args
        return [each.arg for each in (*told.posonlyargs, *told.args, *told.kwonlyargs)]

    @property
    def nodes(self) -> list[ast.AST]:
        """All of its body, but for functions and classes within it."""
        return [each for statement in self.node.body for each in within(statement)]

    @property
    def loops(self) -> list[ast.For | ast.While]:
        return [each for each in self.nodes if isinstance(each, LOOPS)]

    def loop_at(self, number: int) -> ast.For | ast.While | None:
        """The innermost `while` around a line of it, counted from 1, or else the innermost loop."""
        line = number + self.node.lineno - 1
        around = [each for each in self.loops if each.lineno <= line <= (each.end_lineno or each.lineno)]
        return next(reversed([each for each in around if isinstance(each, ast.While)] or around), None)

    @property
    def read(self) -> set[str]:
        """The names whose values are used anywhere in it, in functions within it as well."""
        return names_in(ast.Module(self.node.body, []))

    def at(self, node: ast.AST) -> str:
        """Say where a part of it stands, and quote the line."""
        number = node.lineno - self.node.lineno + 1
        line = self.lines[number - 1].strip() if number <= len(self.lines) else ast.unparse(node)
        short = line if len(line) <= LONGEST else f"{line[:LONGEST]} …"
        return say("line {number} of `{name}`: `{line}`", number=number, name=self.node.name, line=short)


def within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, but for functions and classes."""
    yield node
    if not isinstance(node, OWN_WORLD):
        for child in ast.iter_child_nodes(node):
            yield from within(child)


def names_in(node: ast.AST, kind: type[ast.expr_context] = ast.Load) -> set[str]:
    """The names that are used in a node; with `ast.Store`, those that are given a value."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, kind)}


@functools.lru_cache(maxsize=4)
def written_of(function: Callable[..., Any]) -> Written | None:
    """Return a function as it is written; None if that cannot be read.

    A function that is called from afar brings its own `written`.
    """
    if hasattr(function, "written"):
        return function.written()
    try:
        source = textwrap.dedent(inspect.getsource(function))
        names = getattr(function, "__globals__", {})
        return _written(source, getattr(function, "__name__", ""), _values(names))
    except UNREADABLE:
        return None


def written_in(cells: Sequence[str], name: str) -> Written | None:
    """Return the last function of that name in some cells; None if there is none."""
    values: set[str] = set()
    found: tuple[str, ast.FunctionDef] | None = None
    for cell in cells:
        try:
            body = ast.parse(cell).body
        except UNREADABLE:
            continue
        values |= {each for statement in body for each in _given(statement)}
        own = [each for each in body if isinstance(each, ast.FunctionDef) and each.name == name]
        found = (cell, own[-1]) if own else found
    return found and _with_lines(found[1], found[0], values)


def _given(statement: ast.stmt) -> set[str]:
    """The names to which a statement of a cell gives a value, but for functions, classes and imports."""
    names = (each for each in within(statement) if isinstance(each, ast.Name))
    return {each.id for each in names if isinstance(each.ctx, ast.Store)}


def _values(names: dict[str, Any]) -> frozenset[str]:
    return frozenset(
        name for name, each in names.items() if not (callable(each) or isinstance(each, ModuleType))
    )


def _written(source: str, name: str, values: Set[str]) -> Written | None:
    own = [each for each in ast.parse(source).body if isinstance(each, ast.FunctionDef) and each.name == name]
    return _with_lines(own[-1], source, values) if own else None


def _with_lines(node: ast.FunctionDef, source: str, values: Set[str]) -> Written:
    lines = source.splitlines()[node.lineno - 1 : node.end_lineno]
    return Written(node, tuple(lines), frozenset(values))
