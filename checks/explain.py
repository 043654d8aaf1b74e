"""Choose the hint for a wrong answer: the hint of a known mistake, or one that fits what the answer shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from checks.call import Call, Outcome
from checks.cases import Case
from checks.compare import as_parts, same
from checks.finders import SILENT, Finder, Stage
from checks.hints import Hint
from checks.looking import Look, looks
from checks.texts import say
from checks.trials import Tried


def explain(
    outcomes: Sequence[Outcome],
    hints: Mapping[str, Hint],
    finders: Sequence[Finder],
    trials: Tried | None = None,
) -> tuple[Hint, str] | None:
    """Return the hint for a wrong answer, and a sentence about this answer, or "".

    A known mistake is named if it explains the answer on every case that is worth marks.
    trials: small inputs, tried if nothing more certain is found.
    Return None if nothing is wrong.
    """
    graded = [outcome for outcome in outcomes if outcome.case.graded]
    failed = [outcome for outcome in graded if outcome.fault]
    if not failed:
        return None
    name = recognise(graded, hints)
    if name:
        return hints[name], ""
    sure, broad, rest = (
        [each for each in finders if each.stage in stages]
        for stages in (range(Stage.BROAD), range(Stage.BROAD, Stage.REST), [Stage.REST])
    )
    found = (
        _found(failed, sure)
        or (trials and trials.wrong())
        or _found(failed, broad)
        or (trials and trials.beyond(failed))
        or _found(failed, rest)
    )
    unsaid = [each.hint for each in finders if each.stage in (Stage.LAW, Stage.DOUBT)]
    return _with_a_trial(*found, trials) if found and trials and found[0] in unsaid else found


def _with_a_trial(hint: Hint, said: str, trials: Tried) -> tuple[Hint, str]:
    """Add the first trial that goes wrong. Hints of laws, and doubts, do not say which answer is right."""
    tried = trials.wrong()
    first, *others = hint.rungs
    rungs = (f"{say(first)} {tried[0].rungs[0]}", *others) if tried else hint.rungs
    return replace(hint, rungs=rungs), said


def recognise(outcomes: Sequence[Outcome], names: Iterable[str]) -> str | None:
    """Return the mistake that explains most wrong parts, if one agrees with the answers to all cases."""
    explained = {name: _explains(outcomes, name) for name in names}
    best = max(explained, key=lambda name: explained[name], default=None)
    return best if best and explained[best] else None


def _explains(outcomes: Sequence[Outcome], name: str) -> int:
    """Return how many wrong parts the mistake explains; 0 if it contradicts an answer.

    Take each part that the mistake gets wrong in some case. In every case, the answer must have the mistake's
    value there. So two mistakes in two parts are found one after the other.
    """
    claimed: set[str] = set()
    for outcome in outcomes:  # most mistakes contradict the first answer: the other cases are then not read
        claimed |= {part for wrong, _ in outcome.case.mistakes.get(name, ()) for part in wrong}
        if not _agrees_somehow(outcome, name, claimed):
            return 0
    agree = all(_agrees_somehow(each, name, claimed) for each in outcomes)
    return sum(len(claimed & each.calls[0].wrong) for each in outcomes) if agree else 0


def _agrees_somehow(outcome: Outcome, name: str, claimed: set[str]) -> bool:
    return any(_agrees(each, outcome.case, name, claimed) for each in outcome.calls)


def _agrees(one: Call, case: Case, name: str, claimed: set[str]) -> bool:
    forms = case.mistakes.get(name, ())
    if one.error is not None or not forms:  # a mistake without an answer ends in an error
        return one.error is not None and not forms
    mine = as_parts(one.value, case.returns)
    return any(
        all(
            same(mine.get(part), theirs.get(part), case.tolerance) if part in wrong else part not in one.wrong
            for part in claimed
        )
        for wrong, theirs in ((wrong, as_parts(answer, case.returns)) for wrong, answer in forms)
    )


def _found(failed: Sequence[Outcome], finders: Sequence[Finder]) -> tuple[Hint, str] | None:
    every = [look for outcome in failed for look in looks(outcome)]
    parts = [_all_of(part, failed) for part in dict.fromkeys(look.part for look in every)]
    for each in finders:
        groups = parts if each.everywhere else [[look] for look in every]
        said = next((said for looks in groups if (said := _claim(each, looks)) is not None), None)
        if said is not None:
            return each.hint, said
    return None


def _all_of(part: str, failed: Sequence[Outcome]) -> list[Look]:
    """Return the looks at a part in all cases in which it is wrong. For the whole answer, take all cases."""
    if not part:
        return [next(looks(outcome)) for outcome in failed]
    return [look for outcome in failed for look in looks(outcome) if look.part == part]


def _claim(finder: Finder, looks: Sequence[Look]) -> str | None:
    """Return what a finder says if it holds in all looks that can show it, and in at least one."""
    first: str | None = None
    for look in looks:
        said = finder.find(look)
        if said is None:
            return None
        first = first or (said if said is not SILENT else first)
    return first
