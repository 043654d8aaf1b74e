"""Find loops that overwrite a value where they should add to it: `=` instead of `+=`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from checks.written import Written, names_in, within

ZERO = (0, 0.0)


def overwritten(written: Written) -> Iterator[ast.AST]:
    """Yield assignments in a loop that give a name, or a place, that was 0 a value that depends on the round.

    No line of the loop reads the name. If the assignment is under a condition, the loop must have a `+=` to
    this name as well. Without it, the student may mean to keep the last value that fulfils a condition.
    """
    zeros = _zeros(written)
    for loop in written.loops:
        every = [each for part in loop.body for each in within(part)]
        added = {_base(each.target) for each in every if isinstance(each, ast.AugAssign)}
        always = set(map(id, _in_every_round(loop.body)))
        for node in every:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and _loses(node, loop, every):
                name = _base(node.targets[0])
                if name in zeros and (id(node) in always or name in added):
                    yield node


def _in_every_round(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements that run in every round: they are under no condition."""
    for each in body:
        yield each
        yield from _in_every_round(each.body) if isinstance(each, ast.For) else ()


def _loses(node: ast.Assign, loop: ast.For | ast.While, every: list[ast.AST]) -> bool:
    """Tell whether the next round writes to the same place, and no line of the loop reads it."""
    target = node.targets[0]
    changing = {name for part in loop.body for name in names_in(part, ast.Store)}
    changing |= names_in(loop.target, ast.Store) if isinstance(loop, ast.For) else set()
    moves = _names_in_places(target) & (changing - _counters(every))
    return bool(names_in(node.value) & changing) and not moves and _base(target) not in _read(every)


def _names_in_places(target: ast.expr) -> set[str]:
    """Return the names in the brackets of a target: `k` of `x[k]`."""
    return names_in(target) - {_base(target)}


def _counters(every: list[ast.AST]) -> set[str]:
    """Return the variables of inner loops: they take the same values in the next round of the outer loop."""
    return {name for each in every if isinstance(each, ast.For) for name in names_in(each.target, ast.Store)}


def _read(every: list[ast.AST]) -> set[str]:
    """Return the names that are read, and not only written to in one of their places."""
    stored = [each for each in every if isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store)]
    written = {id(each.value) for each in stored}
    names = (each for each in every if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))
    return {each.id for each in names if id(each) not in written}


def _base(target: ast.expr) -> str:
    """Return the name that a target writes to: `x` of `x[k]`."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""


def _zeros(written: Written) -> set[str]:
    """Return the names that are given 0, or an array of zeros."""
    given = (node for node in written.nodes if isinstance(node, ast.Assign) and _is_zero(node.value))
    return {name for node in given for name in names_in(node, ast.Store)}


def _is_zero(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return value.value in ZERO and not isinstance(value.value, bool)
    made = value.func if isinstance(value, ast.Call) else None
    return isinstance(made, ast.Attribute) and made.attr in ("zeros", "zeros_like")
