"""Hints for slips that are not in the lists of known mistakes: does the first hint fit?

A slip is a small error in writing code. Each kind of slip is made in many correct answers, and the first hint
for the result is noted. No person judges. For each kind of slip, a list says which hints fit. A known mistake
that explains the answer on every case fits, too.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import signal
import textwrap
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from answers import right_answers
from ours import CHECKER, COURSE, called, public

from benchmarks.documents import MEASUREMENTS, Texts
from benchmarks.slips import SLIPS, changed
from checks.call import try_case
from checks.explain import explain
from checks.properties import REST
from checks.trials import SIMPLE, Tried, name_of
from checks.written import written_in

SECONDS = 5  # the longest time for one changed answer
MOST = {"EM": 4}  # slips are made in so many answers only, because a run of EM takes long
VAGUE = {each.hint.name for each in REST} | {SIMPLE, "it stops with an error", "NaN or infinity"}
TRIED = name_of("")  # the names of hints from small inputs begin with this


@dataclass
class Drawn:
    """How many first hints of each sort one kind of slip gets.

    fitting: hints that fit the slip.
    known: hints of known mistakes.
    tried: hints from small inputs.
    kept: answers that keep all marks, and so get no hint.
    vague, other: hints that say little, and all other hints, counted by name.
    """

    fitting: int = 0
    known: int = 0
    tried: int = 0
    kept: int = 0
    vague: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> int:
        return self.fitting + self.known + self.tried + self.vague.total() + self.other.total()


def measured() -> Texts:
    """Make every slip in every correct answer, and return what the document says."""
    return {MEASUREMENTS: table(measure())}


def measure() -> dict[str, Drawn]:
    """Return the counts of first hints for each kind of slip."""
    found = {name: Drawn() for name in SLIPS}
    for assignment in COURSE.assignments():
        for exercise, answers in right_answers(assignment.name).items():
            for answer in list(answers.values())[: MOST.get(exercise)]:
                for slip, function in spoilt(answer):
                    note(found[slip], SLIPS[slip][1], called(assignment.name, exercise), function)
    return found


def spoilt(answer: Callable[..., Any]) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield each slip and the changed answer, for each place where the slip can be made in the answer."""
    try:
        source = textwrap.dedent(inspect.getsource(answer))
        for slip, (change, _) in SLIPS.items():
            for text in changed(source, change):
                if function := _defined(text, answer):
                    yield slip, function
    except (OSError, TypeError, SyntaxError):
        return  # the answer has no source as a function


def _defined(text: str, answer: Callable[..., Any]) -> Callable[..., Any] | None:
    names = dict(answer.__globals__)
    with contextlib.suppress(SyntaxError, NameError, TypeError, KeyError):
        exec(compile(text, "<slip>", "exec"), names)
        function = names[answer.__name__]
        function.written = lambda: written_in([text], answer.__name__)
        return function
    return None


def note(drawn: Drawn, fitting: set[str], exercise: str, function: Callable[..., Any]) -> None:
    """Count the first hint that an answer gets."""
    try:
        name = first_hint(exercise, function)
    except TimeoutError:
        return
    known = public.hints(exercise)
    if name is None:
        drawn.kept += 1
    elif name in fitting:
        drawn.fitting += 1
    elif name in known:
        drawn.known += 1
    elif name.startswith(TRIED):
        drawn.tried += 1
    else:
        (drawn.vague if name in VAGUE else drawn.other)[name] += 1


def first_hint(exercise: str, function: Callable[..., Any]) -> str | None:
    """Return the name of the first hint for a function on public cases; None if the function is correct."""

    def late(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            cases = public[exercise]
            outcomes = [try_case(function, case) for case in cases if not case.trial]
            tried = Tried(function, cases, hidden=False)
            found = explain(outcomes, public.hints(exercise), CHECKER.finders, tried)
        finally:
            signal.alarm(0)
    return found[0].name if found else None


def table(found: dict[str, Drawn]) -> str:
    """Return the table, with one row for each kind of slip."""
    rows = [
        "| slip | wrong answers | a fitting hint | a known mistake | a small input | vague | others | "
        "most frequent of the last two kinds |",
        "|---|---|---|---|---|---|---|---|",
        *(_row(name, each) for name, each in found.items()),
        _row("**all**", _sum(found)),
    ]
    return "\n".join(rows)


def _row(name: str, each: Drawn) -> str:
    often = (each.other + each.vague).most_common(1)
    told = f"{often[0][0]} ({often[0][1]})" if often else ""
    vague, other = each.vague.total(), each.other.total()
    numbers = each.wrong, each.fitting, each.known, each.tried, vague, other
    return f"| {name} | {' | '.join(map(str, numbers))} | {told} |"


def _sum(found: dict[str, Drawn]) -> Drawn:
    every = found.values()
    whole = Drawn(
        *(sum(getattr(each, name) for each in every) for name in ("fitting", "known", "tried", "kept"))
    )
    for each in every:
        whole.vague.update(each.vague)
        whole.other.update(each.other)
    return whole
