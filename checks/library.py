"""Hints on functions of libraries that do not do what their name suggests, where the answer agrees."""

from __future__ import annotations

import ast

from checks.finders import SILENT, Finder, Silence, Stage, registrar
from checks.looking import Look
from checks.relations import scaled, when

LIBRARY: list[Finder] = []
finder = registrar(LIBRARY, Stage.RELATION)


@finder("`np.cov` divides by another number")
def _(look: Look) -> str | Silence | None:
    """You use `np.cov`. Each of your matrices is the right one times a number: `np.cov` divides by N - 1,
    or with `aweights` by less than their sum, and the formula divides by another number.

    With `ddof=0`, `np.cov` divides by the number of values. With `ddof=0` and `aweights`, it divides by
    the sum of the weights. Without `ddof=0`, it divides by a smaller number.

    For the numbers -1 and 1, `np.cov` gives 2, and `np.cov(..., ddof=0)` gives 1.
    """
    nodes = ast.walk(look.outcome.written.node) if look.outcome.written else ()
    line = next((look.outcome.written.at(each) for each in nodes if _is_cov(each)), None)
    if line is None or any(right.size == 1 for _, right in look.pairs):
        return line and SILENT
    each = when(look, lambda mine, right: scaled(mine, right, tuple(range(1, mine.ndim)) or None))
    return line if each else None


def _is_cov(node: ast.AST) -> bool:
    """Whether it calls `np.cov` and does not choose the divisor."""
    if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "cov":
        return False
    return not {"ddof", "bias"} & {each.arg for each in node.keywords}
