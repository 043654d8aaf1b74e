"""The mark and the points of a question that count.

They depend on the grader's mark, on the marks that people gave, and on the policies.
"""

from __future__ import annotations

from dataclasses import dataclass

from grading.policies.policy import HandMark, Policy

DIGITS = 2  # of a mark that is computed


@dataclass(frozen=True)
class FoundMark:
    """The marks of a question without policies.

    mark: the grader's mark; None if only a person can give one.
    most: the points in the notebook.
    given: the mark that a person typed in the formgrader.
    given_of: the points out of which that mark was given.
    """

    mark: float | None
    most: float
    given: float | None = None
    given_of: float = 0.0


@dataclass(frozen=True)
class CountedMark:
    """The marks of a question that count.

    auto, given: the marks for the gradebook's columns of the grader and of a person. most: the points.
    """

    auto: float | None
    given: float | None
    most: float

    @property
    def mark(self) -> float | None:
        """Return the mark that counts: a person's mark has precedence."""
        return self.auto if self.given is None else self.given


def counted(policy: Policy, student: str, question: str, found: FoundMark) -> CountedMark:
    """Return the marks of a question that count. Of the rules that apply, the last one decides.

    A person's mark in the formgrader has precedence over the grader's. New points change both in
    proportion. Full marks for all raise both. A mark by hand in policies.toml replaces them. A question
    that is dropped counts 0 of 0.

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
    """Return a mark out of `of` points, converted to `most` points; the same mark if nothing changes."""
    return mark if mark is None or of == most or not of else round(mark * most / of, DIGITS)
