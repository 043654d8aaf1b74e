"""The graded notebook: outputs, a reason for every mark, and at its top how it was marked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

import nbformat
from nbformat import NotebookNode

from grading.marking.jobs import is_test, name, points_of
from grading.marking.mark import CellResult, Job
from grading.marking.nodes import new_cell, new_output
from grading.pages.safe_html import safe_html
from grading.repair.read import clean
from grading.repair.rebuild import OURS

PICTURES = ("image/png", "image/jpeg")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
NO_BOX = "without a box"
UNBOXED = "**These marks can be forged**: the submission ran without a box, on the grader's own rights."
NEEDS_PERSON = {"status": "needs a person", "mark": None, "why": ""}
NOT_ATTEMPTED = {"status": "not attempted", "mark": 0.0, "why": ""}
SOURCE_KB, SOURCES_KB = 50, 300  # of one cell and of all, in the graded notebook
LEFT_OUT = "(left out: a graded notebook has a limit of its size)"


def present(nb: NotebookNode, job: Job, results: list[CellResult], in_force: str) -> NotebookNode:
    """Return the notebook with outputs, marks and reasons."""
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    done = dict(zip(map(id, code), results))
    ours, questions = nb.metadata[OURS], {}
    for before, cell in zip([None, *nb.cells], nb.cells):
        result = done.get(id(cell), CellResult())
        if is_test(cell):
            questions[name(cell)] = _question(cell, result, done.get(id(before)), ours)
            cell.outputs = list(_test_outputs(result, questions[name(cell)], cell.metadata.nbgrader.points))
        elif cell.cell_type == "code":
            cell.outputs = list(_outputs(result))
        elif cell.metadata.get("nbgrader", {}).get("grade"):
            untouched = name(cell) in ours["untouched"]
            questions[name(cell)] = NOT_ATTEMPTED if untouched else NEEDS_PERSON
    ours["questions"], ours["box"] = questions, in_force
    nb.cells.insert(0, _how_it_was_marked(nb, job.boxed))
    return fitted(nb, job.limits.notebook_kb)


def _question(
    cell: NotebookNode, result: CellResult, answer: CellResult | None, ours: dict[str, Any]
) -> dict[str, Any]:
    """The mark, the status and the reason of one question."""
    status, why = result.status, result.why
    if ours["unreadable"] or (result.mark is None and not status):
        return NEEDS_PERSON  # never nothing: nbgrader takes a test that says nothing for a full mark
    if not result.mark and name(cell) in ours["untouched"] and status in ("failed", "error", "partly"):
        return NOT_ATTEMPTED
    if status == "error" and answer is not None and (answer.error or answer.status):
        ended = f"it was stopped: {answer.status}" if answer.status else f"it ended with {answer.error}"
        why = f"{why}; see the cell above, {ended}"
    return {"status": status, "mark": result.mark, "why": why, "hints": result.hints}


def _test_outputs(result: CellResult, question: dict[str, Any], points: float) -> Iterator[NotebookNode]:
    """What a test cell shows: why, the report, and the mark, which nbgrader reads from here."""
    if question["why"]:
        sentence = f"{question['status']}: {question['why']}."
        html = f"<p><strong>{escape(question['status'])}</strong>: {escape(question['why'])}.</p>"
        yield _data({"text/plain": sentence, "text/html": html.replace("`", "")})
    for item in result.outputs:
        if item["kind"] == "data":  # of our own scorer: its HTML is ours
            yield _data(item["data"])
        elif item["kind"] == "stream" and item["name"] == "stdout":
            yield new_output("stream", name="stdout", text=clean(item["text"]))
    if question["mark"] is not None:
        shown = {"text/plain": repr(round(float(question["mark"]), 2))}
        shown["text/html"] = f"<p><strong>{question['mark']:g} of {points:g} marks</strong></p>"
        yield _data(shown, result=True)


def _data(data: dict[str, str], result: bool = False) -> NotebookNode:
    kind = "execute_result" if result else "display_data"
    return new_output(kind, data=data)


def _outputs(result: CellResult) -> Iterator[NotebookNode]:
    """What a student's cell shows: text and pictures, nothing that could act on who looks at it."""
    for item in result.outputs:
        made = _output(item)
        if made is not None:
            yield made
    if result.status:
        yield _data({"text/plain": f"{result.status}: {result.why}."})
    missing = _missing_package(result)
    if missing:
        yield _data({"text/plain": f"{missing} is not installed where this is graded."})


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
    """The part of an output of this kind that may be shown; "" if none may."""
    if mime in PICTURES:
        return text if BASE64.fullmatch(text) else ""
    return safe_html(text) if mime == "text/html" else text if mime == "text/plain" else ""


def _pairs(data: Any) -> list[tuple[Any, Any]]:
    return list(data.items()) if isinstance(data, dict) else []


def _text(value: Any) -> str:
    return clean(value)[:2_000_000] if isinstance(value, str) else ""


def _missing_package(result: CellResult) -> str:
    if result.error != "ModuleNotFoundError":
        return ""
    said = " ".join(_text(item.get("value")) for item in result.outputs)
    found = re.search(r"No module named '(\w+)", said)
    return found.group(1) if found else ""


def _how_it_was_marked(nb: NotebookNode, boxed: bool) -> NotebookNode:
    """The first cell: status of every question, what was repaired, where it ran."""
    ours = nb.metadata[OURS]
    points = points_of(nb)
    lines = ["## How this was marked", ""]
    if ours["unreadable"]:
        lines += [f"**{ours['unreadable']}** So a person must look at it; it has no marks yet.", ""]
    lines += [UNBOXED, ""] if not boxed else []
    if ours["repaired"]:
        lines += [
            "What was repaired before it was run:",
            "",
            *(f"- {_safe(note)}" for note in ours["repaired"]),
            "",
        ]
    lines += ["| question | status | marks | why |", "|---|---|---|---|"]
    lines += [_row(each, question, points.get(each, 0)) for each, question in ours["questions"].items()]
    where = (
        f"The cells ran in a box without network; {ours['box']}." if boxed and not ours["unreadable"] else ""
    )
    return new_cell("markdown", "\n".join([*lines, "", where]), "how-it-was-marked")


def _row(question: str, told: dict[str, Any], points: float) -> str:
    mark = "" if told["mark"] is None else f"{told['mark']:g} of {points:g}"
    return f"| `{question}` | {told['status']} | {mark} | {_safe(told['why'])} |"


def _safe(text: str) -> str:
    """In a table of Markdown: no HTML, no end of the cell."""
    return escape(text, quote=False).replace("|", "/").replace("\n", " ")


def fitted(nb: NotebookNode, most_kb: int) -> NotebookNode:
    """Return the notebook with what is too much for its size left out: long texts, then outputs."""
    _shorten_sources(nb)
    for _ in range(4):  # what is left out leaves a word in its place
        over = len(nbformat.writes(nb)) - most_kb * 1000
        if over <= 0:
            break
        _leave_out(nb, over)
    return nb


def _leave_out(nb: NotebookNode, over: int) -> None:
    """Leave out so many characters of the students' outputs, the largest first."""
    outputs = [
        (len(json.dumps(output)), cell, place)
        for cell in nb.cells
        if cell.cell_type == "code" and not is_test(cell)
        for place, output in enumerate(cell.outputs)
        if not _is_left_out(output)
    ]
    for size, cell, place in sorted(outputs, key=lambda each: -each[0]):
        if over <= 0:
            break
        cell.outputs[place] = _data({"text/plain": LEFT_OUT})
        over -= size
    _say_once(nb)


def _say_once(nb: NotebookNode) -> None:
    """Say once in a cell that outputs are left out."""
    for cell in nb.cells:
        if cell.cell_type == "code":
            kept = [output for output in cell.outputs if not _is_left_out(output)]
            cell.outputs = kept + [output for output in cell.outputs if _is_left_out(output)][:1]


def _is_left_out(output: NotebookNode) -> bool:
    return output.get("data", {}).get("text/plain") == LEFT_OUT


def _shorten_sources(nb: NotebookNode) -> None:
    left = SOURCES_KB * 1000
    for cell in nb.cells:
        if not is_test(cell):
            most = max(0, min(left, SOURCE_KB * 1000))
            left -= len(cell.source)
            if len(cell.source) > most:
                cell.source = cell.source[:most] + "\n# ... the rest of this cell is left out here"
