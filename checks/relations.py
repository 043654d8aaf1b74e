"""Hints from how a wrong answer and the right one are related: a factor, a log, an order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from checks.compare import same
from checks.finders import SILENT, Finder, Silence, Stage, found, registrar
from checks.looking import Look

RELATIONS: list[Finder] = []
finder, broad = registrar(RELATIONS, Stage.RELATION), registrar(RELATIONS, Stage.BROAD)
Numbers = NDArray[np.float64]


def when(look: Look, relation: Callable[[Numbers, Numbers], Numbers | None]) -> bool:
    """Tell whether the relation makes the right answer out of mine, for a whole array."""
    with np.errstate(all="ignore"):
        made = [(relation(mine, right), right) for mine, right in look.pairs]
    return any(m is not None and same(m, right, look.tolerance) for m, right in made)


def _in_tables(look: Look, relation: Callable[[Numbers, Numbers], Numbers | None]) -> str | Silence | None:
    """The same for tables. One row, or one column, shows nothing: some number fits always."""
    if _is_narrow(look):
        return SILENT
    return found(any(_is_table(mine) for mine, _ in look.pairs) and when(look, relation))


def _is_narrow(look: Look) -> bool:
    """Whether it is one row, or one column."""
    return any(mine.ndim > 1 and not _is_table(mine) for mine, _ in look.pairs)


def _is_table(array: Numbers) -> bool:
    return array.ndim > 1 and min(array.shape) > 1


def scaled(mine: Numbers, right: Numbers, axes: tuple[int, ...] | None) -> Numbers:
    """Mine times the factor, one for all or one for each slice, that brings it nearest."""
    by = (mine * right).sum(axis=axes, keepdims=True) / (mine * mine).sum(axis=axes, keepdims=True)
    return mine * by


@finder("the sign is turned round")
def _(look: Look) -> str | None:
    """Your numbers are right but for their sign.

    A difference taken the other way round, or a missing minus in an exponent, turns every sign. So does
    a quantity that is to be made small where one is asked for that is to be large. The docstring says
    which way is meant.

    The log of 0.2 is -1.6, and minus the log is 1.6. Of 3 and 5, the first minus the second is -2, the
    second minus the first is 2.
    """
    return found(when(look, lambda mine, right: -mine))


@finder("a log too many, or one too few")
def _(look: Look) -> str | None:
    """Your numbers and the right ones differ by a log: one of them is the log of the other.

    A product of numbers is a sum of their logs. What comes out of a sum of logs is a log, and has to
    pass `exp` to be a number of the first kind. What is asked for as a log must not.

    The numbers 0.5 and 0.25 have the logs -0.69 and -1.39; `exp` leads back. Numbers between 0 and 1
    have logs below 0. Which of the two does the docstring ask for?
    """
    return found(when(look, lambda mine, _: np.log(mine)) or when(look, lambda mine, _: np.exp(mine)))


@finder("a square too many, or one too few")
def _(look: Look) -> str | None:
    """Your numbers are the squares of the right ones, or their roots.

    A variance is a mean of squares; a standard deviation is its root. A distance is the root of a sum
    of squares. Which of them does the formula have, and which does the docstring ask for?

    Values at -2 and 2 have variance 4 and standard deviation 2. A library's function may want either:
    its documentation says whether an argument is the 4 or the 2.
    """
    root = when(look, lambda mine, _: np.sqrt(mine)) or when(look, lambda mine, _: np.sqrt(2 * mine))
    return found(root or when(look, lambda mine, _: np.square(mine)))


@broad("one factor for all numbers")
def _(look: Look) -> str | Silence | None:
    """Every number is right but for one factor, the same for all. So the proportions are right, and
    what you divide by, or multiply with, is not.

    A mean is a sum divided by what was counted. Ask what your divisor counts, and whether the formula
    divides by that.

    The counts 1 and 3 are 4 in all, so as parts of the whole they are 1/4 and 3/4. Divided by 2, the
    number of counts, they would be 1/2 and 3/2.
    """
    if any(right.size == 1 for _, right in look.pairs):  # some factor always fits
        return SILENT
    return found(when(look, lambda mine, right: scaled(mine, right, None)))


@broad("a factor for each row")
def _(look: Look) -> str | Silence | None:
    """Every row is off by its own factor. Check the number that you divide it by: it should differ from
    row to row.

    Rows that are to sum to 1 are divided by their own sum. A mean for each row is divided by that row's
    own count. A divisor for all rows cannot do either.

    The rows (1, 3) and (2, 2) become (1/4, 3/4) and (1/2, 1/2), each divided by its own sum, 4. Divided
    by the columns' sums 3 and 5 they become something else.
    """

    return _in_tables(look, lambda mine, right: scaled(mine, right, tuple(range(1, mine.ndim))))


@broad("a factor for each column")
def _(look: Look) -> str | Silence | None:
    """Every column is off by its own factor. Something is missing, or was added, that depends on the
    column alone.

    A number that belongs to a column multiplies the whole column. Where rows are normalised as well,
    that comes first.

    The rows (1, 2) and (3, 4) times the numbers (10, 100), one a column, are (10, 200) and (30, 400).
    `table * numbers` does that. `table * numbers[:, None]` has one number a row instead.
    """

    return _in_tables(look, lambda mine, right: scaled(mine, right, (0,)) if mine.ndim == 2 else None)


@broad("rows shifted as a whole")
def _(look: Look) -> str | Silence | None:
    """Each row is right but for a number that was added to all of it. In logs that is a factor: the row
    was not normalised, or by something else.

    To divide numbers by their sum is, in logs, to subtract the log of the sum. Each row has its own.
    Without logs, ask what was subtracted from a row: its mean, its first number, its largest?

    The logs of 1 and 3 are 0 and 1.1, and the log of their sum is 1.39. Less that, they are -1.39 and
    -0.29: the logs of 1/4 and 3/4.
    """

    return _in_tables(look, lambda mine, right: mine + (right - mine).mean(axis=-1, keepdims=True))


@finder("right numbers in another order")
def _(look: Look) -> str | None:
    """Your answer holds the right rows, or the right numbers, but in another order.

    Results stay in the order in which their rows came in: number 0 is about the first row. Sorting
    loses track of which is which, unless `argsort` says where each went.

    Scores (3, 9, 5): sorted they are (3, 5, 9). `argsort` gives (0, 2, 1), the places in the old order,
    the smallest first; of the negative scores it gives (1, 2, 0), the largest first.
    """

    def sorted_like(mine: Numbers, right: Numbers) -> Numbers | None:
        return (
            np.sort(mine, axis=0)[np.argsort(np.argsort(right, axis=0), axis=0)] if mine.ndim == 1 else None
        )

    def rows_like(mine: Numbers, right: Numbers) -> Numbers | None:
        if not _is_table(mine) or len(mine) > 50:
            return None
        apart = np.abs(mine[:, None] - right[None]).reshape(len(mine), len(mine), -1).max(axis=2)
        nearest = apart.argmin(axis=0)
        return mine[nearest] if len(set(nearest.tolist())) == len(mine) else None

    return found(when(look, sorted_like) or when(look, rows_like))


@finder("whole numbers")
def _(look: Look) -> str | None:
    """Your numbers are the right ones, cut off or rounded to whole numbers.

    An array of integers keeps integers: what is written into it loses its fraction without a word. So
    do `//`, `int()` and `round()`. Counts of parts, means and probabilities are hardly ever whole.

    `a = np.zeros_like([1, 2])` holds integers, and after `a[0] = 0.75` its first entry is 0. With
    `np.zeros(2)`, or `dtype=float`, it is 0.75.
    """

    def cut(mine: Numbers, right: Numbers) -> Numbers | None:
        whole = np.array_equal(mine, np.trunc(right)) or np.array_equal(mine, np.round(right))
        return right if whole and not np.array_equal(right, np.round(right)) else None

    return found(when(look, cut))


@finder("the same in every row")
def _(look: Look) -> str | Silence | None:
    """All your rows are the same. Those of the right answer are not: each row has numbers of its own.

    A loop that writes into one array, or a list made by `[x] * K`, which holds the same array K times,
    ends with the last round's numbers in every place.

    `rows = [np.zeros(2)] * 3` and then `rows[0][0] = 7`: now all three rows begin with 7. With
    `np.zeros((3, 2))`, or a new array in each round, only the first does.
    """

    def one(mine: Numbers, right: Numbers) -> Numbers | None:
        few = _is_table(mine) and len(mine) <= 5  # of many rows that are alike there is little to say
        equal = few and mine.any() and same(mine, np.broadcast_to(mine[:1], mine.shape), look.tolerance)
        return (
            right
            if equal and not same(right, np.broadcast_to(right[:1], right.shape), look.tolerance)
            else None
        )

    return SILENT if _is_narrow(look) else found(when(look, one))


@finder("the diagonal right, the rest not")
def _(look: Look) -> str | None:
    """The diagonal of your matrix is right, or of each matrix. The entries off the diagonal are not
    right.

    An entry on the diagonal comes from one column alone. An entry off the diagonal comes from two: there
    stands a product of two different columns.

    For the columns (1, -1) and (2, -2): their own squares sum to 2 and 8, and the products of the two sum
    to 1 * 2 + (-1) * (-2) = 4. `np.outer([1, 2], [1, 2])` has all four products of one row.
    """

    def diagonals(mine: Numbers, right: Numbers) -> Numbers | None:
        if mine.ndim < 2 or mine.shape[-1] != mine.shape[-2] or mine.shape[-1] == 1:
            return None
        eye = np.eye(mine.shape[-1], dtype=bool)
        return np.where(eye, mine, right)

    return found(when(look, diagonals))
