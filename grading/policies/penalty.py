"""The rule for late work: its text, such as "10% a day, at most 50%", and the marks that it takes off."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

NUMBER = r"(\d+(?:\.\d+)?)"
AMOUNT = re.compile(rf"{NUMBER}\s*(%|marks?)(?:\s+(?:a|an|per|each|every)\s+(day|hour|week))?")
MOST = re.compile(rf"at\s+most\s+{NUMBER}\s*(%|marks?)")
GRACE = re.compile(rf"{NUMBER}\s+(minutes?|hours?)\s+grace")
ALL = "zero"
FORM = 'such as "10% a day", "10% a day, at most 50%", "2 marks a day, 15 minutes grace", "20%", or "zero"'
HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0}


class Unit(StrEnum):
    """The unit of a number in a rule."""

    PERCENT = "%"
    MARKS = "marks"


@dataclass(frozen=True)
class Amount:
    """A percentage of the marks that were earned, or a number of marks."""

    number: float
    unit: Unit

    def of(self, earned: float) -> float:
        """Return the amount in marks."""
        return self.number * earned / 100 if self.unit is Unit.PERCENT else self.number


@dataclass(frozen=True)
class PenaltyRule:
    """The rule for the marks that are taken off for each period that has begun.

    written: the rule as the instructor wrote it.
    amount: the marks taken off for each period, or once.
    period: the hours of a period; 0 if marks are taken off once.
    most: the most that is taken off.
    grace: the hours in which nothing is taken off.
    """

    written: str
    amount: Amount
    period: float = 0.0
    most: Amount | None = None
    grace: float = 0.0

    @property
    def period_name(self) -> str:
        """Return the period in a word, such as "day"; "" if marks are taken off once."""
        return next((name for name, hours in HOURS.items() if hours == self.period), "")

    def periods(self, late_hours: float) -> int:
        """Return how many periods have begun after the due date; 0 within the time of grace."""
        if late_hours <= 0 or late_hours <= self.grace:
            return 0
        return math.ceil(round(late_hours / self.period, 9)) if self.period else 1

    def taken(self, earned: float, late_hours: float) -> float:
        """Return the marks that are taken off, which are never more than were earned.

        Example:
            penalty_of("10% a day, at most 50%").taken(30, late_hours=25)  # 6.0
        """
        amount = self.periods(late_hours) * self.amount.of(earned)
        most = self.most.of(earned) if self.most else earned
        return round(max(0.0, min(amount, most, earned)), 2)


def penalty_of(text: str) -> PenaltyRule:
    """Read a rule. Raises ValueError, which shows the form of a rule."""
    first, *more = [" ".join(part.split()) for part in text.lower().split(",")]
    amount, period = _amount(first)
    most, grace = None, 0.0
    for part in more:
        if (found := MOST.fullmatch(part)) and most is None:
            most = _of(*found.groups())
        elif (found := GRACE.fullmatch(part)) and not grace:
            grace = float(found.group(1)) * HOURS[found.group(2).rstrip("s")]
        else:
            raise ValueError(f"{part!r} is not part of a rule. Write a rule {FORM}")
    return PenaltyRule(" ".join(text.split()), amount, period, most, grace)


def _amount(text: str) -> tuple[Amount, float]:
    """Return the amount and the hours of its period. Raises ValueError."""
    if text == ALL:
        return Amount(100.0, Unit.PERCENT), 0.0
    found = AMOUNT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a rule. Write a rule {FORM}")
    number, unit, period = found.groups()
    return _of(number, unit), HOURS.get(period or "", 0.0)


def _of(number: str, unit: str) -> Amount:
    amount = Amount(float(number), Unit.PERCENT if unit == "%" else Unit.MARKS)
    if amount.unit is Unit.PERCENT and amount.number > 100:
        raise ValueError(f"{number}% is more than 100%. Write a rule {FORM}")
    return amount
