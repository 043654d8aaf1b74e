"""Read what a student's code returned. The notebook and marking read it in the same way.

`read` turns a value into None, words, numbers, arrays, lists, tuples, sets, dictionaries and tables of
pandas. If `read` cannot read a part of the value, an `Unread` replaces this part. So an entry that cannot be
used costs no other entry.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Collection, ItemsView, Iterator, KeysView, Mapping, ValuesView
from itertools import islice
from typing import Any

import numpy as np

from checks.texts import text

MAX_DEPTH, MAX_ITEMS, MAX_DIGITS, MAX_MB = 28, 2_000_000, 1_000, 64
SPARE_BYTES = 2**20  # of arrays in an entry that the exercise does not ask for; more is not worth sending
PLAIN_KINDS = "biufcUS"  # of numpy's dtypes: numbers and words

# Why a value is not read, by a word. Only the word is sent to another process.
REFUSALS = {
    "frame": text("more than {most} MB, which is not read", most=MAX_MB),
    "items": text("more than {most:,} values that are in no array, which is not read", most=MAX_ITEMS),
    "alike": text(
        "a set or a dictionary of values that Python cannot tell apart fast, as their hashes are equal, "
        "which is not read"
    ),
    "digits": text("a whole number of more than {most:,} digits, which is not read", most=MAX_DIGITS),
    "depth": text("lists within lists, more than {most} deep, which is not read", most=MAX_DEPTH),
    "keys": text("a dictionary whose keys are neither words nor numbers, which is not read"),
    "dtype": text("an array of something else than numbers or words, which is not read"),
    "class": text("an object of a class that is neither Python's nor numpy's, which is not read"),
}
TOO_LARGE = ("frame", "items", "alike", "digits")


class Unread:
    """A value that was not read. Whatever is done with it fails, as with an object that cannot be used.

    word: one of REFUSALS. name: the name of the value's class, if the student's own notebook shows it.
    """

    def __init__(self, word: Any, name: str = ""):
        self.word = word if word in REFUSALS else "class"
        self.described = text("a {name}", name=name) if name else REFUSALS[self.word]


def answer_of(
    function: Callable[..., Any], args: Collection[Any], named: Mapping[str, Any], asked: Collection[str]
) -> Any:
    """Call a function, read its answer and return it. asked: the entries that a dictionary must have.

    Other entries count for nothing. While the function runs, the course's functions may go on with NaN, see
    judged.py. A function in another process has its own `answering`, which does the same there.
    """
    if hasattr(function, "answering"):
        return function.answering(asked, *args, **named)
    return read(function(*args, **named), asked)


def read(value: Any, asked: Collection[str] = ()) -> Any:
    """Return a value as plain data. A value that was read before is returned unchanged.

    asked: the entries that a dictionary must have. Of any other entry, parts that are not plain are left
    unread: no code runs for entries that the exercise does not ask for. By default everything is read.
    """
    if asked and isinstance(value, Mapping):
        entries = ((_key(key), item) for key, item in value.items())
        return {key: _entry(item, key not in asked) for key, item in entries if not isinstance(key, Unread)}
    return _entry(value, spare=False)


def _entry(value: Any, spare: bool) -> Any:
    try:
        return _Reader(spare).of(value)
    except _TooMany:
        return Unread("items")
    except _TooLarge:
        return Unread("frame")


def _key(key: Any) -> Any:
    if isinstance(key, np.generic):
        key = key.item()
    return key if isinstance(key, str | bytes | bool | int | float) else Unread("keys")


class _TooMany(ValueError):
    """The error for more values than are read."""


class _TooLarge(ValueError):
    """The error for an entry that the exercise does not ask for, and that is too large."""


class _Reader:
    """A reader of one value that counts its parts. spare: nobody asked for the value, so no code is run."""

    def __init__(self, spare: bool):
        self.spare, self.items, self.bytes = spare, 0, 0
        self.most = MAX_ITEMS // 100 if spare else MAX_ITEMS

    def of(self, value: Any, depth: int = 0) -> Any:
        self.items += 1
        if self.items > self.most:
            raise _TooMany
        if value is None or value is ...:
            return None
        if type(value) in (bool, float, complex, str, bytes, Unread):
            return value
        if depth > MAX_DEPTH:
            return _flat(value)
        for known, turn in TURNS:
            if isinstance(value, known):
                return turn(self, value, depth + 1)
        return Unread("class", type(value).__name__) if self.spare else self.foreign(value, depth + 1)

    def list(self, value: Any, depth: int) -> list[Any]:
        return [self.of(item, depth) for item in islice(value, MAX_ITEMS + 1)]

    def set(self, value: Any, depth: int) -> Any:
        items = self.list(value, depth)
        return items if any(isinstance(item, set) for item in items) else set(items)

    def iterator(self, value: Iterator[Any], depth: int) -> Any:
        return Unread("class", type(value).__name__) if self.spare else self.list(value, depth)

    def dict(self, value: Mapping[Any, Any], depth: int) -> Any:
        made = {_key(key): self.of(item, depth) for key, item in value.items()}
        return next((key for key in made if isinstance(key, Unread)), made)

    def integer(self, value: int, depth: int) -> Any:
        whole = int.__int__(value)
        return whole if whole.bit_length() <= MAX_DIGITS * 10 / 3 else Unread("digits")

    def array(self, value: np.ndarray, depth: int) -> Any:
        value = np.asarray(value)  # without a subclass
        self.bytes += value.nbytes
        if self.spare and self.bytes > SPARE_BYTES:
            raise _TooLarge
        if value.dtype.kind in PLAIN_KINDS:
            return value
        if value.dtype.kind != "O":
            return Unread("dtype")
        return self.list(value.tolist(), depth) if value.ndim else self.of(value.item(), depth)

    def scalar(self, value: np.generic, depth: int) -> Any:
        return value if value.dtype.kind in PLAIN_KINDS else self.of(value.item(), depth)

    def foreign(self, value: Any, depth: int) -> Any:
        """Return the numbers in a library's object, if numpy or `float` can read it. Its code may raise."""
        pandas = sys.modules.get("pandas")
        if pandas and isinstance(value, pandas.DataFrame):
            return value
        try:
            made = np.asarray(None if isinstance(value, type) else value)
            if made.dtype.kind != "O" or made.ndim:
                return self.array(made, depth)
            return float(value)
        except (_TooMany, _TooLarge):
            raise
        except Exception:
            return Unread("class", type(value).__name__)


# Subclasses of Python's own types become these types. None of the subclass's methods is called.
TURNS: list[tuple[Any, Callable[[_Reader, Any, int], Any]]] = [
    (np.ndarray, _Reader.array),
    (np.generic, _Reader.scalar),
    (int, _Reader.integer),
    (float, lambda reader, value, depth: float.__float__(value)),
    (complex, lambda reader, value, depth: complex.__complex__(value)),
    (str, lambda reader, value, depth: str.__str__(value)),
    (bytes, lambda reader, value, depth: bytes(value)),
    (tuple, lambda reader, value, depth: tuple(reader.list(value, depth))),
    (set | frozenset, _Reader.set),
    (Mapping, _Reader.dict),
    (list | range | deque | KeysView | ValuesView | ItemsView, _Reader.list),
    (Iterator, _Reader.iterator),
]


def _flat(value: Any) -> Any:
    """Return a value that is nested too deeply, if numpy can read it as numbers."""
    try:
        return np.asarray(value, dtype=float)
    except Exception:
        return Unread("depth")
