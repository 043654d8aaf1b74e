"""Read the class's results from results.jsonl. Each line is a submission; its last line counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.policies.effects import Effect, effects_of
from grading.run.journal import RESULTS, Record, read_records
from grading.run.look import Reason, mark_of, reasons, where
from grading.run.schema import SCHEMA, is_ours
from grading.status import Status, SubmissionStatus
from grading.submitted.remarks import Oddity, Remark

NOT_KNOWN = "this version of the grader does not know"
AGAIN = "mark the submission again with this version"


@dataclass(frozen=True)
class QuestionResult:
    """The result of one question of a submission. status: None if this version does not know the word."""

    status: Status | None
    mark: float | None
    most: float
    why: str = ""
    hints: tuple[str, ...] = ()
    elsewhere: str = ""  # where the answer may be, if only other cells have some text

    @property
    def is_limit(self) -> bool:
        return self.status is not None and self.status.is_limit

    @property
    def waits(self) -> bool:
        """Tell whether a person must still give the mark."""
        return self.mark is None


@dataclass(frozen=True)
class Submission:
    """The facts that the class runner recorded about one submission."""

    student: str
    assignment: str
    status: SubmissionStatus | None  # None if this version does not know it; `why` says so
    why: str = ""
    total: float | None = None
    most: float = 0.0
    late_hours: float = 0.0
    penalty: float = 0.0
    repaired: tuple[str, ...] = ()
    questions: Mapping[str, QuestionResult] = field(default_factory=dict)
    tries: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    unknown: str = ""  # a status of a question that this version does not know
    remarks: tuple[Remark, ...] = ()
    reasons: tuple[Reason, ...] = ()  # why a person should look at it
    effects: tuple[Effect, ...] = ()  # the effects of policies

    def counted(self, names: Collection[str]) -> float | None:
        """Return the total without the marks for these questions; None if there is no total.

        There is also no total while another answer waits for a person: that answer has no mark, and not 0.
        """
        asked = self.questions.items()
        if self.total is None or not self.is_read:
            return None
        if any(told.waits for name, told in asked if name not in names):
            return None
        return max(0.0, self.total - sum(told.mark or 0.0 for name, told in asked if name in names))

    @property
    def is_read(self) -> bool:
        return self.status is not None and self.status.has_marks


def read_results(folder: Path) -> list[Submission]:
    """Return the submissions in the folder's results.jsonl, by assignment and student.

    Lines that are not about a submission are left out. Raises OSError if there is no such file.
    """
    if not (folder / RESULTS).exists():
        raise FileNotFoundError(f"there are no results to report in {folder}: mark the class first.")
    records = read_records(folder)
    return [told for key in sorted(records) if (told := _submission(records[key]))]


def _submission(told: Record) -> Submission | None:
    try:
        strange = _strange(told)
        if strange:
            who = str(told["student"]), str(told["assignment"])
            return Submission(*who, None, strange, reasons=tuple(reasons(told)))
        return Submission(
            str(told["student"]),
            str(told["assignment"]),
            SubmissionStatus(told["status"]),
            str(told.get("why") or ""),
            told.get("total"),
            float(told.get("max") or 0),
            float(told.get("late_hours") or 0),
            float(told.get("penalty") or 0),
            _texts(told.get("repaired")),
            {name: _question(each) for name, each in (told.get("questions") or {}).items()},
            told.get("tries") or {},
            _unknown(told),
            tuple(_remarks(told.get("remarks"))),
            tuple(reasons(told)),
            effects_of(told.get("policies")),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _strange(told: Record) -> str:
    """Say what only another version of the grader understands in a line; "" if nothing.

    An older line has no schema.
    """
    if not is_ours(told):
        schema = f"schema {told['schema']!r}, but this version reads {SCHEMA}"
        return f"another version of the grader wrote its line in {RESULTS} ({schema}); {AGAIN}"
    if SubmissionStatus.known(told["status"]) is None:
        return f"it has the status {told['status']!r}, which {NOT_KNOWN}; {AGAIN}"
    return ""


def _unknown(told: Record) -> str:
    """Return the first status of a question that this version does not know; "" if it knows all."""
    words = (str(each["status"]) for each in (told.get("questions") or {}).values())
    return next((word for word in words if Status.known(word) is None), "")


def _question(told: Mapping[str, Any]) -> QuestionResult:
    """Return the result of one question, with the mark and the points that count."""
    mark, most = mark_of({"mark": None, **told}), float(told.get("counts", told).get("max") or 0)
    status, why = Status.known(told["status"]), str(told.get("why") or "")
    place = where(told["elsewhere"]) if told.get("elsewhere") else ""
    return QuestionResult(status, mark, most, why, _texts(told.get("hints")), place)


def _remarks(told: Sequence[Mapping[str, Any]] | None) -> Iterator[Remark]:
    """Yield the remarks on how it was handed in. A kind that only another version knows is left out."""
    known = {str(kind) for kind in Oddity}
    yield from (
        Remark(Oddity(each["kind"]), str(each["says"])) for each in told or () if each["kind"] in known
    )


def _texts(values: Sequence[Any] | None) -> tuple[str, ...]:
    return tuple(str(each) for each in values or ())
