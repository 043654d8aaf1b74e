"""The exception that a student's function raised: its class, message and place, as separate values."""

from __future__ import annotations

import builtins
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from checks.texts import say

OF_NUMPY = (np.linalg.LinAlgError, np.exceptions.AxisError)
LONGEST = 300  # characters of a message, or of a line


class Place(NamedTuple):
    """A place in a student's cell, such as "line 3 of fit", and the line of code; "" if unknown."""

    where: str = ""
    line: str = ""


@dataclass(frozen=True)
class Raised:
    """An exception. name: its class; "" if it is not a class of Python or NumPy. line: the student's line."""

    name: str
    message: str
    line: str


def raised(error: BaseException, function: Callable[..., Any]) -> Raised:
    """Describe the exception that a function raised."""
    kind = type(error)
    # If a student's code defines the class, its name could contain a case's numbers.
    name = kind.__name__ if class_of_error(kind.__name__) is kind else ""
    return Raised(name, first_line(str(error)), own_place(error, function).line)


def class_of_error(name: str) -> type[BaseException] | None:
    """Return Python's or NumPy's class of errors of that name; None if neither has such a class."""
    kind = {each.__name__: each for each in OF_NUMPY}.get(name, getattr(builtins, name, None))
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None


def happened_at(error: BaseException, place: Place) -> BaseException:
    """Return the error with the place where it happened, if that was in another process."""
    error.place = place
    return error


def own_place(error: BaseException, function: Any = None) -> Place:
    """Return the innermost place in the function's cell where the error happened."""
    known = getattr(error, "place", None)
    if isinstance(known, Place):
        return known
    number, name, line = _innermost(error, function)
    where = say("line {number} of {name}", number=number, name=name)
    return Place(where, line[:LONGEST]) if number else Place()


def own_line(error: BaseException, function: Any = None) -> int:
    """Return the number of that line in the function that was running, from 1; 0 if unknown."""
    return _innermost(error, function)[0]


def _innermost(error: BaseException, function: Any) -> tuple[int, str, str]:
    """Return the number of the line in a function, the function's name, and the line; 0 if unknown."""
    cell = getattr(getattr(function, "__code__", None), "co_filename", None)
    trace = error.__traceback__
    steps = zip(traceback.walk_tb(trace), traceback.extract_tb(trace))
    inside = [(frame.f_code, step) for (frame, _), step in steps if step.filename == cell]
    if not inside:
        return 0, "", ""
    step = inside[-1][1]
    # A comprehension or a lambda in a function has a frame, but no name that the student gave it.
    named = [code for code, _ in inside if not code.co_name.startswith("<")] or [inside[-1][0]]
    return step.lineno - named[-1].co_firstlineno + 1, named[-1].co_name, step.line or ""


def first_line(text: str) -> str:
    """Return the first line of an exception's message."""
    return (text.strip().splitlines() or [""])[0][:LONGEST]
