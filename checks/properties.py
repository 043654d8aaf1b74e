"""Hints on the form of an answer: parts, shapes, lengths, NaN. The last hints are for unexplained answers."""

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
    """The exercise asks for several results, and you do not return them in the form that the docstring gives.
    Compare the names, the number and the order of the results.

    Other code takes the results by their place or by their name. A result with another name, or at another
    place, cannot be found, even if its numbers are right.

    If a docstring says `Return (a, b)`, write `return a, b`: two values in this order. If it says "a
    dictionary with 'a' and 'b'", write `return {"a": a, "b": b}`.
    """
    return found(look.fault.kind in (Kind.NOT_SEVERAL, Kind.NO_DICTIONARY, Kind.MISSING_KEY))


@form("no numbers")
def _(look: Look) -> str | None:
    """Your answer cannot be read as a table of numbers. Print your answer, and its type.

    An array needs rows of equal length, with a number in each place. A list of arrays of different lengths
    cannot be read as such an array. Neither can a text or a dictionary.

    `[[1, 2], [3]]` is not a table: its second row is too short. `[[1, 2], [3, 4]]` is a table. If you append
    rows in a loop, each row needs an entry for every column, even if this entry is 0.
    """
    return found(look.fault.kind is Kind.NOT_NUMBERS)


@form("rows and columns exchanged", everywhere=True)
def _(look: Look) -> str | None:
    """Your numbers are right, but rows and columns are exchanged: the transpose of your table is the answer.

    The docstring gives the shape: the first letter counts the rows, and the second letter counts the columns.
    A list that a loop fills has one row for each round of the loop.

    If a and b are columns of five numbers, `np.array([a, b])` has shape (2, 5). Its transpose `.T` has shape
    (5, 2), and so has `np.column_stack([a, b])`.
    """
    mine = as_numbers(look.value)
    if mine is None:
        return None
    fits = [right for right in look.rights if right.ndim > 1 and right.shape == mine.T.shape]
    return found(any(np.allclose(mine.T, right, 1e-4, look.tolerance) for right in fits))


@form("the right values in another order", everywhere=True)
def _(look: Look) -> str | None:
    """Your values are right, but you return them in another order than the docstring says.

    The code that calls your function takes the values by their place: the first name gets the first value. In
    another order, a name gets a value that belongs to another name.

    If a docstring says `Return (a, b)`, write `return a, b`. With `return b, a`, the line `first, second =
    f()` puts b into `first`.
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
    """Your answer is a row of numbers, as it should be, but its length is wrong.

    What does each number belong to: a row, a column or a group? How many of these are there? If one number is
    missing, a range may end too early. If far too many or too few numbers are there, look for a wrong axis.

    `range(n - 1)` leaves out the last index, and `x[:-1]` leaves out the last entry. For a (5, 2) table, a
    result for each row has 5 numbers, and a result for each column has 2.
    """
    fault = look.fault
    return _instead(fault.found[0], fault.expected[0]) if fault.kind is Kind.LENGTH else None


@broad("another shape")
def _(look: Look) -> str | None:
    """Your answer does not have the shape given in the docstring. Is an axis missing, or is there one too
    many?

    A sum or a mean over an axis removes that axis. Without `axis=` it removes all axes. A loop that appends
    one result in each round makes one row for each round.

    For a (5, 2) table, `sum(axis=0)` gives 2 numbers, one for each column. `sum(axis=1)` gives 5, one for
    each row, and `sum()` gives a single number. With `keepdims=True` the axis stays, with length 1.
    """
    fault = look.fault
    return _instead(fault.found, fault.expected) if fault.kind is Kind.SHAPE else None


@size("NaN or infinity", everywhere=True)
def _(look: Look) -> str | None:
    """Your answer holds NaN or infinity. These come from a division by 0, from a log of 0, or from the root
    or the log of a number below 0. Find the first line whose result is not finite.

    A computer rounds a number that is too small to 0: `exp` of -746 or less is 0. Then 0/0 is NaN and log 0
    is minus infinity. All numbers that you compute from these are wrong, too.

    `np.exp(-1000) / np.exp(-1001)` is 0/0. Subtract the exponents first: `np.exp(-1000 + 1001)` is 2.72.
    Before you divide by a count, check whether the count can be 0.
    """
    return found(look.fault.kind is Kind.NOT_FINITE)


@size("arguments are overwritten")
def _(look: Look) -> str | None:
    """Your function changes its arguments, and its answer is wrong as well. The change may be the reason for
    the wrong answer.

    Python passes an array to a function without a copy. `x -= mean` and `x[0] = 1` change the caller's array.
    `y = x` and `y = x[:]` do not copy the numbers: a change in y changes x, too.

    After `a = np.array([1, 2])`, `b = a[:]` and `b[0] = 9`, the first entry of `a` is 9, too. With `b =
    np.array(a)` it stays 1. Write `x = x - mean` instead of `x -= mean`.
    """
    names = look.outcome.changed
    return say("it overwrites {names}", names=listed(names)) if names else None


@last("some rows right, others not")
def _(look: Look) -> str | None:
    """Some rows of your answer are right and others are not. What do the wrong rows have in common?

    A wrong formula is wrong for all rows. If single rows are wrong, look for something that concerns only
    them. A loop may stop too early, an index may be fixed, or a case may have a special value such as 0.

    `for k in range(K - 1)` never reaches the last row. A `return` inside the loop stops after the first row.
    A condition such as `if count < 1` changes only rows with small counts.
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


@last("the numbers are wrong")
def _(look: Look) -> str | None:
    """Your answer has the right form and shape, but its numbers are wrong. Read the formula in the exercise's
    text once more, symbol by symbol, and compare it with your line.

    What is the shape of each factor? What do its rows and columns count? An axis that you sum over must not
    be in the result. A divisor must have one number for each thing that you divide.

    Make the case so small that you can compute it on paper: one row, then two, or one column, or numbers that
    are all 1. Find the first place where your function gives another result than you. The mistake is close to
    it.
    """
    return ""
