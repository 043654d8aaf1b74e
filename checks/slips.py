"""Hints from the code itself: lines that nobody can have meant, in any exercise.

These finders look only at code whose answer is wrong, and what they say is true of the code. Finders for
lines that may or may not be the reason are in `checks/doubts.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from checks.finders import Finder, Stage, registrar
from checks.looking import Look
from checks.overwritten import overwritten
from checks.written import Written, within

SLIPS: list[Finder] = []
finder = registrar(SLIPS, Stage.CODE)

# Methods of lists and arrays that change them, and return None.
IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "fill"}
# Methods that change nothing: a line that only calls such a method does nothing.
PURE = {
    *("sum", "mean", "dot", "reshape", "transpose", "astype", "copy", "flatten", "ravel", "max", "min"),
    *("argmax", "argmin", "argsort", "round", "clip", "cumsum", "prod", "std", "var", "squeeze"),
}
# Functions of NumPy that act on their arguments, or on the screen or the disk.
ACTING = {
    *("copyto", "put", "place", "putmask", "fill_diagonal", "put_along_axis", "seterr", "set_printoptions"),
    *("save", "savez", "savetxt", "errstate", "shuffle", "seed", "disp", "info"),
}


def _runs(look: Look) -> bool:
    """Tell whether the call ended without an error: an error tells more than the code."""
    return look.error is None


def _first(look: Look, slips: Callable[[Written], Iterator[ast.AST]], stopped: bool = False) -> str | None:
    """Return the place of the first slip, if any. stopped: look in calls that an error stopped as well."""
    written = look.outcome.written
    if written is None or not (stopped or _runs(look)):
        return None
    return next((written.at(node) for node in slips(written)), None)


@finder("`return` inside the loop")
def _(look: Look) -> str | None:
    """Your `return` is inside the loop, and it runs in the first round. So the function ends there, and all
    other rounds are never run.

    A `return` ends the whole function. If the function should return after the last round, indent the
    `return` like the word `for` or `while`, and not like the lines inside the loop.

    After `total = 0`, take `for x in (1, 2, 3):` with `total += x` in it. With `return total` indented like
    `total += x`, the function gives 1. With `return total` indented like `for`, it gives 6.
    """
    return _first(look, lambda written: _unconditional(written, ast.Return))


@finder("`break` in every round")
def _(look: Look) -> str | None:
    """Your `break` is in the loop itself and not inside an `if`. So the loop always ends in its first round.

    A `break` ends the loop at once. It usually needs a condition: put it inside the `if`, indented one more
    level.

    Take the loop `for x in (1, 5, 9):` with `if x > 4:` in it, and `print(x)` inside the `if`. With `break`
    indented like `if`, the loop ends at x = 1, and nothing is printed. With `break` indented like `print(x)`,
    5 is printed, and then the loop ends.
    """
    return _first(look, lambda written: _unconditional(written, ast.Break))


def _unconditional(written: Written, kind: type[ast.stmt]) -> Iterator[ast.AST]:
    """Yield statements that leave a loop in its first round, unless a line before may start the next one."""
    for loop in written.loops:
        for place, statement in enumerate(loop.body):
            before = [node for each in loop.body[:place] for node in within(each)]
            # If there is a `while` inside a loop, the loop around it may be meant to have only one round.
            other = (ast.Continue, ast.While) if kind is ast.Break else ast.Continue
            if isinstance(statement, kind) and not any(isinstance(node, other) for node in before):
                yield statement


@finder("a list that becomes None")
def _(look: Look) -> str | None:
    """One of your lines keeps or returns the result of a method such as `append` or `sort`, as in `x =
    x.append(2)` or `return x.sort()`. The result of these methods is None.

    The methods `append`, `extend`, `insert`, `sort`, `reverse` and `fill` change the list or the array
    itself. Call them on a separate line. `np.append` and `np.sort` are different: they return a new array,
    and do not change the old one.

    If x is [3, 1], the line `x = x.append(2)` makes it None. The line `x.append(2)` alone makes it [3, 1, 2].
    """
    return _first(look, _none_from_method, stopped=True)


def _none_from_method(written: Written) -> Iterator[ast.AST]:
    for node in written.nodes:
        if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Call):
            method = node.value.func
            if isinstance(method, ast.Attribute) and method.attr in IN_PLACE and not _is_numpy(method.value):
                yield node


@finder("`==` where `=` is meant")
def _(look: Look) -> str | None:
    """One of your lines compares two values with `==`, and nothing is done with the answer. Did you mean
    `=`?

    `a = b` gives the name `a` a new value. `a == b` only asks whether the two are equal, and changes
    nothing.

    After `total = 3` the line `total == 5` changes nothing: total is 3. After `total = 5` it is 5.
    """
    return _first(look, lambda written: (each for each in _dropped(written) if isinstance(each, ast.Compare)))


@finder("a result that is computed and not kept")
def _(look: Look) -> str | None:
    """One of your lines computes something, and you give no name to the result. So the result is lost.

    `x / 2` or `np.exp(x)` makes a new value and does not change x. To keep the result, write `x = ...`, or
    give it another name.

    If x is the array [1 3], the line `x / x.sum()` changes nothing: x is still [1 3]. The line `x = x /
    x.sum()` makes it [0.25 0.75].
    """
    return _first(
        look, lambda written: (each for each in _dropped(written) if not isinstance(each, ast.Compare))
    )


def _dropped(written: Written) -> Iterator[ast.expr]:
    """Yield expressions that are whole statements and have no effect."""
    for node in written.nodes:
        if isinstance(node, ast.Expr) and _has_no_effect(node.value):
            yield node.value


def _is_numpy(node: ast.expr) -> bool:
    """Tell whether a node is the module NumPy: `np.sort(x)` returns an array, and `x.sort()` does not."""
    return isinstance(node, ast.Name) and node.id in ("np", "numpy")


def _has_no_effect(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp | ast.Compare | ast.UnaryOp):
        return True
    if not isinstance(value, ast.Call) or any(each.arg == "out" for each in value.keywords):
        return False
    function = value.func
    if not isinstance(function, ast.Attribute):
        return False
    if _is_numpy(function.value):
        return function.attr not in ACTING
    return function.attr in PURE


@finder("`=+` where `+=` is meant")
def _(look: Look) -> str | None:
    """One of your lines has `=+`. Python reads `x =+ y` as `x = +y`, so x becomes y, and nothing is added.

    To add to x, write `+=`. The plus comes first.

    After `x = 3` the line `x =+ 2` makes x 2. The line `x += 2` makes it 5. Python gives no error in either
    case.
    """
    return _first(look, _plus_behind)


def _plus_behind(written: Written) -> Iterator[ast.AST]:
    for node in written.nodes:
        value = node.value if isinstance(node, ast.Assign) else None
        while isinstance(value, ast.BinOp):  # `+a * b` is (+a) * b
            value = value.left
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.UAdd):
            yield node


@finder("only the last round counts")
def _(look: Look) -> str | None:
    """You set a variable or an array to 0 before the loop, and each round gives it a new value with `=`. So
    only the last round counts.

    To add up over all rounds, write `+=`. `+=` adds to the old value, and `=` replaces it.

    After `total = 0`, the loop `for x in (1, 2, 3): total = x` gives 3. With `total += x` it gives 6. Print
    the name in each round: it should grow.
    """
    return _first(look, overwritten)
