"""Hints from the code that only might be the reason: asked when nothing surer has been found.

Each says what is true of the code, and asks whether it is meant. Those that the answers agree with are asked
earlier.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import numpy as np

from checks.faults import Kind
from checks.finders import Finder, Stage, registrar
from checks.looking import Look
from checks.written import Written, names_in

DOUBTS: list[Finder] = []
early, end, likely, finder = (
    registrar(DOUBTS, stage) for stage in (Stage.CODE, Stage.FORM, Stage.LIKELY, Stage.DOUBT)
)
SIZES = {"zeros", "ones", "empty", "full", "eye", "identity", "reshape", "range", "arange"}
FIXED = range(2, 21)  # numbers that may be meant as a size: 0 and 1 are not, and 100 may be a count of rounds


@early("a number in place of a size")
def _(look: Look) -> str | None:
    """Your function has a fixed number where a size belongs. It works only for inputs of that size, and this
    input has a different size.

    A function is called with inputs of many sizes. Ask the input for its size: `len(x)` is the number of
    rows. For a table, `x.shape[1]` is the number of columns.

    `np.zeros((3, 2))` has room for three rows of two columns. For five rows it is too small.
    `np.zeros(x.shape)` always has the same shape as x.
    """
    written = look.outcome.written
    if written is None or not _is_of_size(look):
        return None
    sizes = {n for value in look.outcome.case.args.values() for n in np.shape(_plain(value))}
    fixed = (each for each in _fixed_sizes(written) if each.value not in sizes)
    return next((written.at(each) for each in fixed), None)


def _is_of_size(look: Look) -> bool:
    """Whether it is a size that is wrong, as an error or the answer says."""
    wrong = look.fault.kind in (Kind.SHAPE, Kind.LENGTH)
    of_numbers = isinstance(look.error, np.linalg.LinAlgError)
    return wrong or (isinstance(look.error, IndexError | ValueError) and not of_numbers)


@end("the first is left out")
def _(look: Look) -> str | None:
    """Your loop begins with 1, and Python counts from 0. So the loop never uses index 0.

    `range(n)` gives 0, 1, ..., n - 1: these are n numbers. `range(1, n)` leaves out the 0, and has one
    number fewer.

    Of three rows, `for k in range(1, 3)` uses the rows 1 and 2. Row 0 is not changed. `range(3)` uses
    all three.
    """
    return _first_range(look, _starts_at_one, ast.Sub, 0)


@end("the last is left out")
def _(look: Look) -> str | None:
    """Your loop ends one round too early. So the loop never uses the last index.

    `range(n)` ends at n - 1. Python counts from 0, so the last of n things has the index n - 1.
    `range(n - 1)` leaves it out.

    Of three rows, `for k in range(3 - 1)` uses the rows 0 and 1. Row 2 is not changed. `range(3)` uses
    all three.
    """
    return _first_range(look, _ends_early, ast.Add, -1)


def _first_range(
    look: Look, is_short: Callable[[ast.Call], bool], step: type[ast.operator], seen: int
) -> str | None:
    """Say where a loop over places leaves one out. step, seen: what code has that means to do so.

    Such code looks at the next or the last place in each round, or at the place that is left out by itself.
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
    """The loops over a `range`: the names of a round, the range, and what is done in a round."""
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
    """Whether it looks at a place by itself, such as `x[0]`."""
    return any(ast.unparse(each) == str(place) for each in _indices(written.node))


def _is_moved(index: ast.expr, step: type[ast.operator]) -> bool:
    return any(isinstance(each, ast.BinOp) and isinstance(each.op, step) for each in ast.walk(index))


def _starts_at_one(call: ast.Call) -> bool:
    return len(call.args) > 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == 1


def _ends_early(call: ast.Call) -> bool:
    last = call.args[min(1, len(call.args) - 1)] if call.args else None
    return isinstance(last, ast.BinOp) and isinstance(last.op, ast.Sub) and ast.unparse(last.right) == "1"


@likely("a variable of the notebook in place of an argument")
def _(look: Look) -> str | None:
    """Your function uses a variable of the notebook, and it never uses one of its own arguments. So changing
    this argument changes nothing.

    The data of a function should come from its arguments. A variable from outside has its value only
    because some cell has set it. When the function is checked, its arguments have other values.

    With `a = 3` in a cell, `def double(x): return 2 * a` always gives 6. `return 2 * x` doubles what it is
    given.
    """
    written = look.outcome.written
    if written is None or not (unused := _unused(written)):
        return None
    outside = _outside(written)
    return f"it uses `{outside[0]}`, and never its argument `{unused[0]}`" if outside else None


@finder("an argument that is never used")
def _(look: Look) -> str | None:
    """Your function never uses one of its arguments. Does the formula need it?

    Most arguments are in the formula. The exercise's text says which symbol is which argument. Find
    which of your lines should use it.

    `def mean(total, count): return total / 10` never uses `count`. So it is right for ten things only, and
    wrong for nine. `return total / count` is right for any number of things.
    """
    written = look.outcome.written
    unused = _unused(written) if written else []
    return f"`{unused[0]}`" if unused else None


@likely("a loop takes the name of an argument")
def _(look: Look) -> str | None:
    """The variable of your loop has the same name as an argument. So it replaces the argument's value.

    `for name in ...` gives the name a new value in each round. If an argument has the same name, its
    value is lost.

    In `def f(x, rows)`, after `for x in rows:` the name `x` is the last row, and no longer what was given.
    `for row in rows:` does not change x.
    """
    written = look.outcome.written
    loops = written.loops if written else []
    taken = (each for each in loops if isinstance(each, ast.For) and _is_taken(each, written))
    return next((written.at(each) for each in taken), None)


def _is_taken(loop: ast.For, written: Written) -> bool:
    own = names_in(loop.target, ast.Store) & set(written.arguments)
    return bool(own - names_in(loop.iter))


def _unused(written: Written) -> list[str]:
    return [each for each in written.arguments if each not in written.read and not each.startswith("_")]


def _outside(written: Written) -> list[str]:
    """Variables of the notebook that it reads, in order."""
    made = names_in(ast.Module(written.node.body, []), ast.Store)
    return sorted((written.read & written.values) - made - set(written.arguments))


def _plain(value: object) -> object:
    try:
        return np.asarray(value)
    except ValueError:  # rows of different lengths
        return ()


def _fixed_sizes(written: Written) -> Iterator[ast.Constant]:
    for node in ast.walk(written.node):
        if isinstance(node, ast.Call) and _called(node) in SIZES:
            for each in node.args[:2]:
                for part in ast.walk(each) if isinstance(each, ast.Tuple | ast.Constant) else ():
                    if isinstance(part, ast.Constant) and type(part.value) is int and part.value in FIXED:
                        yield part


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
