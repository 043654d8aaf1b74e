"""Judge a function separately from the other functions that it calls.

Suppose that the exercise `fit` calls the exercise `mean`. If the student's `mean` is wrong, every result of
`fit` is wrong too. But the student should lose marks only once, in `mean`. So a case can record the
answers of the correct functions. While `fit` runs, it gets these answers, and not those of the student's
`mean`. Calls with other arguments are not in the record. They go to the student's own function.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.compare import as_numbers, find_fault
from checks.recording import Recording

CLOSE = 1e-6
Known = Callable[[Sequence[Any]], list[Any]]


@contextlib.contextmanager
def replaying(function: Callable[..., Any], record: Recording) -> Iterator[None]:
    """Replace the functions that `function` calls: calls in the record get the recorded answers.

    A function in another process has its own `replaying`.
    """
    if hasattr(function, "replaying"):
        with function.replaying(record):
            yield
        return
    known = {name: Recorded(calls).answer for name, calls in record.items()}
    with standing_in(getattr(function, "__globals__", {}), known):
        yield


@contextlib.contextmanager
def standing_in(names: dict[str, Any], known: Mapping[str, Known]) -> Iterator[None]:
    """Replace the functions of these names by known answers. If a name has no function, define it.

    known: for each name, a function that takes arguments and returns a list. The list has the answer to these
    arguments. If the list is empty, the function itself is called. A plain Python function stays the same
    object and gets another body. So it also gives known answers if it is called by another name, or if the
    code keeps it in a list or as a default value.
    """
    with contextlib.ExitStack() as undo:
        for name, answers in known.items():
            own = names.get(name)
            is_plain = isinstance(own, FunctionType)
            undo.enter_context(_body(own, answers) if is_plain else _name(names, name, answers))
        yield


@contextlib.contextmanager
def _body(own: FunctionType, known: Known) -> Iterator[None]:
    code, key = own.__code__, f"the body of {own.__name__}"
    alone = FunctionType(code, own.__globals__, own.__name__, own.__defaults__, own.__closure__)
    alone.__kwdefaults__ = own.__kwdefaults__
    own.__globals__[key] = _stand_in(alone, known)
    own.__code__ = _passing_on.__code__.replace(
        co_names=(key,), co_name=code.co_name, co_freevars=code.co_freevars
    )
    try:
        yield
    finally:
        own.__code__ = code
        own.__globals__.pop(key, None)


def _passing_on(*args: Any, **kwargs: Any) -> Any:
    return body(*args, **kwargs)  # noqa: F821  (co_names gets another name when this code is used)


@contextlib.contextmanager
def _name(names: dict[str, Any], name: str, known: Known) -> Iterator[None]:
    own = {name: names[name]} if name in names else {}
    names[name] = _stand_in(own.get(name, _missing(name)), known)
    try:
        yield
    finally:
        names.pop(name, None)
        names.update(own)


def _missing(name: str) -> Callable[..., Any]:
    """Return a function that raises the NameError of a name without a value."""

    def missing(*args: Any, **kwargs: Any) -> Any:
        raise NameError(f"name '{name}' is not defined")

    return missing


def _stand_in(own: Callable[..., Any], known: Known) -> Callable[..., Any]:
    def answer(*args: Any, **kwargs: Any) -> Any:
        given = _by_position(own, args, kwargs)
        found = [] if given is None else known(given)
        return copy.deepcopy(found[0]) if found else own(*args, **kwargs)

    return answer


def _by_position(own: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Return the arguments by position; None if this is impossible."""
    if not kwargs:
        return args
    try:
        given = inspect.signature(own).bind(*args, **kwargs)
    except (TypeError, ValueError):
        return None
    return None if given.kwargs else given.args


class Recorded:
    """The recorded calls of one function. Only calls whose sums are approximately equal are compared in full.

    A run of EM calls a function a hundred times, and each call would be compared with a hundred others.
    """

    def __init__(self, calls: Sequence[Mapping[str, Any]]):
        self.counts = np.array([len(call["args"]) for call in calls], dtype=int)
        most = self.counts.max(initial=0)
        self.calls, self.sums = calls, np.zeros((len(calls), most))
        self.room = np.full((len(calls), most), np.inf)  # by how much the sum of the same argument may differ
        for call, sums, room in zip(calls, self.sums, self.room):
            for place, arg in enumerate(call["args"]):
                if np.isfinite(total := _sum(arg)):
                    sums[place] = total
                    room[place] = 2 * CLOSE * np.size(arg) * np.abs(as_numbers(arg)).max(initial=0)

    def answer(self, args: Sequence[Any]) -> list[Any]:
        """Return a list with the recorded answer to these arguments; an empty list if there is no answer."""
        near = (self.calls[place] for place in self._near(args))
        return next(([call["answer"]] for call in near if _same(args, call["args"])), [])

    def _near(self, args: Sequence[Any]) -> NDArray[np.intp]:
        """Return the indices of calls whose arguments have nearly these sums. Equal calls are among them."""
        there = np.flatnonzero(self.counts == len(args))
        sums = [_sum(arg) for arg in args] if there.size else []
        far = np.abs(self.sums[there, : len(sums)] - sums) > self.room[there, : len(sums)]  # never of NaN
        return there[~far.any(axis=1)]


def _sum(arg: Any) -> float:
    """Return the sum of an argument's numbers, each times a weight of its place; NaN if it has no numbers.

    Without weights, tables whose rows sum to 1 would all have the same sum.
    """
    numbers = as_numbers(arg)
    with np.errstate(all="ignore"):
        return np.nan if numbers is None else float(numbers.ravel() @ np.cos(np.arange(numbers.size)))


def _same(args: Sequence[Any], recorded: Sequence[Any]) -> bool:
    return len(args) == len(recorded) and all(_alike(*pair) for pair in zip(args, recorded))


def _alike(mine: Any, right: Any) -> bool:
    if right is None or isinstance(right, str):
        return mine is None if right is None else isinstance(mine, str) and mine == right
    return find_fault(mine, (right,), CLOSE) is None
