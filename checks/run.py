"""Check a function: run its cases, show a report with a hint, and return the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from IPython.display import display

from checks.call import Outcome, quiet, try_case
from checks.casebook import CaseBook
from checks.cases import Case
from checks.explain import explain
from checks.faults import Fault
from checks.finders import Finder
from checks.hints import Hint, Ladder, rungs
from checks.patience import CaseTime, patient, telling
from checks.report import ADVICE, PARTLY, PRINTED, RIGHT, WRONG, Line, Mark, Report, earned_of
from checks.sentences import detail, listed, what
from checks.texts import later, say
from checks.trials import Tried
from checks.witness import CheckedFunction, witness

TRIES = "checks"  # a key in the metadata of the output


def run_check(
    function: Callable[..., Any],
    out_of: float,
    cases: CaseBook,
    name: str,
    finders: Sequence[Finder],
    ladder: Ladder,
) -> Mark:
    """Check a function as `Checker.check` says. The finders choose a hint, and the ladder counts attempts."""
    case_time, known = None if cases.hidden else CaseTime(), cases[name]
    with patient(case_time):
        outcomes = [_tell(function, case) for case in known if not case.trial]
    graded = [outcome for outcome in outcomes if outcome.case.graded]
    unwritten = all(outcome.unwritten for outcome in outcomes)
    # An unusual answer may make numpy warn, and the call on a small input may not end.
    with quiet(), patient(case_time), telling(function, say("a small input")):
        tried = Tried(function, known, cases.hidden)
        found = None if unwritten else explain(outcomes, cases.hints(name), finders, tried)
    name = name.rpartition("/")[2]
    worth, least = out_of / len(graded), found[0].worth if found else 0.0
    earned = round(worth * sum(max(outcome.share, least) for outcome in graded), 2)
    lines = [_line(outcome, worth, least, cases.hidden) for outcome in graded]
    heading = say(HEADINGS[cases.hidden], name=name, earned=earned, most=out_of)
    if unwritten:
        report = Report(heading, [_not_written()], reason=say("the function is not written yet"))
    else:
        lines += _advice_on_slips(least) + _advice(name, outcomes, cases.hidden)
        title, hint = _hint(function, name, outcomes, cases.hidden, found, ladder)
        closing, named = _closing(earned == out_of, cases.hidden), found[0].name if found else ""
        report = Report(heading, lines, title, hint, closing, named=named)
    witness(CheckedFunction(name, outcomes, *(found or (None, "")), earned, out_of))
    display(report, metadata=_tries(name, cases.hidden, ladder))
    return Mark(earned, out_of, final=cases.hidden)


def _tell(function: Callable[..., Any], case: Case) -> Outcome:
    """Try a case. If it is interrupted, name the case in one sentence."""
    with telling(function, say("the case '{name}'", name=say(case.name))):
        return try_case(function, case)


# The index is whether the cases are hidden.
HEADINGS = (
    later("{name}: {earned:g} of {most:g} marks on the public cases"),
    later("{name}: {earned:g} of {most:g} marks on the hidden cases"),
)
ASIDE = later("`{name}` calls another function, which gives it a wrong answer")
ASIDE_WHY = later(
    "the other function is not right yet, or it needs its arguments in another form. This costs no mark "
    "here: `{name}` was judged with right answers instead of the answers of the other function."
)
OVERWRITES_WHY = later(
    "the call changes the caller's data. This costs no mark, but the next call starts from the changed "
    "data. Work on a copy: `np.array(x)` or `copy.deepcopy(x)`."
)


def _not_written() -> Line:
    return Line(WRONG, say("the function is empty"), say("replace the line that raises NotImplementedError."))


def _tries(name: str, hidden: bool, ladder: Ladder) -> dict[str, Any] | None:
    """Return the output's metadata: attempts by hint. A class report counts hints with many attempts."""
    tries = {} if hidden else ladder.attempts(name)
    return {TRIES: {"exercise": name, "tries": tries}} if tries else None


def _line(outcome: Outcome, worth: float, least: float, hidden: bool) -> Line:
    """Return the line of one case: what it earned, and why not more. least: the share that a slip keeps."""
    share = max(outcome.share, least)
    earned, about = earned_of(worth * share, worth), say(outcome.case.name)
    if outcome.fault is None:
        return Line(RIGHT, about, earned=earned)
    return Line(PARTLY if share else WRONG, about, _why(outcome.fault, hidden), earned)


def _why(fault: Fault, hidden: bool) -> str:
    said, more = what(fault), "" if hidden else detail(fault)
    return f"{said}: {more}" if more else f"{said}."


def _hint(
    function: Callable[..., Any],
    name: str,
    outcomes: Sequence[Outcome],
    hidden: bool,
    found: tuple[Hint, str] | None,
    ladder: Ladder,
) -> tuple[str, Sequence[str]]:
    """Return the title of the hint, and the rungs (paragraphs) that the attempts so far have reached."""
    if found is None:
        return "", ()
    hint, said = found
    if hidden:
        return say(hint.name), [say(each) for each in hint.as_read(errors_shown=False)]
    faults = tuple(fault for outcome in outcomes for fault in outcome.calls[0].faults)
    step = ladder.climb(name, hint.name, (getattr(function, "__code__", None), faults))
    title = f"{say(hint.name)} ({said})" if said else say(hint.name)
    return title, _marked(hint, rungs(hint, step, name))


def _marked(hint: Hint, climbed: Sequence[str]) -> list[str]:
    total = len(hint.rungs)
    places = range(1, len(climbed) + 1)
    marks = [say("Hint {n} of {total}", n=n, total=total) if n <= total else say("What next") for n in places]
    return [f"{mark}: {text}" for mark, text in zip(marks, climbed)]


def _advice(name: str, outcomes: Sequence[Outcome], hidden: bool) -> list[Line]:
    """Return advice that costs no mark and is worth knowing."""
    lines = [] if hidden else _print_out(outcomes) + _refused(outcomes)
    if all(outcome.fault is None for outcome in outcomes if outcome.case.graded):  # mistakes first
        lines += [
            Line(ADVICE, say(o.case.name), say(o.case.advice)) for o in outcomes if o.case.advice and o.fault
        ]
    lines += _advice_on_calls(name, outcomes) + _advice_on_inputs(outcomes)
    return lines if hidden else lines + _advice_on_forms(outcomes)


def _advice_on_slips(least: float) -> list[Line]:
    """Say why a wrong answer keeps a part of the marks."""
    if not least:
        return []
    why = say("the rest of your function is right, so you keep a part of the marks.")
    return [Line(ADVICE, say("this is a small mistake"), why)]


def _print_out(outcomes: Sequence[Outcome]) -> list[Line]:
    """Show what the first failing case prints: the student may print it to find the mistake."""
    printed = next((o.printed.strip() for o in outcomes if o.fault and o.case.graded), "")
    return [Line(PRINTED, printed[:200])] if printed else []


def _refused(outcomes: Sequence[Outcome]) -> list[Line]:
    """Show what a function of the course refused, in the first such case: the message names the mistake."""
    said = next((o.refused[0] for o in outcomes if o.refused and o.case.graded), "")
    why = say("{refusal} If you call that function yourself, it stops with this error.", refusal=said)
    return [Line(ADVICE, say("a given function answers NaN here"), why)] if said else []


def _advice_on_calls(name: str, outcomes: Sequence[Outcome]) -> list[Line]:
    if not any(outcome.helped for outcome in outcomes):
        return []
    return [Line(ADVICE, say(ASIDE, name=name), say(ASIDE_WHY, name=name))]


def _advice_on_forms(outcomes: Sequence[Outcome]) -> list[Line]:
    """Say what the notebook needs if a correct function has transposed tables."""
    turned = [outcome.case.turned for outcome in outcomes if outcome.turned and not outcome.fault]
    said = next((each for each in turned if each), "")
    about = say("rows and columns are exchanged, which is fine")
    return [Line(ADVICE, about, say(said))] if said else []


def _advice_on_inputs(outcomes: Sequence[Outcome]) -> list[Line]:
    changed = sorted({name for outcome in outcomes for name in outcome.changed})
    if not changed:
        return []
    about = say("your function overwrites {names}", names=listed(changed))
    return [Line(ADVICE, about, say(OVERWRITES_WHY))]


def _closing(full: bool, hidden: bool) -> str:
    if hidden:
        return say("These cases decide the mark.")
    return say("All public cases pass. The hidden cases decide your mark.") if full else ""
