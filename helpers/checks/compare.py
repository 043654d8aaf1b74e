"""What is wrong with an answer, in one sentence that does not tell the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Fault(NamedTuple):
    """What is wrong. `what` may be said of any case; `detail` only of a public one."""

    what: str
    detail: str = ""
    first: bool = False  # said before others: a shape explains wrong values


def find_fault(
    value: Any, answers: tuple[Any, ...], tolerance: float, returns: tuple[str, ...] = ()
) -> Fault | None:
    """Return None if the value is one of the right answers, else what is wrong with it.

    With several right answers, the fault is against the nearest: the one with fewest faults.
    returns: the names of the values, where an answer is a list of several.
    """
    mine = unpacked(value)  # once: an iterator is empty the second time
    if returns and mine is not None:
        if not _is_several(mine, len(returns)):
            return Fault("the function must return several values", f"return {', '.join(returns)}.")
        mine, answers = dict(zip(returns, mine)), tuple(dict(zip(returns, each)) for each in answers)
    each = [list(_faults(mine, right, tolerance, "the result")) for right in answers]
    nearest = min(each, key=len)
    return min(nearest, key=lambda fault: not fault.first, default=None)


def _faults(value: Any, right: Any, tolerance: float, subject: str) -> Iterator[Fault]:
    if value is None:
        yield Fault(f"{subject} is None", "does the function end with `return` and the answer?")
    elif isinstance(right, Mapping):
        yield from _dict_faults(value, right, tolerance, subject)
    else:
        fault = _number_fault(value, np.asarray(right), tolerance, subject)
        yield from [fault] if fault else []


def _dict_faults(value: Any, right: Mapping[str, Any], tolerance: float, subject: str) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(f"{subject} is no dictionary", f"return one with the keys {', '.join(map(repr, right))}.")
        return
    for key, item in right.items():
        if key in value:
            yield from _faults(value[key], item, tolerance, f"the entry {key!r}")
        else:
            yield Fault(f"the key {key!r} is missing", f"the keys are {', '.join(map(repr, value))}.")


def _number_fault(value: Any, right: NDArray[Any], tolerance: float, subject: str) -> Fault | None:
    try:
        mine = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        kind = type(value).__name__
        return Fault(f"{subject} cannot be read as numbers", f"it is a {kind}; give an array or equal rows.")
    if not _same_shape(mine, right):
        return _shape_fault(mine, right, subject)
    mine = mine.reshape(right.shape)
    if not np.isfinite(mine).all():
        at = _position(~np.isfinite(mine))
        where = f"{mine[at]} at {list(at)}; look for 0/0 or log(0)."
        return Fault(f"{subject} holds a NaN or an infinity", where)
    off = np.abs(mine - right) > tolerance * np.abs(right).max(initial=1e-300)
    return _values_fault(mine, right, off, subject) if off.any() else None


def _is_several(value: Any, count: int) -> bool:
    return isinstance(value, list | np.ndarray) and len(value) == count


def unpacked(value: Any) -> Any:
    """Return the value with lists in place of iterators, at any depth."""
    if isinstance(value, list | tuple | Iterator | ValuesView):
        return [unpacked(item) for item in value]
    if isinstance(value, Mapping):
        return {key: unpacked(item) for key, item in value.items()}
    return value


def _same_shape(mine: NDArray[Any], right: NDArray[Any]) -> bool:
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
