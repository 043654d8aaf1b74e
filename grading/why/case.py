"""A hidden case of a submission, for a notebook of `why/`: it can be changed and run again in the box."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from checks.cases import Case
from checks.compare import find_faults, unpacked
from checks.sentences import detail, what
from grading.build.draw import DrawnCases
from grading.choices import no_such
from grading.course import find_course, load_course
from grading.why.again import WatchedWork, called, submitted
from grading.why.asked import asked_about
from grading.why.lines import beside, named, of_error
from grading.why.shorten import ErrorText, lines_of

LEFT = "text-align: left; vertical-align: top"


@dataclass(frozen=True)
class Answered:
    """One call with its answer and the expected answer. It can be shown in a notebook and as text.

    value: the answer of the student's function. expected: the answer of the reference.
    error: the error that was raised, if any. wrong: the faults, in one sentence for each part.
    """

    args: Mapping[str, Any]
    value: Any
    expected: Any
    error: str = ""
    wrong: Sequence[str] = ()
    printed: str = ""

    def _rows(self) -> Iterator[tuple[str, Any]]:
        yield "called with", dict(self.args)
        yield "the student's answer", ErrorText(self.error) if self.error else self.value
        yield "the right answer", self.expected

    def __repr__(self) -> str:
        lines = [line for title, value in self._rows() for line in beside(title, value)]
        wrong = [f"  what is wrong: {each}" for each in self.wrong] or ["  The student's answer is right."]
        printed = [f"  the code printed: {self.printed[:500]}"] if self.printed.strip() else []
        return "\n".join([*lines, *wrong, *printed])

    def _repr_html_(self) -> str:
        cells = [(title, "\n".join(lines_of(value))) for title, value in self._rows()]
        head = "".join(f"<th style='{LEFT}'>{escape(title)}</th>" for title, _ in cells)
        body = "".join(f"<td style='{LEFT}'><pre>{escape(text)}</pre></td>" for _, text in cells)
        wrong = "<br>".join(map(escape, self.wrong)) or "The student's answer is right."
        printed = (
            f"<p>The code printed:</p><pre>{escape(self.printed[:500])}</pre>" if self.printed.strip() else ""
        )
        return f"<table><tr>{head}</tr><tr>{body}</tr></table><p><strong>{wrong}</strong></p>{printed}"


@dataclass
class CaseAgain:
    """A hidden case of a submission. args: its input. `run` calls the function on this or another input."""

    of: WatchedWork
    function: str
    case: Case
    args: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the case in the report."""
        return self.case.name

    def run(self, **changed: Any) -> Answered:
        """Call the student's function in the box, and the reference; return both answers.

        changed: new values of arguments. Raises ValueError for an argument that the case does not have,
        BoxError if there is no box here.
        """
        unknown = [name for name in changed if name not in self.args]
        if unknown:
            raise ValueError(no_such("argument", unknown[0], self.args))
        args = {**self.args, **changed}
        drawn = {**self.case.args, **self.case.kwargs}
        is_new = not all(same_value(args[name], each) for name, each in drawn.items())
        expected = self._reference(args) if is_new else self.case.answers[0]
        seen = called(self.of, self.function, *self._split(args), self.case.entries).test
        right = (expected,) if is_new else self.case.answers
        expected = named(expected, self.case.returns)
        if not seen.seen:
            why = of_error(seen.raised) if seen.raised else f"{seen.status}: {seen.why}"
            return Answered(args, None, expected, why, [why])
        told = seen.seen[0]
        value = named(told["value"], self.case.returns)
        if told["error"]:
            line = f" at `{told['error']['line']}`" if told["error"]["line"] else ""
            said = f"{of_error(told['error'])}{line}"
            return Answered(args, value, expected, said, [said], told["printed"])
        return Answered(args, value, expected, "", self._wrong(told["value"], right), told["printed"])

    def _split(self, args: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return copies of the arguments: those passed by position, and those passed by name."""
        named_ones = {name: copy.deepcopy(args[name]) for name in self.case.kwargs}
        return {name: copy.deepcopy(args[name]) for name in self.case.args}, named_ones

    def _reference(self, args: Mapping[str, Any]) -> Any:
        """Return the reference's answer. The reference is the instructor's code, so it needs no box."""
        reference = self.of.job.drawing.recipe.reference()
        mine, named_ones = self._split(args)
        answer = unpacked(reference[self.function](*mine.values(), **named_ones))
        return list(answer) if self.case.returns else answer

    def _wrong(self, value: Any, right: tuple[Any, ...]) -> list[str]:
        faults = find_faults(value, right, self.case.tolerance, self.case.returns)
        said = [": ".join(filter(None, [what(each), detail(each)])) for each in faults]
        return [f"{each.part}: {text}" if each.part else text for each, text in zip(faults, said)]

    def __repr__(self) -> str:
        return "\n".join([f"Case {self.name!r} of `{self.function}`", *beside("called with", self.args)])


def case_of(
    student: str,
    question: str,
    case: str | int = 0,
    assignment: str = "",
    course: str | Path | None = None,
    out: str | Path | None = None,
    box: bool = True,
) -> CaseAgain:
    """Return a hidden case of a submission. case: its name, or its number from 0.

    Raises ValueError with the names that there are, Unreadable if the submission cannot be read.
    """
    here = load_course(Path(course).resolve()) if course else find_course()
    with asked_about(here, student, question, assignment, Path(out) if out else None, box) as asked:
        of = submitted(asked)
        drawn = DrawnCases(of.job.drawing.recipe, of.job.seeds.own, of.job.seeds.term)
    if asked.name not in drawn or not isinstance(drawn[asked.name][0], Case):
        raise ValueError(
            f"'{asked.name}' has no hidden cases, because it is not a function that `check` marks."
        )
    cases = [each for each in drawn[asked.name] if each.graded]
    found = _one_of(cases, case)
    return CaseAgain(of, asked.name, found, {**found.args, **found.kwargs})


def same_value(one: Any, other: Any) -> bool:
    """Tell whether two arguments are the same, number for number."""
    if isinstance(other, Mapping):
        alike = isinstance(one, Mapping) and one.keys() == other.keys()
        return alike and all(same_value(one[key], other[key]) for key in other)
    if isinstance(other, np.ndarray | list | tuple):
        return np.shape(one) == np.shape(other) and bool(np.array_equal(np.asarray(one), np.asarray(other)))
    return type(one) is type(other) and one == other


def _one_of(cases: Sequence[Case], asked: str | int) -> Case:
    names = [each.name for each in cases]
    if isinstance(asked, int) and -len(cases) <= asked < len(cases):
        return cases[asked]
    if asked in names:
        return cases[names.index(str(asked))]
    raise ValueError(no_such("case", str(asked), names))
