"""The syntax tree of a function that a student wrote. It is read, only for hints, and never run."""

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
    """A function in the form that its cell has.

    node: the syntax tree. lines: the lines of its text. values: names to which the notebook gives a value
    that is neither a function nor a module.
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
        """All nodes of its body, except for those inside functions and classes in it."""
        return [each for statement in self.node.body for each in within(statement)]

    @property
    def loops(self) -> list[ast.For | ast.While]:
        return [each for each in self.nodes if isinstance(each, LOOPS)]

    def loop_at(self, number: int) -> ast.For | ast.While | None:
        """Return the innermost `while` around a line (from 1); if there is no `while`, the innermost loop."""
        line = number + self.node.lineno - 1
        around = [each for each in self.loops if each.lineno <= line <= (each.end_lineno or each.lineno)]
        return next(reversed([each for each in around if isinstance(each, ast.While)] or around), None)

    @property
    def read(self) -> set[str]:
        """The names whose values are used anywhere in the function, also inside functions in it."""
        return names_in(ast.Module(self.node.body, []))

    def at(self, node: ast.AST) -> str:
        """Say at which line a node is, and quote the line."""
        number = node.lineno - self.node.lineno + 1
        line = self.lines[number - 1].strip() if number <= len(self.lines) else ast.unparse(node)
        short = line if len(line) <= LONGEST else f"{line[:LONGEST]} …"
        return say("line {number} of `{name}`: `{line}`", number=number, name=self.node.name, line=short)


def within(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all nodes below it, except for those inside functions and classes."""
    yield node
    if not isinstance(node, OWN_WORLD):
        for child in ast.iter_child_nodes(node):
            yield from within(child)


def names_in(node: ast.AST, kind: type[ast.expr_context] = ast.Load) -> set[str]:
    """Return the names that are used in a node; with `ast.Store`, the names that are given a value."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, kind)}


@functools.lru_cache(maxsize=4)
def written_of(function: Callable[..., Any]) -> Written | None:
    """Return the text and tree of a function; None if it cannot be read.

    A function in another process has its own `written`.
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
    """Return the last function of that name in some cells; None if no cell defines it."""
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
    """Return the names to which a statement gives a value, except for functions, classes and imports."""
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
