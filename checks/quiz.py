"""`check_answer`: numbers, choices, true or false. Without right answers only the form is checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from IPython.display import display

from checks.casebook import CaseBook
from checks.commas import with_unread
from checks.compare import find_fault, same
from checks.faults import Fault, Kind
from checks.one_number import one_number
from checks.own import OwnResults
from checks.questions import Question
from checks.reading import read
from checks.report import FOLLOWS, RECORDED, RIGHT, WRONG, Line, Mark, Report, earned_of
from checks.sentences import choice_in_words, detail, miswritten, what
from checks.texts import later, say
from checks.witness import CheckedAnswers, witness

NAMED = 3  # so many questions are named in a reason
HEADING, TO_BE_HAD = later("{name}: {earned:g} of {most:g} marks"), later("{name}: worth {most:g} marks")
OTHER_NUMBER = later("'{name}' asks {asked} questions, but you gave {came} answers.")
MISSING, NOT_RIGHT = later("Not answered"), later("Not right")
DECIDES = later("your answer is {answer}; marking decides whether it is right.")
DECIDES_OWN = later(
    "your answer is {answer}; marking decides whether it is right. If your `{function}` is wrong, a number "
    "that you read correctly from its result counts as well."
)


def run_quiz(
    name: str, answers: Sequence[Any], out_of: float, cases: CaseBook, names: Mapping[str, Any] | None = None
) -> Mark | None:
    """Check answers as `Checker.check_answer` says. names: the names of the notebook, with their values."""
    asked, answers = cases[name], with_unread(name, answers, names or {})
    assignment, slash, name = name.rpartition("/")
    if len(answers) != len(asked):
        raise ValueError(say(OTHER_NUMBER, name=name, asked=len(asked), came=len(answers)))
    answers = [read(answer) for answer in answers]
    own = OwnResults(names or {}, lambda function: cases[f"{assignment}{slash}{function}"])
    faults = [_fault(answer, question, own) for answer, question in zip(answers, asked)]
    earned = round(out_of * sum(map(_earns, faults)) / len(asked), 2)
    final = all(question.answers for question in asked)
    witness(CheckedAnswers(name, asked, answers, faults, earned, out_of))
    heading = say(HEADING if final else TO_BE_HAD, name=name, earned=earned, most=out_of)
    lines = [_line(*each, out_of / len(asked)) for each in zip(answers, asked, faults)]
    display(Report(heading, list(_once(lines, faults)), reason=_reason(asked, faults)))
    return Mark(earned, out_of) if final else None


def _earns(fault: Fault | None) -> bool:
    return fault is None or fault.kind is Kind.OWN_RESULT


def _reason(asked: Sequence[Question], faults: Sequence[Fault | None]) -> str:
    """Say in a few words which answers are missing, and which are wrong."""
    missing = [fault is not None and fault.kind is Kind.NOT_ANSWERED for fault in faults]
    wrong = [not (_earns(fault) or lacks) for fault, lacks in zip(faults, missing)]
    kinds = {say(MISSING): missing, say(NOT_RIGHT): wrong}
    said = [f"{kind}: {_some(asked, which)}" for kind, which in kinds.items() if any(which)]
    return ". ".join([*miswritten(filter(None, faults)), *said])


def _some(asked: Sequence[Question], which: Sequence[bool]) -> str:
    """Say what the first of the chosen questions are about, and how many more there are."""
    about = [say(question.about) for question, chosen in zip(asked, which) if chosen]
    more = [say("and {count} more", count=len(about) - NAMED)] if len(about) > NAMED else []
    return "; ".join([*about[:NAMED], *more])


def _fault(value: Any, question: Question, own: OwnResults) -> Fault | None:
    if value is None or value is ...:
        return Fault(Kind.NOT_ANSWERED)
    if question.choices:
        return _choice_fault(value, question)
    number, unread = one_number(value)
    fault = unread or _number_fault(number, question)
    if fault and _is_own(number, question, fault, own):
        return Fault(Kind.OWN_RESULT, names=_functions(question))
    return fault


def _functions(question: Question) -> tuple[str, ...]:
    return (question.own["function"],) if question.own else ()


def _is_own(value: Any, question: Question, fault: Fault, own: OwnResults) -> bool:
    """Tell whether the student's own functions give this number, which is not the correct one."""
    if fault.kind is not Kind.OFF or "result" not in question.own:
        return False
    number = own.number(question)
    return number is not None and _near(value, number, _slack(question))


def _slack(question: Question) -> float:
    return question.tolerance * abs(float(question.answers[0]))


def _choice_fault(value: Any, question: Question) -> Fault | None:
    given = _as_choice(value)
    if given not in question.choices:
        return Fault(Kind.NOT_A_CHOICE, names=question.choices)
    if not question.answers or given in question.answers:
        return None
    return Fault(Kind.WRONG_CHOICE, reason=question.reasons.get(given, ""))


def _as_choice(value: Any) -> str | None:
    """Return the word that was chosen. True and False count as words, too."""
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    return value.strip().lower() if isinstance(value, str) else None


def _number_fault(value: Any, question: Question) -> Fault | None:
    if not question.answers:
        return find_fault(value, (0.0,), float("inf"))  # any single finite number has the right form
    fault = find_fault(value, question.answers, question.tolerance)
    known = [
        why
        for number, why in question.reasons.items()
        if fault and _near(value, float(number), _slack(question))
    ]
    return dataclasses.replace(fault, reason=known[0]) if known else fault


def _near(value: Any, number: float, slack: float) -> bool:
    return same(value, number, slack / max(abs(number), 1e-300))


def _line(value: Any, question: Question, fault: Fault | None, worth: float) -> Line:
    if fault is not None and _earns(fault):
        return Line(FOLLOWS, say(question.about), what(fault), earned_of(worth, worth))
    if fault is not None:
        said, more = what(fault), "" if question.answers else detail(fault)
        why = f"{said}: {more}" if more else f"{said.rstrip('.')}."
        return Line(WRONG, say(question.about), why, earned_of(0, worth))
    if question.answers:
        return Line(RIGHT, say(question.about), earned=earned_of(worth, worth))
    return Line(RECORDED, say(question.about), _decides(question, _short(value, question)))


def _once(lines: Sequence[Line], faults: Sequence[Fault | None]) -> Iterator[Line]:
    """Yield the lines. The remark on a number from a wrong result is written once for each function."""
    told: set[str] = set()
    for line, fault in zip(lines, faults):
        again = fault is not None and _earns(fault) and line.why in told
        told.add(line.why)
        yield dataclasses.replace(line, why="") if again else line


def _decides(question: Question, answer: str) -> str:
    function = "".join(_functions(question)[:1])
    return say(DECIDES_OWN if function else DECIDES, answer=answer, function=function)


def _short(value: Any, question: Question) -> str:
    """Return what was recorded, as short as possible."""
    if question.choices:
        return choice_in_words(_as_choice(value))
    return f"{np.asarray(one_number(value)[0], dtype=float).item():.6g}"
