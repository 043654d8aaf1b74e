"""What can be wrong with an answer: kinds, and the fields that sentences are made of, see sentences.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from checks.raised import Raised


class Kind(Enum):
    """What is wrong."""

    NOT_SEVERAL = auto()  # several values are asked for
    NO_DICTIONARY = auto()
    MISSING_KEY = auto()
    NOTHING = auto()  # None
    NOT_NUMBERS = auto()
    LENGTH = auto()  # a row of numbers, as asked for, but longer or shorter
    SHAPE = auto()
    NOT_FINITE = auto()
    OFF = auto()  # other numbers
    RAISED = auto()
    LATE = auto()  # it did not end in time
    NOT_ANSWERED = auto()  # from here on: of questions
    NOT_A_CHOICE = auto()
    WRONG_CHOICE = auto()
    DECIMAL_COMMA = auto()  # from here on: of a question for a number
    GROUPED = auto()  # with commas between its digits
    PERCENTAGE = auto()
    SEVERAL_NUMBERS = auto()
    NOT_ONE_NUMBER = auto()  # other words or signs
    OWN_RESULT = auto()  # another number than the correct one, but what the student's own functions give


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    part: which entry or returned value; "" if it is the answer as a whole. names: those that are asked
    for, or the keys that are there instead of a missing one. expected, found: shapes. at: the place that
    is worst. number: what stands there, as it is shown. large: whether it is too large. count: how many
    numbers are off, or are given. described: what stands in place of numbers. instead: what to write there.
    error: what was raised. reason: what the author of a question says of this wrong answer.
    """

    kind: Kind
    part: str = ""
    names: tuple[str, ...] = ()
    expected: tuple[int, ...] = ()
    found: tuple[int, ...] = ()
    at: tuple[int, ...] = ()
    number: str = ""
    large: bool = False
    count: int = 0
    described: str = ""
    instead: str = ""
    error: Raised | None = None
    reason: str = ""

    @property
    def explains_others(self) -> bool:
        """Whether it is said before others: a shape explains wrong values."""
        return self.kind in (Kind.LENGTH, Kind.SHAPE)
