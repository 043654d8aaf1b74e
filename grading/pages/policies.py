"""Say in sentences for the student what policies have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checks.texts import later, say
from grading.policies.effects import Effect, PolicyKind


def in_words(effects: Iterable[Effect]) -> list[str]:
    """Return one text for each effect."""
    return [". ".join(SENTENCES[each.kind](each)) for each in effects]


def extra_in_words(extra: float | None) -> list[str]:
    """Return a sentence about extra credit that a person gave; no sentence if there is no such credit."""
    if not extra:
        return []
    return [
        say(
            "A person gave you {marks} of extra credit here. Your marks include this credit",
            marks=marks(extra),
        )
    ]


def _dropped(each: Effect) -> Iterator[str]:
    yield say("This question was dropped: it does not count for anybody, and it is not in the total")
    if each.before is not None:
        told = {"earned": f"{each.before:g}", "marks": marks(each.before_most)}
        yield say("You had {earned} of {marks} for this question", **told)


def _full_marks(each: Effect) -> Iterator[str]:
    yield say("Everybody who handed in gets full marks here, whatever the answer was")
    if each.before is not None:
        told = {"earned": f"{each.before:g}", "marks": marks(each.most)}
        yield say("Without this decision, your answer had {earned} of {marks}", **told)


def _points(each: Effect) -> Iterator[str]:
    most, before = f"{each.most or 0:g}", f"{each.before_most:g}"
    yield say("This question now counts {marks} instead of {before}", marks=marks(each.most), before=before)
    if each.before is not None and each.mark is not None:
        told = {"earned": f"{each.before:g}", "marks": marks(each.before_most), "now": f"{each.mark:g}"}
        yield say("So your {earned} of {marks} became {now} of {most}", **told, most=most)


def _by_hand(each: Effect) -> Iterator[str]:
    yield say(
        "A person gave you {marks} here. This mark replaces every other mark for this question",
        marks=marks(each.mark),
    )


def _attempt(each: Effect) -> Iterator[str]:
    number = each.number
    yield say("Your attempt number {number} was marked, not the last one that you handed in", number=number)


def _extension(each: Effect) -> Iterator[str]:
    yield say("Your own due date was {date}", date=each.text)


def _no_penalty(each: Effect) -> Iterator[str]:
    yield say("Nothing is taken off your marks for being late. Your instructor has decided this")


def _penalty(each: Effect) -> Iterator[str]:
    yield say("The rule for late work is: {rule}", rule=each.text)
    if not each.number:
        yield say("You handed in within the time of grace, so nothing is taken off")
        return
    if each.period:
        yield say(BEGUN[each.period][each.number != 1], number=each.number)
    taken = TAKEN[each.mark != 1]
    yield say(taken, taken=f"{each.mark or 0:g}", earned=f"{each.earned or 0:g}")


def marks(number: float | None) -> str:
    """Return so many marks in words."""
    return say("1 mark") if number == 1 else say("{count} marks", count=f"{number or 0:g}")


# A sentence for the number 1, and a sentence for other numbers.
BEGUN = {
    "hour": (
        later("Your work counts as {number} hour late, because every hour that has begun counts"),
        later("Your work counts as {number} hours late, because every hour that has begun counts"),
    ),
    "day": (
        later("Your work counts as {number} day late, because every day that has begun counts"),
        later("Your work counts as {number} days late, because every day that has begun counts"),
    ),
    "week": (
        later("Your work counts as {number} week late, because every week that has begun counts"),
        later("Your work counts as {number} weeks late, because every week that has begun counts"),
    ),
}
TAKEN = (
    later("So {taken} mark of the {earned} that you earned is taken off"),
    later("So {taken} marks of the {earned} that you earned are taken off"),
)
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
