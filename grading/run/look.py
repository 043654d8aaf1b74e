"""Which submissions an instructor should look at, why, and what to do: for marks.csv and the report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grading.places import Spot
from grading.run.journal import Record
from grading.run.outdated import WHY
from grading.run.schema import is_ours
from grading.run.standing import MEND, SAYS
from grading.status import SubmissionStatus
from grading.submitted.claims import MEND_IT
from grading.submitted.remarks import Oddity

MOST_SPOTS = 3  # so many places are named
RUN_AGAIN = "then run `make grade` again"
OPEN_BOTH = (
    f"open both in submitted/; if the other file should count, delete the one that was marked, {RUN_AGAIN}"
)
FORM = "The form is 2026-01-31 17:00:00 Europe/Berlin"
CORRECT = f"write when it was handed in into timestamp.txt, {RUN_AGAIN}. {FORM}"
READ = "read it in the formgrader, and give the mark there"
FIND = f"the feedback page shows the text of these cells; {READ}"
OPEN_FILE = "open that file in submitted/, and give the mark in the formgrader"
TO_DO = {
    Oddity.TWO_WORKED: OPEN_BOTH,
    Oddity.NOT_READ: OPEN_BOTH,
    Oddity.NO_TIME: CORRECT,
    Oddity.UNKNOWN_ZONE: CORRECT,
    Oddity.UNCLEAR_TIME: f"find out which day is meant and write it into timestamp.txt, {RUN_AGAIN}. {FORM}",
    Oddity.SHARED: "ask both students whose file it is",
    Oddity.UNTOUCHED: "ask the student whether it is the right file",
    Oddity.UNREADABLE_NOW: f"open what lies in submitted/. {MEND_IT}, {RUN_AGAIN}",
    Oddity.FAILED_NOW: "run `make grade` again: it tries this submission once more",
}
WITHOUT_MARKS = {
    SubmissionStatus.UNREADABLE: f"open what lies in submitted/. {MEND_IT}, {RUN_AGAIN}",
    SubmissionStatus.OUR_FAULT: "run `make grade` again: it tries this submission once more. "
    "If it says the same again, put right what is named here, or mark it by hand",
}


@dataclass(frozen=True)
class Reason:
    """Why somebody should look at a submission. is_reading: only because an answer must be read."""

    why: str
    to_do: str
    is_reading: bool = False
    is_outdated: bool = False

    @property
    def is_for_many(self) -> bool:
        """Whether it may be true of a whole class. Then the report says it once, before it names students."""
        return self.is_reading or self.is_outdated

    def __str__(self) -> str:
        return f"{self.why}. {self.to_do[:1].upper()}{self.to_do[1:]}."


OTHER_VERSION = Reason("its results are from another version of the grader", "run `make grade ARGS=--force`")


OUTDATED = Reason(f"out of date: {WHY}", "run `make grade` for all students", is_outdated=True)


def reasons(record: Record) -> list[Reason]:
    """Return why a person should look at a submission, the most urgent reason first; [] if nobody must."""
    status = SubmissionStatus.known(record.get("status"))
    if status is None or not is_ours(record):
        return [OTHER_VERSION]
    if not status.has_marks:
        why = ": ".join(filter(None, [status, str(record.get("why", "")).rstrip(".")]))
        return [Reason(why, _mended(record, WITHOUT_MARKS[status])), *_odd(record, only=SAYS)]
    stale = [OUTDATED] if status is SubmissionStatus.OUT_OF_DATE else []
    return [*stale, *_unusual(record), *_odd(record), *_to_read(record)]


def waiting(record: Record) -> dict[str, Mapping[str, Any]]:
    """Return the questions of a marked submission that a person must still mark, by name."""
    questions = record.get("questions", {}).items() if SubmissionStatus(record["status"]).has_marks else ()
    return {name: each for name, each in questions if mark_of(each) is None}


def mark_of(question: Mapping[str, Any]) -> float | None:
    """Return the mark that counts: with policies and extra credit, or by a person, or by the grader."""
    if "counts" in question:
        return question["counts"]["mark"]
    return question["mark"] if question.get("by_hand") is None else question["by_hand"]


def _unusual(record: Record) -> Iterator[Reason]:
    """Yield reasons for answers that a person must first find or choose."""
    for name, each in waiting(record).items():
        if each.get("elsewhere"):
            to_do = OPEN_FILE if any(spot.get("file") for spot in each["elsewhere"]) else FIND
            yield Reason(f"`{_short(name)}`: {where(each['elsewhere'])}", to_do)
        elif each.get("why"):
            yield Reason(f"`{_short(name)}`: {each['why']}", READ)


def where(spots: Sequence[Mapping[str, Any]]) -> str:
    """Say in which places the answer may be, if its own cell is empty."""
    named = "; ".join(str(Spot.of(each)) for each in spots[:MOST_SPOTS])
    return f"its own cell is empty, but the answer may stand in {named}"


def _odd(record: Record, only: Collection[Oddity] = tuple(Oddity)) -> Iterator[Reason]:
    for each in record.get("remarks", ()):
        kind = next((kind for kind in only if kind == each["kind"]), None)
        if kind and kind.needs_person:
            to_do = _mended(record, TO_DO[kind]) if kind is Oddity.UNREADABLE_NOW else TO_DO[kind]
            yield Reason(each["says"], to_do)


def _mended(record: Record, otherwise: str) -> str:
    """Return what to do so that the submission can be read: the record's advice, if it has one."""
    return f"{record[MEND]}, {RUN_AGAIN}" if record.get(MEND) else otherwise


def _to_read(record: Record) -> Iterator[Reason]:
    names = [f"`{_short(name)}`" for name, each in waiting(record).items() if not each.get("why")]
    if names:
        what = "an answer waits" if len(names) == 1 else f"{len(names)} answers wait"
        yield Reason(f"{what} to be read ({', '.join(names)})", READ, is_reading=True)


def _short(question: str) -> str:
    return question.removeprefix("test-")
