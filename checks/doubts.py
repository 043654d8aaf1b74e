"""Finders that look at the code for something that may be the reason: asked if nothing more certain is found.

Each finder's hint says what is true of the code, and asks whether the student meant it. If the answers agree
with a hint, its finder is asked earlier.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator

import numpy as np

from checks.compare import as_parts
from checks.faults import Kind
from checks.finders import Finder, Stage, registrar
from checks.looking import Look
from checks.raised import own_line
from checks.texts import say
from checks.written import Written, names_in

DOUBTS: list[Finder] = []
early, likely, finder = (registrar(DOUBTS, stage) for stage in (Stage.CODE, Stage.LIKELY, Stage.DOUBT))
SIZES = {"zeros", "ones", "empty", "full", "eye", "identity", "reshape", "range", "arange"}
FILLED = {"zeros", "ones", "empty"}
WHOLE = {"int", "np.int64", "np.int32", "np.int_", "'int'", "np.uint8"}
FIXED = range(2, 21)  # numbers that may be meant as sizes: 0 and 1 are not, and 100 may be a count of rounds


@early("a number in place of a size")
def _(look: Look) -> str | None:
    """Your function has a fixed number where a size belongs. It works only for inputs of that size, and
    this input has a different size.

    A function is called with inputs of many sizes. Ask the input for its size: `len(x)` is the number of
    rows. For a table, `x.shape[1]` is the number of columns.

    `np.zeros((3, 2))` has room for three rows of two columns. For five rows it is too small.
    `np.zeros(x.shape)` always has the same shape as x.
    """
    written = look.outcome.written
    if written is None or not _is_of_size(look):
        return None
    args = (_plain(value) for value in look.outcome.case.args.values())
    sizes = {n for value in (*args, *look.rights) for n in np.shape(value)}
    fixed = (each for each in _fixed_sizes(written) if each.value not in sizes)
    return next((written.at(each) for each in fixed), None)


def _is_of_size(look: Look) -> bool:
    """Tell whether a size is wrong: the error or the answer shows it."""
    wrong = look.fault.kind in (Kind.SHAPE, Kind.LENGTH)
    of_numbers = isinstance(look.error, np.linalg.LinAlgError)
    return wrong or (isinstance(look.error, IndexError | ValueError) and not of_numbers)


@likely("a variable of the notebook in place of an argument")
def outside_for_argument(look: Look) -> str | None:
    """Your function uses a variable of the notebook, and it never uses one of its own arguments. So changing
    this argument changes nothing.

    The data of a function should come from its arguments. A variable of the notebook has its value only
    because a cell has set it. When the function is checked, its arguments have other values.

    With `a = 3` in a cell, `def double(x): return 2 * a` always gives 6. With `return 2 * x` the function
    doubles its argument.
    """
    written = look.outcome.written
    if written is None or not (unused := _unused(written)):
        return None
    outside = _outside(written)
    if not outside:
        return None
    return say("it uses `{outside}`, and never its argument `{unused}`", outside=outside[0], unused=unused[0])


def _stopped_there(look: Look) -> str | None:
    """Return the same hint if the line that stopped uses that variable: its error's message would mislead."""
    written = look.outcome.written
    line = _line_that_stopped(look, written) if written and look.error else ""
    is_there = written and any(re.search(rf"\b{each}\b", line) for each in _outside(written))
    return outside_for_argument(look) if is_there else None


def _line_that_stopped(look: Look, written: Written) -> str:
    number = own_line(look.error, look.outcome.function)  # 0 for a function in another process
    here = 0 < number <= len(written.lines)
    return written.lines[number - 1] if here else look.outcome.place_of(look.error).line


STOPPED = dataclasses.replace(DOUBTS[-1], find=_stopped_there, stage=Stage.CODE)


@finder("an argument that is never used")
def _(look: Look) -> str | None:
    """Your function never uses one of its arguments. Does the formula need it?

    Most arguments are in the formula. The exercise's text says which symbol is which argument. Find which of
    your lines should use it.

    `def mean(total, count): return total / 10` never uses `count`. So the function is right for ten things
    only, and wrong for nine. `return total / count` is right for any number of things.
    """
    written = look.outcome.written
    unused = _unused(written) if written else []
    return f"`{unused[0]}`" if unused else None


@likely("an array of whole numbers")
def _(look: Look) -> str | None:
    """Your function makes an array of whole numbers (`int`), and the right answer has fractions. A number
    that you write into such an array loses its fraction.

    An array keeps its type. Without `dtype=int`, `np.zeros` makes an array that can hold fractions, and your
    numbers keep theirs.

    After `a = np.zeros(2, dtype=int)` and `a[0] = 0.75` the first entry is 0. With `np.zeros(2)` it is 0.75.
    """
    written = look.outcome.written
    parts = as_parts(look.outcome.case.answers[0], look.outcome.case.returns).values()
    if written is None or not all((np.asarray(part) % 1).any() for part in parts):
        return None
    return next((written.at(each) for each in ast.walk(written.node) if _makes_whole(each)), None)


def _makes_whole(node: ast.AST) -> bool:
    """Tell whether a call makes an array of whole numbers that is filled later."""
    if not isinstance(node, ast.Call) or _called(node) not in FILLED:
        return False
    types = [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "dtype")]
    return any(ast.unparse(each) in WHOLE for each in types)


@likely("a draw at random")
def _(look: Look) -> str | None:
    """Your function makes random numbers. The right answer is not random: for the same input it is always the
    same.

    Find the line that makes a random number. What should be there instead? If the function has to choose
    something, it must always choose the same for the same input.

    `np.random.rand()` is another number in each call. So a function that uses it gives another result in each
    call, and only sometimes the right one.
    """
    nodes = ast.walk(look.outcome.written.node) if look.outcome.written else ()
    return next((look.outcome.written.at(each) for each in nodes if _draws(each)), None)


def _draws(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("random", "default_rng")


@likely("a loop takes the name of an argument")
def _(look: Look) -> str | None:
    """The variable of your loop has the same name as an argument. So it replaces the argument's value.

    `for name in ...` gives the name a new value in each round. If an argument has the same name, its value is
    lost.

    In `def f(x, rows)`, after `for x in rows:` the name `x` is the last row, and no longer the argument. `for
    row in rows:` does not change x.
    """
    written = look.outcome.written
    loops = written.loops if written else []
    taken = (each for each in loops if isinstance(each, ast.For) and _is_taken(each, written))
    return next((written.at(each) for each in taken), None)


@finder("a variable of the notebook")
def _(look: Look) -> str | None:
    """Your function uses a variable of the notebook. The check calls the function with other data, and this
    variable keeps its value. Does the function need it?

    A function should take all its data from its arguments, because it is called with other inputs than those
    of the notebook. If a value is not among the arguments, the right answer does not use it.

    With `a = 3` in a cell, `def double(x): return 2 * x + a - 3` is right by chance. After `a = 4` in the
    same cell it is wrong.
    """
    written = look.outcome.written
    outside = _outside(written) if written else []
    return f"`{outside[0]}`" if outside else None


def _is_taken(loop: ast.For, written: Written) -> bool:
    own = names_in(loop.target, ast.Store) & set(written.arguments)
    return bool(own - names_in(loop.iter))


def _unused(written: Written) -> list[str]:
    return [each for each in written.arguments if each not in written.read and not each.startswith("_")]


def _outside(written: Written) -> list[str]:
    """Return the variables of the notebook that the function reads, sorted."""
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
