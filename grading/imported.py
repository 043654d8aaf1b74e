"""Find the imports of a notebook that some code needs: other imports cost memory and time in each process."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

IMPORTS = ast.Import | ast.ImportFrom


def imports_for(source: str, *users: str) -> str:
    """Return a cell of imports without names that none of the users mentions. Other lines stay.

    Example:
        >>> cell = "import copy, sys\\nfrom math import pi, tau\\nROUND = 2 * pi"
        >>> print(imports_for(cell, "sys.exit(tau)"))
        import sys
        from math import pi, tau
        ROUND = 2 * pi
    """
    body = ast.parse(source).body
    others = [each for each in body if not (isinstance(each, IMPORTS) or is_guarded(each))]
    used = names_in([*users, *map(ast.unparse, others)])
    imports = (each for each in body if isinstance(each, IMPORTS))
    return "\n".join(map(ast.unparse, [*only(imports, used), *others]))


def is_guarded(statement: ast.stmt) -> bool:
    """Tell whether it tries an import, and only raises another error if that fails: nobody needs this.

    If it imports another package instead of a missing one, it is needed.
    """
    return (
        isinstance(statement, ast.Try)
        and all(isinstance(each, IMPORTS) for each in statement.body)
        and all(isinstance(each, ast.Raise) for handler in statement.handlers for each in handler.body)
        and not (statement.orelse or statement.finalbody)
    )


def names_in(sources: Iterable[str]) -> set[str]:
    """Return all names that the sources mention."""
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    return {node.id for node in nodes if isinstance(node, ast.Name)}


def only(
    imports: Iterable[ast.Import | ast.ImportFrom], used: set[str]
) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports, with only those names that are used."""
    for each in imports:
        if names := [name for name in each.names if (name.asname or name.name.split(".")[0]) in used]:
            if isinstance(each, ast.Import):
                yield ast.Import(names)
            else:
                yield ast.ImportFrom(each.module, names, each.level)
