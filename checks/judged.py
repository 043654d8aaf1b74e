"""While a student's function is judged, a function of the course may answer NaN instead of raising an error.

An example: a course gives students `height`, which refuses a negative number. A student's function returns
three results, and only one of them is made by `height`. If `height` raises, the other two are lost as well,
and one slip costs all marks. So while `check` or marking calls the student's function, `height` answers NaN
and the function goes on. When students call their function themselves, `height` raises, and says why.
"""

from __future__ import annotations

import contextlib
import functools
import math
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

_REFUSALS: ContextVar[list[str] | None] = ContextVar("refusals", default=None)


@contextlib.contextmanager
def judging() -> Iterator[list[str]]:
    """Let functions that are `nan_while_judged` go on. Yield the messages of their refusals, each once."""
    refusals: list[str] = []
    before = _REFUSALS.set(refusals)
    try:
        yield refusals
    finally:
        _REFUSALS.reset(before)


def nan_while_judged(function: Callable[..., float]) -> Callable[..., float]:
    """Let a function of the course answer NaN instead of raising ValueError, while a function is judged.

    Example:
        >>> import math
        >>> @nan_while_judged
        ... def height(x):
        ...     return math.sqrt(x)
        >>> with judging() as refusals:
        ...     height(-1)
        nan
        >>> len(refusals)
        1
    """

    @functools.wraps(function)
    def called(*args: Any, **kwargs: Any) -> float:
        try:
            return function(*args, **kwargs)
        except ValueError as error:
            refusals = _REFUSALS.get()
            if refusals is None:
                raise
            refusals.extend([] if str(error) in refusals else [str(error)])
            return math.nan

    return called
