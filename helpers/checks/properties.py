"""Hints on the form of an answer, errors, None, shapes, NaN; and for what nothing else explains."""

from __future__ import annotations

import numpy as np

from helpers.checks.looking import Look, Property, found, registrar

FORM: list[Property] = []  # asked first
REST: list[Property] = []  # asked last
prop, last = registrar(FORM), registrar(REST)


@prop("shapes that do not fit together")
def _(look: Look) -> str | None:
    """Two arrays met whose shapes do not fit. The message names both shapes: which line is it, and
    which of the two is not what you thought?

    NumPy compares shapes from the right: lengths must be equal, or one of them 1. An (N, K) table times
    a (K,) vector works, because K meets K; an (N, K) table times an (N,) vector does not, because K
    meets N.

    With 5 points and 2 components, `table` is (5, 2). `table / sums` fails for 5 sums; `sums[:, None]`
    has shape (5, 1), and the 1 is stretched over both columns.
    """
    words = ("broadcast", "shape", "matmul", "dimension", "align", "size")
    return found(look.error and any(word in str(look.error) for word in words))


@prop("a name that does not exist")
def _(look: Look) -> str | None:
    """Your function uses a name that nothing has been given to. Is it spelt the same everywhere, and
    was the cell that defines it run?

    Inside a function there are its arguments, what it has defined before this line, and what the
    notebook's cells defined when they were run. Renaming one use of a variable leaves the others
    behind.

    `count = resp.sum(axis=0)` and, three lines below, `return counts / total`: Python stops at
    `counts`, which nobody has defined. After a restart, run the cells from the top again.
    """
    return found(isinstance(look.error, NameError))


@prop("an index beyond the end")
def _(look: Look) -> str | None:
    """Your function asks for an entry that is not there. What does the index count, and what does that
    axis hold?

    Rows are points, columns are coordinates or components. A loop over components needs the number of
    components; `len(data)` is the number of points. Python counts from 0, so the last of three is
    number 2.

    For 7 points in the plane and 3 components: `data` is (7, 2), `resp` is (7, 3), `means` is (3, 2).
    `resp[k, n]` with n = 5 looks for column 5 of 3.
    """
    return found(isinstance(look.error, IndexError | KeyError))


@prop("a matrix that cannot be inverted")
def _(look: Look) -> str | None:
    """A matrix in your function has no inverse, or no Cholesky factor. Print it just before that line.

    A covariance must be symmetric and positive definite. It is not when it is all zeros, when a row is
    a multiple of another, or when its entries were computed from the wrong axis.

    `[[2, 1], [1, 2]]` is fine. `[[1, 2], [2, 1]]` is not: along (1, -1) its variance is 1 - 2 - 2 + 1 =
    -2, and no spread is negative.
    """
    return found(isinstance(look.error, np.linalg.LinAlgError))


@prop("it stops with an error")
def _(look: Look) -> str | None:
    """Your function does not reach its `return`. The line and the message above say where it stopped
    and why.

    The check calls it with plain arrays, as the docstring describes them, and with as many points,
    components and dimensions as the case says. Nothing else of the notebook need be the same.

    Call it yourself with the arguments of that case, and print the variables of the line that fails,
    with their types and shapes, just before it.
    """
    return found(look.error)


@prop("nothing is returned")
def _(look: Look) -> str | None:
    """Your function computes something and then gives back None. Look at its last line.

    A function hands over only what stands behind `return`. Without one, or with a bare one, the caller
    gets None, whatever was computed or printed.

    `def double(x): y = 2 * x` gives None. `def double(x): return 2 * x` gives the number. `print(y)`
    shows it to you, but not to the line that called the function. And a `return` inside a loop ends at
    the first round.
    """
    return found("None" in look.fault)


@prop("the parts of the answer are not as asked")
def _(look: Look) -> str | None:
    """The exercise asks for several results, and they do not come in the form that its docstring gives.
    Compare the names, the number and the order.

    Other code picks the results by their place or by their name. What is called otherwise, or comes in
    another order, cannot be found, however right it is.

    A docstring that says `Return (a, b)` wants `return a, b`, two values in this order. One that says
    "a dictionary with 'a' and 'b'" wants `return {"a": a, "b": b}`.
    """
    words = ("several values", "no dictionary", "is missing")
    return found(any(word in look.fault for word in words))


@prop("no numbers")
def _(look: Look) -> str | None:
    """Your answer cannot be read as a table of numbers. Print it, and its type.

    An array wants rows of equal length with a number in each place. A list of arrays of different
    lengths, a text or a dictionary is none.

    `[[1, 2], [3]]` is no table: the second row is too short. `[[1, 2], [3, 4]]` is one. If rows are
    appended in a loop, each must have one entry for every component, also where that entry is 0.
    """
    return found("cannot be read" in look.fault)


@prop("rows and columns exchanged")
def _(look: Look) -> str | None:
    """Your numbers are right, but they lie on their side: transposed, they are the answer.

    The docstring gives the shape: its first letter counts the rows. Points go down, components go
    across. A list made by a loop over components has one row a component.

    `np.array([a, b])` of two columns with five numbers is (2, 5). Its transpose `.T` is (5, 2), and so
    is `np.column_stack([a, b])`.
    """
    try:
        turned = np.asarray(look.value, dtype=float).T
    except (TypeError, ValueError):
        return None
    fits = [right for right in look.rights if right.ndim > 1 and right.shape == turned.shape]
    return found(any(np.allclose(turned, right, 1e-4, look.tolerance) for right in fits))


@prop("another shape")
def _(look: Look) -> str | None:
    """Your answer has not the shape that the docstring gives. Which axis is missing, or too many?

    Every sum or mean over an axis takes that axis away; without `axis=` all are taken. A loop over
    components that appends one result a round makes one row a component.

    For a (5, 2) table, `sum(axis=0)` leaves 2 numbers, one a column; `sum(axis=1)` leaves 5, one a row;
    `sum()` leaves one. With `keepdims=True` the axis stays, with length 1.
    """
    return found("shape" in look.fault or "length" in look.fault)


@prop("NaN or infinity")
def _(look: Look) -> str | None:
    """Somewhere a number was divided by 0, or a log of 0 was taken. Find the first line whose result is
    not finite.

    A density far from its component is smaller than the smallest number a computer keeps, and becomes
    0. Then 0/0 is NaN and log 0 is minus infinity, and both spoil all that follows.

    Shares from scores of -1000 and -1001: `exp` gives 0 and 0, and 0/0. Take out the largest first, as
    `log_sum_exp` does: from 0 and -1 they are 0.73 and 0.27.
    """
    return found("NaN" in look.fault)


@prop("arguments are overwritten")
def _(look: Look) -> str | None:
    """Your function changes what it was given, and its answer is wrong as well. One may be the reason
    for the other.

    An array is handed over, not copied. `x -= mean` and `x[0] = 1` change the caller's array, and `y =
    x` or `y = x[:]` only gives it a second name.

    After `a = np.array([1, 2])`, `b = a[:]`, `b[0] = 9` the first entry of `a` is 9 too. With `b =
    np.array(a)` it stays 1. Write `x = x - mean` instead of `x -= mean`.
    """
    names = look.outcome.changed
    return f"it overwrites {' and '.join(f'`{name}`' for name in names)}" if names else None


@last("some rows right, others not")
def _(look: Look) -> str | None:
    """Some rows of your answer are right and others are not. What do the wrong ones have in common?

    A formula that is wrong is wrong for all. If single rows are off, look at what belongs to them
    alone: a loop that stops too early, an index that is fixed, a case with a special value such as 0.

    `for k in range(K - 1)` never reaches the last component. `return` inside the loop stops after the
    first. A guard such as `if count < 1` changes only small components.
    """
    rows = [
        np.abs(mine - right).reshape(len(mine), -1).max(axis=1) <= look.tolerance * np.abs(right).max()
        for mine, right in look.pairs
        if right.ndim and len(right) > 1
    ]
    some = next((each for each in rows if each.any()), None)
    return None if some is None else f"right: {int(some.sum())} of {len(some)}, from row 0: {_first(some)}"


def _first(right: np.ndarray) -> str:
    return "".join("✓" if each else "✗" for each in right[:12]) + ("…" if len(right) > 12 else "")


@last("the numbers are off")
def _(look: Look) -> str | None:
    """Shape and kind of your answer are right, its numbers are not. Read the formula above the exercise
    once more, symbol by symbol, beside your line.

    Name each factor's shape and what its rows and columns count. Whatever is summed over must be gone
    from the result; whatever is divided by must have one number for each thing that is divided.

    Make the case so small that you can do it on paper: one component, then two; one dimension; weights
    that are all 1. Where your function first disagrees with you, the fault is close.
    """
    return ""
