"""Plain values about a test that the scorer has seen, for the instructor who must explain a mark.

No student sees them: only `python -m grading why` asks for them.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.call import Outcome, quiet
from checks.compare import unpacked
from checks.faults import Fault
from checks.judged import judging
from checks.questions import Question
from checks.raised import own_place
from checks.reading import answer_of
from checks.sentences import detail, what
from checks.witness import CheckedAnswers, CheckedFunction, Witnessed
from grading.protocol.plain import NotPlain, pack

TOO_LARGE = "it is too large to be shown here"
Plain = dict[str, Any]


def told_of_all(seen: Sequence[Witnessed]) -> list[Plain]:
    """Return the results of checks as plain values that can be sent."""
    told = [_function(each) if isinstance(each, CheckedFunction) else _answers(each) for each in seen]
    return [_sendable(each) for each in told]


def called(function: Any, trial: Mapping[str, Any]) -> Plain:
    """Call a function of the submission once, with the instructor's arguments; return the result or error."""
    args, kwargs = list(trial["args"].values()), dict(trial.get("kwargs", {}))
    with quiet() as printed, judging():
        try:
            value = unpacked(answer_of(function, copy.deepcopy(args), kwargs, trial.get("entries", ())))
            return _sendable({"value": value, "error": None, "printed": printed.getvalue()})
        except (Exception, SystemExit) as error:
            told = _error(error, function)
            return {"value": None, "error": told, "printed": printed.getvalue()}


def raised_by(error: BaseException | None) -> Plain | None:
    """Return the error that ended a test cell itself; None if the cell ran to its end."""
    return _error(error, None) if error is not None else None


def _function(found: CheckedFunction) -> Plain:
    hint, said = found.hint, found.said
    shown = {"title": hint.name, "said": said, "rungs": list(hint.as_read(False))} if hint else None
    return {
        "kind": "function",
        "name": found.name,
        "earned": found.earned,
        "out_of": found.out_of,
        "hint": shown,
        "cases": [_case(each) for each in found.outcomes],
    }


def _case(outcome: Outcome) -> Plain:
    case, first = outcome.case, outcome.calls[0]
    odd = outcome.first_odd if outcome.fault else None
    return {
        "name": case.name,
        "decides": case.graded,
        "advice": case.advice,
        "share": outcome.share,
        "args": dict(case.args),
        "kwargs": dict(case.kwargs),
        "value": first.value,
        "expected": case.answers[0],
        "others": len(case.answers) - 1,
        "returns": list(case.returns),
        "tolerance": case.tolerance,
        "faults": [_fault(each) for each in first.faults],
        "error": _error(first.error, outcome.function) if first.error else None,
        "first_odd": _error(odd, outcome.function) if odd else None,
        "printed": outcome.printed,
        "helped": outcome.helped,
    }


def _answers(found: CheckedAnswers) -> Plain:
    parts = zip(found.asked, found.answers, found.faults)
    return {
        "kind": "answers",
        "name": found.name,
        "earned": found.earned,
        "out_of": found.out_of,
        "questions": [_question(*each) for each in parts],
    }


def _question(question: Question, answer: Any, fault: Fault | None) -> Plain:
    return {
        "about": question.about,
        "answer": answer,
        "right": list(question.answers),
        "choices": list(question.choices),
        "tolerance": question.tolerance,
        "own": str(question.own.get("function", "")),
        "fault": _fault(fault) if fault else None,
    }


def _fault(fault: Fault) -> Plain:
    return {"part": fault.part, "kind": fault.kind.name, "what": what(fault), "detail": detail(fault)}


def _error(error: BaseException, function: Any) -> Plain:
    place = own_place(error, function)
    told = {"name": type(error).__name__, "message": str(error)[:2000]}
    return {**told, "where": place.where, "line": place.line}


def _sendable(told: Plain) -> Plain:
    """Return the same values, with a sentence instead of each value that cannot be sent."""
    try:
        pack(told)
        return told
    except NotPlain:
        return {key: _small(value) for key, value in told.items()}


def _small(value: Any) -> Any:
    if isinstance(value, list):
        return [_sendable(each) if isinstance(each, dict) else _small(each) for each in value]
    return value if not list(_unsendable(value)) else TOO_LARGE


def _unsendable(value: Any) -> Iterator[Any]:
    try:
        pack(value)
    except NotPlain:
        yield value
