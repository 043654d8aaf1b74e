"""Find what is wrong with an answer, part by part."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, ValuesView
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.faults import Fault, Kind
from checks.texts import text

TINY = 1e-300  # a tolerance is relative to it if all numbers of the answer are 0
TEXTS = 2**20  # bytes; a larger array of words is not read as numbers, because that takes long


def find_fault(
    value: Any, answers: tuple[Any, ...], tolerance: float, returns: tuple[str, ...] = ()
) -> Fault | None:
    """Return None if the value is one of the right answers. Otherwise return the fault that explains most."""
    return next(iter(find_faults(value, answers, tolerance, returns)), None)


def find_faults(
    value: Any, answers: tuple[Any, ...], tolerance: float, returns: tuple[str, ...] = ()
) -> list[Fault]:
    """Return the faults of each part of an answer, first those that explain most; none if it is right.

    If there are several right answers, compare with the nearest one: the one that gives the fewest faults.
    returns: the names of the values, if an answer is a list of several values.
    """
    mine = unpacked(value)  # only once: an iterator is empty the second time
    if returns and mine is not None and not _is_several(mine, len(returns)):
        return [Fault(Kind.NOT_SEVERAL, names=returns)]
    named = as_parts(mine, returns)
    each = [list(_faults(named, as_parts(right, returns), tolerance)) for right in answers]
    return sorted(min(each, key=_distance), key=lambda fault: not fault.explains_others)


def _distance(faults: list[Fault]) -> tuple[int, int, int]:
    """Return how far an answer is from a right one: wrong parts, parts of another shape, wrong numbers."""
    off = [fault for fault in faults if fault.kind is Kind.OFF]
    return len(faults), len(faults) - len(off), sum(fault.count for fault in off)


def as_parts(value: Any, returns: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return the parts of an answer by name: entries, named values, or the whole answer with the name ""."""
    if isinstance(value, Mapping):
        return value
    return dict(zip(returns, value)) if returns and _is_several(value, len(returns)) else {"": value}


def _faults(mine: Mapping[str, Any], right: Mapping[str, Any], tolerance: float) -> Iterator[Fault]:
    if right.keys() == {""}:
        yield from _part_faults(mine.get("", mine), right[""], tolerance, "")
    elif "" in mine and mine[""] is None:
        yield Fault(Kind.NOTHING)
    elif "" in mine:
        yield Fault(Kind.NO_DICTIONARY, names=tuple(right))
    else:
        for key, item in right.items():
            if key not in mine:
                yield Fault(Kind.MISSING_KEY, key, names=tuple(mine))
            else:
                yield from _part_faults(mine[key], item, tolerance, key)


def _part_faults(value: Any, right: Any, tolerance: float, part: str) -> Iterator[Fault]:
    fault = Fault(Kind.NOTHING) if value is None else _number_fault(value, np.asarray(right), tolerance)
    if fault is not None:
        yield dataclasses.replace(fault, part=part)


def _number_fault(value: Any, right: NDArray[Any], tolerance: float) -> Fault | None:
    mine = as_numbers(value)
    if mine is None:
        described = getattr(value, "described", "") or text("a {name}", name=type(value).__name__)
        return Fault(Kind.NOT_NUMBERS, described=described)
    if not same_shape(mine, right):
        kind = Kind.LENGTH if mine.ndim == right.ndim == 1 else Kind.SHAPE
        return Fault(kind, expected=right.shape, found=mine.shape)
    mine = mine.reshape(right.shape)
    if not np.isfinite(mine).all():
        at = _position(~np.isfinite(mine))
        return Fault(Kind.NOT_FINITE, at=at, number=str(mine[at]))
    off = np.abs(mine - right) > tolerance * np.abs(right).max(initial=TINY)
    return _values_fault(mine, right, int(off.sum())) if off.any() else None


def same(mine: Any, other: Any, tolerance: float) -> bool:
    """Tell whether two answers, right or wrong, are the same; NaN is the same as NaN."""
    if mine is None or other is None:
        return mine is other
    if isinstance(other, Mapping):
        alike = isinstance(mine, Mapping) and mine.keys() == other.keys()
        return alike and all(same(mine[key], other[key], tolerance) for key in other)
    a, b = as_numbers(mine), as_numbers(other)
    if a is None or b is None:  # unequal rows, or values of several kinds
        several = isinstance(mine, list) and isinstance(other, list) and len(mine) == len(other)
        return several and all(same(*pair, tolerance) for pair in zip(mine, other))
    largest = np.abs(b[np.isfinite(b)]).max(initial=TINY)
    return same_shape(a, b) and np.allclose(a.reshape(b.shape), b, 0, tolerance * largest, equal_nan=True)


def as_numbers(value: Any) -> NDArray[np.float64] | None:
    """Return the value as an array of numbers, or None if it is not made of numbers."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "SU" and value.nbytes > TEXTS:
        return None
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return None


def _is_several(value: Any, count: int) -> bool:
    is_sequence = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return is_sequence and len(value) == count


def unpacked(value: Any) -> Any:
    """Return the value with lists instead of iterators, at any depth."""
    if isinstance(value, list | tuple | Iterator | ValuesView):
        return [unpacked(item) for item in value]
    if isinstance(value, Mapping):
        return {key: unpacked(item) for key, item in value.items()}
    return value


def same_shape(mine: NDArray[Any], right: NDArray[Any]) -> bool:
    # To return (K, 1) or (1, K) instead of (K,) is a habit, not a mistake.
    return [n for n in mine.shape if n != 1] == [n for n in right.shape if n != 1]


def _values_fault(mine: NDArray[np.float64], right: NDArray[Any], count: int) -> Fault:
    at = tuple(int(i) for i in np.unravel_index(np.abs(mine - right).argmax(), right.shape))
    number, large = f"{mine[at]:.6g}", bool(mine[at] > right[at])
    return Fault(Kind.OFF, expected=right.shape, at=at, number=number, large=large, count=count)


def _position(mask: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(mask)[0])
