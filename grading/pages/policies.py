"""What policies have done, in sentences for the student."""

from __future__ import annotations

from collections.abc import Iterable

from grading.policies.effects import Effect, PolicyKind


def in_words(effects: Iterable[Effect]) -> list[str]:
    """Return a sentence for each effect that has something to say."""
    return [SENTENCES[each.kind](each) for each in effects]


def extra_in_words(extra: float | None) -> list[str]:
    """Return what there is to say of credit that a person gave on top of the marks."""
    if not extra:
        return []
    return [f"A person gave you {marks(extra)} of extra credit here. It is part of your marks"]


def _dropped(each: Effect) -> str:
    had = "" if each.before is None else f" You had {each.before:g} of {marks(each.before_most)} for it."
    dropped = "This question was dropped: it does not count for anybody, and it is not in the total"
    return f"{dropped}.{had}".rstrip(".")


def _full_marks(each: Effect) -> str:
    had = "" if each.before is None else f". Your answer alone had {_of(each.before, each.most)}"
    return f"Everybody who handed in gets full marks here, whatever the answer was{had}"


def _points(each: Effect) -> str:
    now = f"This question now counts {marks(each.most)} instead of {each.before_most:g}"
    if each.before is None or each.mark is None:
        return now
    return f"{now}. So {_of(each.before, each.before_most)} became {each.mark:g} of {each.most:g}"


def _by_hand(each: Effect) -> str:
    return f"A person gave you {marks(each.mark)} here. That counts in place of any other mark"


def _attempt(each: Effect) -> str:
    return f"What was marked is your attempt number {each.number}, not the last one that you handed in"


def _extension(each: Effect) -> str:
    return f"Your own due date was {each.text}"


def _no_penalty(each: Effect) -> str:
    return "Nothing is taken off your marks for being late. Your instructor has decided this"


def _penalty(each: Effect) -> str:
    rule = f"The rule for late work is: {each.text}"
    if not each.number:
        return f"{rule}. You were within the time of grace, so nothing is taken off"
    if each.period:
        have = f"{each.period} has" if each.number == 1 else f"{each.period}s have"
        rule = f"{rule}. {each.number} {have} begun since the due date"
    earned = f"{marks(each.earned)} that you earned"
    return f"{rule}. So {marks(each.mark)} of the {earned} {_are(each.mark)} taken off"


def _of(mark: float | None, most: float | None) -> str:
    return f"{mark or 0:g} of {marks(most)}"


def marks(number: float | None) -> str:
    """Return so many marks in words."""
    return f"{number or 0:g} {'mark' if number == 1 else 'marks'}"


def _are(number: float | None) -> str:
    return "is" if number == 1 else "are"


SENTENCES = {
    PolicyKind.DROPPED: _dropped,
    PolicyKind.FULL_MARKS: _full_marks,
    PolicyKind.POINTS: _points,
    PolicyKind.BY_HAND: _by_hand,
    PolicyKind.EXTENSION: _extension,
    PolicyKind.NO_PENALTY: _no_penalty,
    PolicyKind.PENALTY: _penalty,
    PolicyKind.ATTEMPT: _attempt,
}
