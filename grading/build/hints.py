"""All hints that a check can give in an exercise: those of known mistakes, of trials and of finders."""

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

# These hints say that the answer is wrong, but not which mistake was made.
UNNAMED = frozenset({*(each.hint.name for each in REST), SIMPLE})


def hints_of(assignment: Assignment, exercise: str) -> dict[str, Hint]:
    """Return the hints of an exercise by their names; {} if there is no such exercise."""
    own = [each.hint for each in assignment.mistakes().get(exercise, ())]
    finders = (each.hint for each in assignment.course.checker.finders)
    tried = hints_of_trials(f"{assignment.package}.trials", assignment.own_name(exercise))
    return {hint.name: hint for hint in [*finders, *tried, *own]} if own else {}


def hint_names(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """Return the names of the hints of each exercise."""
    return {exercise: tuple(hints_of(assignment, exercise)) for exercise in assignment.mistakes()}


def words_of(assignment: Assignment, questions: Mapping[str, Mapping[str, Any]]) -> str:
    """Return a hash of the texts of all hints that these questions led to; "" if they led to no hints.

    questions: as in a line of results.jsonl.
    """
    drawn = [(exercise_of(name), hint) for name, each in questions.items() for hint in each.get("hints", ())]
    texts = [str(_book(assignment, exercise).get(hint)) for exercise, hint in drawn]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16] if drawn else ""


@functools.cache
def _book(assignment: Assignment, exercise: str) -> dict[str, Hint]:
    return hints_of(assignment, exercise)


def principle(assignment: Assignment, exercise: str, name: str) -> str:
    """Return the text that explains a mistake: the second rung (step) of its hint; "" if there is no hint."""
    hint = hints_of(assignment, exercise).get(name)
    return hint.rungs[min(1, len(hint.rungs) - 1)] if hint else ""


def exercise_of(question: str) -> str:
    """Return the exercise that a question tests."""
    return question.removeprefix("test-")
