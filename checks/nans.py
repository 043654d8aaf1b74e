"""Hints for NaN and infinity: the first operation that gave one, found by running the case once more."""

from __future__ import annotations

import re

from checks.finders import Finder, Stage, registrar
from checks.looking import Look

NANS: list[Finder] = []
finder = registrar(NANS, Stage.ERROR)
DIVIDING = r"(scalar )?(true_|floor_)?divide|remainder|reciprocal"


def _first(look: Look, message: str, *errors: type[BaseException]) -> str | None:
    """Say on which line it happened, if it is an operation with such a message of NumPy's.

    errors: of Python's own operations, for the same.
    """
    error = look.error or look.outcome.first_odd
    if isinstance(error, errors) or (isinstance(error, FloatingPointError) and re.match(message, str(error))):
        place = look.outcome.place_of(error)
        return f"{place.where}: `{place.line}`" if place.where and place.line else ""
    return None


@finder("a division by 0")
def _(look: Look) -> str | None:
    """Your function divides by 0. Python stops there; NumPy goes on, with infinity or NaN.

    The divisor is a number or a sum that can be 0, or that was rounded to 0: a computer rounds `exp(-800)`
    to 0, so a sum of such numbers is 0. Print the divisor just before the line.

    `np.array([0.0, 3.0]) / 0` is (NaN, infinity). `exp(-800) / (exp(-800) + exp(-801))` is 0/0 on a
    computer. Subtract the largest exponent first: `exp(0) / (exp(0) + exp(-1))` is 0.73.
    """
    return _first(look, rf"(divide by zero|invalid value) encountered in ({DIVIDING})", ZeroDivisionError)


@finder("a log of 0")
def _(look: Look) -> str | None:
    """Your function takes the log of 0, which is minus infinity. The next lines make NaN of it.

    Where does the 0 come from? A computer rounds `exp` of anything below -745 to 0. A number of things
    can be 0 as well, if there is none.

    `np.log(np.exp(-800))` is minus infinity, though the answer is -800. Stay with logs from the start,
    and no `exp` is needed.
    """
    return _first(look, r"divide by zero encountered in log")


@finder("a root or a log of a number below 0")
def _(look: Look) -> str | None:
    """Your function takes the root or the log of a number below 0. There is none, and NumPy gives NaN.

    A sum of squares is never below 0, and neither is a number of things. So something went wrong earlier.
    Print the number just before you take the root or the log.

    `np.sqrt(-4)` and `np.log(-4)` are NaN. If a sum of squares is -4, a sign or a term is wrong where it is
    computed.
    """
    return _first(look, r"invalid value encountered in (sqrt|log|power|float_power)")


@finder("a number too large for a computer")
def _(look: Look) -> str | None:
    """One of your numbers becomes larger than a computer can hold: about 10 to the power of 308. NumPy goes
    on with infinity.

    `exp` of anything above 709 is too large. So is a product of many large numbers. Is a sign missing in
    the exponent?

    `np.exp(800)` is infinity, and `np.exp(-800)` is 0. An exponent such as `-0.5 * distance` is never above
    0, and `exp` of it is never above 1.
    """
    return _first(look, r"overflow encountered", OverflowError)
