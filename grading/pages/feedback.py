"""The feedback page for a student: marks, reasons, hints, and every cell with the outputs from marking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup
from nbformat import NotebookNode

from checks.texts import say, speaking
from grading.marking.jobs import is_test, name
from grading.noted import Noted, QuestionNote, beside_of, code_beside, given_besides, in_todays_form
from grading.pages.cells import coloured, outputs, reports
from grading.pages.limits_in_words import limits_in_words
from grading.pages.render import capitalised, render
from grading.pages.told import Told
from grading.pages.written import written
from grading.policies.effects import PolicyKind
from grading.rubrics import GivenLine, split_comment
from grading.status import Looks, Status

MOST = 1_000_000  # bytes of a page; of a larger page, the cells without marks are left out
UNKNOWN = QuestionNote(Status.NEEDS_PERSON)  # for a question that has no note from marking


@dataclass(frozen=True)
class QuestionOnPage:
    """One graded cell with its answer. mark: None until the question is marked."""

    name: str
    status: Status
    mark: float | None
    points: float
    why: str
    cells: Sequence[NotebookNode]
    report: Sequence[Markup] = ()
    comments: Sequence[str] = ()
    rubric: Sequence[GivenLine] = ()  # the points of each line, as the person who read the answer gave them
    policies: Sequence[str] = ()  # the effects of policies, in one sentence each

    @property
    def is_dropped(self) -> bool:
        return self.status is Status.DROPPED

    @property
    def looks(self) -> Looks:
        """Return the sign, the words and the colour of its status."""
        return self.status.looks

    @property
    def anchor(self) -> str:
        """Return the id of its element on the page. A grade_id has no spaces; other elements have no id."""
        return f"question-{self.name}"

    @property
    def unfinished(self) -> bool:
        """Tell whether the student should look at it: marks are missing, and something was written."""
        return self.status is not Status.NOT_ATTEMPTED and (self.mark is None or self.mark < self.points)

    @property
    def is_read(self) -> bool:
        """Tell whether a person has given a mark, written a comment, or made a policy for this question."""
        return self.status is Status.BY_HAND or bool(self.comments or self.rubric or self.policies)

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was written there, and no person has decided that something was."""
        return self.status is Status.NOT_ATTEMPTED

    @property
    def waits(self) -> bool:
        """Tell whether a person has not read it yet."""
        return self.mark is None


def questions_on(nb: NotebookNode, told: Told) -> list[QuestionOnPage]:
    """Return the questions of a graded notebook in the order of its page."""
    nb = in_todays_form(nb)
    return list(_questions(nb, Noted.of(nb), told))


def feedback_page(nb: NotebookNode, told: Told) -> str:
    """Return the page of one submission. nb: the graded notebook, as `grading.marking.present` returns it."""
    nb = in_todays_form(nb)
    with speaking(Noted.of(nb).language):
        page = _page(nb, told, others=True)
        return page if len(page.encode()) <= MOST else _page(nb, told, others=False)


def _page(nb: NotebookNode, told: Told, others: bool) -> str:
    noted = Noted.of(nb)
    every = list(_questions(nb, noted, told))
    questions = [each for each in every if noted.readable or each.is_read]
    asked = {id(cell) for each in questions for cell in each.cells}
    shown = [cell for cell in nb.cells if id(cell) not in asked and not is_test(cell)]
    return render(
        "feedback.html",
        told=told,
        title=_title(nb) or told.assignment,
        questions=questions,
        waiting=[each for each in every if each.waits],
        unreadable="" if noted.readable else noted.unreadable,
        repaired=[each for each in noted.repaired if each not in noted.unsaid],
        is_blank=noted.readable and bool(every) and all(each.is_blank for each in every),
        allowed=limits_in_words(noted.limits),
        others=list(_parts(shown)) if others else None,
        answer=_answer,
        written=written,
    )


def _title(nb: NotebookNode) -> str:
    """Return the first heading of the notebook, without its signs."""
    texts = (cell.source for cell in nb.cells[1:] if cell.cell_type == "markdown")
    lines = (line for text in texts for line in text.splitlines() if line.startswith("# "))
    return next(lines, "").strip("#*_` \t")[:120]


def _questions(nb: NotebookNode, noted: Noted, told: Told) -> Iterator[QuestionOnPage]:
    """Yield the graded cells in order. A test has the answers of its name, or those after the test before."""
    since: list[NotebookNode] = []
    answers = _answers(nb)
    for cell in nb.cells:
        if _role(cell, "solution") and not _role(cell, "grade"):
            since.append(cell)
        elif _role(cell, "grade"):
            own = answers.get(name(cell).removeprefix("test-"))
            cells = [cell] if not is_test(cell) else own or since
            cells = [*cells, *(each for each in nb.cells if beside_of(each) == name(cell))]
            yield _question(cell, cells, noted.questions.get(name(cell), UNKNOWN), told)
            since = []


def _answers(nb: NotebookNode) -> dict[str, list[NotebookNode]]:
    """Return the cells of each answer in code: its own cell, or the cells in which it was found."""
    own = {name(cell): [cell] for cell in nb.cells if _role(cell, "solution") and not _role(cell, "grade")}
    found: dict[str, list[NotebookNode]] = {}
    for cell in nb.cells:
        for each in given_besides(cell):
            found.setdefault(each, []).append(cell)
    return own | found


def _question(
    cell: NotebookNode, cells: list[NotebookNode], known: QuestionNote, told: Told
) -> QuestionOnPage:
    """Return one question. A person's mark replaces the test's mark; a policy's mark replaces both."""
    this, points = name(cell), cell.metadata.nbgrader.points
    ids = dict.fromkeys([this, *map(name, cells)])
    said = [split_comment(each) for each in _comments(this, ids, told)]
    lines = [line for _, lines in said for line in lines] if this in told.by_hand else []
    mark, most = told.counts.get(this, (told.by_hand.get(this, known.mark), points))
    return QuestionOnPage(
        name=this.removeprefix("test-"),
        status=_status(this, known, told),
        mark=mark,
        points=most,
        why=_why(known, points, is_marked=mark is not None and known.mark is None),
        cells=cells,
        report=list(reports(cell)) if is_test(cell) and not _is_for_person(known) else [],
        comments=[text for text, _ in said if text.strip()],
        rubric=[replace(each, says=say(each.says)) for each in lines],
        policies=told.said(this),
    )


def _status(question: str, known: QuestionNote, told: Told) -> Status:
    """Return the status of a question: a person's decision counts more than the result of marking."""
    if told.effect(PolicyKind.DROPPED, question):
        return Status.DROPPED
    if told.effect(PolicyKind.BY_HAND, question):
        return Status.BY_HAND
    if told.effect(PolicyKind.FULL_MARKS, question):
        return Status.FULL_MARKS
    return Status.BY_HAND if question in told.by_hand else known.status


def _comments(question: str, ids: Iterable[str], told: Told) -> list[str]:
    """Return the comments of people: from the formgrader, and with a mark by hand in policies.toml."""
    by_hand = told.effect(PolicyKind.BY_HAND, question)
    written_ones = [*(told.comments.get(each, "") for each in ids), by_hand.text if by_hand else ""]
    return [each for each in written_ones if each.strip()]


def _is_for_person(known: QuestionNote) -> bool:
    """Tell whether only a person gives the mark. A report would say that its cases decide the mark."""
    return known.status is Status.NEEDS_PERSON


def _why(known: QuestionNote, points: float, is_marked: bool) -> str:
    """Return the reason of a mark. Before a person has given the mark, it also says what a person will do."""
    said = replace(known, said=known.said or _lacks(known, points)).why_of_your_cell
    promised = "" if is_marked else known.promised
    return ". ".join(filter(None, [said, capitalised(promised)]))


def _lacks(known: QuestionNote, points: float) -> str:
    """Return the shortest reason for missing marks: the hint's title, or the sentence of the report."""
    if known.status not in (Status.PARTLY, Status.FAILED):
        return ""
    if known.shown_hint:
        return say("likely mistake: {hint}", hint=known.shown_hint)
    return known.lacks or say(
        "the test gives {earned:g} of {most:g} marks", earned=known.mark or 0, most=points
    )


def _role(cell: NotebookNode, role: str) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get(role))


def _answer(cell: NotebookNode) -> list[Markup]:
    """Return a student's answer in a cell, and its outputs."""
    if code := code_beside(cell):
        return [written(cell.source.partition("\n")[0]), _code(code)]
    if cell.cell_type != "code":
        return [
            Markup('<div class="answer scrolls">{}</div>').format(
                written(cell.source, cell.get("attachments"))
            )
        ]
    return [_code(cell.source), *outputs(cell)]


def _code(source: str) -> Markup:
    return Markup('<pre class="code">{}</pre>').format(coloured(source))


def _parts(cells: Sequence[NotebookNode]) -> Iterator[tuple[str, list[Markup]]]:
    """Yield the cells without marks, each with its outputs, and the heading before it."""
    heading = ""
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0].strip("# ")[:120]
        elif cell.cell_type == "code" and cell.source.strip():
            yield heading, _answer(cell)
            heading = ""
