"""Say in a few words what each policy has changed in an assignment: first policies for all students."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grading.policies.effects import PolicyKind
from grading.report.results import Submission

FOR_ALL = (PolicyKind.DROPPED, PolicyKind.FULL_MARKS, PolicyKind.POINTS)


def policies(submissions: Sequence[Submission]) -> Iterator[str]:
    """Yield each policy once, with the student's name if it is about one student.

    Penalties are in another part of the report.
    """
    done = [(each.student, effect) for each in submissions for effect in each.effects]
    yield from dict.fromkeys(effect.words for _, effect in done if effect.kind in FOR_ALL)
    others = (*FOR_ALL, PolicyKind.PENALTY)
    yield from (f"{student}: {effect.words}" for student, effect in done if effect.kind not in others)
