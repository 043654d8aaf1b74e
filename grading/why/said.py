"""Say in lines for a terminal everything that is known of one question of a submission."""

from __future__ import annotations

from collections.abc import Iterator

from nbformat import NotebookNode

from grading.marking.failing import failing_in
from grading.marking.job import CellResult
from grading.marking.jobs import name
from grading.noted import NUMBER
from grading.policies.effects import effects_of
from grading.run.look import mark_of
from grading.submitted.names import shown
from grading.why.again import SeenCase, WatchedWork
from grading.why.answers import of_answers
from grading.why.asked import Asked
from grading.why.lines import of_error, of_function

INDENT, MOST_LINES = "  ", 40
NOT_MARKED = "This question has not been marked yet: `make grade` marks it."
NOT_NOW = (
    "This question got {} when it was marked. Now it gets {:g}. Either the student's code uses random "
    "numbers, or the code or the grader has changed since."
)
OWN_TEST = (
    "This question is tested by the instructor's own code, not by `check`. So there are no cases to show. "
    "The test cell:"
)


def heading(asked: Asked) -> Iterator[str]:
    """Yield the record of the question: marks, status, reason, and the effects of policies."""
    told = asked.recorded
    yield f"{asked.student}, `{asked.name}` in {asked.assignment.name}: {_marks(asked)}"
    if not told:
        yield NOT_MARKED
        return
    if told.get("why"):
        yield f"The feedback page says: {shown(told['why'])}."
    for each in effects_of(asked.record.get("policies")):
        if each.question in ("", asked.question):
            yield f"Policy: {each.words}."
    comments = asked.record.get("comments", {})
    comment = comments.get(asked.question) or comments.get(asked.name)
    if comment:
        yield f"A person's comment: {shown(comment)}"


def _marks(asked: Asked) -> str:
    told = asked.recorded
    if not told:
        return "no marks"
    mark, most = mark_of(told), told.get("counts", told)["max"]
    has = "no mark yet" if mark is None else f"{mark:g} of {most:g} marks"
    by = ", given by a person" if told.get("by_hand") is not None else ""
    return f"{has} ({told['status']}){by}"


def explanation(of: WatchedWork, seen: SeenCase, every: bool = False) -> Iterator[str]:
    """Yield what was seen: first the cells that failed, then the cases, the answers or the test's error."""
    failed = list(failures(seen))
    if failed:
        yield from [*failed, ""]
    told = seen.test.seen[-1] if seen.test.seen else None
    if told is None:
        yield from _without_cases(of, seen.test)
        return
    if seen.test.status and seen.test.status.is_limit:
        yield f"A call was stopped ({seen.test.status}): {shown(seen.test.why)}."
    yield from of_function(told, every) if told["kind"] == "function" else of_answers(told)
    recorded = of.asked.recorded.get("mark")
    if recorded is not None and abs(recorded - told["earned"]) > 0.005:
        yield NOT_NOW.format(f"{recorded:g} marks", told["earned"])


def failures(seen: SeenCase) -> Iterator[str]:
    """Yield what went wrong in the student's cells: which cell, which error, which line."""
    for cell, done in seen.cells:
        if done.status:
            yield f"{_where(cell)} was stopped ({done.status}): {done.why}."
        elif done.error:
            yield f"{_where(cell)} ended with {_error(done)}"
        yield from (f"{each}." for each in failing_in(cell, done))


def _error(done: CellResult) -> str:
    """Return the error of a cell as it was shown, in one line."""
    for each in done.outputs:
        if each.get("kind") == "error":
            return shown(f"{each.get('name')}: {str(each.get('value'))[:300]}.")
    return f"{done.error}."


def _where(cell: NotebookNode) -> str:
    number = cell.metadata.get("grading", {}).get(NUMBER)
    answer = name(cell)
    which = f"Cell {number} of the notebook" if number else "A cell"
    return f"{which}, which answers `{answer}`," if answer else which


def _without_cases(of: WatchedWork, done: CellResult) -> Iterator[str]:
    """Yield lines about a test that has no cases, or ended before its cases."""
    yield f"The test: {done.status or 'not run'}{f': {shown(done.why)}' if done.why else ''}."
    if done.raised and done.raised["message"] not in done.why:
        yield f"The test ended with {of_error(done.raised)}."
    if done.raised and done.raised["line"]:
        yield f"  at `{shown(done.raised['line'].strip())}`, {done.raised['where']}"
    if "check" not in of.source:
        yield OWN_TEST
        yield from (f"{INDENT}{line}" for line in of.source.splitlines()[:MOST_LINES])


def written_answer(of: WatchedWork) -> Iterator[str]:
    """Yield the question of a written answer, the answer, and the sample answer."""
    asked = of.asked.question
    yield "A person marks this answer. What was asked:"
    yield from _text(_before(of.materials.source, asked))
    yield "What was answered:"
    yield from _text(_source(of.nb, asked))
    yield "The sample answer in solutions/:"
    yield from _text(_source(of.materials.source, asked))


def _source(nb: NotebookNode, question: str) -> str:
    return next((cell.source for cell in nb.cells if name(cell) == question), "")


def _before(nb: NotebookNode, question: str) -> str:
    """Return the text cell above an answer, which asks the question."""
    above = ""
    for cell in nb.cells:
        if name(cell) == question:
            return above
        above = cell.source if cell.cell_type == "markdown" else above
    return above


def _text(text: str) -> Iterator[str]:
    lines = text.strip().splitlines() or ["(nothing)"]
    yield from (f"{INDENT}{shown(line)}" for line in lines[:MOST_LINES])
