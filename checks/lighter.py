"""An answer that is far larger than any that is expected, made light.

Each hint looks at the whole answer again, and an answer may hold millions of values. Of one that is much too
large only the shape is told to a student, so only the shape is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from checks.cases import Case
from checks.reading import Unread

LARGE = 100_000  # values; fewer are never too many
TIMES = 4  # as many as in the largest answer that is known
KEYS = 100  # of a dictionary, beside those that are asked for


def lightened(value: Any, case: Case) -> Any:
    """Return an answer with the shape alone in place of each part that is much too large."""
    if isinstance(value, Mapping):
        asked = [key for key in case.entries if key in value]
        return {key: _lightened(value[key], case) for key in dict.fromkeys([*asked, *islice(value, KEYS)])}
    if isinstance(value, list | tuple) and 1 < len(value) == len(case.returns):
        return type(value)(_lightened(each, case) for each in value)
    return _lightened(value, case)


def _most(case: Case) -> int:
    """How many values a part of an answer may have."""
    return max(LARGE, TIMES * max(map(_size, _known(case)), default=0))


def _known(case: Case) -> Iterable[Any]:
    """The right answers, and those of known mistakes."""
    yield from case.answers
    yield from (answer for forms in case.mistakes.values() for _, answer in forms)


def _size(value: Any) -> int:
    """How many values there are, at any depth. Of what is known, which is not many."""
    if isinstance(value, np.ndarray):
        return value.size
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return 1 + sum(map(_size, items))


def _lightened(value: Any, case: Case) -> Any:
    if not _is_above(value, LARGE) or not _is_above(value, _most(case)):  # what is known costs time
        return value
    if isinstance(value, np.ndarray):
        return _of_shape(value.shape) if value.dtype.kind in "biufc" else Unread("class", "ndarray")
    shape, first = [], value
    while isinstance(first, list | tuple) and first:
        shape.append(len(first))
        first = first[0]
    inner = first.shape if isinstance(first, np.ndarray) else ()
    return _of_shape((*shape, *inner)) if 0 < len(shape) <= 20 else Unread("class", type(value).__name__)


def _of_shape(shape: tuple[int, ...]) -> np.ndarray:
    """An array of this shape with nothing in it, which takes no memory."""
    return np.broadcast_to(np.float64(np.nan), shape)


def _is_above(value: Any, most: int) -> bool:
    """Tell whether there are more values than that, without looking at many more."""
    left, rest = most, [value]
    while rest and left >= 0:
        each = rest.pop()
        if isinstance(each, np.ndarray):
            left -= max(each.size, each.nbytes // 100)  # long texts are as much to read as many numbers
        elif isinstance(each, list | tuple | str | bytes):
            left -= len(each) // (1 if isinstance(each, list | tuple) else 100)
            rest.extend(each if isinstance(each, list | tuple) and left >= 0 else ())
    return left < 0
