"""Hints for errors that name a kind of slip. Their messages are those of Python and NumPy."""

from __future__ import annotations

import re

from checks.finders import Finder, Stage, found, registrar
from checks.looking import Look

MISTYPED: list[Finder] = []
finder = registrar(MISTYPED, Stage.ERROR)


def _says(look: Look, kinds: type[BaseException] | tuple[type[BaseException], ...], *messages: str) -> bool:
    """Tell whether an error of these kinds begins so. A student's own message may contain such words, too."""
    said = str(look.error)
    return isinstance(look.error, kinds) and any(re.match(message, said) for message in messages)


@finder("a shape without its own parentheses")
def _(look: Look) -> str | None:
    """Your function makes an array, and gives its shape as separate numbers. A shape of two numbers is one
    argument: it needs its own parentheses.

    `np.zeros`, `np.ones` and `np.empty` take the shape as the first argument, and the type of the numbers as
    the second. So NumPy takes the 2 in `np.zeros(3, 2)` for a type, and Python stops.

    `np.zeros((3, 2))` has three rows and two columns. `np.zeros(3)` is a row of three numbers, and needs no
    more parentheses.
    """
    return found(
        _says(look, TypeError, r"Cannot interpret .* as a data type", r"data type .* not understood")
    )


@finder("a list where an array is needed")
def _(look: Look) -> str | None:
    """Your function uses a list where only an array works: for arithmetic, for two indices in one pair of
    brackets, or for a method such as `sum`.

    `np.array(values)` makes an array from a list. A list takes one index in each pair of brackets, as in
    `rows[2][1]`. With two lists, `+` puts the second list after the first.

    With `a = [1, 2]`, `2.5 * a` and `a - a` stop with an error, and `a + a` is [1, 2, 1, 2]. With `a =
    np.array([1, 2])`, `2.5 * a` is [2.5 5.0], and `a + a` is [2 4].
    """
    return found(
        _says(
            look,
            TypeError,
            r"(list|tuple) indices must be integers or slices, not tuple",
            r"unsupported operand type\(s\) for .*'(list|tuple)'",
            r"can't multiply sequence by non-int",
            r"bad operand type for .*'(list|tuple)'",
        )
        or _says(look, AttributeError, r"'(list|tuple)' object has no attribute '(shape|T|sum|mean|dot|max)'")
    )


@finder("parentheses and brackets exchanged")
def _(look: Look) -> str | None:
    """Your function calls something that is not a function, or writes `[ ]` after something that has no
    elements. `f(3)` calls the function f, and `x[3]` reads an element of x.

    Use parentheses to call, and brackets to read an element. A name can also hide a function: after `sum = 0`
    the name `sum` is a number, and `sum(x)` stops.

    With `a = np.array([5, 7])`, `a[1]` is 7, and `a(1)` stops: an array is not a function. `len[a]` stops,
    too: `len(a)` is 2.
    """
    return found(_says(look, TypeError, r"'(?!NoneType).*' object is not (callable|subscriptable)"))


@finder("fractions written into whole numbers")
def _(look: Look) -> str | None:
    """Your function changes an array of whole numbers in place, with `/=` or the like, and the result has
    fractions. Such an array cannot hold them, so Python stops.

    `x = x / 2` makes a new array, which can hold fractions. `x /= 2` writes into the old array. It also
    changes the data of the caller.

    With `a = np.array([1, 2])`, `a /= 4` stops with an error. `a = a / 4` gives [0.25 0.5].
    """
    return found(_says(look, TypeError, r"Cannot cast ufunc .* output from"))


@finder("an array where one True or False is needed")
def _(look: Look) -> str | None:
    """Your function uses an array where one True or False is needed, as in `if` or with `and`. Or it combines
    two comparisons with `&` or `|`, and one of them has no parentheses.

    To compare each number, use `&` and `|` instead of `and` and `or`. Put each comparison into parentheses,
    because Python computes `&` before `==`. To ask about all numbers together, use `.all()` or `.any()`.

    With `a = np.array([1, 2, 2])`, `(a == 2) & (a > 1)` is [False, True, True]. `a == 2 & a > 1` stops, and
    so does `if a == 2:`.
    """
    return found(
        _says(look, ValueError, r"The truth value of an array")
        or _says(look, TypeError, r"ufunc 'bitwise_(and|or)' not supported")
    )


@finder("another number of values than names")
def _(look: Look) -> str | None:
    """Your function assigns the parts of a value to a fixed number of names, and the value has another number
    of parts.

    A line like `a, b = row` works only if `row` has two parts. The cases have rows of several lengths. A loop
    over the row, or a function such as `max`, works for every length.

    `a, b, c = [5, 7]` stops: there are two values for three names. `for value in [5, 7]` goes through both.
    """
    return found(
        _says(look, ValueError, r"(not enough|too many) values to unpack")
        or _says(look, TypeError, r"cannot unpack non-iterable")
    )


@finder(
    "another number of arguments",
    unseen="Your function calls a function with too many or too few arguments, or with a name that this "
    "function does not know. Compare the call with the line that begins with `def`.",
)
def _(look: Look) -> str | None:
    """Your function is called, or calls another, with too many or too few arguments, or with a name that is
    not in its first line. The message says which function it is.

    Compare the call with the line that begins with `def`: the same arguments, in the same order. The check
    calls your function with the arguments of the line that you were given. So do not change that line.

    `def area(width, height)` is called as `area(3, 2)`. `area(3)` has one argument too few, and `area(w=3,
    h=2)` has names that `area` does not know.
    """
    return found(
        _says(
            look,
            TypeError,
            r".*missing \d+ required (positional|keyword-only) argument",
            r".*takes (\d+|from \d+ to \d+) positional arguments? but",
            r".*got an unexpected keyword argument",
            r".*got multiple values for argument",
        )
    )


@finder("a value that comes too late")
def _(look: Look) -> str | None:
    """Your function uses a name before it has given a value to it, or gives it a value only under a condition
    that was not met.

    If any line of a function gives a value to a name, the name belongs to the function. It has no value
    before that line. A variable of the notebook with the same name is not used.

    In `def f(x):` with the lines `if x > 0:`, ` y = 1` and `return y`, the call `f(-1)` stops: y has no
    value. With `y = 0` before the `if` it gives 0. `total += x` needs `total = 0` before it as well.
    """
    return found(isinstance(look.error, UnboundLocalError))
