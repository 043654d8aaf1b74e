"""What a question counts: a function of what was found, of what people gave, and of the policies."""

from __future__ import annotations

from dataclasses import dataclass

from grading.policies.policy import HandMark, Policy

DIGITS = 2  # of a mark that is worked out


@dataclass(frozen=True)
class FoundMark:
    """What there is of a question without policies.

    mark: the grader's; None if only a person can give one. most: the points in the notebook. given: the mark
    that a person typed in the formgrader, out of so many points, `given_of`.
    """

    mark: float | None
    most: float
    given: float | None = None
    given_of: float = 0.0


@dataclass(frozen=True)
class CountedMark:
    """What a question counts. auto, given: what the gradebook is to have as the grader's and a person's."""

    auto: float | None
    given: float | None
    most: float

    @property
    def mark(self) -> float | None:
        """The mark that counts: a person's wins."""
        return self.auto if self.given is None else self.given


def counted(policy: Policy, student: str, question: str, found: FoundMark) -> CountedMark:
    """Return what a question of a submission counts. The last of these rules that fits decides.

    A person's mark in the formgrader wins over the grader's. New points change both in proportion. Full
    marks for all raise both. A mark by hand in policies.toml is the mark. What is dropped counts 0 of 0.

    Example:
        counted(Policy(points={"test-fit": 15}), "ada", "test-fit", FoundMark(4, 6)).mark  # 10
    """
    most = policy.points_of(question, found.most)
    auto, given = scaled(found.mark, found.most, most), scaled(found.given, found.given_of, most)
    if question in policy.full_marks:
        auto, given = max(auto or 0.0, most), given if given is None else max(given, most)
    by_hand: HandMark | None = policy.by_hand.get((student, question))
    if by_hand:
        given = by_hand.marks
    if question in policy.dropped:
        return CountedMark(0.0, None if given is None else 0.0, 0.0)
    return CountedMark(auto, given, most)


def scaled(mark: float | None, of: float, most: float) -> float | None:
    """Return a mark out of `of` points as one out of `most`; the same mark if nothing changes."""
    return mark if mark is None or of == most or not of else round(mark * most / of, DIGITS)
