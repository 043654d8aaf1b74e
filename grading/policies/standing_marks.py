"""The marks of one submission in the gradebook: as found, as people gave them, and as they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from nbgrader.api import Grade, SubmittedAssignment

from grading.policies.effects import BeforeAndNow, Effect, LateWork, effects
from grading.policies.ledger import Ledger
from grading.policies.policy import Policy
from grading.policies.settle import AUTO, MANUAL, POINTS

NbgradersRule = Callable[[str, float, float], float | None]


@dataclass(frozen=True)
class CountsInBook:
    """The facts in the gradebook about a submission, beside the grader's marks.

    by_hand: the marks that people typed.
    counts: the mark and the points of each question where they are not those that were found.
    extra: the extra credit that people gave.
    effects: the effects of policies.
    """

    by_hand: Mapping[str, float] = field(default_factory=dict)
    counts: Mapping[str, tuple[float | None, float]] = field(default_factory=dict)
    extra: Mapping[str, float] = field(default_factory=dict)
    effects: tuple[Effect, ...] = ()


def told_of(
    ledger: Ledger, policy: Policy, submission: SubmittedAssignment, grades: Sequence[Grade]
) -> CountsInBook:
    """Return the marks of a submission, for pages and records."""
    given = ((each, ledger.own((each.id, MANUAL), each.manual_score)) for each in grades)
    by_hand = {each.name: mark for each, mark in given if mark is not None}
    extra = {each.name: each.extra_credit for each in grades if each.extra_credit}
    if not extra and not ledger.known and policy.is_empty:
        return CountsInBook(by_hand)
    cells = ledger.cells(submission.assignment.name)
    there = (each for each in grades if each.cell_id in cells)
    told = dict(sorted((_before_and_now(ledger, each, *cells[each.cell_id]) for each in there), key=_by_name))
    counts = {name: (each.mark, each.most) for name, each in told.items() if each.differs}
    has_marks = any(each.auto_score is not None or each.manual_score is not None for each in grades)
    late = _late(submission)
    done = effects(policy, submission.student.id, told, late, has_marks)
    return CountsInBook(by_hand, counts, extra, done)


def late_penalty(
    policy: Policy, submission: SubmittedAssignment, earned: float, rule: NbgradersRule
) -> float | None:
    """Return the marks that are taken off for being late; None if nothing is late. rule: nbgrader's rule."""
    late, student = submission.total_seconds_late, submission.student.id
    extension = policy.extensions.get(student)
    if late <= 0 or (extension and extension.no_penalty):
        return None
    if policy.penalty:
        return policy.penalty.taken(earned, late / 3600)
    return rule(student, earned, late)


def _before_and_now(ledger: Ledger, grade: Grade, name: str, now: float) -> tuple[str, BeforeAndNow]:
    given, auto = (ledger.own((grade.id, each), getattr(grade, each)) for each in (MANUAL, AUTO))
    is_marked = grade.auto_score is not None or grade.manual_score is not None
    before_most = ledger.own((grade.cell_id, POINTS), now)
    before = auto if given is None else given
    return name, BeforeAndNow(before, before_most, grade.score if is_marked else None, now)


def _by_name(told: tuple[str, BeforeAndNow]) -> str:
    return told[0]


def _late(submission: SubmittedAssignment) -> LateWork:
    taken = float(submission.late_submission_penalty or 0)
    return LateWork(submission.total_seconds_late / 3600, submission.score, taken)
