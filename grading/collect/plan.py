"""Decide what to do with each submission in a download. No submission in submitted/ is ever lost."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grading.collect.attempts import Attempt, NotTaken, Order
from grading.collect.lying import Lying, OnDisk


class Step(StrEnum):
    """The decision about a submission, in a word for people.

    NEW, NEWER: it is marked from now on.
    EARLIER, AS_RELEASED: it is kept as an attempt.
    AGAIN: its files are known, but not its name or its time on the platform, which are stored.
    SAME: nothing is written.
    """

    NEW = "new"
    NEWER = "newer"
    EARLIER = "earlier"
    AS_RELEASED = "as released"
    AGAIN = "the same"
    SAME = "as before"

    @property
    def is_written(self) -> bool:
        return self is not Step.SAME

    @property
    def is_marked(self) -> bool:
        """Tell whether the submission is the one that will be marked."""
        return self in (Step.NEW, Step.NEWER)


@dataclass(frozen=True)
class Decision:
    """The decision about one submission. number: the number of an attempt in attempts/; 0 for other steps."""

    attempt: Attempt
    step: Step
    number: int = 0


@dataclass(frozen=True)
class Plan:
    """The decisions about all submissions in the downloads of one student for one assignment.

    kept_as: the number under which the submission that is marked now is kept; 0 if it stays.
    """

    lying: Lying
    decisions: tuple[Decision, ...]
    kept_as: int = 0

    @property
    def is_written(self) -> bool:
        return any(each.step.is_written for each in self.decisions)


def plan_of(lying: Lying, found: Sequence[Attempt]) -> Plan:
    """Decide about each submission. Raises Unreadable.

    found: the submissions of one student for one assignment, from all downloads.
    """
    current, best = lying.current, _best(found)
    step = _step_of(best, current, lying)
    single = _without_twins(found)
    fresh = [each for each in single if each.print not in lying.known]
    takes_place = step.is_marked
    aside = [each for each in fresh if not (takes_place and each.print == best.print)]
    moved = current if takes_place else None
    numbers = _numbers(aside, moved, lying)
    steps = {each.print: _aside(each) for each in aside} | ({best.print: step} if takes_place else {})
    made = (
        Decision(each, steps.get(each.print) or _same(each, lying), numbers.get(each.print, 0))
        if each in single
        else Decision(each, Step.SAME)
        for each in sorted(found, key=_by_time)
    )
    return Plan(lying, tuple(made), numbers.get("", 0) if moved else 0)


def _best(found: Sequence[Attempt]) -> Attempt:
    """Return the submission that would be marked, of all downloads.

    Only the best submission of each download is compared. The newest one that was worked on is chosen.
    """
    first, *others = [each for each in found if each.best] or found
    for each in others:
        if (each.untouched, each.notebook) == (first.untouched, first.notebook):
            first = each if each.order.is_newer(first.order) else first
        elif each.notebook and not each.untouched:
            first = each
    return first


def _step_of(best: Attempt, current: OnDisk | None, lying: Lying) -> Step:
    if current is None:
        return Step.NEW
    if best.print in lying.known:
        return Step.SAME
    if best.untouched or not best.notebook or not best.order.is_newer(current.order(lying.remembered)):
        return Step.EARLIER
    return Step.NEWER


def _same(attempt: Attempt, lying: Lying) -> Step:
    """Return AGAIN if the platform's name or time of a known submission must be stored, otherwise SAME.

    The name is needed because feedback goes back under it.
    """
    known = lying.remembered.get(attempt.print)
    if known and known.order.time is None and attempt.when:
        return Step.AGAIN
    if not attempt.origin.name or (known and known.origin == attempt.origin):
        return Step.SAME
    is_elsewhere = known and known.origin.platform != attempt.origin.platform
    return Step.AGAIN if not known or is_elsewhere or attempt.order.is_newer(known.order) else Step.SAME


def _aside(attempt: Attempt) -> Step:
    return Step.AS_RELEASED if attempt.untouched else Step.EARLIER


def _without_twins(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Return the submissions without those that have the same files as a newer one."""
    found: dict[str, Attempt] = {}
    for each in attempts:
        other = found.get(each.print)
        found[each.print] = each if other is None or each.order.is_newer(other.order) else other
    return list(found.values())


def _numbers(aside: Sequence[Attempt], moved: OnDisk | None, lying: Lying) -> dict[str, int]:
    """Return the next numbers in attempts/, by print, the oldest submission first.

    The print "" stands for the submission that is marked now. A number never changes once it is given,
    because a policy may name it.
    """
    waiting: list[tuple[Order, str]] = [(each.order, each.print) for each in aside]
    if moved:
        waiting.append((moved.order(lying.remembered), ""))
    first = max(lying.numbers, default=0) + 1
    in_order = sorted(waiting, key=lambda each: (_time(each[0]), each[1] == ""))
    return {key: first + at for at, (_, key) in enumerate(in_order)}


def _by_time(attempt: Attempt) -> tuple:
    return (_time(attempt.order), attempt.best, attempt.at)


def _time(order: Order) -> tuple[float, int]:
    return (order.changed if order.time is None else order.time, order.item)


def grouped(found: Iterable[Attempt]) -> dict[tuple[str, str], list[Attempt]]:
    """Return submissions by assignment and student, in order."""
    groups: dict[tuple[str, str], list[Attempt]] = defaultdict(list)
    for each in found:
        groups[each.key].append(each)
    return dict(sorted(groups.items()))


def alike(students: Collection[str], there: Collection[str]) -> Mapping[str, str]:
    """Return the students whose name differs from another name only in capitals or the spelling of accents.

    Each has the other name as value. On some disks both would be one folder. there: the names of the
    folders in submitted/.
    """
    keys: dict[str, str] = {}
    for name in sorted(there):
        keys.setdefault(_key(name), name)
    found = {}
    for name in sorted(set(students) - set(there)):
        other = keys.setdefault(_key(name), name)
        if other != name:
            found[name] = other
    return found


def refused_as(attempts: Sequence[Attempt], why: str) -> list[NotTaken]:
    """Return for each of these submissions that it is not taken, and why."""
    return [NotTaken(each.place, why, each.student, each.assignment) for each in attempts]


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
