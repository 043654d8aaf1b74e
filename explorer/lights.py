"""Lights: each light shows whether a rule holds at a moment of a run. A broken rule has a sentence.

A rule checks one thing only. So one fault turns one light red, and not all lights. The rules of the course
come from its law book (see `Kit`). The two rules in this file hold for every model: functions return the
expected shapes, and do not change their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checks.texts import later, say

if TYPE_CHECKING:
    from explorer.moment import Moment


@dataclass(frozen=True)
class Rule:
    """The rule that a light shows.

    key: its name in code.
    label: its name for people.
    look: a function of a moment. It returns None if the rule holds, and otherwise the sentence to show.
    seen: a function that tells whether a moment has the values that `look` needs. Only then `look` is called.
    fatal: whether the run must end if the rule is broken.
    touch: whether the rule says that the bound touches the log-likelihood.

    Example:
        Rule("enough", "two points or more", lambda now: None if now.counts.sum() > 1 else "Too few points.")
    """

    key: str
    label: str
    look: Callable[[Moment], str | None]
    seen: Callable[[Moment], bool] = lambda now: True
    fatal: bool = False
    touch: bool = False


@dataclass(frozen=True)
class Light:
    """A rule at one moment. ok: whether the rule holds; None if the moment has no values for it."""

    rule: Rule
    ok: bool | None
    sentence: str = ""

    @property
    def broken(self) -> bool:
        return self.ok is False


def lights_of(now: Moment, rules: Iterable[Rule]) -> tuple[Light, ...]:
    """Return a light for each rule at this moment."""
    with np.errstate(all="ignore"):
        return tuple(_lit(rule, now) for rule in rules)


def light_at(lights: Iterable[Light], key: str) -> Light:
    """Return the light with this key. If no light has it, KeyError names the existing keys."""
    by_key = {light.rule.key: light for light in lights}
    if key not in by_key:
        raise KeyError(f"there is no light {key!r}, only: {', '.join(by_key)}.")
    return by_key[key]


def require_keys(rules: Iterable[Rule]) -> None:
    """Raise ValueError if two rules have the same key."""
    keys = [rule.key for rule in rules]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"two rules have the key {min(twice)!r}: give each its own.")


def _lit(rule: Rule, now: Moment) -> Light:
    if not rule.seen(now):
        return Light(rule, None)
    said = rule.look(now)
    return Light(rule, said is None, said or "")


def _inputs(now: Moment) -> str | None:
    if not now.changed:
        return None
    first = now.changed[0]
    return say(
        "{function} overwrites its argument {argument}: work on a copy, or make a new array.",
        function=first.function,
        argument=first.argument,
    )


SHAPES = Rule("shapes", later("shapes as expected"), lambda now: now.unread or None, fatal=True)
INPUTS = Rule("inputs", later("inputs unchanged"), _inputs)
