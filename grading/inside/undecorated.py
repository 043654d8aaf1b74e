"""Definitions without the annotations and decorators that use a name which a failed import left undefined.

`def f(counts: torch.Tensor)` and `@numba.njit` need a package only for the definition. The function can be
correct without the package.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Set
from typing import Any

BARED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign


def without(statement: ast.stmt, error: BaseException, names: Set[str]) -> tuple[ast.stmt, str]:
    """Return a definition without the parts that use these names, and the name that made it fail.

    The name is "" if it is not one of them. names: names that failed imports would have bound, and that
    nothing else has bound.
    """
    lacked = error.name if type(error) is NameError and type(error.name) is str else ""
    if lacked not in names or not isinstance(statement, BARED):
        return statement, ""
    return _Stripped(names).visit(copy.deepcopy(statement)), lacked


def imported(statement: ast.stmt) -> set[str]:
    """Return the names that a statement imports, or a statement within it."""
    found = (each for each in ast.walk(statement) if isinstance(each, ast.Import | ast.ImportFrom))
    return {name.asname or name.name.split(".")[0] for each in found for name in each.names}


class _Stripped(ast.NodeTransformer):
    """A transformer that removes the annotations and decorators that use one of these names."""

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
