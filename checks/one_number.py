"""Read one number as people write it, and say what is wrong with a text that is not one number.

A text with only one meaning is read: a minus sign that is not a hyphen, digits of another alphabet, a
fraction such as "3/10". A text with a comma, a percent sign or a word beside the number is not read. Then the
fault names the cause and what to write, and nothing is guessed.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from fractions import Fraction
from typing import Any

from checks.compare import as_numbers
from checks.faults import Fault, Kind

SHOWN, LONGEST = 40, 200  # characters of a text: so many are shown; a longer text is not a number
# The signs of keyboards, books and other programs for a minus, a decimal point and a fraction's stroke.
MINUS, POINT, STROKE = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "\u066b", "\u2044\u2215"
SIGNS = str.maketrans(MINUS + POINT + STROKE, "-" * len(MINUS) + "." + "/" * len(STROKE))
NUMBER = r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?"
FRACTION = re.compile(r"([-+]?\d+) ?/ ?(\d+)")
GROUPED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+|[-+]?\d{1,3}(?:,\d{3}){2,}")  # 1,234.5 or 1,234,567
DECIMAL_COMMA = re.compile(r"[-+]?\d[\d.]*,\d+")  # 0,3 or 1.234,5
PERCENTAGE = re.compile(r"([-+]?\d[\d.,]*) ?%")
ALONE = re.compile(rf"(?<![\w.,]){NUMBER}(?![\w.,%])")


def one_number(value: Any) -> tuple[Any, Fault | None]:
    """Return the value with its text read as a number, and a fault if it is not one number.

    A value that is neither a text nor a row of several numbers is returned unchanged, with no fault.

    Example:
        >>> from checks.one_number import one_number
        >>> one_number("3/10")
        (0.3, None)
        >>> fault = one_number((0, 300))[1]  # what Python makes of 0,300
        >>> fault.kind.name, fault.instead
        ('DECIMAL_COMMA', '0.300')
    """
    if not isinstance(value, str):
        return value, _several(value)
    if len(value) > LONGEST:
        return value, Fault(Kind.NOT_ONE_NUMBER, described=_shown(value))
    plain = _in_plain_signs(value)
    number = _read(plain)
    return (value, _unread(value, plain)) if number is None else (number, None)


def _in_plain_signs(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(SIGNS)).translate(SIGNS).split())


def _shown(text: str) -> str:
    return " ".join(text.replace("`", "'").split())[:SHOWN]


def _read(plain: str) -> float | None:
    with contextlib.suppress(ValueError):
        return float(plain)
    parts = FRACTION.fullmatch(plain)
    return float(Fraction(int(parts[1]), int(parts[2]))) if parts and int(parts[2]) else None


def _unread(text: str, plain: str) -> Fault:
    """Return the fault of a text that Python cannot read as a number."""
    if not plain:
        return Fault(Kind.NOT_ANSWERED)
    kind, instead = Kind.NOT_ONE_NUMBER, ""
    if GROUPED.fullmatch(plain) or DECIMAL_COMMA.fullmatch(plain):
        kind, instead = _comma(plain)
    elif percentage := PERCENTAGE.search(plain):
        kind, instead = Kind.PERCENTAGE, _hundredth(percentage[1])
    elif len(alone := ALONE.findall(plain)) == 1:
        instead = alone[0]
    return Fault(kind, described=_shown(text), instead=instead)


def _comma(plain: str) -> tuple[Kind, str]:
    if GROUPED.fullmatch(plain):
        return Kind.GROUPED, plain.replace(",", "")
    return Kind.DECIMAL_COMMA, plain.replace(".", "").replace(",", ".")


def _hundredth(number: str) -> str:
    """Return the number that a percentage means; "" if that is not clear."""
    pointed = _comma(number)[1] if "," in number else number
    try:
        return f"{float(pointed) / 100:.6g}"
    except ValueError:
        return ""


def _several(value: Any) -> Fault | None:
    """Return the fault of a row of two or more numbers. A tuple may be one number with a decimal comma."""
    numbers = as_numbers(value)
    if numbers is None or numbers.ndim != 1 or len(numbers) < 2:
        return None
    written = ",".join(map(str, value)) if isinstance(value, tuple) and len(value) <= 4 else ""
    if GROUPED.fullmatch(written) or DECIMAL_COMMA.fullmatch(written) and isinstance(value[-1], int):
        kind, instead = _comma(written)
        return Fault(kind, described=written, instead=instead, count=len(value))
    return Fault(Kind.SEVERAL_NUMBERS, count=len(value))
