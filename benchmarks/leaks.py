"""How many bits of the hidden cases a feedback page can show, if a function tries to reveal them.

A function sees the inputs of a hidden case when it is called. It can answer in many wrong ways. Each way that
the page shows differently reveals something about the inputs. So every hidden case gets every kind of wrong
answer in each part of the answer, and the different texts on the page about this case are counted. All other
cases may differ, too, so their bits are added. The hint has one title on each page.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from ours import CHECKER, COURSE

from benchmarks.documents import MEASUREMENTS, TRUST, Texts
from checks.cases import Case
from checks.compare import as_parts
from checks.hints import Hint
from grading.build.cases import draw_cases
from grading.course import Assignment
from grading.status import STOPPED

SEED = 7  # the seed of the hidden cases
ONE_OF_EACH = 6  # so many parts of an answer are wrong together; the other parts are wrong only alone
MISSING = object()  # marks an entry that the answer does not have
HINT, LINES = "It looks like this: ", "  "


class Ways(NamedTuple):
    """The number of ways in which a page can look, for each hidden case of an exercise and for its hint."""

    cases: list[int]
    titles: int

    @property
    def bits(self) -> float:
        """Return the bits of all ways together. A test that was stopped has only a status, and no lines."""
        return math.log2(math.prod(self.cases) * self.titles + len(STOPPED))


@dataclass
class OneCase:
    """A replacement for case files, with one hidden case: it has what `check` reads of them."""

    case: Case
    known: Mapping[str, Hint]
    hidden: bool = field(default=True, init=False)

    def __getitem__(self, name: str) -> list[Case]:
        return [self.case]

    def hints(self, name: str) -> Mapping[str, Hint]:
        return self.known


def measured() -> Texts:
    """Try all wrong answers, and return what the documents say."""
    found = {
        f"{each.name}: `{name}`": ways
        for each in COURSE.assignments()
        for name, ways in ways_of(each).items()
    }
    return {MEASUREMENTS: table(found), TRUST: line(found)}


def ways_of(assignment: Assignment) -> dict[str, Ways]:
    """Return the number of ways for each exercise of an assignment."""
    known = assignment.mistakes()
    drawn = draw_cases(assignment, SEED, hidden=True)
    exercises = {name: [each for each in cases if isinstance(each, Case)] for name, cases in drawn.items()}
    hints = {name: {each.hint.name: each.hint for each in known.get(name, ())} for name in exercises}
    return {name: _ways(cases, hints[name]) for name, cases in exercises.items() if cases}


def _ways(cases: list[Case], known: Mapping[str, Hint]) -> Ways:
    titles, lines = {""}, []
    for case in cases:
        if case.trial:  # the page names the first trial that failed
            titles.add(case.name)
            continue
        if case.advice:  # the page shows the advice or not
            lines.append(2)
            continue
        shown = [said(case, known, answer) for answer in wrong_answers(case)]
        titles |= {title for title, _ in shown}
        lines.append(len({line for _, line in shown}))
    return Ways(lines, len(titles))


def said(case: Case, known: Mapping[str, Hint], answer: Callable[..., Any]) -> tuple[str, str]:
    """Return the title of the hint, and everything else that a page says about this answer."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        CHECKER.check(answer, 1, OneCase(case, known), "f")
    text = printed.getvalue().splitlines()
    title = next((line for line in text if line.startswith(HINT)), "")
    rest = [line for line in text if line.startswith(LINES) and line[2:3] in "✓◐✗→"]
    return title, "\n".join(rest)


def wrong_answers(case: Case) -> Iterator[Callable[..., Any]]:
    """Yield functions that answer a case correctly, or wrongly in some way."""
    parts = dict(as_parts(case.answers[0], case.returns))
    for each in [*_wrong_together(parts), *_wrong_alone(parts)]:
        yield _answering(_joined({name: item for name, item in each.items() if item is not MISSING}, case))
    for item in (None, "text", [], {"no such key": 1}):
        yield _answering(item)
    for answers in case.mistakes.values():
        for _, answer in answers:
            yield _answering(answer)
    for error in (ValueError, TimeoutError, NotImplementedError):
        yield _raising(error)
    yield _overwriting(case)


def _wrong_together(parts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield answers in which each part is correct or wrong, in every combination."""
    few = list(parts)[:ONE_OF_EACH]
    for wrong in itertools.product((False, True), repeat=len(few)):
        spoilt = {name: _off(parts[name]) for name, is_wrong in zip(few, wrong) if is_wrong}
        yield {**parts, **spoilt}
        for kind, name in itertools.product(KINDS, spoilt):
            yield {**parts, **spoilt, name: kind(parts[name])}


def _wrong_alone(parts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for kind, name in itertools.product(KINDS, parts):
        yield {**parts, name: kind(parts[name])}


def _off(item: Any) -> Any:
    return np.asarray(item, float) + 0.37


def _not_finite(item: Any) -> Any:
    return np.full(np.shape(item), np.nan)


def _longer(item: Any) -> Any:
    return np.append(np.asarray(item, float), 0)


def _deeper(item: Any) -> Any:
    return np.stack([np.asarray(item, float)] * 3)


# The ways in which one part of an answer can be wrong.
KINDS: tuple[Callable[[Any], Any], ...] = (
    _off,
    _not_finite,
    _longer,
    _deeper,
    lambda _: "text",
    lambda _: None,
    lambda _: MISSING,
)


def _joined(parts: Mapping[str, Any], case: Case) -> Any:
    """Return an answer in the form in which a function returns it."""
    if case.returns:
        return [parts[name] for name in case.returns if name in parts]
    return parts if case.entries else parts.get("")


def _answering(value: Any) -> Callable[..., Any]:
    return lambda *args, **kwargs: value


def _raising(error: type[Exception]) -> Callable[..., Any]:
    def function(*args: Any, **kwargs: Any) -> Any:
        raise error

    return function


def _overwriting(case: Case) -> Callable[..., Any]:
    """Return a function that gives the correct answer, but changes every array among its arguments."""

    def function(*args: Any, **kwargs: Any) -> Any:
        for each in args:
            if isinstance(each, np.ndarray) and each.dtype == float:
                each += 1
        return case.answers[0]

    return function


def table(found: Mapping[str, Ways]) -> str:
    """Return the figures as Markdown."""
    rows = [
        f"| {name} | {len(each.cases)} | {max(each.cases)} | {each.titles} | {each.bits:.1f} |"
        for name, each in found.items()
    ]
    head = [
        "| exercise | hidden cases | most ways to look, of one case | titles of hints "
        "| bits of a page, at most |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows])


def line(found: Mapping[str, Ways]) -> str:
    """Return the sentences about the table for docs/trust.md."""
    one = max(math.log2(max(each.cases)) for each in found.values())
    least, most = (kind(each.bits for each in found.values()) for kind in (min, max))
    return (
        f"Measured with answers that are wrong in every way that a page tells apart: a hidden case shows at "
        f"most {one:.1f} bits. All cases of an exercise together show {least:.1f} to {most:.1f} bits. A "
        "number has about 50 bits, so the page of one exercise tells about one number of an input, not more."
    )
