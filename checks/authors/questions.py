"""Forms of questions: numbers, choices, true or false. In public they hold no answer and no reason."""

from __future__ import annotations

from collections.abc import Mapping

from checks.cases import Case


def number(about: str, value: float, hidden: bool, reasons: Mapping[float, str] | None = None) -> Case:
    """Return a question whose answer is a number. reasons: what to say of a wrong one."""
    # Three decimals are asked for; what comes after may be rounded or cut off.
    tolerance = 1e-3 / abs(value or 1)
    if not hidden:
        return Case(about, tolerance=tolerance)
    known = {repr(float(wrong)): why for wrong, why in (reasons or {}).items() if abs(wrong - value) > 5e-4}
    return Case(about, answers=(float(value),), tolerance=tolerance, reasons=known)


def choice(about: str, answer: str, reasons: Mapping[str, str], hidden: bool) -> Case:
    """Return a question with choices: those that `reasons` names, and why each wrong one is wrong."""
    known = {wrong: why for wrong, why in reasons.items() if wrong != answer}
    return Case(
        about, choices=tuple(reasons), answers=(answer,) if hidden else (), reasons=known if hidden else {}
    )


def true_or_false(about: str, answer: bool, why: str, hidden: bool) -> Case:
    """Return a statement to be called true or false. why: what to say to a wrong answer."""
    return choice(about, str(answer).lower(), {"true": why, "false": why}, hidden)
