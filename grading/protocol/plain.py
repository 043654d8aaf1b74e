"""Turn plain values into bytes, without pickle and without a user's own classes. made.py does the reverse."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from itertools import islice
from typing import Any

import msgpack
import numpy as np

from checks.reading import MAX_DIGITS, MAX_ITEMS, PLAIN_KINDS, REFUSALS, Unread
from grading.protocol.made import (
    ARRAY,
    BIG,
    COLUMN,
    COMPLEX,
    FRAME,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_FRAMES,
    MEGABYTE,
    SCALAR,
    SET,
    TUPLE,
    UNREAD,
    Garbage,
    unpack,
)

__all__ = ["MAX_BYTES", "MEGABYTE", "Garbage", "NotPlain", "pack", "packed_and_counted", "unpack"]


class NotPlain(ValueError):
    """The error for a value that cannot leave the box. word: one of REFUSALS, see checks/reading.py."""

    def __init__(self, word: str):
        super().__init__(REFUSALS[word])
        self.word = word


def pack(value: Any) -> bytes:
    """Return the value as bytes. Raises NotPlain for a value that must not or cannot be sent."""
    return _packed(value, _Plain())


def packed_and_counted(value: Any) -> tuple[int, int]:
    """Return how many bytes and items a value has. Raises NotPlain."""
    plain = _Plain()
    return len(_packed(value, plain)), plain.items


def _packed(value: Any, plain: _Plain) -> bytes:
    packed = msgpack.packb(plain.of(value), unicode_errors="surrogatepass")
    if len(packed) > MAX_BYTES:
        raise NotPlain("frame")
    return packed


class _Plain:
    """A converter of one value into types that msgpack knows. It counts items and bytes on the way."""

    def __init__(self) -> None:
        self.items, self.bytes = 0, 0

    def of(self, value: Any, depth: int = 0) -> Any:
        self.items += 1
        if depth > MAX_DEPTH:
            raise NotPlain("depth")
        if self.items > MAX_ITEMS:
            raise NotPlain("items")
        kind = type(value)
        if value is None or kind in (bool, float, str, bytes):
            return value
        for known, turn in TURNS:
            if isinstance(value, known):
                return turn(self, value, depth)
        return self.foreign(value, depth)

    def list(self, value: Any, depth: int) -> list[Any]:
        return [self.of(item, depth + 1) for item in islice(value, MAX_ITEMS + 1)]

    def dict(self, value: Mapping[Any, Any], depth: int) -> dict[Any, Any]:
        return {self.key(key): self.of(item, depth + 1) for key, item in value.items()}

    def key(self, key: Any) -> Any:
        if isinstance(key, str | bytes | bool | int | float | np.generic):
            return key.item() if isinstance(key, np.generic) else key
        raise NotPlain("keys")

    def extended(self, code: int, value: Any) -> msgpack.ExtType:
        # The count is like that of the other side, which accepts twice as many.
        self.items += MAX_ITEMS // MAX_FRAMES if code == FRAME else 7
        if self.items > MAX_ITEMS:
            raise NotPlain("items")
        return msgpack.ExtType(code, msgpack.packb(value, unicode_errors="surrogatepass"))

    def integer(self, value: int, depth: int) -> Any:
        if -(2**63) <= value < 2**64:
            return int(value)
        if value.bit_length() > MAX_DIGITS * 10 / 3:
            raise NotPlain("digits")
        return self.extended(BIG, str(int(value)))

    def array(self, value: np.ndarray, depth: int) -> Any:
        value = np.asarray(value)  # without a subclass
        if value.dtype.kind not in PLAIN_KINDS:
            if value.dtype.kind != "O":
                raise NotPlain("dtype")
            return self.list(value.tolist(), depth) if value.ndim else self.of(value.item(), depth + 1)
        self.bytes += value.nbytes
        if self.bytes > MAX_BYTES:  # before the array is copied: it may already use most of the memory
            raise NotPlain("frame")
        return self.extended(ARRAY, [value.dtype.str, list(value.shape), value.tobytes()])

    def scalar(self, value: np.generic, depth: int) -> Any:
        if value.dtype.kind not in PLAIN_KINDS:
            return self.of(value.item(), depth + 1)
        return self.extended(SCALAR, [value.dtype.str, value.tobytes()])

    def foreign(self, value: Any, depth: int) -> Any:
        """Convert a library's object of numbers: a table of pandas, a tensor, all that numpy can read."""
        pandas = sys.modules.get("pandas")
        if pandas and isinstance(value, pandas.DataFrame):
            columns = [[str(name), value[name].to_numpy()] for name in value.columns]
            self.items += COLUMN * len(columns)
            return self.extended(FRAME, self.list(columns, depth))
        if hasattr(value, "__array__") and not isinstance(value, type):
            made = value.__array__()
            if isinstance(made, np.ndarray) and made.dtype.kind in PLAIN_KINDS + "O":
                return self.array(made, depth + 1)
        if hasattr(value, "__float__"):  # fractions, decimals
            return float(value)
        if isinstance(value, Sequence | deque):
            return self.list(value, depth)
        raise NotPlain("class")


TURNS: list[tuple[Any, Any]] = [
    (bool, lambda plain, value, depth: bool(value)),
    (int, _Plain.integer),
    (np.ndarray, _Plain.array),
    (np.generic, _Plain.scalar),
    (float, lambda plain, value, depth: float.__float__(value)),
    (complex, lambda plain, value, depth: plain.extended(COMPLEX, [value.real, value.imag])),
    (str, lambda plain, value, depth: str.__str__(value)),
    (bytes | bytearray, lambda plain, value, depth: bytes(value)),
    (tuple, lambda plain, value, depth: plain.extended(TUPLE, plain.list(value, depth))),
    (set | frozenset, lambda plain, value, depth: plain.extended(SET, plain.list(value, depth))),
    (Mapping, _Plain.dict),
    (Unread, lambda plain, value, depth: plain.extended(UNREAD, value.word)),
    (list | range | Iterator | KeysView | ValuesView | ItemsView, _Plain.list),
]
