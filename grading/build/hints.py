"""Every hint that a check can give in an exercise: known mistakes', and those that finders bring."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from typing import Any

from checks.authors.trials import hints_of_trials
from checks.hints import Hint
from checks.properties import REST
from checks.trials import SIMPLE
from grading.course import Assignment

# They say that it is wrong, not which mistake it is.
UNNAMED = frozenset({*(each.hint.name for each in REST), SIMPLE})


def hints_of(assignment: Assignment, exercise: str) -> dict[str, Hint]:
    """Return the hints of an exercise by their names; none if there is no such exercise."""
    own = [each.hint for each in assignment.mistakes().get(exercise, ())]
    finders = (each.hint for each in assignment.course.checker.finders)
    tried = hints_of_trials(f"{assignment.package}.trials", assignment.own_name(exercise))
    return {hint.name: hint for hint in [*finders, *tried, *own]} if own else {}


def hint_names(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """Return the names of the hints of each exercise."""
    return {exercise: tuple(hints_of(assignment, exercise)) for exercise in assignment.mistakes()}


def words_of(assignment: Assignment, questions: Mapping[str, Mapping[str, Any]]) -> str:
    """Return in a word how the hints read that these questions drew; "" if they drew none.

    questions: as a line of results.jsonl has them.
    """
    drawn = [(exercise_of(name), hint) for name, each in questions.items() for hint in each.get("hints", ())]
    texts = [str(_book(assignment, exercise).get(hint)) for exercise, hint in drawn]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16] if drawn else ""


@functools.cache
def _book(assignment: Assignment, exercise: str) -> dict[str, Hint]:
    return hints_of(assignment, exercise)


def principle(assignment: Assignment, exercise: str, name: str) -> str:
    """Return what to explain a mistake with: the second rung of its hint; "" if nobody knows it."""
    hint = hints_of(assignment, exercise).get(name)
    return hint.rungs[min(1, len(hint.rungs) - 1)] if hint else ""


def exercise_of(question: str) -> str:
    """Return the exercise that a question tests."""
    return question.removeprefix("test-")
