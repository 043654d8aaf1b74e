"""Hints for NaN and infinity: the case is run once more to find the first operation that gave one of them."""

from __future__ import annotations

import re

from checks.finders import SILENT, Finder, Silence, Stage, registrar
from checks.looking import Look

NANS: list[Finder] = []
finder = registrar(NANS, Stage.ERROR)
DIVIDING = r"(scalar )?(true_|floor_)?divide|remainder|reciprocal"


def _first(look: Look, message: str, *errors: type[BaseException]) -> str | Silence | None:
    """Return the line of the first operation that gave NaN or infinity, if NumPy's message matches.

    errors: the errors that Python's own operations raise instead.
    """
    found = isinstance(look.error, ArithmeticError)
    error = look.error if found else look.outcome.first_odd
    if error is None:  # this case is wrong for another reason
        return None
    if isinstance(error, errors) or (isinstance(error, FloatingPointError) and re.match(message, str(error))):
        place = look.outcome.place_of(error)
        return f"{place.where}: `{place.line}`" if place.where and place.line else ""
    return SILENT


@finder("a division by 0", everywhere=True)
def _(look: Look) -> str | Silence | None:
    """Your function divides by 0. Python stops there. NumPy goes on, with infinity or NaN.

    Perhaps nothing was counted, and the divisor is a count. Or very small numbers were rounded to 0:
    `np.exp(-800)` gives 0, and so does a sum of such numbers. Print the divisor before you divide.

    Think of `exp(-800) / (exp(-800) + exp(-801))`: a computer makes it 0 / 0. First subtract the largest
    exponent, -800, from every exponent. They become 0 and -1, and `exp(0) / (exp(0) + exp(-1))` is 0.73.
    """
    return _first(look, rf"(divide by zero|invalid value) encountered in ({DIVIDING})", ZeroDivisionError)


@finder("a log of 0", everywhere=True)
def _(look: Look) -> str | Silence | None:
    """Your function takes the log of 0. `np.log(0)` gives minus infinity, and the next lines can turn it
    into NaN.

    Where does the 0 come from? `np.exp` of -746 or less gives 0 on a computer. A count can be 0 as
    well.

    `np.log(np.exp(-800))` is minus infinity, though the right answer is -800. The log of `np.exp(a)` is
    just a, so no `exp` is needed there.
    """
    return _first(look, r"divide by zero encountered in log")


@finder("a root or a log of a number below 0", everywhere=True)
def _(look: Look) -> str | Silence | None:
    """Your function takes the root or the log of a number below 0. Such a number has no real square root and
    no log, so NumPy gives NaN.

    A sum of squares is never below 0, and a count is never below 0. So something went wrong earlier. Print
    the number before you take the root or the log.

    `np.sqrt(-4)` and `np.log(-4)` are NaN. If your sum of squares is -4, look for a wrong sign or a missing
    square.
    """
    return _first(look, r"invalid value encountered in (sqrt|log|power|float_power)")


@finder("a number too large for a computer", everywhere=True)
def _(look: Look) -> str | Silence | None:
    """One of your numbers becomes too large. A NumPy float goes up to about 1.8e308, and a larger number
    becomes infinity.

    `np.exp` of 710 or more gives infinity. So does a product of many large numbers. Is a minus sign missing
    in the exponent?

    `np.exp(800)` is infinity, and `np.exp(-800)` is 0. If `distance` is 0 or more, then `-0.5 * distance` is
    never above 0, and `np.exp` of it is never above 1.
    """
    return _first(look, r"overflow encountered", OverflowError)
