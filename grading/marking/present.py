"""Make the graded notebook: outputs, a reason for every mark, and a first cell on how it was marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import nbformat
from nbformat import NotebookNode

from checks.report import MARKS
from checks.texts import later, say
from grading.marking.failing import failing_lines
from grading.marking.job import CellResult, Job
from grading.marking.jobs import is_test, name, points_of
from grading.marking.nodes import new_cell, new_output
from grading.noted import KEY, Noted, QuestionNote, Role, role_of
from grading.pages.safe_html import safe_html
from grading.places import CellEnd
from grading.repair.read import clean
from grading.status import Status

PICTURES = ("image/png", "image/jpeg")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
NO_BOX = "without a box"
UNBOXED = "**These marks can be forged**: the submission ran without a box, on the grader's own rights."
NEEDS_PERSON = QuestionNote(Status.NEEDS_PERSON)
DISPUTED = QuestionNote(
    Status.NEEDS_PERSON,
    said=later("the file holds two versions of this answer"),
    promised=later("A person reads both and decides which one counts"),
)
OF_THE_FIRST = later("The report below is of the first of the two versions. It decides nothing.")
NOT_ATTEMPTED = QuestionNote(Status.NOT_ATTEMPTED, 0.0)
SOURCE_KB, SOURCES_KB = 50, 300  # the most text of one cell and of all cells in the graded notebook
ELSEWHERE = later(
    "the cell for this answer is empty, but the answer may be in another place: {places}. "
    "Next time, write it in the cell for this answer"
)
ASKED = later("A person reads that text")
NAMED = 3  # places of one answer that are named in a sentence
LEFT_OUT = "(left out: a graded notebook has a limit of its size)"


def present(nb: NotebookNode, job: Job, results: list[CellResult], in_force: str) -> NotebookNode:
    """Return the notebook with outputs, marks and reasons."""
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    done = dict(zip(map(id, code), results))
    noted = Noted.of(nb)
    for before, cell in zip([None, *nb.cells], nb.cells):
        result = done.get(id(cell), CellResult())
        if is_test(cell):
            above = done.get(id(before)) if before and not is_test(before) else None
            question = noted.questions[name(cell)] = _question(cell, result, above, noted)
            cell.outputs = list(_test_outputs(result, question, cell.metadata.nbgrader.points))
        elif cell.cell_type == "code":
            cell.outputs = list(_outputs(result))
        elif cell.metadata.get("nbgrader", {}).get("grade"):
            noted.questions[name(cell)] = _written(name(cell), noted)
    noted.repaired += failing_lines(nb.cells, done)
    noted.box, noted.limits, noted.unboxed = in_force, job.limits.told, not job.boxed
    noted.write(nb)
    nb.cells.insert(0, _how_it_was_marked(noted, points_of(nb), job.boxed))
    return fitted(nb, job.limits.notebook_kb)


def _written(question: str, noted: Noted) -> QuestionNote:
    """Return the note of a question that a person marks: its answer may be elsewhere, or not attempted."""
    spots = noted.elsewhere.get(question, ())
    if spots:
        named = "; ".join(map(str, spots[:NAMED])) + (say("; and more") if len(spots) > NAMED else "")
        said, asked = say(ELSEWHERE, places=named), say(ASKED)
        return QuestionNote(Status.NEEDS_PERSON, said=said, elsewhere=tuple(spots), promised=asked)
    return NOT_ATTEMPTED if question in noted.untouched else NEEDS_PERSON


UNMARKED = (Status.FAILED, Status.ERROR, Status.PARTLY)  # an answer that nobody wrote can have these, too


def _question(
    cell: NotebookNode, result: CellResult, answer: CellResult | None, noted: Noted
) -> QuestionNote:
    """Return the mark, the status and the reason of one question."""
    if not noted.readable or (result.mark is None and not result.status):
        return NEEDS_PERSON  # a note is needed: nbgrader gives full marks for a test without output
    if name(cell) in noted.disputed:
        return DISPUTED
    if not result.mark and noted.elsewhere.get(name(cell)):
        return _written(name(cell), noted)
    if not result.mark and name(cell) in noted.untouched and result.status in UNMARKED:
        return NOT_ATTEMPTED
    ended = answer if result.status in UNMARKED and answer and (answer.error or answer.status) else None
    above = CellEnd(ended.status, ended.error, _skipped(ended)) if ended else None
    said = result.status, result.mark, result.why, above, tuple(result.hints), result.hint
    return QuestionNote(*said, lacks=result.lacks)


def _skipped(ended: CellResult) -> tuple[int, ...]:
    """Return the lines that a cell skipped and then ran on; no lines if the cell was stopped or ended."""
    return tuple(each.line for each in ended.left_out) if ended.resumed and not ended.status else ()


def _test_outputs(result: CellResult, question: QuestionNote, points: float) -> Iterator[NotebookNode]:
    """Yield the outputs of a test cell: the reason, the report, and the mark, which nbgrader reads here."""
    if question.why:
        status = say(question.status.value)
        sentence = f"{status}: {question.why}."
        html = f"<p><strong>{escape(status)}</strong>: {escape(question.why)}.</p>"
        yield _data({"text/plain": sentence, "text/html": html.replace("`", "")}, Role.WHY)
    if question is DISPUTED and result.outputs:
        yield _data({"text/plain": say(OF_THE_FIRST)}, Role.WHY)
    for item in result.outputs:
        if item["kind"] == "data":  # made by our scorer, so its HTML is safe
            yield _data(item["data"], Role.REPORT)
        elif item["kind"] == "stream" and item["name"] == "stdout":
            yield new_output("stream", name="stdout", text=clean(item["text"]))
    if question.mark is not None:
        shown = {"text/plain": repr(round(float(question.mark), 2))}
        shown["text/html"] = f"<p><strong>{say(MARKS, earned=question.mark, most=points)}</strong></p>"
        yield _data(shown, Role.MARK)


def _data(data: dict[str, str], role: Role | None = None) -> NotebookNode:
    """Return an output; with a role, it is the grader's. Only a mark is a result: nbgrader looks there."""
    kind = "execute_result" if role is Role.MARK else "display_data"
    return new_output(kind, data=data, metadata={KEY: {"role": role.value}} if role else {})


def _outputs(result: CellResult) -> Iterator[NotebookNode]:
    """Yield the text and pictures that a student's cell shows. Nothing in them can act on their reader."""
    for item in result.outputs:
        made = _output(item)
        if made is not None:
            yield made
    if result.status:
        yield _data({"text/plain": f"{say(result.status.value)}: {result.why}."}, Role.WHY)
    if result.missing.isidentifier():
        missing = say("{package} is not installed where this is graded", package=result.missing)
        yield _data({"text/plain": f"{missing}."}, Role.WHY)


def _output(item: dict[str, Any]) -> NotebookNode | None:
    kind = item.get("kind")
    if kind == "stream":
        stream = "stderr" if item.get("name") == "stderr" else "stdout"
        return new_output("stream", name=stream, text=_text(item.get("text")))
    if kind == "error":
        lines = item.get("traceback")
        trace = [_text(line) for line in lines] if isinstance(lines, list) else []
        words = {"ename": _text(item.get("name"))[:100], "evalue": _text(item.get("value"))}
        return new_output("error", **words, traceback=trace)
    shown = {mime: safe for mime, text in _pairs(item.get("data")) if (safe := _safe_part(mime, _text(text)))}
    return _data(shown) if shown else None


def _safe_part(mime: Any, text: str) -> str:
    """Return the part of an output of this kind that may be shown; "" if nothing may be shown."""
    if mime in PICTURES:
        return text if BASE64.fullmatch(text) else ""
    return safe_html(text) if mime == "text/html" else text if mime == "text/plain" else ""


def _pairs(data: Any) -> list[tuple[Any, Any]]:
    return list(data.items()) if isinstance(data, dict) else []


def _text(value: Any) -> str:
    return clean(value)[:2_000_000] if isinstance(value, str) else ""


def _how_it_was_marked(noted: Noted, points: Mapping[str, float], boxed: bool) -> NotebookNode:
    """Return the first cell: the status of every question, what was repaired, and where the cells ran."""
    lines = ["## How this was marked", ""]
    if not noted.readable:
        lines += [f"**{noted.unreadable}** So a person must look at it; it has no marks yet.", ""]
    lines += [UNBOXED, ""] if not boxed else []
    if noted.repaired:
        notes = [f"- {_safe(note)}" for note in noted.repaired]
        lines += ["Notes on this file:", "", *notes, ""]
    lines += ["| question | status | marks | why |", "|---|---|---|---|"]
    lines += [_row(each, question, points.get(each, 0)) for each, question in noted.questions.items()]
    where = f"The cells ran in a box without network; {noted.box}." if boxed and noted.readable else ""
    return new_cell("markdown", "\n".join([*lines, "", where]), "how-it-was-marked")


def _row(question: str, told: QuestionNote, points: float) -> str:
    mark = "" if told.mark is None else f"{told.mark:g} of {points:g}"
    return f"| `{question}` | {told.status} | {mark} | {_safe(told.why)} |"


def _safe(text: str) -> str:
    """Return a text for a table of Markdown: it has no HTML, and does not end the table's cell."""
    return escape(text, quote=False).replace("|", "/").replace("\n", " ")


def fitted(nb: NotebookNode, most_kb: int) -> NotebookNode:
    """Return the notebook within a limit of its size: long texts are left out first, then outputs."""
    _shorten_sources(nb)
    for _ in range(4):  # more than once, because a short text replaces each output that is left out
        over = len(nbformat.writes(nb)) - most_kb * 1000
        if over <= 0:
            break
        _leave_out(nb, over)
    return nb


def _leave_out(nb: NotebookNode, over: int) -> None:
    """Leave out so many characters of outputs of the student's cells, the largest outputs first."""
    outputs = [
        (len(json.dumps(output)), cell, place)
        for cell in nb.cells
        if cell.cell_type == "code" and not is_test(cell)
        for place, output in enumerate(cell.outputs)
        if role_of(output) is not Role.LEFT_OUT
    ]
    for size, cell, place in sorted(outputs, key=lambda each: -each[0]):
        if over <= 0:
            break
        cell.outputs[place] = _data({"text/plain": LEFT_OUT}, Role.LEFT_OUT)
        over -= size
    _say_once(nb)


def _say_once(nb: NotebookNode) -> None:
    """Say once in a cell that outputs are left out."""
    for cell in nb.cells:
        if cell.cell_type == "code":
            left_out = [output for output in cell.outputs if role_of(output) is Role.LEFT_OUT]
            kept = [output for output in cell.outputs if role_of(output) is not Role.LEFT_OUT]
            cell.outputs = kept + left_out[:1]


def _shorten_sources(nb: NotebookNode) -> None:
    left = SOURCES_KB * 1000
    for cell in nb.cells:
        if not is_test(cell):
            most = max(0, min(left, SOURCE_KB * 1000))
            left -= len(cell.source)
            if len(cell.source) > most:
                cell.source = cell.source[:most] + "\n# ... the rest of this cell is left out here"
