"""Forms of questions: numbers, choices, true or false. The public versions have no answer and no reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checks.questions import Question


def own_result(
    function: str, *args: Any, at: Sequence[Any] = (), left_of: Sequence[float] = (), count: int = 0
) -> dict[str, Any]:
    """Describe the result of the student's own functions from which a number is read.

    The result is what `function` returns for `args`. An argument may be another own_result, or a dictionary
    that contains own_results. at: the place in the returned value, key by key. left_of: numbers. If they are
    given, the result is those of them that are not in the returned value. There must be `count` of them.

    Example:
        >>> from checks.authors import own_result
        >>> own_result("fit", [1.0, 2.0], at=("slope", 0))["at"]
        ['slope', 0]
    """
    called = {"call": function, "args": list(args), "at": list(at)}
    return {**called, "left_of": list(left_of), "count": count}


def number(
    about: str,
    value: float,
    hidden: bool,
    reasons: Mapping[float, str] | None = None,
    own: tuple[dict[str, Any], dict[str, Any]] | None = None,
) -> Question:
    """Return a question whose answer is a number.

    hidden: whether the question is for the hidden file; the public one has neither answer nor reasons.
    reasons: why a number is wrong, by the wrong number.
    own: if students read the number from a result of their own functions, that own_result, and the same with
        other arguments. A wrong number keeps its mark if it is the student's own result. The other arguments
        show whether a function was attempted, or always returns the same.

    Example:
        >>> from checks.authors import number
        >>> number("the slope", 2.0, True, {1.0: "that is the intercept"}).reasons
        {'1.0': 'that is the intercept'}
        >>> number("the slope", 2.0, False).answers
        ()
    """
    # Three decimals are asked for; further decimals may be rounded or cut off.
    tolerance = 1e-3 / abs(value or 1)
    carried = {"function": own[0]["call"]} if own else {}
    if not hidden:
        return Question(about, tolerance=tolerance, own=carried)
    known = {repr(float(wrong)): why for wrong, why in (reasons or {}).items() if abs(wrong - value) > 5e-4}
    carried |= {"result": own[0], "other": own[1]} if own else {}
    return Question(about, answers=(float(value),), tolerance=tolerance, reasons=known, own=carried)


def choice(about: str, answer: str, reasons: Mapping[str, str], hidden: bool) -> Question:
    """Return a question with choices: the keys of `reasons`. The values say why each wrong choice is wrong.

    Example:
        >>> from checks.authors import choice
        >>> reasons = {"up": "", "down": "look at the sign of the slope"}
        >>> question = choice("the line goes", "up", reasons, hidden=True)
        >>> question.choices, question.answers
        (('up', 'down'), ('up',))
    """
    known = {wrong: why for wrong, why in reasons.items() if wrong != answer}
    return Question(
        about, choices=tuple(reasons), answers=(answer,) if hidden else (), reasons=known if hidden else {}
    )


def true_or_false(about: str, answer: bool, why: str, hidden: bool) -> Question:
    """Return a statement that is true or false. why: the reason that a wrong answer gets.

    Example:
        >>> from checks.authors import true_or_false
        >>> true_or_false("the residuals sum to 0", True, "there is an intercept", hidden=True).answers
        ('true',)
    """
    return choice(about, str(answer).lower(), {"true": why, "false": why}, hidden)
