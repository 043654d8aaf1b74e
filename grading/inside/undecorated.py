"""Definitions without what an import that failed has left undefined: their annotations and decorators.

`def f(counts: torch.Tensor)` and `@numba.njit` need a package only to be defined, not to be right.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Set
from typing import Any

BARED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign


def without(statement: ast.stmt, error: BaseException, names: Set[str]) -> tuple[ast.stmt, str]:
    """Return a definition without what uses these names, and the one that it failed for; "" if none of them.

    names: what imports that failed would have bound, and nothing else has.
    """
    lacked = error.name if type(error) is NameError and type(error.name) is str else ""
    if lacked not in names or not isinstance(statement, BARED):
        return statement, ""
    return _Stripped(names).visit(copy.deepcopy(statement)), lacked


def imported(statement: ast.stmt) -> set[str]:
    """Return the names that a statement, or what stands in it, imports."""
    found = (each for each in ast.walk(statement) if isinstance(each, ast.Import | ast.ImportFrom))
    return {name.asname or name.name.split(".")[0] for each in found for name in each.names}


class _Stripped(ast.NodeTransformer):
    """Takes annotations and decorators out that use one of these names."""

    def __init__(self, names: Set[str]) -> None:
        self.names = names

    def visit(self, node: ast.AST) -> Any:
        for key in ("annotation", "returns"):
            if self._uses(getattr(node, key, None)):
                setattr(node, key, ast.Constant(None) if isinstance(node, ast.AnnAssign) else None)
        if hasattr(node, "decorator_list"):
            node.decorator_list = [each for each in node.decorator_list if not self._uses(each)]
        return ast.fix_missing_locations(self.generic_visit(node))

    def _uses(self, part: ast.AST | None) -> bool:
        return part is not None and any(
            isinstance(each, ast.Name) and each.id in self.names for each in ast.walk(part)
        )
