"""What people get wrong: one file (or folder) an exercise, one function a mistake.

A mistake is a wrong answer to an exercise, with its name, where it was seen, and its hint:

    @mistake("divided by N", seen="an address, a book, or OURS")
    def _(data, resp, counts):
        \"""The point: what is wrong.

        The principle: why it matters.

        A worked fragment: small numbers, never a line of the solution.
        \"""
        return resp.T @ data / len(data)

`make build` does the rest: it works out what each mistake answers on every case, so that `check`
knows it by its numbers. The tests hold every mistake to losing marks and to its own hint.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from helpers.checks.hints import Hint, hint_of

OURS = "ours: nobody was seen doing it, but it is a slip away from what was"


@dataclass(frozen=True)
class Misconception:
    """A wrong answer to an exercise, with the hint that it draws, and where it was seen."""

    exercise: str
    hint: Hint
    seen: str
    answer: Callable[..., Any]


_BOOK: dict[str, list[Misconception]] = {}


def mistake(name: str, seen: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a mistake in the exercise that its file, or folder, is called after."""

    def register(answer: Callable[..., Any]) -> Callable[..., Any]:
        exercise = answer.__module__.removeprefix(f"{__name__}.").partition(".")[0]
        _BOOK.setdefault(exercise, []).append(Misconception(exercise, hint_of(name, answer), seen, answer))
        return answer

    return register


@functools.cache
def misconceptions() -> dict[str, list[Misconception]]:
    """Return all mistakes, by exercise."""
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    return _BOOK
