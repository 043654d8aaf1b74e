"""Which cells of a notebook its tests need, and how long each cell may run.

A cell is needed if it binds a name that a test reads, or that a needed cell reads. All other cells only show
something: no mark depends on them.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from grading.box.limits import Limits
from grading.repair.names import UNREAD, read_in
from grading.scorer.testcell import Test

BRIEFLY = 5.0  # seconds that a cell may run when there is little time left


class Use(NamedTuple):
    """The names of the notebook that a cell binds or changes, and the names that it reads."""

    bound: Set[str]
    read: Set[str]


def needed(cells: Sequence[str | Test]) -> frozenset[int]:
    """Return the places of the cells that tests need. A cell that cannot be parsed counts as needed."""
    uses = [_use(cell.source if isinstance(cell, Test) else cell) for cell in cells]
    found = {at for at, (cell, use) in enumerate(zip(cells, uses)) if isinstance(cell, Test) or not use}
    wanted: set[str] = set()
    while True:
        wanted = wanted.union(*(use.read for at in found if (use := uses[at])))
        more = {at for at, use in enumerate(uses) if use and use.bound & wanted} - found
        if not more:
            return frozenset(found)
        found |= more


def cell_seconds(limits: Limits, left: float, is_needed: Callable[[], bool]) -> float:
    """Return how many seconds a cell may run; 0 if it is left out.

    left: the seconds that are left of the notebook's time; below 0 if more was used. When half of the time
    is used, cells that only show something run briefly. When all is used, they are left out. Cells that
    tests need then run briefly: most of them only define something.
    """
    most, brief = limits.cell_seconds, min(limits.cell_seconds, BRIEFLY)
    if left >= limits.notebook_seconds / 2:
        return most
    if left > 0:
        return min(most if is_needed() else brief, max(left, 1.0))
    return brief if left > -limits.notebook_seconds and is_needed() else 0.0


def _use(source: str) -> Use | None:
    """Return the names that a cell uses; None if they cannot be known, as in a cell with magics."""
    try:
        table, tree = symtable.symtable(source, "cell", "exec"), ast.parse(source)
    except UNREAD:
        return None
    if any(isinstance(node, ast.alias) and node.name == "*" for node in ast.walk(tree)):
        return None
    return Use({*_bound(table), *_changed(tree)}, set(read_in(table)))


def _bound(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        here = table.get_type() == "module" or symbol.is_declared_global()
        if here and (symbol.is_assigned() or symbol.is_imported()):
            yield symbol.get_name()
    for inner in table.get_children():
        yield from _bound(inner)


def _changed(tree: ast.AST) -> Iterator[str]:
    """Yield the names of objects that a cell changes: it sets a part, or calls a method for its effect."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield from _base(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _base(node.value.func) if isinstance(node.value.func, ast.Attribute) else ()


def _base(node: ast.AST) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Name):
        yield node.id
