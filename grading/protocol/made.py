"""Make plain values from bytes. The sender may have changed its copy of this code, so everything is checked.

A value from `unpack` is made of None, bool, int, float, complex, str, bytes, list, tuple, set and dict. It
may also have numpy arrays and scalars of plain dtypes, DataFrames, and `Unread` for values that are not read.
"""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import msgpack
import numpy as np

from checks.reading import MAX_DIGITS, MAX_ITEMS, MAX_MB, Unread

MEGABYTE = 2**20
MAX_BYTES = MAX_MB * MEGABYTE  # of a value; a larger value is not read
MAX_DEPTH, MAX_FRAMES = 30, 100
COLUMN = 500  # a table's column counts as so many items, in addition to its values
MAX_COPIED = 4 * MAX_BYTES  # bytes of nested tuples and the like: each copies the values in it
# Python finds a value in a set by its hash, and a sender can choose numbers with equal hashes. Then Python
# compares every pair of them, which takes long. Of honest values only few have equal hashes: -1 and -2 do.
ALIKE = 20
TUPLE, SET, COMPLEX, BIG, ARRAY, SCALAR, FRAME, UNREAD = range(8)
PLAIN_DTYPE = re.compile(r"[<>|=]?(\?|b1|[iufc]\d{1,2}|[US]\d{1,9})")
NESTING = (list, tuple, dict)


class Garbage(ValueError):
    """The error for bytes from the other side that are not a message of this protocol."""


def unpack(payload: bytes, bare: bool = False) -> Any:
    """Return the value in a payload. Raises Garbage for any fault in it.

    bare: whether only numbers, words, lists and dictionaries are accepted.
    """
    with _without_collecting():
        value = _Made(bare).of(payload)
        if _is_deeper(value, MAX_DEPTH + 1):
            raise Garbage("nested too deeply")
    return value


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Stop Python's search for cycles of references while this block makes millions of objects.

    None of these objects is in a cycle, and the search would take longer than the rest of the work.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


class _Made:
    """A maker of one value from bytes. It counts objects on the way: a few bytes can mean many objects."""

    def __init__(self, bare: bool):
        self.bare, self.items, self.frames, self.depth, self.copied = bare, 0, 0, 0, 0

    def of(self, payload: bytes) -> Any:
        if self.depth > MAX_DEPTH:  # before the nesting uses up the stack of this process
            raise Garbage("nested too deeply")
        self.depth += 1
        # Each item has at least one byte. msgpack reserves memory for items before it reads them.
        most = min(MAX_ITEMS, len(payload))
        try:
            return msgpack.unpackb(
                payload,
                raw=False,
                unicode_errors="replace",
                strict_map_key=False,
                timestamp=1,  # as a number
                max_array_len=most,
                max_map_len=most,
                list_hook=self._counted,
                object_pairs_hook=self._dict,
                ext_hook=self._extended,
            )
        except Exception as error:  # hostile bytes may cause an error anywhere
            raise Garbage(f"not a plain value ({type(error).__name__})") from None
        finally:
            self.depth -= 1

    def _counted(self, values: Any) -> Any:
        self._count(len(values) + 1)
        return values

    def _dict(self, pairs: list[tuple[Any, Any]]) -> Any:
        self._count(2 * len(pairs) + 1)
        return Unread("alike") if _are_alike([key for key, _ in pairs]) else dict(pairs)

    def _count(self, items: int) -> None:
        self.items += items
        if self.items > 2 * MAX_ITEMS:
            raise Garbage("too many values")

    def _extended(self, code: int, data: bytes) -> Any:
        self.frames += code == FRAME
        self.copied += len(data)
        if self.bare or self.frames > MAX_FRAMES or self.copied > MAX_COPIED:
            raise Garbage("too many values")
        value = self.of(data)
        self._count(2 * COLUMN * len(value) if code == FRAME else 10)  # each takes more memory than a number
        return MADE[code](value)


def _is_deeper(value: Any, most: int) -> bool:
    """Tell whether lists are nested more than so deep. The function looks at one depth after the other."""
    level = [value] if isinstance(value, NESTING) else []
    for _ in range(most):
        inner = (each.values() if type(each) is dict else each for each in level)
        level = [item for items in inner for item in items if isinstance(item, NESTING)]
    return bool(level)


def _are_alike(values: Collection[Any]) -> bool:
    """Tell whether more than a few of the values have the same hash."""
    if len(values) <= ALIKE:
        return False
    hashes = np.sort(np.fromiter(map(hash, values), np.int64, len(values)))
    return bool((hashes[ALIKE:] == hashes[:-ALIKE]).any())


def _list(value: Any) -> list[Any]:
    """Return the value, which must be a list. Words or arrays could give far more items than were sent."""
    if type(value) is not list:
        raise Garbage("no list")
    return value


def _set(value: Any) -> Any:
    return Unread("alike") if _are_alike(_list(value)) else set(value)


def _complex(pair: Any) -> complex:
    real, imaginary = _list(pair)
    return complex(float(real), float(imaginary))


def _array(value: Any) -> np.ndarray:
    dtype, shape, data = _list(value)
    if len(_list(shape)) > 64 or not all(type(n) is int for n in shape):
        raise Garbage("not a shape")
    return np.frombuffer(data, _dtype(dtype)).reshape(shape).copy()


def _scalar(value: Any) -> np.generic:
    dtype, data = _list(value)
    (scalar,) = np.frombuffer(data, _dtype(dtype))
    return scalar


def _dtype(text: str) -> np.dtype:
    if not PLAIN_DTYPE.fullmatch(text):
        raise Garbage("a dtype that is not plain")
    return np.dtype(text)


def _frame(columns: Any) -> Any:
    from pandas import DataFrame  # if the box has pandas, this side has it, too

    if not all(type(name) is str for name, _ in _list(columns)):
        raise Garbage("not a name")
    return DataFrame(dict(columns))


def _whole(text: Any) -> int:
    if len(text) > MAX_DIGITS + 2:
        raise Garbage("a number that is too long")
    return int(text)


MADE: dict[int, Callable[[Any], Any]] = {
    TUPLE: lambda value: tuple(_list(value)),
    SET: _set,
    COMPLEX: _complex,
    BIG: _whole,
    ARRAY: _array,
    SCALAR: _scalar,
    FRAME: _frame,
    UNREAD: Unread,
}
