"""Numbers with a decimal comma and a 0 after it, such as 1,0123: Python cannot even parse their cell.

Such a number is read as a text. So it costs only its own marks, and the check of the text names the comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checks.commas import ASSIGNED, NUMBER, as_texts
from checks.one_number import one_number
from grading.repair.names import statements

ANYWHERE = re.compile(rf"(?<![\w.,]){NUMBER}(?![\w.]|,\d)")


class Comma(NamedTuple):
    """A number with a decimal comma: its line in the cell, how it is written, and what to write instead."""

    line: int
    written: str
    instead: str


def commas_as_texts(source: str) -> str:
    """Return a cell's source; if Python cannot parse it, its assigned numbers with a comma become texts."""
    return source if statements(source) is not None else as_texts(source)


def commas_in(source: str) -> Iterator[Comma]:
    """Yield the numbers that `commas_as_texts` turns into texts."""
    for found in ASSIGNED.finditer(source) if statements(source) is None else ():
        line = source.count("\n", 0, found.start()) + 1
        yield Comma(line, found[1], with_a_point(found[1]))


def with_a_point(line: str) -> str:
    """Return what to write for the first number with such a comma in a line; "" if it has no such number."""
    found = ANYWHERE.search(line)
    fault = one_number(found.group())[1] if found else None
    return fault.instead if fault else ""
