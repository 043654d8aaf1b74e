"""The facts in the gradebook and in the policies that a student is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.texts import say
from grading.pages.policies import extra_in_words, in_words
from grading.policies.effects import Effect, PolicyKind


@dataclass(frozen=True)
class Told:
    """The facts about a submission that its feedback page shows.

    total: the total that counts, after the penalty; None if there are no marks yet.
    late_hours: the hours after the due date.
    by_hand: marks that a person gave, by grade_id.
    comments: comments that a person wrote, by the grade_id of the test or of the answer.
    unopened: whether the grader could not open the file, which is not the student's fault.
    counts: the mark and the points that count, by grade_id, if they differ from those of marking.
    extra: extra credit that a person gave, by grade_id.
    effects: the effects of the instructor's policies.
    """

    student: str
    assignment: str
    total: float | None
    max: float
    penalty: float = 0.0
    late_hours: float = 0.0
    by_hand: Mapping[str, float] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    unboxed: bool = False
    unopened: bool = False
    counts: Mapping[str, tuple[float | None, float]] = field(default_factory=dict)
    extra: Mapping[str, float] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()

    def effect(self, kind: PolicyKind, question: str = "") -> Effect | None:
        """Return the effect of a kind, on this question or on all; None if there is no such effect."""
        return next((each for each in self.effects if (each.kind, each.question) == (kind, question)), None)

    def said(self, question: str = "") -> list[str]:
        """Return the sentences about policies: of one question, or of all questions together."""
        mine = (each for each in self.effects if each.question == question)
        return [*in_words(mine), *extra_in_words(self.extra.get(question))]

    @property
    def is_ruled(self) -> bool:
        """Tell whether a policy says how many marks late work loses."""
        return any(self.effect(kind) for kind in (PolicyKind.PENALTY, PolicyKind.NO_PENALTY))

    @property
    def late(self) -> str:
        """Return in words how late it was, such as "2 h 10 min late"; "" if it was in time."""
        if self.late_hours <= 0:
            return ""
        hours, minutes = divmod(round(self.late_hours * 60), 60)
        parts = {"d": hours // 24, "h": hours % 24, "min": minutes}
        return say("{time} late", time=" ".join(f"{n} {say(unit)}" for unit, n in parts.items() if n))
