"""The file that a student gets: marks, reasons, hints, and every cell as it ran where it was marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from grading.marking.jobs import is_test, name
from grading.pages.cells import coloured, outputs, reports
from grading.pages.render import render
from grading.pages.written import written
from grading.repair.rebuild import OURS

MOST = 1_000_000  # bytes of a page; above it the cells without marks are left out
PERSON = "needs a person"
# How a status is shown: its sign, its words and its colour. All others ended in a limit or a crash.
LOOKS = {
    "passed": ("✓", "passed", "good"),
    "partly": ("◐", "partly", "part"),
    "failed": ("✗", "failed", "bad"),
    "error": ("✗", "error", "bad"),
    "not attempted": ("○", "not attempted", "soft"),
    PERSON: ("…", "a person reads this", "person"),
    "by hand": ("✎", "marked by a person", "person"),
}


@dataclass(frozen=True)
class Told:
    """What the gradebook knows of a submission.

    total: what counts, the penalty already taken off; None if there are no marks yet.
    late_hours: after the date that it was due. by_hand: marks that a person gave, by grade_id.
    comments: what a person wrote, by the grade_id of the test or of the answer.
    """

    student: str
    assignment: str
    total: float | None
    max: float
    penalty: float = 0.0
    late_hours: float = 0.0
    by_hand: Mapping[str, float] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    unboxed: bool = False

    @property
    def late(self) -> str:
        """As people say it: "2 h 10 min late"; "" if it was in time."""
        if self.late_hours <= 0:
            return ""
        hours, minutes = divmod(round(self.late_hours * 60), 60)
        parts = {"d": hours // 24, "h": hours % 24, "min": minutes}
        return " ".join([*(f"{n} {unit}" for unit, n in parts.items() if n), "late"])


@dataclass(frozen=True)
class QuestionOnPage:
    """One graded cell with what was answered; `mark` is None until there is one."""

    name: str
    status: str
    mark: float | None
    points: float
    why: str
    cells: Sequence[NotebookNode]
    report: Sequence[Markup] = ()
    comments: Sequence[str] = ()

    @property
    def looks(self) -> tuple[str, str, str]:
        """The sign, the words and the colour of its status."""
        return LOOKS.get(self.status, ("✗", f"stopped: {self.status}", "bad"))

    @property
    def anchor(self) -> str:
        """Where it is on the page; a grade_id has no spaces, and no other element an id."""
        return f"question-{self.name}"

    @property
    def unfinished(self) -> bool:
        """Whether there is something to look at: it lacks marks, and something was written."""
        return self.status != "not attempted" and (self.mark is None or self.mark < self.points)

    @property
    def waits(self) -> bool:
        """Whether a person has yet to read it."""
        return self.mark is None


def feedback_page(nb: NotebookNode, told: Told) -> str:
    """Return the page of one submission. nb: the graded notebook, as `grading.marking.present` returns it."""
    page = _page(nb, told, others=True)
    return page if len(page.encode()) <= MOST else _page(nb, told, others=False)


def _page(nb: NotebookNode, told: Told, others: bool) -> str:
    ours = nb.metadata.get(OURS, {})
    questions = list(_questions(nb, told))
    asked = {id(cell) for each in questions for cell in each.cells}
    shown = [cell for cell in nb.cells if id(cell) not in asked and not is_test(cell)]
    return render(
        "feedback.html",
        told=told,
        title=_title(nb) or told.assignment,
        questions=questions,
        waiting=[each for each in questions if each.waits],
        unreadable=ours.get("unreadable", ""),
        repaired=ours.get("repaired", []),
        box=ours.get("box", ""),
        others=list(_parts(shown)) if others else None,
        answer=_answer,
        written=written,
    )


def _title(nb: NotebookNode) -> str:
    """The first heading of the notebook, without its signs."""
    texts = (cell.source for cell in nb.cells[1:] if cell.cell_type == "markdown")
    lines = (line for text in texts for line in text.splitlines() if line.startswith("# "))
    return next(lines, "").strip("#*_` \t")[:120]


def _questions(nb: NotebookNode, told: Told) -> Iterator[QuestionOnPage]:
    """The graded cells in order. A test takes the answer of its name, or those since the last test."""
    since: list[NotebookNode] = []
    answers = {name(cell): cell for cell in nb.cells if _role(cell, "solution") and not _role(cell, "grade")}
    known = nb.metadata.get(OURS, {}).get("questions", {})
    for cell in nb.cells:
        if _role(cell, "solution") and not _role(cell, "grade"):
            since.append(cell)
        elif _role(cell, "grade"):
            own = answers.get(name(cell).removeprefix("test-"))
            cells = [cell] if not is_test(cell) else [own] if own is not None else since
            yield _question(cell, cells, known.get(name(cell), {}), told)
            since = []


def _question(
    cell: NotebookNode, cells: list[NotebookNode], known: Mapping[str, Any], told: Told
) -> QuestionOnPage:
    """One question, with the mark of a person in the place of ours."""
    this, why = name(cell), known.get("why", "").replace("see the cell above, it ", "your cell ")
    ids = dict.fromkeys([this, *map(name, cells)])
    return QuestionOnPage(
        name=this.removeprefix("test-"),
        status="by hand" if this in told.by_hand else known.get("status", PERSON),
        mark=told.by_hand.get(this, known.get("mark")),
        points=cell.metadata.nbgrader.points,
        why=why or (_hint(cell) if known.get("status") in ("partly", "failed") else ""),
        cells=cells,
        report=list(reports(cell, known.get("why", ""))) if is_test(cell) else [],
        comments=[told.comments[each] for each in ids if told.comments.get(each, "").strip()],
    )


def _hint(cell: NotebookNode) -> str:
    """The title of the hint, where the report of a test has one: the shortest reason there is."""
    told = [each.get("data", {}).get("text/plain", "") for each in cell.get("outputs", [])]
    titles = [title for text in told for title in re.findall(r"^It looks like this: (.+)$", text, re.M)]
    return f"it looks like this: {titles[-1]}" if titles else ""


def _role(cell: NotebookNode, role: str) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get(role))


def _answer(cell: NotebookNode) -> list[Markup]:
    """What a student answered in a cell, and what that showed."""
    if cell.cell_type != "code":
        return [
            Markup('<div class="answer scrolls">{}</div>').format(
                written(cell.source, cell.get("attachments"))
            )
        ]
    return [Markup('<pre class="code">{}</pre>').format(coloured(cell.source)), *outputs(cell)]


def _parts(cells: Sequence[NotebookNode]) -> Iterator[tuple[str, list[Markup]]]:
    """The cells without marks, each with its outputs, and the heading that came before it."""
    heading = ""
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].strip("# ")[:120]
        elif cell.cell_type == "code" and cell.source.strip():
            yield heading, _answer(cell)
            heading = ""
