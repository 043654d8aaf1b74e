"""The effects of policies on one submission, for the student's page, results.jsonl and the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from grading.policies.policy import Policy

TEST = "test-"


class PolicyKind(StrEnum):
    """The kinds of policies."""

    DROPPED = "dropped"
    FULL_MARKS = "full marks"
    POINTS = "points"
    BY_HAND = "mark by hand"
    EXTENSION = "extension"
    NO_PENALTY = "no penalty"
    PENALTY = "penalty"
    ATTEMPT = "attempt"


@dataclass(frozen=True)
class Effect:
    """The effect of one policy.

    question: the grade_id of the question.
    mark, most: the mark and the points that count now.
    before, before_most: the mark and the points that counted without the policy.
    text: a comment, a time or a rule, as the instructor wrote it.
    number: the number of an attempt, or of the periods that have begun.
    period: the period of a penalty, such as "day".
    earned: the marks before a penalty.
    """

    kind: PolicyKind
    question: str = ""
    mark: float | None = None
    most: float | None = None
    before: float | None = None
    before_most: float | None = None
    text: str = ""
    number: int | None = None
    period: str = ""
    earned: float | None = None

    @property
    def is_dropped(self) -> bool:
        return self.kind is PolicyKind.DROPPED

    @property
    def name(self) -> str:
        """Return the question's name, as students know it."""
        return self.question.removeprefix(TEST)

    @property
    def record(self) -> dict[str, Any]:
        """Return the effect as results.jsonl has it."""
        told = {name: value for name, value in asdict(self).items() if value not in (None, "")}
        return {**told, "kind": str(self.kind)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Effect | None:
        """Read an effect from results.jsonl; return None for a kind that only another version knows."""
        if told.get("kind") not in [str(each) for each in PolicyKind]:
            return None
        known = {each.name for each in fields(cls)}
        here = {name: value for name, value in told.items() if name in known}
        return cls(**{**here, "kind": PolicyKind(told["kind"])})

    @property
    def words(self) -> str:
        """Return the effect in a few words, for an instructor's table."""
        return SHORT[self.kind].format(each=self, mark=_number(self.mark), most=_number(self.most))


SHORT = {
    PolicyKind.DROPPED: "{each.name} is dropped",
    PolicyKind.FULL_MARKS: "{each.name} has full marks for all",
    PolicyKind.POINTS: "{each.name} has {most} points",
    PolicyKind.BY_HAND: "{each.name} has {mark} marks by hand",
    PolicyKind.EXTENSION: "extension until {each.text}",
    PolicyKind.NO_PENALTY: "no penalty for being late",
    PolicyKind.PENALTY: "{mark} marks off for being late ({each.text})",
    PolicyKind.ATTEMPT: "attempt {each.number} is marked",
}


def effects_of(records: Sequence[Mapping[str, Any]] | None) -> tuple[Effect, ...]:
    """Read the effects in a line of results.jsonl."""
    return tuple(made for each in records or () if (made := Effect.of(each)))


@dataclass(frozen=True)
class BeforeAndNow:
    """The marks and the points of a question, without policies (before) and with them."""

    before: float | None
    before_most: float
    mark: float | None
    most: float

    @property
    def differs(self) -> bool:
        """Tell whether the marks or the points differ."""
        return (self.before, self.before_most) != (self.mark, self.most)


@dataclass(frozen=True)
class LateWork:
    """Facts about late work.

    hours: how late it was. earned: the marks before the penalty. taken: the marks that were taken off.
    """

    hours: float = 0.0
    earned: float = 0.0
    taken: float = 0.0


def effects(
    policy: Policy, student: str, questions: Mapping[str, BeforeAndNow], late: LateWork, has_marks: bool
) -> tuple[Effect, ...]:
    """Return the effects of an assignment's policies on a submission. questions: in order."""
    about_marks = [*_of_questions(policy, student, questions), *_penalty(policy, student, late)]
    return (*_of_student(policy, student), *(about_marks if has_marks else ()))


def _of_student(policy: Policy, student: str) -> Iterator[Effect]:
    if student in policy.attempts:
        yield Effect(PolicyKind.ATTEMPT, number=policy.attempts[student].use)
    extension = policy.extensions.get(student)
    if extension and extension.until:
        yield Effect(PolicyKind.EXTENSION, text=extension.until.written)
    if extension and extension.no_penalty:
        yield Effect(PolicyKind.NO_PENALTY)


def _of_questions(policy: Policy, student: str, questions: Mapping[str, BeforeAndNow]) -> Iterator[Effect]:
    for name, each in questions.items():
        marks = {"mark": each.mark, "most": each.most}
        before = {"before": each.before, "before_most": each.before_most}
        if name in policy.dropped:
            yield Effect(PolicyKind.DROPPED, name, **before)
            continue
        by_hand = policy.by_hand.get((student, name))
        if each.most != each.before_most:
            is_decided = by_hand or name in policy.full_marks
            changed = {"most": each.most, "before_most": each.before_most} if is_decided else marks | before
            yield Effect(PolicyKind.POINTS, name, **changed)
        if by_hand:
            told = {"before": each.before, "text": by_hand.comment}
            yield Effect(PolicyKind.BY_HAND, name, by_hand.marks, each.most, **told)
        elif name in policy.full_marks:
            yield Effect(PolicyKind.FULL_MARKS, name, **marks, before=each.before)


def _penalty(policy: Policy, student: str, late: LateWork) -> Iterator[Effect]:
    extension = policy.extensions.get(student)
    if policy.penalty and late.hours > 0 and not (extension and extension.no_penalty):
        number = policy.penalty.periods(late.hours)
        rule = {"text": policy.penalty.written, "period": policy.penalty.period_name}
        told = {**rule, "number": number, "earned": late.earned}
        yield Effect(PolicyKind.PENALTY, mark=late.taken, **told)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
