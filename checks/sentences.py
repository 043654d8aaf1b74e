"""What is said of a fault: the one place where its fields become sentences."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from checks.faults import Fault, Kind
from checks.raised import Raised

RETURN = "does the function end with `return` and the answer?"


def what(fault: Fault) -> str:
    """Say what is wrong, in words that may be said of any case: they do not tell the right answer."""
    return fault.reason or WHAT[fault.kind](fault)


def detail(fault: Fault) -> str:
    """Say more of it, which may only be said of a public case; "" if there is no more."""
    return DETAIL[fault.kind](fault) if fault.kind in DETAIL and not fault.reason else ""


def _about(words: str) -> Callable[[Fault], str]:
    return lambda fault: f"the entry {fault.part!r} {words}" if fault.part else f"the result {words}"


def _always(words: str) -> Callable[[Fault], str]:
    return lambda fault: words


WHAT: dict[Kind, Callable[[Fault], str]] = {
    Kind.NOT_SEVERAL: _always("the function must return several values"),
    Kind.NO_DICTIONARY: _always("the result is no dictionary"),
    Kind.MISSING_KEY: lambda fault: f"the key {fault.part!r} is missing",
    Kind.NOTHING: _about("is None"),
    Kind.NOT_NUMBERS: _about("cannot be read as numbers"),
    Kind.LENGTH: _about("has the wrong length"),
    Kind.SHAPE: _about("has the wrong shape"),
    Kind.NOT_FINITE: _about("holds a NaN or an infinity"),
    Kind.OFF: lambda fault: _about("has wrong numbers" if fault.expected else "is a wrong number")(fault),
    Kind.RAISED: _always("it raised an exception"),
    Kind.LATE: _always("it did not end in time"),
    Kind.NOT_ANSWERED: _always("not answered yet"),
    Kind.NOT_A_CHOICE: lambda fault: (
        f"that is none of the choices: choose one of {', '.join(map(choice_in_words, fault.names))}"
    ),
    Kind.WRONG_CHOICE: _always("that is not the answer"),
    Kind.DECIMAL_COMMA: _always("it is written with a decimal comma, and Python needs a decimal point"),
    Kind.GROUPED: _always("it is written with commas between its digits, and Python needs it without"),
    Kind.PERCENTAGE: _always("it is a percentage, and a number without a percent sign is asked for"),
    Kind.SEVERAL_NUMBERS: _always("these are several numbers, and one is asked for"),
    Kind.NOT_ONE_NUMBER: _always("it cannot be read as one number"),
    Kind.OWN_RESULT: lambda fault: (
        f"this is what your own `{fault.names[0]}` gives. The correct number is another, but that mistake "
        "costs only the marks of the function that made it."
    ),
}


def _sizes(fault: Fault) -> str:
    turned = "; transposed it would fit" if fault.found[::-1] == fault.expected else ""
    return f"{_shape_in_words(fault.found)} instead of {_shape_in_words(fault.expected)}{turned}."


def _shape_in_words(shape: tuple[int, ...]) -> str:
    words = {0: "a single number", 1: f"{math.prod(shape)} numbers"}
    return words.get(len(shape), f"an array of shape {shape}")


def _values(fault: Fault) -> str:
    many = f"{fault.count} of {math.prod(fault.expected)} numbers are off, most of all at {list(fault.at)}"
    side = "large" if fault.large else "small"
    return f"{many if fault.expected else 'here'}: {fault.number} is too {side}."


def _error(error: Raised) -> str:
    return f"{error.name or 'one of its own'}: {error.message}{at_line(error.line)}"


def _instead(fault: Fault) -> str:
    """What to write in place of a number that Python cannot read."""
    if not fault.instead:
        return f"in place of `{fault.described}` write digits and a decimal point, such as `0.25`."
    return f"write `{fault.instead}`, not `{fault.described}`."


DETAIL: dict[Kind, Callable[[Fault], str]] = {
    Kind.NOT_SEVERAL: lambda fault: f"return {', '.join(fault.names)}.",
    Kind.NO_DICTIONARY: lambda fault: f"return one with the keys {_quoted(fault.names)}.",
    Kind.MISSING_KEY: lambda fault: f"the keys are {_quoted(fault.names)}.",
    Kind.NOTHING: _always(RETURN),
    Kind.NOT_NUMBERS: lambda fault: f"it is {fault.described}; give an array or equal rows.",
    Kind.LENGTH: lambda fault: f"{fault.found[0]} instead of {fault.expected[0]} numbers.",
    Kind.SHAPE: _sizes,
    Kind.NOT_FINITE: lambda fault: f"{fault.number} at {list(fault.at)}; look for 0/0 or log(0).",
    Kind.OFF: _values,
    # Which error it is says something of the case, if the code chooses it: so not of a hidden one.
    Kind.RAISED: lambda fault: _error(fault.error),
    Kind.DECIMAL_COMMA: _instead,
    Kind.GROUPED: _instead,
    Kind.PERCENTAGE: _instead,
    Kind.SEVERAL_NUMBERS: lambda fault: f"you gave {fault.count}.",
    Kind.NOT_ONE_NUMBER: _instead,
}


MISWRITTEN = {
    Kind.DECIMAL_COMMA: "A number has a decimal comma, and Python needs a decimal point",
    Kind.GROUPED: "A number has commas between its digits, and Python needs it without",
    Kind.PERCENTAGE: "A number has a percent sign, and it is asked for without one",
    Kind.SEVERAL_NUMBERS: "Several numbers stand where one is asked for",
}


def miswritten(faults: Iterable[Fault]) -> list[str]:
    """Say of numbers that Python cannot read how they are written, each kind once."""
    kinds: dict[Kind, list[str]] = {kind: [] for kind in MISWRITTEN}
    for fault in faults:
        if fault.kind in kinds:
            kinds[fault.kind].append(detail(fault).rstrip("."))
    return [f"{MISWRITTEN[kind]}: {'; '.join(dict.fromkeys(said))}" for kind, said in kinds.items() if said]


def at_line(line: str) -> str:
    """Return what to put behind a message: the student's own line; "" if it is not known."""
    return f" (at `{line}`)" if line else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def choice_in_words(choice: str) -> str:
    """Return a choice as one would write it in a cell: True, 'increasing'."""
    return choice.title() if choice in ("true", "false") else repr(choice)
