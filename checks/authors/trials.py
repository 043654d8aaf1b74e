"""Small inputs for hints: one file an exercise, in `trials/` beside `mistakes/`, one function a trial.

    @trial("two points at the same height")
    def _():
        \"""The line is flat: its slope is 0.

        What stands above the fraction line is 0 here, whatever stands below it.
        \"""
        return {"x": [0.0, 1.0], "y": [2.0, 2.0]}

They come from the simplest on: each adds one thing to the one before. A function whose mistake nobody knows
is tried on them in this order, and the first that it gets wrong is its hint.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from checks.authors.mistakes import import_all
from checks.cases import Case
from checks.compare import TINY, as_parts
from checks.hints import Hint, hint_of
from checks.trials import PARAGRAPH, name_of

ROUNDING = 1e-9  # what may be left of a 0
Answers = Sequence[Any] | Callable[[Mapping[str, Any]], Any]
Made = Callable[[], Mapping[str, Any] | tuple[Mapping[str, Any], Answers]]
Trials = Mapping[str, Mapping[str, Made]]  # by the exercise, and what the input is called

_BOOK: dict[str, dict[str, dict[str, Made]]] = {}  # by the package `trials` that they are in


def trial(name: str) -> Callable[[Made], Made]:
    """Register a function as a trial of the exercise that its file is called after.

    The name follows on "Take ...", so it begins with a small letter. The function returns the arguments by
    their names; where several answers are right, a pair: the arguments, and all right answers, or a
    function that returns these and is called with the reference. Its docstring has two paragraphs: what is
    right for this input, and why; and what to look at in the function. The right answer is worked out by
    the reference.

    Example:
        >>> from checks.authors import trial
        >>> @trial("two points at the same height")
        ... def _():
        ...     '''The line is flat: its slope is 0.
        ...
        ...     What stands above the fraction line is 0 here.
        ...     '''
        ...     return {"x": [0.0, 1.0], "y": [2.0, 2.0]}
    """

    def register(made: Made) -> Made:
        package, _, exercise = made.__module__.rpartition(".")
        known = _BOOK.setdefault(package, {}).setdefault(exercise, {})
        if name in known:
            raise ValueError(f"'{exercise}' has two trials called '{name}': give one another name.")
        known[name] = made
        return made

    return register


@functools.cache
def trials_of(package: str) -> Trials:
    """Return the trials in a package such as "line_exercises.straight_lines.trials", if there is one."""
    if not importlib.util.find_spec(package):
        return {}
    import_all(package)
    return _BOOK.get(package, {})


def trials_like(
    case: Case, reference: Mapping[str, Any], exercise: str, known: Mapping[str, Made]
) -> list[Case]:
    """Return an exercise's trials as cases, which are asked for in the form of another case of it."""
    fields = {name: getattr(case, name) for name in ("returns", "free", "forms")}
    cases = []
    for name, made in known.items():
        given = made()
        args, answers = given if isinstance(given, tuple) else (given, None)
        answers = answers(reference) if callable(answers) else answers
        fields["trial"] = PARAGRAPH.join(hint_of(name, made).rungs)
        case = Case.of(reference, exercise, name, args, answers=answers, **fields)
        cases.append(replace(case, tolerance=ROUNDING / TINY) if _is_zero(case) else case)
    return cases


def hints_of_trials(package: str, exercise: str) -> list[Hint]:
    """Return what is said of an exercise's trials, but for what a function gives."""
    known = trials_of(package).get(exercise, {})
    return [hint_of(name_of(name), made) for name, made in known.items()]


def _is_zero(case: Case) -> bool:
    return not any(np.any(each) for each in as_parts(case.answers[0], case.returns).values())
