"""Problems on which no known mistake gives the correct answer by chance, so no mark depends on the draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from checks.authors import Mistake
from checks.compare import as_parts, same, unpacked


def unlike_mistakes(
    draw: Callable[[], dict[str, Any]],
    right: Callable[..., Any],
    known: Iterable[Mistake],
    returns: tuple[str, ...] = (),
    but: Iterable[str] = (),
) -> dict[str, Any]:
    """Draw arguments until every known mistake gives a wrong answer for them, and return the arguments.

    known: the mistakes of the exercise.
    returns: the names of the parts of an answer, as in `Case`.
    but: the names of mistakes that give the correct answer for all such arguments.
    """
    known = [each for each in known if each.hint.name not in but]
    while True:
        args = draw()
        answer = as_parts(unpacked(right(**args)), returns)
        if not any(_agrees(each.answer, args, answer, returns) for each in known):
            return args


def _agrees(
    function: Callable[..., Any], args: Mapping[str, Any], answer: Mapping[str, Any], returns: tuple[str, ...]
) -> bool:
    with np.errstate(all="ignore"):
        try:
            mine = as_parts(unpacked(function(*args.values())), returns)
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return False
    return all(same(mine.get(part), value, 1e-4) for part, value in answer.items())
