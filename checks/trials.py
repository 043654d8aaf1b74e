"""Small inputs that show what a wrong answer gets wrong, if no mistake is known and no law is broken.

An author writes these trials in order, and begins with the simplest: each adds one thing to the one before.
So the first trial that a function fails shows the fault, in the exercise's own words, with numbers for paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from checks.call import Outcome, try_case
from checks.cases import Case
from checks.compare import as_numbers, as_parts
from checks.faults import Kind
from checks.hints import Hint
from checks.sentences import detail, what
from checks.texts import later, say, text

PARAGRAPH = "\n\n"  # between the two paragraphs of a trial
UNTOLD = later("Your function gives something else.")
SHOWN = 12  # an answer with at most so many numbers is written in a sentence
WHOLE = 120  # an input with at most so many numbers is shown completely
BEYOND = later(
    "What does that case have that the simple inputs do not have? Other values (fractions, equal numbers, "
    "numbers that are far apart), more rows or columns, or other sizes. Change one of the simple inputs, one "
    "step at a time, until your function is wrong."
)
SIMPLE = later("right for simple inputs")  # the name of the hint if no trial goes wrong
RIGHT_FOR = later(
    "Your function is right for {count} simple inputs, from {first} to {last}. In the case '{case}' {fault}."
)
AGAIN = later("Find the first line of your function whose result is not what you expect for this input.")
WHOLE_INPUT = later("The whole input: {input}. The right answer: {answer}. {again}")
WHOLE_INPUT_OF_SEVERAL = later("The whole input: {input}. A right answer: {answer}. {again}")


@dataclass(frozen=True)
class Tried:
    """A function, and the trials among an exercise's cases, with the simplest first.

    hidden: whether the report is about hidden cases; then it shows no answer.
    """

    function: Callable[..., Any]
    cases: Sequence[Case]
    hidden: bool

    @property
    def trials(self) -> list[Case]:
        return [each for each in self.cases if each.trial]

    def wrong(self) -> tuple[Hint, str] | None:
        """Return the hint of the first trial that the function gets wrong; None if it gets all right."""
        if getattr(self.function, "costly", False):  # it reached a limit: do not call it again
            return None
        outcomes = (try_case(self.function, case) for case in self.trials)
        first = next((each for each in outcomes if each.fault), None)
        if not first:
            return None
        told = say(UNTOLD) if self.hidden else f"{given(first)}{_input_of(first.case)}"
        return hint_of_trial(first.case, told), ""

    def beyond(self, failed: Sequence[Outcome]) -> tuple[Hint, str] | None:
        """Return a hint for a function that gets all trials right, and other cases wrong."""
        if not self.trials or getattr(self.function, "costly", False):
            return None
        smallest = min(failed, key=lambda outcome: _size(outcome.case))
        first, last = self.trials[0].name, self.trials[-1].name
        seen = say("it gives something else") if self.hidden else what(smallest.fault)
        told = {"first": say(first), "last": say(last), "case": say(smallest.case.name), "fault": seen}
        told = say(RIGHT_FOR, count=len(self.trials), **told)
        shown = AGAIN if self.hidden else whole(smallest.case)
        return Hint(SIMPLE, (told, BEYOND, shown)), ""


def hint_of_trial(case: Case, told: str) -> Hint:
    """Return the hint of a trial that went wrong. told: a sentence about the answer."""
    point, principle, *_ = [*case.trial.split(PARAGRAPH), AGAIN]
    taken = say("Take {input}. {point} {told}", input=say(case.name), point=say(point), told=told)
    return Hint(name_of(case.name), (taken, principle, whole(case)))


def name_of(trial: str) -> str:
    """Return the name of a trial's hint."""
    return text("wrong for {input}", input=text(trial))


def given(outcome: Outcome) -> str:
    """Say in one sentence what a function returned."""
    fault = outcome.fault
    part = f"`{fault.part}` " if fault.part else ""
    if fault.kind is Kind.LATE:
        return say("Your function did not end in time.")
    if fault.kind is Kind.RAISED:
        return say("Your function stops with an error: {error}.", error=detail(fault))
    value = as_parts(outcome.calls[0].value, outcome.case.returns).get(fault.part)
    numbers = as_numbers(value)
    if fault.kind is Kind.OFF and numbers is not None and numbers.size <= SHOWN:
        return say("Your function gives {numbers}.", numbers=part + in_words(numbers))
    told = f"{what(fault)}: {detail(fault)}" if detail(fault) else f"{what(fault)}."
    return say("In your answer, {fault}", fault=told)


def _input_of(case: Case) -> str:
    """Show a small input, if its name does not give its numbers."""
    given_by_name = len(re.findall(r"[\d.]+", case.name)) >= _size(case) / 2
    return "" if given_by_name or _size(case) > SHOWN else say(" The input: {input}.", input=_args_of(case))


def _args_of(case: Case) -> str:
    return ", ".join(f"{name} = {in_words(value)}" for name, value in case.named.items())


def whole(case: Case) -> str:
    """Show a case: the arguments of the call, and the right answer."""
    parts = as_parts(case.answers[0], case.returns)
    if _size(case) > WHOLE or sum(np.size(each) for each in parts.values()) > WHOLE:
        return say(AGAIN)
    right = ", ".join(f"{name} = {in_words(value)}" for name, value in parts.items()).removeprefix(" = ")
    sentence = WHOLE_INPUT if len(case.answers) == 1 else WHOLE_INPUT_OF_SEVERAL
    return say(sentence, input=_args_of(case), answer=right, again=say(AGAIN))


def in_words(value: Any) -> str:
    """Return a value as code."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {in_words(each)}" for key, each in value.items())
    numbers = as_numbers(value)
    if numbers is None or value is None:
        return f"`{value!r}`"
    plain = np.asarray(value) if np.asarray(value).dtype.kind in "iub" else numbers.round(4) + 0.0
    shown = {"float_kind": lambda number: f"{number:.10g}"}
    text = np.array2string(plain, separator=", ", threshold=WHOLE + 1, formatter=shown)
    return f"`{' '.join(text.split())}`"


def _size(case: Case) -> int:
    return sum(np.size(_plain(value)) for value in case.args.values())


def _plain(value: Any) -> Any:
    return list(value.values()) if isinstance(value, Mapping) else value
