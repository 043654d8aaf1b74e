"""Record the correct answers of an assignment's other functions while one of the functions runs."""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import itertools
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np

Recording = Mapping[str, Sequence[Mapping[str, Any]]]  # for each function's name, its calls: args, answer


@contextlib.contextmanager
def recording(function: Callable[..., Any]) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Record every different call of the functions in the same module as this one: args and answer.

    When the block ends, the yielded dictionary has an entry for each function that was called.
    """
    world = getattr(function, "__globals__", {})
    own = {name: value for name, value in world.items() if _is_beside(value, world, function)}
    calls: dict[str, list[dict[str, Any]]] = {name: [] for name in own}
    world.update({name: _recorder(value, calls[name]) for name, value in own.items()})
    try:
        yield calls
    finally:
        world.update(own)
        for name in own:
            if not calls[name]:
                del calls[name]


def call_earlier(function: Callable[..., Any], args: Mapping[str, Any], recorded: Iterable[str]) -> None:
    """Call each earlier function whose required arguments are all among `args`, by name.

    A student may call such a function where the reference does not: so its answer is recorded, too. A
    function that refuses the arguments has no answer.
    """
    world = function.__globals__
    for name in itertools.takewhile(lambda name: world[name] is not function, list(world)):
        asked = _required(world[name]) if name in recorded else set()
        if asked and asked <= args.keys():
            with contextlib.suppress(Exception):
                world[name](**{each: copy.deepcopy(args[each]) for each in asked})


def _required(function: Callable[..., Any]) -> set[str]:
    return {
        name for name, each in inspect.signature(function).parameters.items() if each.default is each.empty
    }


def _is_beside(value: Any, world: dict[str, Any], function: Callable[..., Any]) -> bool:
    return isinstance(value, FunctionType) and value.__globals__ is world and value is not function


def _recorder(function: Callable[..., Any], calls: list[dict[str, Any]]) -> Callable[..., Any]:
    seen: set[bytes] = set()
    signature = inspect.signature(function)

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        given = _by_position(signature, args, kwargs)  # before the call, which may overwrite the arguments
        answer = function(*args, **kwargs)
        key = pickle.dumps(given)
        if given is not None and key not in seen:
            with contextlib.suppress(TypeError):  # a case file cannot hold this answer
                calls.append({"args": given, "answer": stored(answer)})
                seen.add(key)
        return answer

    return call


def _by_position(signature: inspect.Signature, args: Any, kwargs: Any) -> list[Any] | None:
    """Return the arguments by position. Return None if this is impossible, or if they cannot be stored."""
    try:
        given = signature.bind(*args, **kwargs)
        return None if given.kwargs else [stored(arg) for arg in given.args]
    except TypeError:
        return None


def stored(value: Any) -> Any:
    """Return a copy of a value in the form of a case file: arrays of numbers, in lists and dictionaries.

    Raises TypeError if a case file cannot hold the value.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Mapping):
        return {str(key): stored(item) for key, item in value.items()}
    try:
        array = np.array(value)
    except ValueError:  # rows of different lengths
        array = np.empty(0, dtype=object)
    if array.dtype.kind in "fiub":
        return array
    if isinstance(value, list | tuple):
        return [stored(item) for item in value]
    raise TypeError(
        f"a case file holds numbers, arrays, lists and dictionaries, and no {type(value).__name__}."
    )
