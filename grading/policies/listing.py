"""All policies of a course in words, each with the command that takes it back."""

from __future__ import annotations

from collections.abc import Iterator

from grading.choices import there_are
from grading.pages.policies import marks
from grading.policies.known import TEST, KnownNames
from grading.policies.policy import Policy
from grading.policies.read import Policies
from grading.policies.verbs import quoted

UNDO = ".venv/bin/python -m grading policy undo"


def listing(policies: Policies, names: list[str]) -> Iterator[str]:
    """Yield the lines, by assignment. names: the assignments to list; all if it is empty."""
    for name, policy in policies.by_assignment.items():
        if not names or name in names:
            yield f"{name}:"
            for said, verb, about in in_force(policy):
                yield f"  {said}"
                yield f"      {taken_back(verb, name, *about)}"


def taken_back(verb: str, *about: str) -> str:
    """Return the command that takes a policy back."""
    dashes = ["--"] if any(each.startswith("-") for each in about) else []  # it is a name, not an option
    return " ".join([UNDO, verb, *dashes, *map(quoted, about)])


def strangers(policies: Policies, known: KnownNames) -> Iterator[str]:
    """Yield a sentence for each extension of a student who handed in nothing: the name may be misspelt."""
    for name, policy in policies.by_assignment.items():
        for student in policy.extensions:
            if student not in known.students:
                there = there_are(student, known.students)
                yield f"{name}: nobody has handed in as '{student}', who has an extension; {there[:-1]}"


def in_force(policy: Policy) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each policy of an assignment: in words, its verb, and its names beside the assignment."""
    if policy.due:
        yield f"due {policy.due.written}, which is {policy.due.when:%Y-%m-%d %H:%M} UTC", "due", ()
    if policy.penalty:
        yield f"late work: {policy.penalty.written}", "penalty", ()
    for question in policy.dropped:
        yield f"{_short(question)} is dropped", "drop", (_short(question),)
    for question in policy.full_marks:
        yield f"full marks for all: {_short(question)}", "full-marks", (_short(question),)
    for question, points in policy.points.items():
        yield f"{_short(question)} has {points:g} points", "points", (_short(question),)
    yield from _of_students(policy)


def _of_students(policy: Policy) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for student, each in policy.extensions.items():
        what = f"has time until {each.until.written}" if each.until else "has no penalty for being late"
        yield f"{student} {what}{_because(each.reason)}", "extend", (student,)
    for student, each in policy.attempts.items():
        yield f"{student}: attempt {each.use} is marked{_because(each.reason)}", "attempt", (student,)
    for (student, question), each in policy.by_hand.items():
        said = f"{student} has {marks(each.marks)} by hand for {_short(question)}"
        more = f", with the comment: {each.comment}" if each.comment else ""
        yield f"{said}{more}", "mark", (student, _short(question))


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _short(question: str) -> str:
    return question.removeprefix(TEST)
