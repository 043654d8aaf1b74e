"""What the gradebook and the policies have to tell a student."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.texts import say
from grading.pages.policies import extra_in_words, in_words
from grading.policies.effects import Effect, PolicyKind


@dataclass(frozen=True)
class Told:
    """What the gradebook knows of a submission.

    total: what counts, the penalty already taken off; None if there are no marks yet.
    late_hours: after the date that it was due. by_hand: marks that a person gave, by grade_id.
    comments: what a person wrote, by the grade_id of the test or of the answer.
    unopened: whether we could not open the file, which is no fault of the student's.
    counts: by grade_id, the mark and the points that count, where these are not what was found.
    extra: credit that a person gave on top, by grade_id. effects: of the instructor's policies.
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
        """Return the effect of a kind, on a question if it is about one; None if there is none."""
        return next((each for each in self.effects if (each.kind, each.question) == (kind, question)), None)

    def said(self, question: str = "") -> list[str]:
        """Return what there is to say of policies: of a question, or of all questions together."""
        mine = (each for each in self.effects if each.question == question)
        return [*in_words(mine), *extra_in_words(self.extra.get(question))]

    @property
    def is_ruled(self) -> bool:
        """Whether a policy says what being late costs."""
        return any(self.effect(kind) for kind in (PolicyKind.PENALTY, PolicyKind.NO_PENALTY))

    @property
    def late(self) -> str:
        """As people say it: "2 h 10 min late"; "" if it was in time."""
        if self.late_hours <= 0:
            return ""
        hours, minutes = divmod(round(self.late_hours * 60), 60)
        parts = {"d": hours // 24, "h": hours % 24, "min": minutes}
        return say("{time} late", time=" ".join(f"{n} {say(unit)}" for unit, n in parts.items() if n))
