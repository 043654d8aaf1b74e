"""The kinds of faults that an answer can have, with the fields from which sentences.py makes sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from checks.raised import Raised


class Kind(Enum):
    """The kind of a fault."""

    NOT_SEVERAL = auto()  # one value, and several are asked for
    NO_DICTIONARY = auto()
    MISSING_KEY = auto()
    NOTHING = auto()  # the answer is None
    NOT_NUMBERS = auto()
    LENGTH = auto()  # a row of numbers, as it should be, but longer or shorter
    SHAPE = auto()
    NOT_FINITE = auto()
    OFF = auto()  # numbers that differ from the right numbers
    RAISED = auto()
    LATE = auto()  # the call did not end in time
    NOT_ANSWERED = auto()  # this kind and those below: the answer to a question
    NOT_A_CHOICE = auto()
    WRONG_CHOICE = auto()
    DECIMAL_COMMA = auto()  # this kind and those below: the answer to a question for a number
    GROUPED = auto()  # the number has commas between its digits
    PERCENTAGE = auto()
    SEVERAL_NUMBERS = auto()
    NOT_ONE_NUMBER = auto()  # there are other words or signs
    OWN_RESULT = auto()  # not the correct number, but the one that the student's own functions give


@dataclass(frozen=True)
class Fault:
    """One fault of an answer.

    part: the entry or the returned value that is wrong; "" if it is the answer as a whole.
    names: the names that are asked for, or, if a key is missing, the keys that the answer has.
    expected: the right shape.
    found: the shape of the answer.
    at: the place of the worst number.
    number: the number at that place, as text.
    large: whether this number is too large.
    count: how many numbers are wrong, or how many are given.
    described: what the answer has instead of numbers.
    instead: what to write instead of it.
    error: what was raised.
    reason: what the author of a question says about this wrong answer.
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
        """Whether this fault is named before others: a wrong shape explains wrong values."""
        return self.kind in (Kind.LENGTH, Kind.SHAPE)
