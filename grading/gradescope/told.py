"""The results of a submission for Gradescope: results.json.

One part is always visible to students, and has no marks: which file was read, and which answers a person
reads. Marks and reasons become visible at the time that the instructor has chosen. The parts for
instructors have the visibility "hidden".
"""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from jsonschema import Draft202012Validator

from grading.gradescope.packed import Visibility
from grading.gradescope.plain_html import plain_html
from grading.gradescope.ruled import told_by
from grading.marking.jobs import is_test, name
from grading.noted import Noted
from grading.pages.feedback import QuestionOnPage, questions_on
from grading.pages.render import ended, number
from grading.policies.policy import NO_POLICY, Policy
from grading.run.task import Graded
from grading.status import Status

SCHEMA = Path(__file__).parent / "results.schema.json"
Results = dict[str, Any]
NO_MARK = "It has no mark yet. This does not mean 0 marks."
OUR_FAULT = (
    f"This submission could not be marked, because of an error on our side. {NO_MARK} A person will look at "
    "it. You do not need to do anything."
)
UNREAD = (
    f"{NO_MARK} What to do: find the notebook itself, the file that ends in `.ipynb`. Open it in Jupyter, "
    "save it, and upload that file. If it does not open, or if the due date has passed, ask your instructor."
)
READ = "Your notebook was read and marked."
SHOWN = {
    Visibility.AFTER_DUE_DATE: "You see marks and reasons here after the due date.",
    Visibility.AFTER_PUBLISHED: "You see marks and reasons here when your instructor publishes the grades.",
    Visibility.HIDDEN: "Only your instructor sees the marks here, and will tell you your marks.",
    Visibility.VISIBLE: "You find the marks and reasons below.",
}
BY_PERSON = (
    "A person reads {} and gives the marks for {} later. The score on this page does not include them."
)
FOR_YOU = "Only instructors see this."
NOT_MARKED = "Not marked"


def results_of(
    graded: Graded,
    visibility: Visibility,
    for_instructors: Sequence[Results] = (),
    policy: Policy = NO_POLICY,
) -> Results:
    """Return the results of a submission that has marks. Raises ValueError if they do not fit the schema.

    for_instructors: further entries that only instructors see. policy: the instructor's decisions for
    everybody.
    """
    nb = nbformat.reads(graded.notebook, as_version=4)
    questions, written = questions_on(nb, told_by(policy, nb)), _written_names(nb)
    ours = [each for each in questions if _is_marked(each, written)]
    persons = [each for each in questions if each not in ours]
    tests = [_read(Noted.of(nb), persons, visibility), *(_test(n, each) for n, each in enumerate(ours, 1))]
    return checked(
        {
            "score": round(sum(round(each.mark or 0, 2) for each in ours), 2),
            "visibility": visibility,
            "tests": [*tests, *map(_for_person, persons), *for_instructors],
            "execution_time": graded.seconds,
            "extra_data": {"status": graded.status},
            **_ALWAYS,
        }
    )


_ALWAYS: Results = {
    "stdout_visibility": Visibility.HIDDEN,
    "test_name_format": "text",
    "test_output_format": "html",
}


def not_marked(says: str, for_instructors: Sequence[Results] = ()) -> Results:
    """Return the results of a submission without marks: no score, and a sentence with the reason."""
    html = _sentence(says)
    entry = {"name": NOT_MARKED, "status": "failed", "output": html, "visibility": Visibility.VISIBLE}
    told = {"output": html, "output_format": "html", "tests": [entry, *for_instructors]}
    return checked({**told, **_ALWAYS})


def unreadable(why: str) -> str:
    """Return the sentences for an upload that cannot be read: the reason, and the steps to take."""
    return f"This upload cannot be read: {why.rstrip('.')}. {UNREAD}"


def for_instructors(title: str, html: str) -> Results:
    """Return an entry that no student ever sees."""
    return {
        "name": title,
        "status": "passed",
        "output": f"<p><em>{FOR_YOU}</em></p>{html}",
        "visibility": Visibility.HIDDEN,
    }


def paragraphs(sentences: Iterable[str]) -> str:
    return "".join(map(_sentence, sentences))


def bullets(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{ended(each)}</li>' for each in sentences)}</ul>"


def titled(title: str, sentences: Iterable[str]) -> str:
    """Return a title with a list below it."""
    return f"<p><strong>{escape(title)}</strong></p>{bullets(sentences)}"


def _sentence(text: str) -> str:
    return f"<p>{ended(text)}</p>" if text else ""


def _is_marked(question: QuestionOnPage, written: Collection[str]) -> bool:
    """Tell whether the mark is given here. A written answer has one only if a policy decides it for all."""
    is_ours = question.name not in written or question.status in (Status.FULL_MARKS, Status.DROPPED)
    return is_ours and question.mark is not None


def _written_names(nb: nbformat.NotebookNode) -> set[str]:
    """Return the questions whose answer is a text: only a person marks them."""
    roles = ((cell, cell.metadata.get("nbgrader", {})) for cell in nb.cells)
    return {name(cell) for cell, role in roles if role.get("grade") and not is_test(cell)}


def _read(noted: Noted, persons: Sequence[QuestionOnPage], visibility: Visibility) -> Results:
    """Return the part that a student sees immediately: the file was read, with notes about the file."""
    said = [READ, _by_person(persons), SHOWN[visibility]]
    notes = [each for each in noted.repaired if each not in noted.unsaid]
    html = paragraphs(said) + (titled("Notes on your file", notes) if notes else "")
    told = {"name": "Your notebook", "status": "passed", "output": html}
    return {**told, "visibility": Visibility.VISIBLE}


def _by_person(persons: Sequence[QuestionOnPage]) -> str:
    names = [f"`{each.name}`" for each in persons]
    if not names:
        return ""
    return BY_PERSON.format(", ".join(names), "this answer" if len(names) == 1 else "these answers")


def _test(place: int, question: QuestionOnPage) -> Results:
    """Return the entry of one marked question: its mark, the reason for lost marks, the report with hints."""
    mark = round(question.mark or 0, 2)
    return {
        "name": question.name,
        "number": str(place),
        "score": mark,
        "max_score": question.points,
        "status": "passed" if mark >= question.points else "failed",
        "output": _looks(question) + "".join(plain_html(str(part)) for part in question.report),
        "extra_data": {"status": question.status},
    }


def _looks(question: QuestionOnPage) -> str:
    sign, words, _ = question.looks
    mark = (
        f", {number(question.mark)} of {number(question.points)} marks" if question.mark is not None else ""
    )
    why = f". {ended(question.why)}" if question.why else ""
    return f"<p><strong>{escape(sign)} {escape(words)}</strong>{mark}{why}</p>{paragraphs(question.policies)}"


def _for_person(question: QuestionOnPage) -> Results:
    """Return the entry that an instructor needs to mark a question, with the student's answer."""
    answers = (cell.source for cell in question.cells)
    shown = "".join(f"<pre>{escape(text)}</pre>" for text in answers)
    title = f"{question.name}: a person gives the mark (out of {number(question.points)})"
    return for_instructors(title, _looks(question) + shown)


def checked(results: Mapping[str, Any]) -> Results:
    """Return the results unchanged. Raises ValueError, which says what Gradescope would not accept."""
    made = json.loads(json.dumps(results))
    for wrong in _wrong(made):
        place = ".".join(map(str, wrong.absolute_path)) or "the whole"
        raise ValueError(f"Gradescope would not accept this results.json: {place}: {wrong.message[:200]}")
    return made


def _wrong(results: Results) -> Iterator[Any]:
    return _validator().iter_errors(results)


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
