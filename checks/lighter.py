"""Replace parts of an answer that are much larger than expected: only their shape is kept.

Each hint looks at the whole answer again, and an answer may have millions of values. If a part is much too
large, students are told only its shape, so only the shape is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np

from checks.cases import Case
from checks.reading import Unread

LARGE = 100_000  # values; fewer values are never too many
TIMES = 4  # times as many values as the largest known answer has
KEYS = 100  # keys of a dictionary that are kept, besides those that the exercise asks for


def lightened(value: Any, case: Case) -> Any:
    """Return an answer in which each part that is much too large has only its shape."""
    if isinstance(value, Mapping):
        asked = [key for key in case.entries if key in value]
        return {key: _lightened(value[key], case) for key in dict.fromkeys([*asked, *islice(value, KEYS)])}
    if isinstance(value, list | tuple) and 1 < len(value) == len(case.returns):
        return type(value)(_lightened(each, case) for each in value)
    return _lightened(value, case)


def _most(case: Case) -> int:
    """Return how many values a part of an answer may have."""
    return max(LARGE, TIMES * max(map(_size, _known(case)), default=0))


def _known(case: Case) -> Iterable[Any]:
    """Yield the right answers, and the answers of known mistakes."""
    yield from case.answers
    yield from (answer for forms in case.mistakes.values() for _, answer in forms)


def _size(value: Any) -> int:
    """Return the number of values in a known answer, at any depth. Known answers do not have many."""
    if isinstance(value, np.ndarray):
        return value.size
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return 1 + sum(map(_size, items))


def _lightened(value: Any, case: Case) -> Any:
    if not _is_above(value, LARGE) or not _is_above(value, _most(case)):  # LARGE first: _most takes time
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
    """Return an array of this shape that has only NaN, and takes no memory."""
    return np.broadcast_to(np.float64(np.nan), shape)


def _is_above(value: Any, most: int) -> bool:
    """Tell whether a value has more than `most` values, without looking at many more."""
    left, rest = most, [value]
    while rest and left >= 0:
        each = rest.pop()
        if isinstance(each, np.ndarray):
            left -= max(each.size, each.nbytes // 100)  # reading long texts takes as long as many numbers
        elif isinstance(each, list | tuple | str | bytes):
            left -= len(each) // (1 if isinstance(each, list | tuple) else 100)
            rest.extend(each if isinstance(each, list | tuple) and left >= 0 else ())
    return left < 0
