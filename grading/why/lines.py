"""Say in lines for a terminal what was seen of a function's hidden cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grading.submitted.names import shown
from grading.why.shorten import lines_of

Told = Mapping[str, Any]
INDENT = "    "
HELPED = (
    "This function calls other functions of the student that are wrong. So the test gave it the right "
    "answers of these functions. With the student's own functions, this function returns something else."
)


def of_function(told: Told, every: bool = False) -> Iterator[str]:
    """Yield lines about a function: how many cases passed, which cases failed, and the hint.

    every: whether each failed case is shown in full. If not, only the first is, and each other has one line.
    """
    cases = [each for each in told["cases"] if each["decides"]]
    wrong = [each for each in cases if each["share"] < 1]
    passed = f"{len(cases) - len(wrong)} of {len(cases)} hidden cases passed"
    yield f"On the hidden cases of this submission: {told['earned']:g} of {told['out_of']:g} marks. {passed}."
    if not wrong:
        yield "All hidden cases passed, so there is nothing to explain."
    worth = told["out_of"] / len(cases)
    for each in wrong if every else wrong[:1]:
        yield ""
        yield from of_case(each, worth)
    if wrong[1:] and not every:
        yield from ["", "The other failed cases, in one line each (--all shows them in full):"]
        yield from (f"  {_head(each, worth)}; {_in_short(each)}" for each in wrong[1:])
    if told["hint"]:
        yield ""
        yield from of_hint(told["hint"])


def of_case(case: Told, worth: float) -> Iterator[str]:
    """Yield lines about one case: its input, the answer, the expected answer, and what is wrong."""
    yield _head(case, worth)
    yield from beside("called with", {**case["args"], **case["kwargs"]})
    yield from of_answer(case)
    yield from (f"  what is wrong: {_fault(each)}" for each in case["faults"])
    odd = case["first_odd"]
    if odd and odd["line"]:
        yield f"  the first line that gave infinity or NaN: {_place(odd)} ({shown(odd['message'])})"
    if case["printed"].strip():
        yield f"  the code printed: {shown(case['printed'].strip()[:300])}"
    if case["helped"]:
        yield f"  {HELPED}"


def _head(case: Told, worth: float) -> str:
    return f"Case {case['name']!r}: {case['share'] * worth:.2g} of {worth:.2g} marks"


def _in_short(case: Told) -> str:
    """Say in one line what is wrong in a case."""
    if case["error"]:
        return of_error(case["error"])
    wrong = [_fault(each) for each in case["faults"]]
    return wrong[0] if len(wrong) == 1 else f"{wrong[0]} (and {len(wrong) - 1} more)"


def _fault(fault: Told) -> str:
    part = f"{fault['part']}: " if fault["part"] else ""
    return shown(f"{part}{': '.join(filter(None, [fault['what'], fault['detail']]))}")


def of_answer(case: Told) -> Iterator[str]:
    """Yield the answer and the expected answer, part by part if an answer has several parts."""
    if case["error"]:
        yield f"  the student's answer: {of_error(case['error'])}"
        if case["error"]["line"]:
            yield f"  the first line that failed: {_place(case['error'])}"
    else:
        yield from beside("the student's answer", named(case["value"], case["returns"]))
    yield from beside("the right answer", named(case["expected"], case["returns"]))
    if case.get("others"):
        also = "1 other answer is" if case["others"] == 1 else f"{case['others']} other answers are"
        yield f"  {also} also accepted, such as the same answer in another form."
    if case.get("tolerance"):
        part = "the largest number in its part of the answer"
        yield f"  tolerance: a number may differ by {case['tolerance']:g} times {part}"


def named(value: Any, returns: Sequence[str]) -> Any:
    """Return an answer; if it has several values, as a dictionary with their names."""
    several = returns and isinstance(value, list | tuple) and len(value) == len(returns)
    return dict(zip(returns, value)) if several else value


def beside(title: str, value: Any) -> Iterator[str]:
    """Yield a value under a title."""
    lines = lines_of(value)
    if len(lines) == 1:
        yield f"  {title}: {lines[0]}"
        return
    yield f"  {title}:"
    yield from (f"{INDENT}{line}" for line in lines)


def of_error(error: Told) -> str:
    """Return an error as Python prints it."""
    said = shown(error["message"].strip())
    return f"{error['name']}: {said}" if said else error["name"]


def _place(error: Told) -> str:
    line = f"`{shown(error['line'].strip())}`"
    return f"{line}, {error['where']}" if error["where"] else line


def of_hint(hint: Told) -> Iterator[str]:
    """Yield the hint that the student read."""
    said = f" ({hint['said']})" if hint["said"] else ""
    yield f"The hint that the student read: {hint['title']}{said}"
    yield from (f"  {rung}" for rung in hint["rungs"])
