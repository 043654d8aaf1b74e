"""Make sentences from the fields of a fault. No other file does this."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from checks.faults import Fault, Kind
from checks.raised import Raised
from checks.texts import later, say

RETURN = later("does the function end with `return` and the answer?")


def what(fault: Fault) -> str:
    """Say what is wrong, in words that may be used for any case: they do not tell the right answer."""
    return say(fault.reason) if fault.reason else WHAT[fault.kind](fault)


def detail(fault: Fault) -> str:
    """Give details of the fault, which may only be told for a public case; "" if it has none."""
    return DETAIL[fault.kind](fault) if fault.kind in DETAIL and not fault.reason else ""


def _always(words: str) -> Callable[[Fault], str]:
    return lambda fault: say(words)


def _about(of_part: str, of_all: str) -> Callable[[Fault], str]:
    """Return a function that says the sentence about an entry, or about the result as a whole."""
    return lambda fault: say(of_part, part=repr(fault.part)) if fault.part else say(of_all)


_wrong_numbers = _about(later("the entry {part} has wrong numbers"), later("the result has wrong numbers"))
_wrong_number = _about(later("the entry {part} is a wrong number"), later("the result is a wrong number"))
WHAT: dict[Kind, Callable[[Fault], str]] = {
    Kind.NOT_SEVERAL: _always(later("the function must return several values")),
    Kind.NO_DICTIONARY: _always(later("the result is not a dictionary")),
    Kind.MISSING_KEY: lambda fault: say("the key {part} is missing", part=repr(fault.part)),
    Kind.NOTHING: _about(later("the entry {part} is None"), later("the result is None")),
    Kind.NOT_NUMBERS: _about(
        later("the entry {part} cannot be read as numbers"), later("the result cannot be read as numbers")
    ),
    Kind.LENGTH: _about(
        later("the entry {part} has the wrong length"), later("the result has the wrong length")
    ),
    Kind.SHAPE: _about(
        later("the entry {part} has the wrong shape"), later("the result has the wrong shape")
    ),
    Kind.NOT_FINITE: _about(
        later("the entry {part} holds a NaN or an infinity"), later("the result holds a NaN or an infinity")
    ),
    Kind.OFF: lambda fault: (_wrong_numbers if fault.expected else _wrong_number)(fault),
    Kind.RAISED: _always(later("it raised an exception")),
    Kind.LATE: _always(later("it did not end in time")),
    Kind.NOT_ANSWERED: _always(later("not answered yet")),
    Kind.NOT_A_CHOICE: lambda fault: say(
        "this is not one of the choices: choose one of {choices}",
        choices=", ".join(map(choice_in_words, fault.names)),
    ),
    Kind.WRONG_CHOICE: _always(later("this is not the right choice")),
    Kind.DECIMAL_COMMA: _always(
        later("it is written with a decimal comma, and Python needs a decimal point")
    ),
    Kind.GROUPED: _always(later("it is written with commas between its digits, and Python needs no commas")),
    Kind.PERCENTAGE: _always(
        later("it is a percentage, and the question asks for a number without a percent sign")
    ),
    Kind.SEVERAL_NUMBERS: _always(later("these are several numbers, and the question asks for one number")),
    Kind.NOT_ONE_NUMBER: _always(later("it cannot be read as one number")),
    Kind.OWN_RESULT: lambda fault: say(
        "this is the number that your own `{function}` gives. The correct number is different, but the "
        "mistake costs only the marks of the function that makes it.",
        function=fault.names[0],
    ),
}


def _sizes(fault: Fault) -> str:
    shapes = {"found": shape_in_words(fault.found), "expected": shape_in_words(fault.expected)}
    if fault.found[::-1] == fault.expected:
        return say("{found} instead of {expected}; its transpose would fit.", **shapes)
    return say("{found} instead of {expected}.", **shapes)


def shape_in_words(shape: tuple[int, ...]) -> str:
    """Return a shape in words for students."""
    if len(shape) > 1:
        return say("an array of shape {shape}", shape=shape)
    return say("{count} numbers", count=shape[0]) if shape else say("a single number")


# The keys: whether the answer has several numbers, and whether the worst number is too large.
OFF = {
    (False, True): later("here: {number} is too large."),
    (False, False): later("here: {number} is too small."),
    (True, True): later("{count} of {all} numbers are wrong, most of all at {at}: {number} is too large."),
    (True, False): later("{count} of {all} numbers are wrong, most of all at {at}: {number} is too small."),
}


def _values(fault: Fault) -> str:
    several, at = {"count": fault.count, "all": math.prod(fault.expected)}, list(fault.at)
    return say(OFF[bool(fault.expected), fault.large], **several, at=at, number=fault.number)


def _error(error: Raised) -> str:
    return f"{error.name or say('an error that it defines itself')}: {error.message}{at_line(error.line)}"


def _instead(fault: Fault) -> str:
    """Say what to write instead of a number that Python cannot read."""
    if fault.instead:
        return say("write `{instead}`, not `{written}`.", instead=fault.instead, written=fault.described)
    digits = later("instead of `{written}` write digits and a decimal point, such as `0.25`.")
    return say(digits, written=fault.described)


DETAIL: dict[Kind, Callable[[Fault], str]] = {
    Kind.NOT_SEVERAL: lambda fault: say("return {names}.", names=", ".join(fault.names)),
    Kind.NO_DICTIONARY: lambda fault: say("return one with the keys {names}.", names=_quoted(fault.names)),
    Kind.MISSING_KEY: lambda fault: say("the keys are {names}.", names=_quoted(fault.names)),
    Kind.NOTHING: _always(RETURN),
    Kind.NOT_NUMBERS: lambda fault: say(
        "it is {described}; return an array, or rows of equal length.", described=say(fault.described)
    ),
    Kind.LENGTH: lambda fault: say(
        "{found} instead of {expected} numbers.", found=fault.found[0], expected=fault.expected[0]
    ),
    Kind.SHAPE: _sizes,
    Kind.NOT_FINITE: lambda fault: say(
        "{number} at {at}; look for 0/0 or log(0).", number=fault.number, at=list(fault.at)
    ),
    Kind.OFF: _values,
    # Code can choose its error by the case. So an error would tell something about a hidden case.
    Kind.RAISED: lambda fault: _error(fault.error),
    Kind.DECIMAL_COMMA: _instead,
    Kind.GROUPED: _instead,
    Kind.PERCENTAGE: _instead,
    Kind.SEVERAL_NUMBERS: lambda fault: say("you gave {count}.", count=fault.count),
    Kind.NOT_ONE_NUMBER: _instead,
}


MISWRITTEN = {
    Kind.DECIMAL_COMMA: later("A number has a decimal comma, and Python needs a decimal point"),
    Kind.GROUPED: later("A number has commas between its digits, and Python needs no commas"),
    Kind.PERCENTAGE: later("A number has a percent sign, and the question asks for a number without one"),
    Kind.SEVERAL_NUMBERS: later("You gave several numbers, and the question asks for one"),
}


def miswritten(faults: Iterable[Fault]) -> list[str]:
    """Say how numbers that Python cannot read are written. Each kind is named once."""
    kinds: dict[Kind, list[str]] = {kind: [] for kind in MISWRITTEN}
    for fault in faults:
        if fault.kind in kinds:
            kinds[fault.kind].append(detail(fault).rstrip("."))
    there = {say(MISWRITTEN[kind]): "; ".join(dict.fromkeys(said)) for kind, said in kinds.items() if said}
    return [f"{sentence}: {said}" for sentence, said in there.items()]


def at_line(line: str) -> str:
    """Return the end of a message: the student's own line; "" if it is not known."""
    return say(" (at `{line}`)", line=line) if line else ""


def listed(names: Iterable[str]) -> str:
    """Return names as code in a sentence, with "and" between them."""
    return say(" and ").join(f"`{name}`" for name in names)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def choice_in_words(choice: str) -> str:
    """Return a choice as students write it in a cell: True, 'increasing'."""
    return choice.title() if choice in ("true", "false") else repr(choice)
