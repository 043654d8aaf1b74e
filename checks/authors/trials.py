"""Small inputs for hints (trials): one file for each exercise, in `trials/` next to `mistakes/`.

    @trial("two points at the same height")
    def _():
        \"""The line is flat: its slope is 0.

        The number above the fraction line is 0 here, whatever is below the line.
        \"""
        return {"x": [0.0, 1.0], "y": [2.0, 2.0]}

These trials begin with the simplest: each adds one thing to the one before. If nobody knows the mistake of a
function, the trials are tried in this order. The first trial that the function gets wrong is the hint.
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

ROUNDING = 1e-9  # a result that should be 0 may differ from 0 by so much
Answers = Sequence[Any] | Callable[[Mapping[str, Any]], Any]
Made = Callable[[], Mapping[str, Any] | tuple[Mapping[str, Any], Answers]]
Trials = Mapping[str, Mapping[str, Made]]  # by exercise, and by the name of the input

_BOOK: dict[str, dict[str, dict[str, Made]]] = {}  # by their package, which is called `trials`


def trial(name: str) -> Callable[[Made], Made]:
    """Register a function as a trial of an exercise. Its file has the name of the exercise.

    The name continues the sentence "Take ...", so it begins with a small letter. The function returns the
    arguments by their names. If several answers are right, it returns a pair: the arguments, and all right
    answers. Instead of the answers it may return a function, which is called with the reference and returns
    them. Otherwise the reference computes the right answer. The docstring has two paragraphs. The first says
    what is right for this input, and why. The second says what to look at in the function.

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
    """Return an exercise's trials as cases. Their answers have the form of another case of the exercise."""
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
    """Return the hints of an exercise's trials, without the sentence about the function's answer."""
    known = trials_of(package).get(exercise, {})
    return [hint_of(name_of(name), made) for name, made in known.items()]


def _is_zero(case: Case) -> bool:
    return not any(np.any(each) for each in as_parts(case.answers[0], case.returns).values())
