"""Count the mistakes of a class: in submissions, while students worked, and how many tries each took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from grading.build.hints import UNNAMED, exercise_of, principle
from grading.course import Assignment
from grading.report.results import Submission


@dataclass(frozen=True)
class MistakeCount:
    """One mistake in one exercise, and how many students made it."""

    exercise: str
    name: str
    handed_in: int  # students whose submission has the mistake
    met: int  # students who have it in the submission, or made it while they worked
    tries: float | None  # the median number of tries until it was fixed, over the students with known tries
    principle: str

    @property
    def is_named(self) -> bool:
        """Tell whether the hint says which mistake it is, not only that there is a mistake."""
        return self.name not in UNNAMED


def mistakes(assignment: Assignment, submissions: Sequence[Submission]) -> list[MistakeCount]:
    """Return the mistakes, the most frequent first."""
    handed_in: dict[tuple[str, str], set[str]] = defaultdict(set)
    tries: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for each in submissions:
        for question, told in each.questions.items():
            for name in told.hints:
                handed_in[exercise_of(question), name].add(each.student)
        for exercise, counted in each.tries.items():
            for name, number in counted.items():
                tries[exercise, name][each.student] = number
    found = [_mistake(assignment, key, handed_in[key], tries[key]) for key in {*handed_in, *tries}]
    return sorted(found, key=lambda each: (-each.handed_in, -each.met, each.exercise, each.name))


def _mistake(
    assignment: Assignment, key: tuple[str, str], handed_in: set[str], tries: dict[str, int]
) -> MistakeCount:
    took = median(tries.values()) if tries else None
    return MistakeCount(*key, len(handed_in), len(handed_in | set(tries)), took, _principle(assignment, *key))


def _principle(assignment: Assignment, exercise: str, name: str) -> str:
    """Return the principle of a mistake; "" if the results name an assignment that this course lacks."""
    try:
        return principle(assignment, exercise, name)
    except ModuleNotFoundError as error:
        if f"{assignment.package}.".startswith(f"{error.name}."):
            return ""
        raise
