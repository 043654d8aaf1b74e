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

# How messages of NumPy and SciPy begin where shapes do not fit, by the class of the error. A word anywhere
# would not do: a student's own message, or a variable's name, may hold "size" as well.
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
        r"\w+: Input operand \d",  # matmul and its like
        r"all (the )?input arrays? ",  # concatenate, stack
        r"axes don't match array",
        r"einstein sum |operand has more dimensions than subscripts",
        r"Dimension mismatch|Array '(mean|cov)' must be",  # SciPy's densities
        r"\S+ has shape \(",  # what a careful library says
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
    "your arrays just before you combine them: which of them is not what you thought?",
)
def _(look: Look) -> str | None:
    """An array in your function has a shape that does not fit where it is used. The report shows what the
    error says, and your line. Print the shapes of all arrays in that line. Which of them has a different
    shape from what you expected?

    NumPy compares shapes from the right: lengths must be equal, or one of them 1. An (N, K) table times a
    (K,) vector works, because K meets K; an (N, K) table times an (N,) vector does not, because K meets
    N.

    With 5 rows and 2 columns, `table` is (5, 2). `table / sums` fails for 5 sums; `sums[:, None]` has
    shape (5, 1), and the 1 is stretched over both columns.
    """
    misfits = (messages for kind, messages in MISFITS.items() if isinstance(look.error, kind))
    return found(any(re.match(message, str(look.error)) for messages in misfits for message in messages))


@finder(
    "a name that does not exist",
    unseen="Your function uses a name that nothing has been given to. Restart the kernel, run all cells from "
    "the top, and run `check` again: for a public case it says which name.",
)
def _(look: Look) -> str | None:
    """Your function uses a name that has no value. Is it spelt the same everywhere? Was the cell that
    defines or imports it run? Or is one of the function's own arguments meant?

    Inside a function there are its arguments, what it has defined before the name is used, and what the
    notebook's cells defined when they were run. Renaming one use of a variable leaves the others
    behind.

    `total = 3` and, three lines later, `return totals / 2`: Python stops at `totals`, which nobody has
    defined. After a restart, run the cells from the top again.
    """
    return found(isinstance(look.error, NameError))


@finder("too many indices")
def _(look: Look) -> str | None:
    """You put more indices into the brackets than the array has axes. Print its shape before you use them.

    A vector has one axis, and takes one index: `x[k]`. A table has two: `x[n, k]`. A sum or a mean over
    an axis removes that axis.

    If x has shape (5, 2), `x[4, 1]` works. `x.sum(axis=1)` has shape (5,), and takes only one index:
    `x.sum(axis=1)[4]`. With `keepdims=True` the shape is (5, 1), and `[4, 0]` works.
    """
    return found(isinstance(look.error, IndexError) and re.match("too many indices", str(look.error)))


@finder("an index beyond the end")
def _(look: Look) -> str | None:
    """Your function asks for an entry that is not there. What does the index count, and what does that
    axis hold?

    The first axis counts rows, the second columns. A loop over columns needs the number of columns;
    `len(table)` is the number of rows. Python counts from 0, so the last of three is number 2.

    A table of 7 rows and 3 columns has shape (7, 3). `table[k, n]` with n = 5 looks for column 5 of 3;
    `table[n, k]` is there. A dictionary has only the keys that were put into it.
    """
    return found(isinstance(look.error, IndexError | KeyError))


@finder("a matrix that cannot be inverted", everywhere=True)
def _(look: Look) -> str | None:
    """A matrix in your function has no inverse, or no Cholesky factor. Print it just before you
    invert or factor it.

    A matrix has no inverse when it is all zeros, or when a row is a multiple of another. A Cholesky
    factor needs more: the matrix must be symmetric and positive definite. Was it computed from the
    wrong axis?

    `[[1, 2], [2, 4]]` has no inverse: the second row is twice the first. `[[1, 2], [2, 1]]` has one,
    but no Cholesky factor: along (1, -1) it gives 1 - 2 - 2 + 1 = -2.
    """
    return found(isinstance(look.error, np.linalg.LinAlgError))


@finder("it does not end")
def _(look: Look) -> str | None:
    """Your function was still running when its time was over, and was stopped. Which loop has no end?

    A `while` loop ends only if something in its body changes the condition, on every path. A function
    that calls itself needs a case in which it does not. A loop over all pairs of rows, written in
    Python, takes a hundred times as long when there are ten times as many rows.

    `n = 5`, `while n > 0: total += n` runs for ever, because n stays 5. With `n -= 1` in the loop it
    ends after five rounds. Print the condition in each round, for a very small input.
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
    unseen="Your function stops with an error and returns nothing. What a hidden case makes an error say is "
    "not shown. Run `check` in your notebook: for a public case it shows the error and your line.",
)
def _(look: Look) -> str | None:
    """Your function stops with an error and returns nothing. For each case the report says which error
    it is, and at which of your lines.

    The check calls it with plain arrays, as the docstring describes them, and of the sizes that the
    case has. Nothing else of the notebook need be the same.

    Call it yourself, with what `example` returns or with small arrays of your own. Print the variables of
    the line that fails, with their types and shapes, just before it.
    """
    return found(look.error)


@finder("nothing is returned")
def _(look: Look) -> str | None:
    """Your function computes something and then gives back None. Look at its last line.

    A function hands over only what stands behind `return`. Without one, or with a bare one, the caller
    gets None, whatever was computed or printed.

    `def double(x): y = 2 * x` gives None. `def double(x): return 2 * x` gives the number. `print(y)`
    shows it to you, but not to the line that called the function. And a `return` inside a loop ends at
    the first round.
    """
    return found(look.fault.kind is Kind.NOTHING)
