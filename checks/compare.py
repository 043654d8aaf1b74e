"""What is wrong with an answer, part by part, in sentences that do not tell the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Fault(NamedTuple):
    """What is wrong. `what` may be said of any case; `detail` only of a public one.

    part: which entry or returned value is wrong; "" if it is the answer as a whole.
    """

    what: str
    detail: str = ""
    first: bool = False  # said before others: a shape explains wrong values
    part: str = ""


def find_fault(
    value: Any, answers: tuple[Any, ...], tolerance: float, returns: tuple[str, ...] = ()
) -> Fault | None:
    """Return None if the value is one of the right answers, else what to say of it first."""
    return next(iter(find_faults(value, answers, tolerance, returns)), None)


def find_faults(
    value: Any, answers: tuple[Any, ...], tolerance: float, returns: tuple[str, ...] = ()
) -> list[Fault]:
    """Return what is wrong with each part of an answer, what explains most first; nothing, if it is right.

    With several right answers, the faults are against the nearest: the one with fewest.
    returns: the names of the values, where an answer is a list of several.
    """
    mine = unpacked(value)  # once: an iterator is empty the second time
    if returns and mine is not None and not _is_several(mine, len(returns)):
        return [Fault("the function must return several values", f"return {', '.join(returns)}.")]
    named = as_parts(mine, returns)
    each = [list(_faults(named, as_parts(right, returns), tolerance)) for right in answers]
    return sorted(min(each, key=len), key=lambda fault: not fault.first)


def as_parts(value: Any, returns: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return an answer by its parts: entries, named values, or the whole under ""."""
    if isinstance(value, Mapping):
        return value
    return dict(zip(returns, value)) if returns and _is_several(value, len(returns)) else {"": value}


def _faults(mine: Mapping[str, Any], right: Mapping[str, Any], tolerance: float) -> Iterator[Fault]:
    if right.keys() == {""}:
        yield from _part_faults(mine.get("", mine), right[""], tolerance, "the result")
    elif "" in mine and mine[""] is None:
        yield Fault("the result is None", "does the function end with `return` and the answer?")
    elif "" in mine:
        yield Fault("the result is no dictionary", f"return one with the keys {_quoted(right)}.")
    else:
        for key, item in right.items():
            if key not in mine:
                yield Fault(f"the key {key!r} is missing", f"the keys are {_quoted(mine)}.", part=key)
            else:
                found = _part_faults(mine[key], item, tolerance, f"the entry {key!r}")
                yield from (fault._replace(part=key) for fault in found)


def _part_faults(value: Any, right: Any, tolerance: float, subject: str) -> Iterator[Fault]:
    if value is None:
        yield Fault(f"{subject} is None", "does the function end with `return` and the answer?")
    else:
        fault = _number_fault(value, np.asarray(right), tolerance, subject)
        yield from [fault] if fault else []


def _quoted(names: Mapping[str, Any]) -> str:
    return ", ".join(map(repr, names))


def _number_fault(value: Any, right: NDArray[Any], tolerance: float, subject: str) -> Fault | None:
    try:
        mine = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        kind = getattr(value, "described", f"a {type(value).__name__}")
        return Fault(f"{subject} cannot be read as numbers", f"it is {kind}; give an array or equal rows.")
    if not same_shape(mine, right):
        return _shape_fault(mine, right, subject)
    mine = mine.reshape(right.shape)
    if not np.isfinite(mine).all():
        at = _position(~np.isfinite(mine))
        where = f"{mine[at]} at {list(at)}; look for 0/0 or log(0)."
        return Fault(f"{subject} holds a NaN or an infinity", where)
    off = np.abs(mine - right) > tolerance * np.abs(right).max(initial=1e-300)
    return _values_fault(mine, right, off, subject) if off.any() else None


def same(mine: Any, other: Any, tolerance: float) -> bool:
    """Tell whether two answers, right or wrong, are the same; NaN is the same as NaN."""
    if mine is None or other is None:
        return mine is other
    if isinstance(other, Mapping):
        alike = isinstance(mine, Mapping) and mine.keys() == other.keys()
        return alike and all(same(mine[key], other[key], tolerance) for key in other)
    try:
        a, b = np.asarray(mine, dtype=float), np.asarray(other, dtype=float)
    except (TypeError, ValueError):  # unequal rows, or values of several kinds
        several = isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other)
        return several and all(same(*pair, tolerance) for pair in zip(mine, other))
    largest = np.abs(b[np.isfinite(b)]).max(initial=1e-300)
    return same_shape(a, b) and np.allclose(a.reshape(b.shape), b, 0, tolerance * largest, equal_nan=True)


def _is_several(value: Any, count: int) -> bool:
    is_sequence = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return is_sequence and len(value) == count


def unpacked(value: Any) -> Any:
    """Return the value with lists in place of iterators, at any depth."""
    if isinstance(value, list | tuple | Iterator | ValuesView):
        return [unpacked(item) for item in value]
    if isinstance(value, Mapping):
        return {key: unpacked(item) for key, item in value.items()}
    return value


def same_shape(mine: NDArray[Any], right: NDArray[Any]) -> bool:
    # (K, 1) and (1, K) for (K,) are habits, not mistakes.
    return [n for n in mine.shape if n != 1] == [n for n in right.shape if n != 1]


def _shape_fault(mine: NDArray[Any], right: NDArray[Any], subject: str) -> Fault:
    turned = "; transposed it would fit" if mine.T.shape == right.shape else ""
    if mine.ndim == right.ndim == 1:
        numbers = f"{mine.size} instead of {right.size} numbers."
        return Fault(f"{subject} has the wrong length", numbers, first=True)
    detail = f"{_shape_in_words(mine)} instead of {_shape_in_words(right)}{turned}."
    return Fault(f"{subject} has the wrong shape", detail, first=True)


def _shape_in_words(array: NDArray[Any]) -> str:
    words = {0: "a single number", 1: f"{array.size} numbers"}
    return words.get(array.ndim, f"an array of shape {array.shape}")


def _values_fault(
    mine: NDArray[np.float64], right: NDArray[Any], off: NDArray[np.bool_], subject: str
) -> Fault:
    at = np.unravel_index(np.abs(mine - right).argmax(), right.shape)
    side = "large" if mine[at] > right[at] else "small"
    place = f" at {[int(i) for i in at]}" if right.ndim else ""
    share = f"{int(off.sum())} of {off.size} numbers are off, most of all{place}" if right.ndim else "here"
    return Fault(f"{subject} is off", f"{share}: {mine[at]:.6g} is too {side}.")


def _position(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])
