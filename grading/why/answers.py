"""Say how answers to a question were marked: the question, the answer, the right answer, the tolerance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checks.sentences import choice_in_words
from grading.submitted.names import shown
from grading.why.lines import Told
from grading.why.shorten import lines_of

OWN = (
    "A wrong number also counts if the student's own `{0}` returns it. But then `{0}` must return another "
    "number for other arguments, or have a part of its own marks."
)


def of_answers(told: Told) -> Iterator[str]:
    """Yield lines about the answers to a question."""
    questions = told["questions"]
    right = sum(each["fault"] is None or _is_own(each) for each in questions)
    yield f"{told['earned']:g} of {told['out_of']:g} marks: {right} of {len(questions)} answers count."
    for each in questions:
        yield ""
        yield from _question(each)


def _is_own(question: Told) -> bool:
    return bool(question["fault"]) and question["fault"]["kind"] == "OWN_RESULT"


def _question(question: Told) -> Iterator[str]:
    yield f"Asked: {question['about']}"
    yield f"  answered: {_value(question['answer'])}"
    if question["choices"]:
        yield f"  right: {' or '.join(map(choice_in_words, question['right']))}"
        yield f"  the choices: {', '.join(map(choice_in_words, question['choices']))}"
    else:
        yield f"  right: {' or '.join(map(_value, question['right']))}"
        yield f"  {_near(question)}"
    fault = question["fault"]
    if fault is None:
        yield "  It counts."
        return
    said = ": ".join(filter(None, [fault["what"], fault["detail"]]))
    yield f"  {'It counts' if _is_own(question) else 'It does not count'}: {shown(said)}"
    if question["own"] and not _is_own(question):
        yield f"  {OWN.format(question['own'])}"


def _near(question: Told) -> str:
    """Say how much a number may differ from the right number."""
    first = abs(float(question["right"][0]))
    return f"tolerance: the number may differ by {question['tolerance'] * first:.3g}"


def _value(value: Any) -> str:
    return " ".join(lines_of(value))
