"""Mistakes that people make: one file (or folder) for each exercise, one function for each mistake.

A mistake is a wrong answer to an exercise, with its name, where it was seen, and its hint:

    @mistake("divided by N", seen="an address, a book, or OURS")
    def _(table, counts):
        \"""The point: what is wrong.

        The principle: why it matters.

        A worked fragment: small numbers, never a line of the solution.
        \"""
        return table.sum(axis=0) / len(table)

`make build` computes what each mistake answers on every case, so that `check` recognises it by its numbers.
The tests require that every mistake loses marks and gets its own hint.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from checks.hints import Hint, hint_of

OURS = "ours: nobody has been seen to make it, but it is close to a mistake that was seen"


@dataclass(frozen=True)
class Mistake:
    """A wrong answer to an exercise, with its hint, and where it was seen."""

    exercise: str
    hint: Hint
    seen: str
    answer: Callable[..., Any]


_BOOK: dict[str, dict[str, list[Mistake]]] = {}  # by their package, which is called `mistakes`, and exercise


def mistake(name: str, seen: str, worth: float = 0.0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a mistake in an exercise. Its file, or folder, has the name of the exercise.

    name: the name of the hint. seen: where somebody made the mistake. worth: the share of the marks that an
    answer keeps, if it is a slip and the rest of the function is right. The docstring is the hint: each
    paragraph is a rung, and each new attempt shows one more. The function may return anything, or raise.

    Example:
        >>> from checks.authors import OURS, mistake
        >>> @mistake("divided by n", seen=OURS)
        ... def _(x):
        ...     '''You divide by the number of values. A spread divides by one less.
        ...
        ...     The mean is computed from the same values, which takes one degree of freedom.
        ...
        ...     Values 1 and 3: the squares sum to 2, over 1 that is 2, not 1.
        ...     '''
        ...     return x.var()
    """

    def register(answer: Callable[..., Any]) -> Callable[..., Any]:
        package, _, rest = answer.__module__.rpartition("mistakes.")
        exercise = rest.partition(".")[0]
        known = _BOOK.setdefault(f"{package}mistakes", {}).setdefault(exercise, [])
        if any(each.hint.name == name for each in known):
            raise ValueError(f"'{exercise}' has two mistakes called '{name}': give one another name.")
        hint = dataclasses.replace(hint_of(name, answer), worth=worth)
        known.append(Mistake(exercise, hint, seen, answer))
        return answer

    return register


@functools.cache
def mistakes_of(package: str) -> Mapping[str, list[Mistake]]:
    """Return all mistakes in a package such as "line_exercises.straight_lines.mistakes", by exercise."""
    import_all(package)
    return _BOOK.get(package, {})


def import_all(package: str) -> None:
    """Import a package and all modules in it. So the modules register their contents."""
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, f"{package}."):
        importlib.import_module(module.name)
