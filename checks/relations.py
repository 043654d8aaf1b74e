"""Hints from how a wrong answer and the right one are related: by a factor, by a log, by their order."""

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
    """Tell whether the relation makes the right answer from the student's answer, for a whole array."""
    with np.errstate(all="ignore"):
        made = [(relation(mine, right), right) for mine, right in look.pairs]
    return any(m is not None and same(m, right, look.tolerance) for m, right in made)


def _in_tables(look: Look, relation: Callable[[Numbers, Numbers], Numbers | None]) -> str | Silence | None:
    """Test the relation for tables. One row or one column shows nothing: some factor always fits."""
    if _is_narrow(look):
        return SILENT
    return found(any(_is_table(mine) for mine, _ in look.pairs) and when(look, relation))


def _is_narrow(look: Look) -> bool:
    """Tell whether the part is one row, or one column."""
    return any(mine.ndim > 1 and not _is_table(mine) for mine, _ in look.pairs)


def _is_table(array: Numbers) -> bool:
    return array.ndim > 1 and min(array.shape) > 1


def scaled(mine: Numbers, right: Numbers, axes: tuple[int, ...] | None) -> Numbers:
    """Return the student's numbers times the factor (for all, or for each slice) that brings them nearest."""
    by = (mine * right).sum(axis=axes, keepdims=True) / (mine * mine).sum(axis=axes, keepdims=True)
    return mine * by


@finder("the sign is turned round")
def _(look: Look) -> str | None:
    """Your numbers have the wrong sign. Apart from the sign they are right.

    Every sign is wrong if a difference is taken the other way round, or if a minus is missing in an exponent.
    It is also wrong if your quantity should be small, and the exercise asks for one that should be large. The
    docstring says which sign is meant.

    The log of 0.2 is -1.6, and minus the log is 1.6. For the numbers 3 and 5, the first minus the second is
    -2, and the second minus the first is 2.
    """
    return found(when(look, lambda mine, right: -mine))


@finder("a log too many, or one too few")
def _(look: Look) -> str | None:
    """Your numbers and the right numbers differ by a log: one of the two is the log of the other.

    The log of a product is the sum of the logs. So a sum of logs is itself a log. If the exercise asks for
    the number itself, apply `exp` to the log. If it asks for the log, do not apply `exp`.

    The numbers 0.5 and 0.25 have the logs -0.69 and -1.39, and `exp` of these logs gives 0.5 and 0.25 again.
    Numbers between 0 and 1 have logs below 0. Which of the two does the docstring ask for?
    """
    return found(when(look, lambda mine, _: np.log(mine)) or when(look, lambda mine, _: np.exp(mine)))


@finder("a square too many, or one too few")
def _(look: Look) -> str | None:
    """Your numbers are the squares of the right numbers, half their squares, or their square roots.

    A variance is a mean of squares, and a standard deviation is the square root of a variance. A distance is
    the square root of a sum of squares. Which of them does the formula have, and which does the docstring ask
    for?

    The values -2 and 2 have variance 4 and standard deviation 2. A function of a library may need either of
    them. Its documentation says whether an argument is the variance, 4, or the standard deviation, 2.
    """
    root = when(look, lambda mine, _: np.sqrt(mine)) or when(look, lambda mine, _: np.sqrt(2 * mine))
    return found(root or when(look, lambda mine, _: np.square(mine)))


@broad("one factor for all numbers")
def _(look: Look) -> str | Silence | None:
    """All your numbers are wrong by the same factor. So their proportions are right, and the number that you
    divide by, or multiply by, is wrong.

    A mean is a sum divided by a count. What does your divisor count? Does the formula divide by the same
    count?

    The counts 1 and 3 sum to 4, so as parts of the whole they are 1/4 and 3/4. Divided by 2, because there
    are two counts, they would be 1/2 and 3/2.
    """
    if any(right.size == 1 for _, right in look.pairs):  # some factor always fits
        return SILENT
    return found(when(look, lambda mine, right: scaled(mine, right, None)))


@broad("a factor for each row")
def _(look: Look) -> str | Silence | None:
    """Each of your rows is wrong by its own factor. Check the number that you divide the row by: it should be
    different for each row.

    A row that should sum to 1 is divided by its own sum. A mean for each row is divided by that row's own
    count. One divisor for all rows cannot do either.

    The rows (1, 3) and (1, 1) have the sums 4 and 2. Divided by their own sums, the rows are (1/4, 3/4) and
    (1/2, 1/2). Divided by 6, the sum of both rows, they would be (1/6, 3/6) and (1/6, 1/6): wrong by the
    factors 2/3 and 1/3.
    """

    return _in_tables(look, lambda mine, right: scaled(mine, right, tuple(range(1, mine.ndim))))


@broad("a factor for each column")
def _(look: Look) -> str | Silence | None:
    """Each of your columns is wrong by its own factor. A factor that depends only on the column is missing,
    or your code has one too many.

    A number that belongs to a column multiplies the whole column. If the rows are normalised as well,
    multiply the columns before that.

    Multiply the rows (1, 2) and (3, 4) by the numbers (10, 100), one number for each column. The result is
    (10, 200) and (30, 400). `table * numbers` does that. `table * numbers[:, None]` multiplies each row by
    one of the numbers instead.
    """

    return _in_tables(look, lambda mine, right: scaled(mine, right, (0,)) if mine.ndim == 2 else None)


@broad("rows shifted as a whole")
def _(look: Look) -> str | Silence | None:
    """In each of your rows, all numbers are too large or too small by the same amount. To add a number to
    logs is to multiply by a factor. So the row was not normalised, or it was normalised by the wrong number.

    To divide numbers by their sum, subtract the log of the sum from their logs. Each row has its own sum. If
    your numbers are not logs, find out what was subtracted from a row: its mean, its first number or its
    largest number?

    The logs of 1 and 3 are 0 and 1.10, and the log of their sum, 4, is 1.39. Subtract it: 0 - 1.39 = -1.39,
    and 1.10 - 1.39 = -0.29. These are the logs of 1/4 and 3/4.
    """

    return _in_tables(look, lambda mine, right: mine + (right - mine).mean(axis=-1, keepdims=True))


@finder("right numbers in another order")
def _(look: Look) -> str | None:
    """Your answer has the right rows, or the right numbers, but in another order.

    Keep the order of the input: result number 0 belongs to the first row. After sorting you no longer know
    which result belongs to which row. `argsort` tells you where each number was before.

    Sorted, the scores (3, 9, 5) are (3, 5, 9). `argsort` of the scores gives (0, 2, 1): the smallest score
    was at place 0, the next at place 2, and the largest at place 1. `argsort` of the negative scores gives
    (1, 2, 0), with the largest score first.
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
    """Your numbers are right except for their fractions: these were cut off, or rounded to whole numbers.

    An array of integers holds only integers. A number that you write into it loses its fraction, with no
    warning. `//`, `int()` and `round()` also remove fractions. Means, probabilities and counts of parts are
    hardly ever whole numbers.

    `a = np.zeros_like([1, 2])` is an array of integers. After `a[0] = 0.75` its first entry is 0. With
    `np.zeros(2)`, or with `dtype=float`, this entry is 0.75.
    """

    def cut(mine: Numbers, right: Numbers) -> Numbers | None:
        whole = np.array_equal(mine, np.trunc(right)) or np.array_equal(mine, np.round(right))
        return right if whole and not np.array_equal(right, np.round(right)) else None

    return found(when(look, cut))


@finder("the same in every row")
def _(look: Look) -> str | Silence | None:
    """All your rows are the same. In the right answer each row has its own numbers.

    A list made by `[x] * K` holds the same array K times. A loop that writes into one array overwrites it in
    each round. In both cases every row ends with the numbers of the last round.

    After `rows = [np.zeros(2)] * 3` and `rows[0][0] = 7`, all three rows begin with 7. With `np.zeros((3,
    2))`, or with a new array in each round, only the first row begins with 7.
    """

    def one(mine: Numbers, right: Numbers) -> Numbers | None:
        few = _is_table(mine) and len(mine) <= 5  # many equal rows are no sign of this mistake
        equal = few and mine.any() and same(mine, np.broadcast_to(mine[:1], mine.shape), look.tolerance)
        return (
            right
            if equal and not same(right, np.broadcast_to(right[:1], right.shape), look.tolerance)
            else None
        )

    return SILENT if _is_narrow(look) else found(when(look, one))


@finder("the diagonal right, the rest not")
def _(look: Look) -> str | None:
    """The entries on the diagonal of your matrix, or of each matrix, are right. The entries off the diagonal
    are not all right.

    An entry on the diagonal comes from the squares of one column. An entry off the diagonal comes from the
    products of two different columns.

    Take the columns (1, -1) and (2, -2). The sums of their squares are 2 and 8, and the sum of their products
    is 1 * 2 + (-1) * (-2) = 4. For the row (1, 2), `np.outer([1, 2], [1, 2])` has all four products.
    """

    def diagonals(mine: Numbers, right: Numbers) -> Numbers | None:
        if mine.ndim < 2 or mine.shape[-1] != mine.shape[-2] or mine.shape[-1] == 1:
            return None
        eye = np.eye(mine.shape[-1], dtype=bool)
        return np.where(eye, mine, right)

    return found(when(look, diagonals))
