"""The parts of the report that need an instructor's attention, and what was unusual, with students' names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from grading.report.results import AGAIN, NOT_KNOWN, Submission
from grading.run.look import Reason
from grading.status import Status
from grading.submitted.remarks import Oddity

KINDS = {
    Oddity.NAME: "a file or a folder had another name",
    Oddity.PLACE: "the notebook or its folder was not in `submitted/<student>/<assignment>/`",
    Oddity.COPY: "the notebook was unchanged since its release, so a copy that had been worked in was marked",
    Oddity.CHECKPOINT: "only JupyterLab's automatic copy (checkpoint) of the notebook was handed in",
    Oddity.TWO_WORKED: "two notebooks were worked on, and one of them was marked",
    Oddity.SEVERAL: "the assignment was handed in more than once, and one of the submissions was marked",
    Oddity.SHARED: "another student handed in the very same file",
    Oddity.NOT_READ: "one of several files could not be read, so another was marked",
}


@dataclass(frozen=True)
class Hit:
    """A limit that a student's code hit."""

    student: str
    question: str
    limit: Status
    why: str


@dataclass(frozen=True)
class Displaced:
    """A question without an answer in its own cell, whose answer may be elsewhere. why: the places."""

    student: str
    question: str
    why: str


@dataclass(frozen=True)
class Waiting:
    """Students who wait for the same action, such as the marking of one question by a person."""

    what: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class WaitCount:
    """The numbers of submissions that wait for a person.

    count: all of them. unmarked: those without marks. unread: those with an answer to read.
    """

    count: int
    unmarked: int
    unread: int

    @property
    def words(self) -> str:
        """Return the counts in a sentence."""
        others = self.count - self.unmarked - self.unread
        kinds = {
            "could not be marked": self.unmarked,
            "with answers to read": self.unread,
            "with a note": others,
        }
        told = ", ".join(f"{count} {what}" for what, count in kinds.items() if count)
        wait = "submission waits" if self.count == 1 else "submissions wait"
        return f"{self.count} {wait} for you" + (f": {told}" if told else "")


@dataclass(frozen=True)
class LookAt:
    """A submission that an instructor should look at first, with the reasons."""

    student: str
    assignment: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Lateness:
    """The late submissions: how many there are, how many hours late they are, and their total penalty."""

    count: int
    least: float
    median: float
    most: float
    penalty: float


def limits(submissions: Sequence[Submission]) -> list[Hit]:
    """Return the limits that were hit, by student."""
    return sorted(
        (
            Hit(each.student, name, told.status, told.why)
            for each in submissions
            for name, told in each.questions.items()
            if told.is_limit
        ),
        key=lambda hit: (hit.student, hit.question),
    )


def to_mark(submissions: Sequence[Submission]) -> list[Waiting]:
    """Return the questions that a person must still mark, the most frequent first."""
    waiting: dict[str, list[str]] = {}
    for each in submissions:
        for name, told in each.questions.items() if each.is_read else ():
            if told.waits:
                waiting.setdefault(name, []).append(each.student)
    return sorted(_waiting(waiting), key=lambda each: (-len(each.students), each.what))


def displaced(submissions: Sequence[Submission]) -> list[Displaced]:
    """Return the answers that a person must find, by student."""
    return sorted(
        (
            Displaced(each.student, name, told.elsewhere)
            for each in submissions
            for name, told in each.questions.items()
            if told.elsewhere and told.waits
        ),
        key=lambda each: (each.student, each.question),
    )


def to_mend(submissions: Sequence[Submission]) -> list[Waiting]:
    """Return the reasons why whole submissions could not be marked, the most frequent first."""
    waiting: dict[str, list[str]] = {}
    for each in submissions:
        if not each.is_read:
            waiting.setdefault(": ".join(filter(None, [each.status, each.why])), []).append(each.student)
        elif each.unknown:
            what = f"a question has the status {each.unknown!r}, which {NOT_KNOWN}; {AGAIN}"
            waiting.setdefault(what, []).append(each.student)
    return sorted(_waiting(waiting), key=lambda each: (-len(each.students), each.what))


def _waiting(waiting: dict[str, list[str]]) -> list[Waiting]:
    return [Waiting(what, tuple(sorted(students))) for what, students in waiting.items()]


def odd(submissions: Sequence[Submission]) -> list[Waiting]:
    """Return remarks on how work was handed in that the report names but that need no action, by student."""
    told = [
        Waiting(each.says, (submission.student,))
        for submission in submissions
        for each in submission.remarks
        if each.kind.is_told and not each.kind.needs_person and each.kind is not Oddity.LATE_MARK
    ]
    return sorted(told, key=lambda each: (each.students, each.what))


def persons(submissions: Sequence[Submission]) -> WaitCount:
    """Return how many submissions wait for a person, for a mark or for a look."""
    unmarked = sum(not each.is_read for each in submissions)
    unread = sum(each.is_read and any(why.is_reading for why in each.reasons) for each in submissions)
    return WaitCount(sum(bool(each.reasons) for each in submissions), unmarked, unread)


def look_first(submissions: Sequence[Submission]) -> list[LookAt]:
    """Return the submissions to look at first: those with another reason than an answer to read."""
    found = [
        LookAt(each.student, each.assignment, tuple(why for why in each.reasons if not why.is_for_many))
        for each in sorted(submissions, key=lambda each: (each.is_read, each.student))
    ]
    return [each for each in found if each.reasons]


def repairs(submissions: Sequence[Submission]) -> list[Waiting]:
    """Return the repairs with their students, the most frequent first.

    A remark on how work was handed in is told by its kind, because its sentence may have a student's name.
    """
    told: dict[str, list[str]] = {}
    for each in submissions:
        for sentence in _repaired(each):
            told.setdefault(sentence, []).append(each.student)
    return sorted(_waiting(told), key=lambda each: (-len(each.students), each.what))


def _repaired(submission: Submission) -> set[str]:
    says = {each.says for each in submission.remarks}
    kinds = {KINDS[each.kind] for each in submission.remarks if each.kind in KINDS}
    return {each for each in submission.repaired if each not in says} | kinds


def late(submissions: Sequence[Submission]) -> Lateness | None:
    """Return how late the late submissions were; None if nobody was late."""
    hours = [each.late_hours for each in submissions if each.late_hours > 0]
    if not hours:
        return None
    cost = sum(each.penalty for each in submissions)
    return Lateness(len(hours), min(hours), median(hours), max(hours), cost)


def with_remark(submissions: Sequence[Submission], asked: Callable[[Oddity], bool]) -> tuple[str, ...]:
    """Return the students who have a remark of a kind that `asked` accepts, in order."""
    return tuple(
        sorted(each.student for each in submissions if any(asked(told.kind) for told in each.remarks))
    )
