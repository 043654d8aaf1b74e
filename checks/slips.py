"""Hints from the code itself: lines that cannot be meant as they stand, whatever the exercise is.

Only code whose answer is wrong is looked at, and what a finder here claims is true of it. Lines that only
might be the reason are in `checks/doubts.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from checks.finders import Finder, Stage, registrar
from checks.looking import Look
from checks.written import Written, names_in, within

SLIPS: list[Finder] = []
finder = registrar(SLIPS, Stage.CODE)

# Methods of lists and arrays that change them, and return None.
IN_PLACE = {"append", "extend", "insert", "sort", "reverse", "fill"}
# Methods that change nothing: a line that only calls one does nothing.
PURE = {
    *("sum", "mean", "dot", "reshape", "transpose", "astype", "copy", "flatten", "ravel", "max", "min"),
    *("argmax", "argmin", "argsort", "round", "clip", "cumsum", "prod", "std", "var", "squeeze"),
}
# Functions of NumPy that act on their arguments, or on the screen or the disk.
ACTING = {
    *("copyto", "put", "place", "putmask", "fill_diagonal", "put_along_axis", "seterr", "set_printoptions"),
    *("save", "savez", "savetxt", "errstate", "shuffle", "seed", "disp", "info"),
}
ZERO = (0, 0.0)


def _runs(look: Look) -> bool:
    """Whether the call came to its end: what stopped it says more."""
    return look.error is None


def _first(look: Look, slips: Callable[[Written], Iterator[ast.AST]], stopped: bool = False) -> str | None:
    """Say where the first slip is, if there is one. stopped: also where an error has stopped the call."""
    written = look.outcome.written
    if written is None or not (stopped or _runs(look)):
        return None
    return next((written.at(node) for node in slips(written)), None)


@finder("`return` inside the loop")
def _(look: Look) -> str | None:
    """Your `return` stands inside the loop, and nothing lets the loop go on. So the function ends in the
    first round, and all other rounds are never run.

    A `return` ends the whole function. If it is to come after the last round, it must stand after the
    loop: at the same distance from the left margin as the word `for` or `while`.

    `for x in (1, 2, 3):`, `total += x`, and `return total` one step further right gives 1. With `return
    total` as far to the left as `for`, it gives 6.
    """
    return _first(look, lambda written: _unconditional(written, ast.Return))


@finder("`break` in every round")
def _(look: Look) -> str | None:
    """Your `break` stands in the loop itself and not inside an `if`. So the loop always ends in its first
    round.

    A `break` ends the loop at once. It usually belongs to a condition: then it stands one more step to the
    right, inside the `if`.

    `for x in (1, 5, 9):`, `if x > 4:`, `print(x)`, and then `break` at the same distance as `if` ends
    with 1. At the same distance as `print(x)`, it ends with 5.
    """
    return _first(look, lambda written: _unconditional(written, ast.Break))


def _unconditional(written: Written, kind: type[ast.stmt]) -> Iterator[ast.AST]:
    """A statement that leaves a loop in the first round, if nothing before it can start the next one."""
    for loop in written.loops:
        for place, statement in enumerate(loop.body):
            before = (node for each in loop.body[:place] for node in within(each))
            if isinstance(statement, kind) and not any(isinstance(node, ast.Continue) for node in before):
                yield statement


@finder("a list that becomes None")
def _(look: Look) -> str | None:
    """You give a name, or the caller, what a method such as `append` or `sort` returns. It returns None.

    `append`, `extend`, `insert`, `sort`, `reverse` and `fill` change the list or array itself. They give
    nothing back. So call them on a line of their own.

    After `x = [3, 1]` the line `x = x.append(2)` makes x None. The line `x.append(2)` makes it [3, 1, 2].
    `sorted(x)` gives a new list, and `x.sort()` sorts x itself.
    """
    return _first(look, _none_from_method, stopped=True)


def _none_from_method(written: Written) -> Iterator[ast.AST]:
    for node in written.nodes:
        if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Call):
            method = node.value.func
            if isinstance(method, ast.Attribute) and method.attr in IN_PLACE:
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
    """One of your lines computes something, and no name is given to the result. So it is lost.

    An operation or a function makes a new value, and leaves the old one as it was. Only `name = ...`, or
    `+=`, `/=` and their like, give the name another value.

    After `x = np.array([1, 3])` the line `x / x.sum()` changes nothing: x is still (1, 3). The line `x = x /
    x.sum()` makes it (1/4, 3/4).
    """
    return _first(
        look, lambda written: (each for each in _dropped(written) if not isinstance(each, ast.Compare))
    )


def _dropped(written: Written) -> Iterator[ast.expr]:
    """Expressions on lines of their own that have no effect."""
    for node in written.nodes:
        if isinstance(node, ast.Expr) and _has_no_effect(node.value):
            yield node.value


def _has_no_effect(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp | ast.Compare | ast.UnaryOp):
        return True
    if not isinstance(value, ast.Call) or any(each.arg == "out" for each in value.keywords):
        return False
    function = value.func
    if not isinstance(function, ast.Attribute):
        return False
    if isinstance(function.value, ast.Name) and function.value.id in ("np", "numpy"):
        return function.attr not in ACTING
    return function.attr in PURE


@finder("only the last round counts")
def _(look: Look) -> str | None:
    """A name is 0 before the loop, and each round gives it a new value with `=`. So only the last round
    counts.

    To add up over all rounds, write `+=`: it adds to what the name has. `=` forgets what was there.

    `total = 0`, then `for x in (1, 2, 3): total = x` gives 3. With `total += x` it gives 6.
    """
    return _first(look, _overwritten)


def _overwritten(written: Written) -> Iterator[ast.AST]:
    """Where a loop gives a name that was 0 something that depends on the round, and never reads it."""
    zero = {
        name
        for node in written.nodes
        if isinstance(node, ast.Assign) and _is_zero(node.value)
        for name in names_in(node, ast.Store)
    }
    for loop in written.loops:
        rounds = names_in(loop.target, ast.Store) if isinstance(loop, ast.For) else set()
        used = set().union(*(names_in(each) for each in loop.body))
        for node in loop.body:
            if (
                isinstance(node, ast.Assign)
                and len(node.targets) == 1
                and isinstance(node.targets[0], ast.Name)
            ):
                name = node.targets[0].id
                if name in zero - used and names_in(node.value) & rounds:
                    yield node


def _is_zero(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return value.value in ZERO and not isinstance(value.value, bool)
    made = value.func if isinstance(value, ast.Call) else None
    return isinstance(made, ast.Attribute) and made.attr in ("zeros", "zeros_like")
