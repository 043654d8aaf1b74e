"""Rubrics: for the person who marks a written answer, lines that earn marks, and marked sample answers.

    RUBRICS = {
        "in-your-own-words": rubric(
            line("slope", 1, "It says what the slope is, in the units of the data."),
            line("residual", 1, "It names a residual with its sign."),
            samples=[
                sample("full", "The slope is 2 euros an hour ...", slope=(1, "in units"), residual=(1, "-3")),
            ],
        )
    }

Rubrics are only for instructors: students get none of them before marking.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class RubricLine:
    """One thing that earns marks. name: the name under which it is stored. says: one sentence about it."""

    name: str
    points: float
    says: str


@dataclass(frozen=True)
class Earned:
    """The points of a sample answer for one line, and one sentence why."""

    points: float
    why: str


@dataclass(frozen=True)
class SampleAnswer:
    """An answer as a student may write it, marked line by line. name: how good it is, in a word."""

    name: str
    text: str
    earned: Mapping[str, Earned]

    @property
    def points(self) -> float:
        """The points of all its lines together."""
        return sum(each.points for each in self.earned.values())


@dataclass(frozen=True)
class Rubric:
    """The lines that earn the marks of one written question, with marked samples."""

    lines: tuple[RubricLine, ...]
    samples: tuple[SampleAnswer, ...] = ()

    @property
    def points(self) -> float:
        """The points of all lines together."""
        return sum(each.points for each in self.lines)


def line(name: str, points: float, says: str) -> RubricLine:
    """Return one line of a rubric. Raises ValueError if it is worth no points, or has no sentence.

    name: letters, digits and _; the first is a small letter. A student's points are stored under this name.

    Example:
        >>> from checks.authors import line
        >>> line("slope", 1, "It says what the slope is, in the units of the data.").points
        1
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"'{name}' is no name of a line: write small letters, digits and _.")
    if not (math.isfinite(points) and points > 0):
        raise ValueError(f"the line '{name}' is worth {points}: a line is worth more than 0.")
    if not says.strip() or "\n" in says.strip():
        raise ValueError(f"the line '{name}' must say in one sentence what earns its points.")
    return RubricLine(name, points, says.strip())


def sample(name: str, text: str, /, **earned: tuple[float, str]) -> SampleAnswer:
    """Return a marked sample answer. earned: for the name of each line, its points and one sentence why.

    Example:
        >>> from checks.authors import sample
        >>> sample("weak", "It is a line.", slope=(0, "The slope has no number.")).points
        0
    """
    return SampleAnswer(name, text.strip(), {each: Earned(*told) for each, told in earned.items()})


def rubric(*lines: RubricLine, samples: Sequence[SampleAnswer] = ()) -> Rubric:
    """Return the rubric of one question.

    Raises ValueError if two lines have the same name, or if a sample does not have points for every line.

    Example:
        >>> from checks.authors import line, rubric
        >>> rubric(line("slope", 1, "It names the slope."), line("sign", 2, "It names the sign.")).points
        3
    """
    names = [each.name for each in lines]
    twice = {each for each in names if names.count(each) > 1}
    if twice or not lines:
        raise ValueError(f"a rubric has two lines '{min(twice)}'." if twice else "a rubric needs a line.")
    made = Rubric(lines, tuple(samples))
    for each in samples:
        _require_marked(each, made)
    return made


def _require_marked(given: SampleAnswer, asked: Rubric) -> None:
    """Raise ValueError unless a sample has points for each line, within the line's points, and a reason."""
    if set(given.earned) != {each.name for each in asked.lines}:
        raise ValueError(f"the sample '{given.name}' must have points for each line of its rubric alone.")
    for each in asked.lines:
        told = given.earned[each.name]
        if not 0 <= told.points <= each.points or not told.why.strip():
            raise ValueError(
                f"the sample '{given.name}' has {told.points} of {each.points} for '{each.name}': "
                "give points of that line, and one sentence why."
            )
