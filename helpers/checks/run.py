"""`check` and `check_answer`: run the cases, show a report, return the marks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from IPython.display import display

from helpers.checks.call import Outcome, try_case
from helpers.checks.cases import Case, CaseBook, public
from helpers.checks.compare import Fault, find_fault
from helpers.checks.report import ADVICE, PRINTED, RECORDED, RIGHT, WRONG, Line, Mark, Report


def check(
    function: Callable[..., Any], out_of: float, cases: CaseBook = public, name: str | None = None
) -> Mark:
    """Run a function on its cases, show what is right and what is not, return the marks.

    Each case gets its own copy of the arguments and an equal share of the marks `out_of`.
    What the function prints or warns costs nothing.

    name: of the exercise. Where it decides marks it is given. Otherwise it is the function's
    own, or the one that the calling cell knows it by, so that `compute_means = my_means`
    works too. Raises LookupError if there are no cases of that name.
    """
    if name is None:
        name = _name_of(function, cases, inspect.currentframe().f_back.f_globals)
    outcomes = [try_case(function, case) for case in cases[name]]
    graded = [outcome for outcome in outcomes if not outcome.case.advice]
    passed = sum(outcome.fault is None for outcome in graded)
    display(_report(name, outcomes, passed, len(graded), cases.hidden))
    return Mark(round(out_of * passed / len(graded), 2), out_of, final=cases.hidden)


def check_answer(name: str, *answers: Any, out_of: float, cases: CaseBook = public) -> Mark | None:
    """Look at the answers to a question. In public only their form: marking has the rest.

    Each answer has an equal share of the marks `out_of`. Returns the marks, or None where
    `cases` holds no right answers to compare with.
    """
    asked = cases[name]
    faults = [_answer_fault(answer, case) for answer, case in zip(answers, asked, strict=True)]
    lines = [_answer_line(*each, cases.hidden) for each in zip(answers, asked, faults)]
    display(Report(name, lines))
    if not all(case.answers for case in asked):
        return None
    return Mark(round(out_of * faults.count(None) / len(asked), 2), out_of)


def _name_of(function: Callable[..., Any], cases: CaseBook, namespace: dict[str, Any]) -> str:
    own = getattr(function, "__name__", str(function))
    names = [own, *(name for name, value in namespace.items() if value is function)]
    return next((name for name in names if name in cases), own)


def _report(name: str, outcomes: list[Outcome], passed: int, total: int, hidden: bool) -> Report:
    kind = "hidden" if hidden else "public"
    heading = f"{name}: {passed} of {total} {kind} cases"
    if all(outcome.unwritten for outcome in outcomes):
        how = "replace the line that raises NotImplementedError."
        return Report(heading, [Line(WRONG, "not written yet", how)])
    lines = [_line(outcome, hidden) for outcome in outcomes if not outcome.case.advice]
    lines += _print_out(outcomes) if not hidden else []
    if passed == total:  # before that, one thing at a time
        lines += [Line(ADVICE, o.case.name, o.case.advice) for o in outcomes if o.case.advice and o.fault]
    lines += _advice_on_calls(name, outcomes) + _advice_on_inputs(outcomes)
    return Report(heading, lines, _closing(passed, total, hidden))


def _line(outcome: Outcome, hidden: bool) -> Line:
    if outcome.fault is None:
        return Line(RIGHT, outcome.case.name)
    return Line(WRONG, outcome.case.name, _why(outcome.fault, hidden))


def _why(fault: Fault, hidden: bool) -> str:
    return f"{fault.what}." if hidden or not fault.detail else f"{fault.what}: {fault.detail}"


def _print_out(outcomes: list[Outcome]) -> list[Line]:
    """What the first case that fails prints: it may be there to find the mistake."""
    printed = next((o.printed.strip() for o in outcomes if o.fault and not o.case.advice), "")
    return [Line(PRINTED, printed[:200])] if printed else []


def _advice_on_calls(name: str, outcomes: list[Outcome]) -> list[Line]:
    if not any(outcome.helped for outcome in outcomes):
        return []
    why = "with right ones in their place your result is right, so these marks are yours."
    return [Line(ADVICE, f"a function that `{name}` calls is not right yet", why)]


def _advice_on_inputs(outcomes: list[Outcome]) -> list[Line]:
    changed = sorted({name for outcome in outcomes for name in outcome.changed})
    if not changed:
        return []
    names = " and ".join(f"`{name}`" for name in changed)
    why = (
        "after the call that is not what it was. No mark is lost, but the next call starts from the "
        "changed one: work on a copy, `np.array(x)` or `copy.deepcopy(x)`."
    )
    return [Line(ADVICE, f"your function overwrites {names}", why)]


def _closing(passed: int, total: int, hidden: bool) -> str:
    if hidden:
        return "These cases decide the mark."
    return "All public cases pass. Others decide the mark." if passed == total else ""


def _answer_fault(value: Any, case: Case) -> Fault | None:
    if value is None or value is ...:
        return Fault("not answered yet")
    return _choice_fault(value, case) if case.choices else _number_fault(value, case)


def _choice_fault(value: Any, case: Case) -> Fault | None:
    given = value.strip().lower() if isinstance(value, str) else None
    if given not in case.choices:
        return Fault("that is none of the choices", f"choose one of {', '.join(map(repr, case.choices))}.")
    return Fault("that is not the answer") if case.answers and given not in case.answers else None


def _number_fault(value: Any, case: Case) -> Fault | None:
    if case.answers:
        return find_fault(value, case.answers, case.tolerance)
    return find_fault(value, (0.0,), float("inf"))  # any one finite number will do


def _answer_line(value: Any, case: Case, fault: Fault | None, hidden: bool) -> Line:
    if fault is not None:
        return Line(WRONG, case.name, _why(fault, hidden))
    if case.answers:
        return Line(RIGHT, case.name)
    return Line(RECORDED, case.name, f"your answer is {_short(value)}; marking decides whether it is right.")


def _short(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else f"{np.asarray(value, dtype=float).item():.6g}"
