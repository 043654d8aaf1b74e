"""Hints for a function that stops with an error, or returns nothing."""

from __future__ import annotations

import re

import numpy as np

from checks.faults import Kind
from checks.finders import Finder, Stage, found, registrar
from checks.looking import Look
from checks.raised import own_line
from checks.texts import say

ERRORS: list[Finder] = []
finder = registrar(ERRORS, Stage.ERROR)

# How messages of NumPy and SciPy begin if shapes do not fit, by the class of the error. It is not sufficient
# to search for a word: a student's own message, or a variable's name, may contain "size" as well.
MISFITS: dict[type[BaseException], tuple[str, ...]] = {
    np.exceptions.AxisError: ("",),
    ValueError: (
        r"operands could not be broadcast",
        r"non-broadcastable output operand",
        r"could not broadcast",
        r"shape mismatch: ",
        r"cannot reshape array",
        r"setting an array element with a sequence",
        r"shapes .* not aligned",
        r"\w+: Input operand \d",  # matmul and similar functions
        r"all (the )?input arrays? ",  # concatenate, stack
        r"axes don't match array",
        r"einstein sum |operand has more dimensions than subscripts",
        r"Dimension mismatch|Array '(mean|cov)' must be",  # SciPy's densities
        r"\S+ has shape \(",  # the message of a careful library
    ),
    np.linalg.LinAlgError: (r"\d-dimensional array given", r"Last 2 dimensions"),
    IndexError: (r"boolean index did not match", r"shape mismatch: "),
    TypeError: (
        r"only \S+ arrays can be converted",
        r"len\(\) of unsized",
        r".*when shapes of a and weights",
    ),
}


@finder(
    "shapes that do not fit together",
    unseen="An array in your function has a shape that does not fit where it is used. Print the shapes of "
    "your arrays just before you combine them. Which of them has a different shape from what you expected?",
)
def _(look: Look) -> str | None:
    """An array in your function has a shape that does not fit where it is used. The report shows what the
    error says, and your line. Print the shapes of all arrays in that line. Which of them has a different
    shape from what you expected?

    NumPy compares shapes from the right. Two lengths fit if they are equal, or if one of them is 1. An (N, K)
    table times a (K,) vector works, because K is compared with K. An (N, K) table times an (N,) vector does
    not work, because K is compared with N.

    With 5 rows and 2 columns, `table` has shape (5, 2). `table / sums` stops with an error if `sums` has 5
    numbers. `table / sums[:, None]` works: `sums[:, None]` has shape (5, 1), and each sum divides both
    numbers of its row.
    """
    misfits = (messages for kind, messages in MISFITS.items() if isinstance(look.error, kind))
    return found(any(re.match(message, str(look.error)) for messages in misfits for message in messages))


@finder(
    "a name that does not exist",
    unseen="Your function uses a name that has no value. Restart the kernel, run all cells from the top, "
    "and run `check` again: for a public case it says which name.",
)
def _(look: Look) -> str | None:
    """Your function uses a name that has no value. Is the name spelt the same everywhere? Have you run the
    cell that defines or imports it? Or do you mean one of the function's own arguments?

    Inside a function you can use its arguments, and the names that it has defined before. You can also use
    the names that cells of the notebook defined when they were run. If you rename a variable in one line
    only, the other lines still have the old name.

    After `total = 3`, the line `return totals / 2` stops with an error: the name `totals` has no value. After
    a restart of the kernel, run the cells from the top again.
    """
    return found(isinstance(look.error, NameError))


@finder("too many indices")
def _(look: Look) -> str | None:
    """You put more indices into the brackets than the array has axes. Print the shape of the array before you
    use the indices.

    A vector has one axis, and takes one index: `x[k]`. A table has two: `x[n, k]`. A sum or a mean over an
    axis removes that axis.

    If x has shape (5, 2), `x[4, 1]` works. `x.sum(axis=1)` has shape (5,), and takes only one index:
    `x.sum(axis=1)[4]`. With `keepdims=True` the shape is (5, 1), and `[4, 0]` works.
    """
    return found(isinstance(look.error, IndexError) and re.match("too many indices", str(look.error)))


@finder("an index beyond the end")
def _(look: Look) -> str | None:
    """Your function asks for an entry that does not exist. What does the index count? What does that axis of
    the array hold?

    The first axis counts rows, the second axis counts columns. A loop over columns needs the number of
    columns, and `len(table)` is the number of rows. Python counts from 0, so the last of three has the index
    2.

    A table of 7 rows and 3 columns has shape (7, 3). With k = 2 and n = 5, `table[k, n]` asks for column 5,
    and there are only 3 columns. `table[n, k]` exists. A dictionary has only the keys that were put into it.
    """
    return found(isinstance(look.error, IndexError | KeyError))


@finder("a matrix that cannot be inverted", everywhere=True)
def _(look: Look) -> str | None:
    """A matrix in your function has no inverse, or no Cholesky factor. Print the matrix just before you
    invert or factor it.

    A matrix has no inverse if it is all zeros, or if one row is a multiple of another row. A Cholesky factor
    needs more: the matrix must be symmetric and positive definite. Did you compute the matrix along the wrong
    axis?

    `[[1, 2], [2, 4]]` has no inverse: its second row is twice its first row. `[[1, 2], [2, 1]]` has an
    inverse, but no Cholesky factor. For v = (1, -1) and this matrix A, `v @ A @ v` is 1 - 2 - 2 + 1 = -2, and
    it must be above 0.
    """
    return found(isinstance(look.error, np.linalg.LinAlgError))


@finder("it does not end")
def _(look: Look) -> str | None:
    """Your function was still running when its time was over, and it was stopped. Which of your loops has no
    end?

    A `while` loop ends only if its body changes the condition, in every branch of an `if`. A function that
    calls itself needs a case in which it does not call itself. A loop over all pairs of rows, written in
    Python, takes a hundred times as long for ten times as many rows.

    With `n = 5`, the loop `while n > 0: total += n` runs without end, because n stays 5. With `n -= 1` in the
    loop it ends after five rounds. Print the condition in each round, for a very small input.
    """
    if not isinstance(look.error, TimeoutError):
        return None
    place, written = look.outcome.place_of(look.error), look.outcome.written
    number = own_line(look.error, look.outcome.function)
    loop = written.loop_at(number) if written and number else None
    stood = written.at(loop) if loop else f"{place.where}: `{place.line}`" if place.where else ""
    case = say(look.outcome.case.name)
    if not stood:
        return say("in the case '{case}'", case=case)
    return say("in the case '{case}', in {place}", case=case, place=stood)


@finder(
    "it stops with an error",
    everywhere=True,
    unseen="Your function stops with an error and returns nothing. The error of a hidden case is not shown. "
    "Run `check` in your notebook: for a public case it shows the error and your line.",
)
def _(look: Look) -> str | None:
    """Your function stops with an error and returns nothing. For each case the report says which error it is,
    and at which of your lines.

    The check calls your function with plain arrays, as the docstring describes them. Their sizes are those of
    the case. Everything else may be different from the notebook.

    Call the function yourself, with the arguments that `example` returns or with small arrays that you make
    up. Just before the line that fails, print the variables of that line, with their types and shapes.
    """
    return found(look.error)


@finder("nothing is returned")
def _(look: Look) -> str | None:
    """Your function computes something, but it returns None. Look at its last line.

    A function returns only the value after the word `return`. Without a `return`, or with no value after it,
    the caller gets None. It does not matter what the function computed or printed.

    `def double(x): y = 2 * x` returns None. `def double(x): return 2 * x` returns the number. `print(y)`
    shows the number to you, but not to the line that called the function. And a `return` inside a loop ends
    the function in the first round.
    """
    return found(look.fault.kind is Kind.NOTHING)
