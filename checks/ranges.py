"""Hints about loops over indices that leave out the first index or the last."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from checks.finders import Finder, Stage, registrar
from checks.looking import Look
from checks.written import Written, names_in

RANGES: list[Finder] = []
finder = registrar(RANGES, Stage.FORM)


@finder("the first and the last are left out")
def _(look: Look) -> str | None:
    """Your loop begins with 1 and ends one round early. So it uses neither the first index nor the last.

    `range(n)` gives 0, 1, ..., n - 1. `range(1, n - 1)` leaves out the 0 and the n - 1. Perhaps you meant to
    leave out one of them. Is the other one needed?

    Of four rows, `for k in range(1, 4 - 1)` uses the rows 1 and 2. `range(1, 4)` uses 1, 2 and 3, and
    `range(4)` uses all.
    """
    return _first_range(look, lambda call: _starts_at_one(call) and _ends_early(call), ast.Sub, 0)


@finder("the first is left out")
def _(look: Look) -> str | None:
    """Your loop begins with 1, and Python counts from 0. So the loop never uses index 0.

    `range(n)` gives 0, 1, ..., n - 1: these are n numbers. `range(1, n)` leaves out the 0, and has one
    number fewer.

    Of three rows, `for k in range(1, 3)` uses the rows 1 and 2. Row 0 is not changed. `range(3)` uses
    all three.
    """
    return _first_range(look, _starts_at_one, ast.Sub, 0)


@finder("the last is left out")
def _(look: Look) -> str | None:
    """Your loop ends one round too early. So the loop never uses the last index.

    `range(n)` ends at n - 1. Python counts from 0, so the last of n things has the index n - 1.
    `range(n - 1)` leaves it out.

    Of three rows, `for k in range(3 - 1)` uses the rows 0 and 1. Row 2 is not changed. `range(3)` uses
    all three.
    """
    written = look.outcome.written
    if written and _appends_later(written):  # the last entry may be appended after the loop
        return None
    return _first_range(look, _ends_early, ast.Add, -1)


def _first_range(
    look: Look, is_short: Callable[[ast.Call], bool], step: type[ast.operator], seen: int
) -> str | None:
    """Return the line of a loop over indices that leaves one out, unless the code shows that this is meant.

    It is meant if each round looks at the next or the last index, or if the index that is left out is used
    separately. step: the operator for the next or the last index. seen: the index that is used separately.
    """
    written = look.outcome.written
    if written is None or look.error is not None or _looks_at(written, seen):
        return None
    for names, over, body in _rounds(written):
        indices = [each for part in body for each in _indices(part) if names & names_in(each)]
        if is_short(over) and indices and not any(_is_moved(each, step) for each in indices):
            return written.at(over)
    return None


Round = tuple[set[str], ast.Call, list[ast.AST]]


def _rounds(written: Written) -> Iterator[Round]:
    """Yield the loops over a `range`: the names of a round, the range, and the code of a round."""
    for node in ast.walk(written.node):
        if isinstance(node, ast.For) and _is_range(node.iter):
            yield names_in(node.target, ast.Store), node.iter, [*node.body]
        for each in getattr(node, "generators", ()):
            if _is_range(each.iter):
                yield names_in(each.target, ast.Store), each.iter, [node]


def _is_range(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range"


def _indices(node: ast.AST) -> Iterator[ast.expr]:
    return (each.slice for each in ast.walk(node) if isinstance(each, ast.Subscript))


def _looks_at(written: Written, place: int) -> bool:
    """Tell whether it uses an index separately, such as `x[0]`, `x[:, 0]`, or `x[best]` after `best = 0`."""
    slices = _indices(written.node)
    parts = (each.elts if isinstance(each, ast.Tuple) else [each] for each in slices)
    indices = [ast.unparse(each) for part in parts for each in part]
    given = (node for node in written.nodes if isinstance(node, ast.Assign))
    names = {
        name for node in given if ast.unparse(node.value) == str(place) for name in names_in(node, ast.Store)
    }
    return str(place) in indices or bool(names & set(indices))


def _appends_later(written: Written) -> bool:
    """Tell whether the function appends to a list outside every loop."""
    calls = [each for each in written.nodes if getattr(getattr(each, "func", None), "attr", "") == "append"]
    inside = {id(each) for loop in written.loops for each in ast.walk(loop)}
    return any(id(each) not in inside for each in calls)


def _is_moved(index: ast.expr, step: type[ast.operator]) -> bool:
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, step) for each in ast.walk(index))


def _starts_at_one(call: ast.Call) -> bool:
    return len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 1


def _ends_early(call: ast.Call) -> bool:
    last = call.args[min(1, len(call.args) - 1)] if call.args else None
    return isinstance(last, ast.BinOp) and isinstance(last.op, ast.Sub) and ast.unparse(last.right) == "1"
