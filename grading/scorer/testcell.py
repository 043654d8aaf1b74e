"""Run one test cell: its visible part, later its hidden part; make the mark, the reason and the status."""

from __future__ import annotations

import ast
import numbers
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from checks.raised import own_place
from checks.report import Report
from checks.sentences import at_line
from checks.texts import later, say
from checks.witness import witnessing
from grading.protocol.shell import Shell, collecting
from grading.protocol.wire import Link
from grading.scorer.allowed import TestTime
from grading.scorer.namespace import Missing, Names
from grading.scorer.seen import called, raised_by, told_of_all
from grading.scorer.standin import Caller
from grading.status import Status

BEGIN, END = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"
FORGEABLE = later(
    "This test ran beside the student's code, because it needs more than plain values. "
    "So its mark can be forged."
)


@dataclass(frozen=True)
class Test:
    """One of the instructor's test cells: its name, its source, its points, and whether it runs in the box.

    again: whether a hidden part has already called this submission, in an earlier run.
    watched: whether an instructor wants to know how each case went.
    trial: a call to make instead of the hidden part: the function's name, args and kwargs.
    """

    name: str
    source: str
    points: float
    in_box: bool = False
    again: bool = False
    watched: bool = False
    trial: Mapping[str, Any] | None = None


@dataclass
class Part:
    """The result of one part of a test cell.

    hints: the names of the hints in its reports. titles: the titles of these hints in the reports.
    lacks: the reasons of its reports for missing marks.
    """

    value: Any = None
    error: BaseException | None = None
    shown: list[dict[str, Any]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)


class TestRun:
    """The run of one test cell. The hidden part runs after all cells of the student.

    So all outputs of cells and visible parts that a student can see are collected before anything of a hidden
    case is in the box.
    """

    def __init__(
        self,
        test: Test,
        own: Mapping[str, Any],
        first: Link,
        copy: Link,
        seconds: Mapping[str, float],
        code: Sequence[str] = (),
    ):
        """Prepare both parts. first: the visible part's link, to the session or to the copy.

        copy: the hidden part's link. code: all cells. If test.again is true, the visible part shows only
        reports, because other outputs may come from a hidden case.
        """
        self.test, self.copy = test, copy
        self.caller = Caller(first, TestTime(**seconds))
        self.names = Names(own, self.caller, code)
        self.visible, self.hidden = split(test.source)
        self.seen = Part()

    def begin(self, shell: Shell) -> list[dict[str, Any]]:
        """Run the visible part; return its outputs."""
        if not self.test.in_box:
            self.seen = run(self.visible, self.names, shell, only_reports=self.test.again)
            self.caller.rest()
        self.caller.ask_instead(self.copy)
        return self.seen.shown

    def finish(self, shell: Shell) -> dict[str, Any]:
        """Run the hidden part; return the mark, the status, the reason and the outputs."""
        if self.test.in_box:
            return self._in_box()
        if self.test.trial:
            return self._tried(self.test.trial)
        with witnessing() as witnessed:
            part = run(self.hidden, self.names, shell, only_reports=True) if self.hidden else Part()
        error = self.seen.error or part.error
        counts = part if _last_is_hidden(self.test.source) else self.seen
        mark = 0.0 if error else _mark(counts.value, self.test.points)
        shown = [item for item in part.shown if item["kind"] == "data"]
        why = self._why(error, hidden=self.test.again or error is part.error)
        seen = part if shown else self.seen
        told = {"hints": part.hints, "hint": _last(seen.titles), "lacks": _last(seen.lacks)}
        told |= {"seen": told_of_all(witnessed), "raised": raised_by(error)} if self.test.watched else {}
        return {**self._result(mark, error, why, shown), **told}

    def _tried(self, trial: Mapping[str, Any]) -> dict[str, Any]:
        """Call a function of the submission as the instructor asked."""
        try:
            seen = [called(self.names[trial["function"]], trial)]
        except Missing as error:
            return {**self._result(0.0, error, str(error), []), "raised": raised_by(error)}
        return {**self._result(0.0, None, "; ".join(self.caller.hit.values()), []), "seen": seen}

    def _why(self, error: BaseException | None, hidden: bool) -> str:
        sentences = list(self.caller.hit.values())
        if isinstance(error, Missing):
            sentences.append(str(error))
        elif error is not None and not sentences:
            sentences.append(_in_words(error, self.test.source, hidden))
        return "; ".join(sentences)[:500]

    def _result(self, mark: float, error: Any, why: str, shown: list[dict[str, Any]]) -> dict[str, Any]:
        status = Status.PARTLY if mark else Status.FAILED
        if mark == self.test.points:
            status = Status.PASSED
        if error is not None and not isinstance(error, AssertionError):
            status = Status.ERROR
        if mark < self.test.points and self.caller.hit:
            status = next(iter(self.caller.hit))
        why = why if mark < self.test.points or self.test.in_box else ""
        return {"mark": mark, "status": status.value, "why": why, "outputs": shown}

    def _in_box(self) -> dict[str, Any]:
        source = "\n".join(line for line in self.test.source.splitlines() if not _is_marker(line))
        try:
            answer = self.caller.ask({"op": "run", "source": source})
        except (TimeoutError, RuntimeError) as error:
            return self._result(0.0, error, f"{self._why(error, True)}. {say(FORGEABLE)}", [])
        mark = 0.0 if answer.get("error") else _mark(answer.get("value"), self.test.points)
        said = say("the test ended with {error}. ", error="AssertionError")
        said = said if answer.get("error") == "AssertionError" else ""
        return self._result(mark, None, said + say(FORGEABLE), [])


def run(source: str, names: Names, shell: Shell, only_reports: bool = False) -> Part:
    """Run the source with these names, as a cell. The part's value is the value of the last line.

    only_reports: whether only reports are shown. Reports have no numbers of hidden cases.
    """
    part = Part()
    with collecting(shell) as outputs, _noting(shell, part, only_reports):
        try:
            part.value = evaluate(source, names)
        except (Exception, SystemExit) as error:
            part.error = error
        part.shown = list(outputs.items)
    return part


@contextmanager
def _noting(shell: Shell, part: Part, only_reports: bool) -> Iterator[None]:
    """Note the hints of reports that are displayed in this block, and their reasons for missing marks."""
    formatter = shell.display_formatter
    every = formatter.format

    def noted(value: Any, *args: Any, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        if only_reports and not isinstance(value, Report):
            return {}, {}
        if isinstance(value, Report):
            part.hints.extend([str(value.named)] if value.title else [])
            part.titles.extend([value.title] if value.title else [])
            part.lacks.append(value.reason)
        return every(value, *args, **kwargs)

    formatter.format = noted
    try:
        yield
    finally:
        del formatter.format


def _last(titles: list[str]) -> str:
    return titles[-1] if titles else ""


def evaluate(source: str, names: dict[str, Any]) -> Any:
    """Execute the source; return the value of its last line, if that is an expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "test cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "test cell", "eval"), names) if last else None


def split(source: str) -> tuple[str, str]:
    """Return the visible and the hidden part of a test cell."""
    parts: tuple[list[str], list[str]] = ([], [])
    hidden = False
    for line in source.splitlines():
        if _is_marker(line):
            hidden = BEGIN in line
        else:
            parts[hidden].append(line)
    return "\n".join(parts[0]), "\n".join(parts[1])


def _is_marker(line: str) -> bool:
    return line.lstrip().startswith("#") and (BEGIN in line or END in line)


def _last_is_hidden(source: str) -> bool:
    lines = [line for line in source.splitlines() if line.strip()]
    return bool(lines) and END in lines[-1]


def _mark(value: Any, points: float) -> float:
    """Return the mark: the value of the last line, if it is a number; otherwise all points."""
    if isinstance(value, numbers.Real) and not isinstance(value, bool) and value == value:
        return min(max(float(value), 0.0), points)
    return points


def _in_words(error: BaseException, source: str, hidden: bool) -> str:
    """Return an error in words for a student. In a hidden part, only the instructor's own words are used."""
    if isinstance(error, AssertionError):
        said = str(error)
        return said if said and (not hidden or said in _messages(source)) else say("a test does not hold")
    # The error's class is not told: a student's code can choose it by the values that it has seen.
    ended = say("the test ended with an error")
    said = f"{type(error).__name__}: {str(error)[:300]}{at_line(own_place(error).line)}"
    return ended if hidden else f"{ended}: {said}"


def _messages(source: str) -> set[Any]:
    """Return the messages of `assert` that are plain text, without values in them."""
    asserts = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert))
    return {node.msg.value for node in asserts if isinstance(node.msg, ast.Constant)}
