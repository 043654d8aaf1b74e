"""Collect the facts about one assignment for the page, and about all: the mistakes to explain in class."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grading.course import Assignment
from grading.report.alike import Pair
from grading.report.attention import (
    Displaced,
    Hit,
    Lateness,
    LookAt,
    WaitCount,
    Waiting,
    displaced,
    late,
    limits,
    look_first,
    odd,
    persons,
    repairs,
    to_mark,
    to_mend,
    with_remark,
)
from grading.report.marks import Distribution, distribution
from grading.report.mistakes import MistakeCount, mistakes
from grading.report.policies import policies
from grading.report.questions import Success, hardest, successes
from grading.report.results import Submission
from grading.status import SubmissionStatus
from grading.submitted.remarks import Oddity

MENTIONED = 3  # mistakes in the first sentence
FREQUENT = 0.05  # a mistake of a smaller share of a class is for a talk with single students


@dataclass(frozen=True)
class Overview:
    """The facts on the page about one assignment."""

    name: str
    came: int
    marked: int  # how many of the submissions that came have marks
    statuses: tuple[tuple[SubmissionStatus, int], ...]
    persons: WaitCount
    marks: Distribution | None
    questions: tuple[Success, ...]
    hardest: tuple[Success, ...]
    mistakes: tuple[MistakeCount, ...]
    limits: tuple[Hit, ...]
    to_mark: tuple[Waiting, ...]
    displaced: tuple[Displaced, ...]
    to_mend: tuple[Waiting, ...]
    odd: tuple[Waiting, ...]
    repairs: tuple[Waiting, ...]
    late: Lateness | None
    called_late: tuple[str, ...]  # students whose work a learning platform calls late
    no_time: tuple[str, ...]  # students of whom it is not known when they handed in
    downloaded: int  # submissions from a learning platform
    first: tuple[LookAt, ...]
    pairs: tuple[Pair, ...]
    policies: tuple[str, ...]  # in a few words each: first those for all students, then those for some

    @property
    def unread(self) -> list[Success]:
        """Return the written questions with unread answers. No share and no median counts these questions."""
        return [each for each in self.questions if each.is_unread]

    @property
    def outdated(self) -> int:
        """Return how many submissions have marks of an earlier form of the assignment."""
        return dict(self.statuses).get(SubmissionStatus.OUT_OF_DATE, 0)

    @property
    def frequent(self) -> list[MistakeCount]:
        """Return the mistakes to explain to the class: those with a name that several students handed in."""
        return [each for each in self.mistakes if each.is_named and each.handed_in >= self.several]

    @property
    def unnamed(self) -> list[MistakeCount]:
        """Return the mistakes without a name that several students handed in."""
        return [each for each in self.mistakes if not each.is_named and each.handed_in >= self.several]

    @property
    def several(self) -> int:
        """Return how many students must make a mistake so that it is explained to the class."""
        return max(2, math.ceil(FREQUENT * self.marked))

    @property
    def keeps_out(self) -> list[Success]:
        """Return the questions with answers that wait for a person: these students' marks do not count."""
        return [each for each in self.questions if each.waiting and not each.is_unread]


def left_out(submissions: Sequence[Submission]) -> dict[str, float]:
    """Return the written questions with unread answers, and how many marks each is worth."""
    return {each.name: each.most for each in successes(submissions) if each.is_unread}


def overview(assignment: Assignment, submissions: Sequence[Submission], pairs: Sequence[Pair]) -> Overview:
    """Return the facts about one assignment."""
    counted, questions = Counter(each.status for each in submissions), successes(submissions)
    out = left_out(submissions)
    totals = [total for each in submissions if (total := each.counted(out)) is not None]
    most = max((each.most for each in submissions), default=0.0) - sum(out.values())
    return Overview(
        assignment.name,
        len(submissions),
        sum(each.is_read for each in submissions),
        tuple((status, counted[status]) for status in SubmissionStatus if counted[status]),
        persons(submissions),
        distribution(totals, most) if most > 0 else None,
        tuple(questions),
        hardest(questions),
        tuple(mistakes(assignment, submissions)),
        tuple(limits(submissions)),
        tuple(to_mark(submissions)),
        tuple(displaced(submissions)),
        tuple(to_mend(submissions)),
        tuple(odd(submissions)),
        tuple(repairs(submissions)),
        late(submissions),
        with_remark(submissions, lambda kind: kind is Oddity.LATE_MARK),
        with_remark(submissions, lambda kind: kind.hides_time),
        len(with_remark(submissions, lambda kind: kind is Oddity.DOWNLOAD)),
        tuple(look_first(submissions)),
        tuple(pairs),
        tuple(policies(submissions)),
    )


def monday(overviews: Sequence[Overview]) -> list[tuple[Overview, MistakeCount]]:
    """Return the mistakes to explain again, sorted by the share of the class that handed in each."""
    found = [(each, mistake) for each in overviews for mistake in each.frequent]
    return sorted(found, key=lambda told: -told[1].handed_in / told[0].marked)[:MENTIONED]


def hardest_of_all(overviews: Sequence[Overview]) -> tuple[Success, ...]:
    """Return the questions of all assignments for which the smallest share of marks was earned."""
    return hardest([each for of in overviews for each in of.hardest])


def to_do(overviews: Sequence[Overview]) -> list[str]:
    """Return the tasks that wait for the instructor, in a few words each."""
    counts = {
        "submission(s) that could not be marked": sum(_waiting(each.to_mend) for each in overviews),
        "answer(s) to read": sum(_waiting(each.to_mark) for each in overviews),
        "answer(s) that hit a limit": sum(len(each.limits) for each in overviews),
        "pair(s) of submissions that are alike beyond chance": sum(len(each.pairs) for each in overviews),
    }
    return [
        f"{count} {what.replace('(s)', '' if count == 1 else 's')}" for what, count in counts.items() if count
    ]


def _waiting(waiting: Sequence[Waiting]) -> int:
    return sum(len(each.students) for each in waiting)
