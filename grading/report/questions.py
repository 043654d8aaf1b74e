"""How each question went, in the notebook's order, and which one was the hardest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grading.report.results import QuestionResult, Submission
from grading.status import Status


@dataclass(frozen=True)
class Success:
    """How a question went with those who have a mark for it: shares from 0 to 1."""

    name: str
    marked: int  # who have a mark for it
    full: int
    not_attempted: int
    earned: float | None  # of the marks there were; None if there were none

    @property
    def full_share(self) -> float:
        return self.full / self.marked if self.marked else 0.0

    @property
    def not_attempted_share(self) -> float:
        return self.not_attempted / self.marked if self.marked else 0.0


def successes(submissions: Sequence[Submission]) -> list[Success]:
    """Return how each question went, in the notebook's order."""
    longest = sorted(submissions, key=lambda each: -len(each.questions))
    names = dict.fromkeys(name for each in longest for name in each.questions)
    return [
        _success(name, [each.questions[name] for each in submissions if name in each.questions])
        for name in names
    ]


def _success(name: str, asked: Sequence[QuestionResult]) -> Success:
    marked = [each for each in asked if each.mark is not None]
    most = sum(each.most for each in marked)
    return Success(
        name,
        len(marked),
        sum(each.mark >= each.most for each in marked),
        sum(each.status is Status.NOT_ATTEMPTED for each in marked),
        sum(each.mark for each in marked) / most if most else None,
    )


def hardest(questions: Sequence[Success]) -> Success | None:
    """Return the question with the smallest share of its marks earned, if any lost some."""
    lost = [each for each in questions if each.earned is not None and each.earned < 1]
    return min(lost, key=lambda each: each.earned, default=None)
