"""Show values in a few words for a terminal: arrays with their shape, long values shortened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from checks.reading import Unread
from grading.submitted.names import shown

EDGE, DIGITS, WIDTH = 3, 6, 88  # numbers at each edge; digits of each; characters in a line
MOST_LINES, MOST_TEXT, MOST_ITEMS = 8, 400, 12


class ErrorText(str):
    """The words of an error that was raised instead of a value. It is shown without quotes."""


def lines_of(value: Any) -> list[str]:
    """Return a value in lines. An array has its shape, a dictionary has a line or more for each key."""
    if isinstance(value, ErrorText):
        return [shown(value)]
    if isinstance(value, Mapping):
        return list(_entries(value))
    if isinstance(value, Unread):
        return [f"a value that cannot be shown: {value.described}"]
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, list | tuple):
        return _list(value)
    return [_text(value)]


def _entries(value: Mapping[Any, Any]) -> Iterator[str]:
    if not value:
        yield "an empty dictionary"
    for key, item in list(value.items())[:MOST_ITEMS]:
        first, *rest = lines_of(item)
        yield f"{key if isinstance(key, str) and key.isidentifier() else repr(key)}: {first}"
        yield from (f"    {each}" for each in rest)
    if len(value) > MOST_ITEMS:
        yield f"... and {len(value) - MOST_ITEMS} more entries"


def _array(value: np.ndarray) -> list[str]:
    few = {"edgeitems": EDGE, "threshold": 4 * EDGE}
    told = np.array2string(value, precision=DIGITS, max_line_width=WIDTH, **few)
    lines = told.splitlines()
    more = [f"... {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    lines = [*lines[:MOST_LINES], *more]
    shape = " x ".join(map(str, value.shape))
    if not value.ndim:
        return [f"{lines[0]} (a number)"]
    head = f"array of shape {value.shape}" if value.ndim > 1 else f"array of {shape} numbers"
    return [f"{head}: {lines[0]}"] if len(lines) == 1 else [f"{head}:", *lines]


def _list(value: list | tuple) -> list[str]:
    try:
        numbers = np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        numbers = None
    if numbers is not None and numbers.size > 1:
        first, *rest = _array(numbers)
        return [first.replace("array of", "list of" if numbers.ndim == 1 else "lists of"), *rest]
    return [_text(value)]


def _text(value: Any) -> str:
    text = shown(f"{value:.{DIGITS}g}" if isinstance(value, float) else repr(value))
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]} ... ({len(text)} characters)"
