"""What a graded notebook says of itself in its metadata: what was repaired, the questions, where it ran.

Its outputs say what they are for as well. So pages choose by a role and never look at a sentence.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from nbformat import NotebookNode

from checks.texts import ENGLISH, say, spoken
from grading.places import CellEnd, Spot
from grading.status import Status

KEY = "grading"  # in the metadata
ANSWERS = "answers"  # in that of a cell: those that it gives besides its own
INSTEAD = "instead"  # in that of a given cell that was changed: the given text
NUMBER = "number"  # in that of a cell of code: which it was in what was handed in, from 1
KEPT = (
    "repaired",
    "unsaid",
    "untouched",
    "disputed",
    "readable",
    "unreadable",
    "because",
    "limits",
    "language",
)  # as they are
OLDER = {"repaired", "untouched", "unreadable"}  # what an older version kept, under another key


class Role(StrEnum):
    """What an output that marking made is for."""

    WHY = "why"  # why there are no more marks, or what stopped a cell
    REPORT = "report"
    MARK = "mark"
    LEFT_OUT = "left out"


def role_of(output: Mapping[str, Any]) -> Role | None:
    """Return what an output is for; None if it is the student's own."""
    word = output.get("metadata", {}).get(KEY, {}).get("role")
    return next((role for role in Role if role == word), None)


def given_besides(cell: Mapping[str, Any]) -> list[str]:
    """Return the grade_ids of the answers that a cell gives besides its own."""
    return list(cell.get("metadata", {}).get(KEY, {}).get(ANSWERS, ()))


@dataclass(frozen=True)
class QuestionNote:
    """How one question came out.

    said: why there are no more marks, as the test says it. cell: how the cell above the test ended,
    where that is a part of the reason. hints: the names of those that the hidden cases drew.
    shown_hint: the title of the last hint that the report shows. elsewhere: where text stands that may be
    the answer, if there is none in its own cell. lacks: what the report says is missing, without a hint.
    promised: what a person will do, which is true until that person has given a mark.
    """

    status: Status
    mark: float | None = None
    said: str = ""
    cell: CellEnd | None = None
    hints: Sequence[str] = ()
    shown_hint: str = ""
    elsewhere: Sequence[Spot] = ()
    lacks: str = ""
    promised: str = ""

    @property
    def why(self) -> str:
        """The reason, for everybody who marks or looks at a class."""
        ended = say("The cell with the answer {ended}", ended=self.cell) if self.cell else ""
        return ". ".join(filter(None, [say(self.said), ended, say(self.promised)]))

    @property
    def why_of_your_cell(self) -> str:
        """The reason, for the student who wrote the cell, once nobody has to do anything more."""
        ended = say("Your cell {ended}", ended=self.cell) if self.cell else ""
        return ". ".join(filter(None, [say(self.said), ended]))

    @property
    def record(self) -> dict[str, Any]:
        """What results.jsonl says of it."""
        cell = {"cell": _filled(self.cell)} if self.cell else {}
        places = {"elsewhere": [each.record for each in self.elsewhere]} if self.elsewhere else {}
        told = {"status": self.status, "mark": self.mark, "why": self.why, "hints": list(self.hints)}
        return {**told, **cell, **places}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> QuestionNote:
        """Read what the metadata says. Raises ValueError for an unknown status."""
        cell = told.get("cell")
        end = _end(cell) if cell else None
        said = told.get("said", told.get("why", ""))  # an older version kept the whole sentence alone
        hints = tuple(told.get("hints", ()))
        places = tuple(Spot.of(each) for each in told.get("elsewhere", ()))
        shown = told.get("shown_hint", ""), places, told.get("lacks", ""), told.get("promised", "")
        return cls(Status(told["status"]), told["mark"], said, end, hints, *shown)


@dataclass
class Noted:
    """What a graded notebook says of itself.

    repaired: what was, in sentences. unsaid: those of them that are no matter of the student's.
    untouched: the questions whose answers are as they were released.
    elsewhere: by question, where text stands that may be its answer, which its own cell lacks.
    disputed: the tests of answers of which the file holds two written versions.
    readable: whether the submission could be read; if not, `unreadable` says so in a sentence, and
    `because` is the reason alone. questions: by grade_id, in order.
    language: of the reasons, and of the page. box: how limits were kept, for who runs the machine.
    limits: how much cells may use, as Limits names it.
    unboxed: whether there was no box, so that the marks can be forged.
    """

    repaired: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    untouched: list[str] = field(default_factory=list)
    elsewhere: dict[str, list[Spot]] = field(default_factory=dict)
    disputed: list[str] = field(default_factory=list)
    readable: bool = True
    unreadable: str = ""
    because: str = ""
    questions: dict[str, QuestionNote] = field(default_factory=dict)
    box: str = ""
    language: str = field(default_factory=spoken)
    limits: dict[str, float] = field(default_factory=dict)
    unboxed: bool = False

    @classmethod
    def of(cls, nb: NotebookNode) -> Noted:
        """Read the metadata of a notebook, also of one that an older version has written."""
        told = nb.metadata.get(KEY) or _older(nb)
        unreadable = told.get("unreadable", "")
        return cls(
            list(told.get("repaired", ())),
            list(told.get("unsaid", ())),
            list(told.get("untouched", ())),
            {name: [Spot.of(each) for each in of] for name, of in told.get("elsewhere", {}).items()},
            list(told.get("disputed", ())),
            told.get("readable", not unreadable),
            unreadable,
            told.get("because", unreadable),
            {name: QuestionNote.of(each) for name, each in told.get("questions", {}).items()},
            told.get("box", ""),
            told.get("language", ENGLISH),
            dict(told.get("limits", {})),
            bool(told.get("unboxed", False)),
        )

    def write(self, nb: NotebookNode) -> None:
        """Put it into the metadata of a notebook."""
        told = {name: getattr(self, name) for name in KEPT}
        told["elsewhere"] = {name: [each.record for each in of] for name, of in self.elsewhere.items()}
        told |= {"unboxed": True} if self.unboxed else {}
        questions = {name: _kept(each) for name, each in self.questions.items()}
        nb.metadata[KEY] = NotebookNode({**told, "questions": questions, "box": self.box})


def beside_of(cell: Mapping[str, Any]) -> str:
    """Return the question beside which a cell shows a text from elsewhere; "" if it is any other cell."""
    return cell.get("metadata", {}).get(KEY, {}).get("beside", "")


def code_beside(cell: Mapping[str, Any]) -> str:
    """Return the code of the second version of an answer that a cell shows; "" if it shows none."""
    return cell.get("metadata", {}).get(KEY, {}).get("code", "")


def is_repaired(nb: NotebookNode) -> bool:
    """Tell whether a notebook came through the repair, which leaves its notes there."""
    return KEY in nb.metadata


def in_todays_form(nb: NotebookNode) -> NotebookNode:
    """Return a graded notebook with roles at its outputs, also one of an older version, which had none.

    There the outputs of a test stood in this order: why, if there is a reason; reports; the mark.
    """
    if KEY in nb.metadata or not _older(nb):
        return nb
    made, questions = copy.deepcopy(nb), Noted.of(nb).questions
    for cell in made.cells:
        question = questions.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        shown = [each for each in cell.get("outputs", ()) if each.output_type == "display_data"]
        for place, output in enumerate(shown if question else ()):
            first = place == 0 and bool(question.said)
            output.metadata[KEY] = {"role": Role.WHY.value if first else Role.REPORT.value}
    return made


def _older(nb: NotebookNode) -> Mapping[str, Any]:
    """What an older version has noted. Nothing else puts such a thing into a graded notebook."""
    return next(
        (each for each in nb.metadata.values() if isinstance(each, dict) and each.keys() >= OLDER), {}
    )


def _kept(question: QuestionNote) -> dict[str, Any]:
    shown = {"shown_hint": question.shown_hint, "lacks": question.lacks, "promised": question.promised}
    return {**question.record, "said": question.said, **shown}


def _end(told: Mapping[str, Any]) -> CellEnd:
    status = told.get("status") and Status(told["status"])
    return CellEnd(status, told.get("error", ""), tuple(told.get("skipped", ())))


def _filled(cell: CellEnd) -> dict[str, Any]:
    told = {**asdict(cell), "skipped": list(cell.skipped)}
    return {name: value for name, value in told.items() if value}
