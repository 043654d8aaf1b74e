"""Hints on the form of an answer: parts, shapes, lengths, NaN; and for what nothing else explains."""

from __future__ import annotations

import itertools

import numpy as np

from checks.compare import as_numbers, as_parts, find_faults
from checks.faults import Kind
from checks.finders import Finder, Stage, found, registrar
from checks.looking import Look
from checks.sentences import listed
from checks.texts import say

FORM: list[Finder] = []
SIZE: list[Finder] = []
REST: list[Finder] = []
form, size, last = registrar(FORM, Stage.FORM), registrar(SIZE, Stage.SIZE), registrar(REST, Stage.REST)
broad = registrar(SIZE, Stage.BROAD)


@form("the parts of the answer are not as asked")
def _(look: Look) -> str | None:
    """The exercise asks for several results, and they do not come in the form that its docstring gives.
    Compare the names, the number and the order.

    Other code picks the results by their place or by their name. What is called otherwise, or comes in
    another order, cannot be found, however right it is.

    A docstring that says `Return (a, b)` wants `return a, b`, two values in this order. One that says
    "a dictionary with 'a' and 'b'" wants `return {"a": a, "b": b}`.
    """
    return found(look.fault.kind in (Kind.NOT_SEVERAL, Kind.NO_DICTIONARY, Kind.MISSING_KEY))


@form("no numbers")
def _(look: Look) -> str | None:
    """Your answer cannot be read as a table of numbers. Print it, and its type.

    An array wants rows of equal length with a number in each place. A list of arrays of different
    lengths, a text or a dictionary is none.

    `[[1, 2], [3]]` is no table: the second row is too short. `[[1, 2], [3, 4]]` is one. If rows are
    appended in a loop, each must have an entry for every column, also where that entry is 0.
    """
    return found(look.fault.kind is Kind.NOT_NUMBERS)


@form("rows and columns exchanged", everywhere=True)
def _(look: Look) -> str | None:
    """Your numbers are right, but rows and columns are exchanged: the transpose of your table is the answer.

    The docstring gives the shape: its first letter counts the rows, its second the columns. A list that
    is filled by a loop has one row for each round of the loop.

    `np.array([a, b])` of two columns with five numbers is (2, 5). Its transpose `.T` is (5, 2), and so
    is `np.column_stack([a, b])`.
    """
    mine = as_numbers(look.value)
    if mine is None:
        return None
    fits = [right for right in look.rights if right.ndim > 1 and right.shape == mine.T.shape]
    return found(any(np.allclose(mine.T, right, 1e-4, look.tolerance) for right in fits))


@form("the right values in another order", everywhere=True)
def _(look: Look) -> str | None:
    """Your values are right, and you return them in another order than the docstring says.

    Whoever calls the function takes the values by their place: the first name gets the first value. In
    another order each name gets what belongs to another.

    A docstring that says `Return (a, b)` wants `return a, b`. With `first, second = f()` and `return b,
    a` the name `first` holds b.
    """
    case = look.outcome.case
    values = list(as_parts(look.outcome.calls[0].value, case.returns).values())
    if not 1 < len(values) == len(case.returns):
        return None
    orders = itertools.permutations(values)
    return found(
        any(not find_faults(list(each), case.answers, case.tolerance, case.returns) for each in orders)
    )


@broad("too many or too few numbers")
def _(look: Look) -> str | None:
    """Your answer is a row of numbers, as it should be, but has another length.

    Ask what each number belongs to, a row, a column or a group, and how many of these there are. One
    too few is often a range that ends too early. Far too many or few is often another axis.

    `range(n - 1)` leaves out the last, `x[:-1]` too. For a (5, 2) table a result for each row has 5
    numbers, a result for each column 2.
    """
    fault = look.fault
    return _instead(fault.found[0], fault.expected[0]) if fault.kind is Kind.LENGTH else None


@broad("another shape")
def _(look: Look) -> str | None:
    """Your answer does not have the shape given in the docstring. Is an axis missing, or is there one
    too many?

    Every sum or mean over an axis takes that axis away; without `axis=` all are taken. A loop that
    appends one result in each round makes one row a round.

    For a (5, 2) table, `sum(axis=0)` leaves 2 numbers, one a column; `sum(axis=1)` leaves 5, one a row;
    `sum()` leaves one. With `keepdims=True` the axis stays, with length 1.
    """
    fault = look.fault
    return _instead(fault.found, fault.expected) if fault.kind is Kind.SHAPE else None


@size("NaN or infinity", everywhere=True)
def _(look: Look) -> str | None:
    """Your answer holds NaN or infinity. These come from a division by 0, from a log of 0, or from the root
    or the log of a number below 0. Find the first line whose result is not finite.

    A computer rounds a number that is too small to 0: `exp` of anything below -745 is 0. Then 0/0 is
    NaN and log 0 is minus infinity, and both spoil all that follows.

    `np.exp(-1000) / np.exp(-1001)` is 0/0. Subtract the exponents first: `np.exp(-1000 + 1001)` is
    2.72. Before you divide by a count, ask whether it can be 0.
    """
    return found(look.fault.kind is Kind.NOT_FINITE)


@size("arguments are overwritten")
def _(look: Look) -> str | None:
    """Your function changes what it was given, and its answer is wrong as well. One may be the reason
    for the other.

    An array is handed over, not copied. `x -= mean` and `x[0] = 1` change the caller's array, and `y =
    x` or `y = x[:]` only gives it a second name.

    After `a = np.array([1, 2])`, `b = a[:]`, `b[0] = 9` the first entry of `a` is 9 too. With `b =
    np.array(a)` it stays 1. Write `x = x - mean` instead of `x -= mean`.
    """
    names = look.outcome.changed
    return say("it overwrites {names}", names=listed(names)) if names else None


@last("some rows right, others not")
def _(look: Look) -> str | None:
    """Some rows of your answer are right and others are not. What do the wrong ones have in common?

    A formula that is wrong is wrong for all. If single rows are off, look at what belongs to them
    alone: a loop that stops too early, an index that is fixed, a case with a special value such as 0.

    `for k in range(K - 1)` never reaches the last row. `return` inside the loop stops after the first.
    A guard such as `if count < 1` changes only rows with small counts.
    """
    rows = [
        np.abs(mine - right).reshape(len(mine), -1).max(axis=1) <= look.tolerance * np.abs(right).max()
        for mine, right in look.pairs
        if right.ndim and len(right) > 1
    ]
    some = next((each for each in rows if each.any()), None)
    if some is None:
        return None
    told = {"count": int(some.sum()), "all": len(some), "signs": _first(some)}
    return say("right: {count} of {all}, from row 0: {signs}", **told)


def _instead(found: object, expected: object) -> str:
    return say("{found} instead of {expected}", found=found, expected=expected)


def _first(right: np.ndarray) -> str:
    return "".join("✓" if each else "✗" for each in right[:12]) + ("…" if len(right) > 12 else "")


@last("the numbers are off")
def _(look: Look) -> str | None:
    """Shape and kind of your answer are right, its numbers are not. Read the formula in the exercise's
    text once more, symbol by symbol, beside your line.

    Name each factor's shape and what its rows and columns count. Whatever is summed over must be gone
    from the result; whatever is divided by must have one number for each thing that is divided.

    Make the case so small that you can do it on paper: one row, then two; one column; numbers that are
    all 1. Where your function first disagrees with you, the fault is close.
    """
    return ""
