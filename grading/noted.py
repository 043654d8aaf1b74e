"""The notes of marking in a graded notebook's metadata: what was repaired, the questions, where it ran.

Each output of marking also has a role in its metadata. So pages choose outputs by role, never by a sentence.
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
ANSWERS = "answers"  # in a cell's metadata: the answers that it gives besides its own
INSTEAD = "instead"  # in the metadata of a given cell that the student changed: the given text
NUMBER = "number"  # in the metadata of a code cell: its number in the submission, from 1
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
)  # these fields are written without a change
OLDER = {"repaired", "untouched", "unreadable"}  # an older version's notes have these, under another key


class Role(StrEnum):
    """The purpose of an output that marking made."""

    WHY = "why"  # why there are not full marks, or what stopped a cell
    REPORT = "report"
    MARK = "mark"
    LEFT_OUT = "left out"


def role_of(output: Mapping[str, Any]) -> Role | None:
    """Return the role of an output; None if the student's code made it."""
    word = output.get("metadata", {}).get(KEY, {}).get("role")
    return next((role for role in Role if role == word), None)


def given_besides(cell: Mapping[str, Any]) -> list[str]:
    """Return the grade_ids of the answers that a cell gives besides its own answer."""
    return list(cell.get("metadata", {}).get(KEY, {}).get(ANSWERS, ()))


@dataclass(frozen=True)
class QuestionNote:
    """The result of one question.

    status: the status of the question.
    mark: the mark; None if there is no mark yet.
    said: why there are not full marks, in the words of the test.
    cell: how the cell above the test ended, if that is a part of the reason.
    hints: the names of the hints for the hidden cases.
    shown_hint: the title of the last hint that the report shows.
    elsewhere: the places of texts that may be the answer, if its own cell has no answer.
    lacks: what is missing, in the words of the report, if there is no hint.
    promised: what a person will do; this is true until a person has given a mark.
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
        """The reason, for people who mark or who look at a class."""
        ended = say("The cell with the answer {ended}", ended=self.cell) if self.cell else ""
        return ". ".join(filter(None, [say(self.said), ended, say(self.promised)]))

    @property
    def why_of_your_cell(self) -> str:
        """The reason, for the student who wrote the cell, when nobody has to do anything more."""
        ended = say("Your cell {ended}", ended=self.cell) if self.cell else ""
        return ". ".join(filter(None, [say(self.said), ended]))

    @property
    def record(self) -> dict[str, Any]:
        """The fields of the question in results.jsonl."""
        cell = {"cell": _filled(self.cell)} if self.cell else {}
        places = {"elsewhere": [each.record for each in self.elsewhere]} if self.elsewhere else {}
        told = {"status": self.status, "mark": self.mark, "why": self.why, "hints": list(self.hints)}
        return {**told, **cell, **places}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> QuestionNote:
        """Read the note from the metadata. Raises ValueError for an unknown status."""
        cell = told.get("cell")
        end = _end(cell) if cell else None
        said = told.get("said", told.get("why", ""))  # an older version kept only the whole sentence
        hints = tuple(told.get("hints", ()))
        places = tuple(Spot.of(each) for each in told.get("elsewhere", ()))
        shown = told.get("shown_hint", ""), places, told.get("lacks", ""), told.get("promised", "")
        return cls(Status(told["status"]), told["mark"], said, end, hints, *shown)


@dataclass
class Noted:
    """The notes of marking in a graded notebook.

    repaired: sentences that say what was repaired.
    unsaid: those of these sentences that do not concern the student.
    untouched: the questions whose answers the student has not changed since the release.
    elsewhere: by question, the places of texts that may be its answer, if its own cell is empty.
    disputed: the tests of answers that the file has in two written versions.
    readable: whether the submission could be read. If not, `unreadable` says this in a sentence, and
        `because` is only the reason.
    questions: the results by grade_id, in order.
    box: how limits were kept, for the person who runs the machine.
    language: the language of the reasons, and of the page.
    limits: how much cells may use, by the names in Limits.
    unboxed: whether there was no box, so that students can forge the marks.
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
        """Read the notes from a notebook's metadata, even if an older version wrote them."""
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
        """Write the notes into the metadata of a notebook."""
        told = {name: getattr(self, name) for name in KEPT}
        told["elsewhere"] = {name: [each.record for each in of] for name, of in self.elsewhere.items()}
        told |= {"unboxed": True} if self.unboxed else {}
        questions = {name: _kept(each) for name, each in self.questions.items()}
        nb.metadata[KEY] = NotebookNode({**told, "questions": questions, "box": self.box})


def beside_of(cell: Mapping[str, Any]) -> str:
    """Return the question next to which a cell shows a text found elsewhere; "" for any other cell."""
    return cell.get("metadata", {}).get(KEY, {}).get("beside", "")


def code_beside(cell: Mapping[str, Any]) -> str:
    """Return the code of the second version of an answer that a cell shows; "" for any other cell."""
    return cell.get("metadata", {}).get(KEY, {}).get("code", "")


def is_repaired(nb: NotebookNode) -> bool:
    """Tell whether a notebook was repaired: the repair always leaves its notes in it."""
    return KEY in nb.metadata


def in_todays_form(nb: NotebookNode) -> NotebookNode:
    """Return a graded notebook with roles at its outputs. An older version wrote notebooks without roles.

    In these, the outputs of a test have this order: why, if there is a reason; reports; the mark.
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
    """Return the notes of an older version. Nothing else writes such metadata into a graded notebook."""
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
