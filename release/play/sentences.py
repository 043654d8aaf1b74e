"""The sentences of the lights about broken laws, with slots for numbers.

Each of the course's rules gets a moment that breaks its law. The numbers in its sentence are then replaced by
slots. So no sentence is written twice.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from explorer.forms import Params
from explorer.lights import Rule
from explorer.moment import Moment

K = 7  # the component that breaks a law
VALUE = 0.123456789  # a number that can be recognised by its first digits
MOST_DIGITS = 6


def sentence_of(rule: Rule) -> str:
    """Return the sentence of a broken rule with slots; "" for a rule that the page's steps cannot break.

    Raises ValueError if the rule's sentence does not have the numbers for the slots.
    """
    broken = BROKEN.get(rule.key)
    return "" if broken is None else broken(rule)


def _finite(rule: Rule) -> str:
    means = np.zeros((K + 1, 2))
    means[K, 1] = math.nan
    said = _said(rule, replace(_moment(), params=Params(np.zeros(K + 1), means)))
    return _slot(_slot(said, f"Means[{K}, 1]", "place"), "nan", "value")


def _covariances(rule: Rule) -> str:
    covs = np.array([np.eye(2)] * K + [np.diag([1, -VALUE])])
    said = _said(rule, replace(_moment(), params=Params(np.ones(K + 1), np.zeros((K + 1, 2)), covs)))
    return _slot(_number(said, -VALUE), f" {K} ", "k", " {} ")


def _touches(rule: Rule) -> str:
    return _number(_said(rule, replace(_moment(), loglik=0.0, bound=-VALUE)), VALUE)


def _climbs(rule: Rule) -> str:
    return _number(_said(rule, replace(_moment(), loglik=-VALUE, previous=0.0)), VALUE)


BROKEN: dict[str, Callable[[Rule], str]] = {
    "finite": _finite,
    "covariances": _covariances,
    "touches": _touches,
    "climbs": _climbs,
}


def _moment() -> Moment:
    params = Params(np.ones(1), np.zeros((1, 2)))
    return Moment(1, "E", params, None, np.ones(1), None, loglik=0.0)


def _said(rule: Rule, now: Moment) -> str:
    said = rule.look(now)
    if not said:
        raise ValueError(f"The rule {rule.key} was not broken by a moment that was made to break it.")
    return said


def _number(said: str, value: float) -> str:
    """Replace a number by a slot whose format writes the same number of digits."""
    for digits in range(MOST_DIGITS, 0, -1):
        if (text := f"{value:.{digits}g}") in said:
            return said.replace(text, f"{{value:.{digits}g}}")
    raise ValueError(f"There is no {value} in: {said}")


def _slot(said: str, text: str, name: str, around: str = "{}") -> str:
    if said.count(text) != 1:
        raise ValueError(f"{text!r} must be once in: {said}")
    return said.replace(text, around.format(f"{{{name}}}"))
