"""The success of the class on each question, in the notebook's order, and the hardest questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grading.report.results import QuestionResult, Submission
from grading.status import Status

BY_PERSON = (Status.NEEDS_PERSON, Status.NOT_ATTEMPTED)  # marking gives a written answer one of these


@dataclass(frozen=True)
class Success:
    """The success of students who have a mark for one question. Shares are from 0 to 1.

    While written answers wait for a person, only two kinds of them have a mark: empty answers, with mark 0,
    and answers that were read first. They do not represent the class. So there is no share of marks until all
    answers are read.
    """

    name: str
    marked: int  # students who have a mark for it
    full: int
    not_attempted: int
    most: float  # the most marks that a student can earn
    waiting: int  # students whose answers a person must still read
    is_written: bool  # whether only a person can mark it
    earned: float | None  # the share of marks; None if there are no marks, or not all answers are read

    @property
    def is_unread(self) -> bool:
        """Tell whether it is a written question with answers that wait to be read."""
        return self.is_written and self.waiting > 0

    @property
    def full_share(self) -> float:
        return self.full / self.marked if self.marked else 0.0

    @property
    def not_attempted_share(self) -> float:
        return self.not_attempted / self.marked if self.marked else 0.0


def successes(submissions: Sequence[Submission]) -> list[Success]:
    """Return the success on each question, in the notebook's order. Unreadable submissions do not count."""
    submissions = [each for each in submissions if each.is_read]
    longest = sorted(submissions, key=lambda each: -len(each.questions))
    dropped = {effect.question for each in submissions for effect in each.effects if effect.is_dropped}
    names = dict.fromkeys(name for each in longest for name in each.questions if name not in dropped)
    return [
        _success(name, [each.questions[name] for each in submissions if name in each.questions])
        for name in names
    ]


def _success(name: str, asked: Sequence[QuestionResult]) -> Success:
    marked = [each for each in asked if each.mark is not None]
    waiting, is_written = len(asked) - len(marked), all(each.status in BY_PERSON for each in asked)
    return Success(
        name,
        len(marked),
        sum(each.mark >= each.most for each in marked),
        sum(each.status is Status.NOT_ATTEMPTED for each in marked),
        max((each.most for each in asked), default=0.0),
        waiting,
        is_written,
        None if waiting and is_written else _earned(marked),
    )


def _earned(marked: Sequence[QuestionResult]) -> float | None:
    most = sum(each.most for each in marked)
    return sum(each.mark for each in marked) / most if most else None


def hardest(questions: Sequence[Success]) -> tuple[Success, ...]:
    """Return the questions with the smallest share of earned marks, if this share is below 1.

    There are several if the page shows the same percentage for them. A question whose answers wait for a
    person is left out.
    """
    lost = [each for each in questions if each.earned is not None and each.earned < 1]
    least = min((each.earned for each in lost), default=0.0)
    return tuple(each for each in lost if round(100 * each.earned) == round(100 * least))
