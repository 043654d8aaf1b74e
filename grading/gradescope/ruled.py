"""Policies of an assignment that also count in Gradescope: dropped questions, full marks, other points.

Gradescope itself handles policies about dates and about single students: it has the dates and the names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from grading.marking.jobs import points_of
from grading.noted import Noted
from grading.pages.told import Told
from grading.policies.counted import FoundMark, counted
from grading.policies.effects import BeforeAndNow, LateWork, effects
from grading.policies.policy import Policy

ANYBODY = ""  # a policy for everybody does not use the student's name
OWN = {
    "due": "the due date",
    "penalty": "the late penalty",
    "extensions": "extensions",
    "attempts": "the choice of an attempt",
    "by_hand": "marks by hand",
}


def for_everybody(policy: Policy) -> Policy:
    """Return the part of the policies that is in the zip."""
    return Policy(dropped=policy.dropped, full_marks=policy.full_marks, points=policy.points)


def left_out(policy: Policy) -> list[str]:
    """Return the policies that are not in the zip, in a few words each: they must be set in Gradescope."""
    return [words for key, words in OWN.items() if getattr(policy, key)]


def record(policy: Policy) -> dict[str, Any]:
    """Return the part of the policies that is in the zip, for a JSON file."""
    return {
        "dropped": list(policy.dropped),
        "full_marks": list(policy.full_marks),
        "points": dict(policy.points),
    }


def of_record(told: Mapping[str, Any]) -> Policy:
    """Read the policies that `record` returned."""
    return Policy(dropped=tuple(told["dropped"]), full_marks=tuple(told["full_marks"]), points=told["points"])


def told_by(policy: Policy, nb: NotebookNode) -> Told:
    """Return the effect of the policies on a graded notebook, for the questions on its page."""
    there = dict(_counts(policy, nb))
    changed = {name: (each.mark, each.most) for name, each in there.items() if each.differs}
    done = effects(policy, ANYBODY, there, LateWork(), has_marks=True)
    return Told("", "", None, 0, counts=changed, effects=done)


def _counts(policy: Policy, nb: NotebookNode) -> Iterator[tuple[str, BeforeAndNow]]:
    notes = Noted.of(nb).questions
    for name, most in points_of(nb).items():
        found = notes[name].mark if name in notes else None
        counts = counted(policy, ANYBODY, name, FoundMark(found, most))
        yield name, BeforeAndNow(found, most, counts.mark, counts.most)
