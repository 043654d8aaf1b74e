"""What policies have done in an assignment: those for everybody, then those for some, in a few words each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grading.policies.effects import PolicyKind
from grading.report.results import Submission

FOR_ALL = (PolicyKind.DROPPED, PolicyKind.FULL_MARKS, PolicyKind.POINTS)


def policies(submissions: Sequence[Submission]) -> Iterator[str]:
    """Yield each policy once, with the student's name if it is about one. Penalties stand elsewhere."""
    done = [(each.student, effect) for each in submissions for effect in each.effects]
    yield from dict.fromkeys(effect.words for _, effect in done if effect.kind in FOR_ALL)
    others = (*FOR_ALL, PolicyKind.PENALTY)
    yield from (f"{student}: {effect.words}" for student, effect in done if effect.kind not in others)
