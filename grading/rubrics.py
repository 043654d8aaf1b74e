"""Rubrics: found in exercises/<assignment>/rubrics.py, and the points of each line in a person's comment.

nbgrader keeps one text for each written answer: the comment. The points of each line are at its end, as one
JSON object on each line. So nbgrader saves them, and a copy of the gradebook has them.

    Good example.

    ```rubric
    {"line": "slope", "points": 1, "of": 1, "says": "It says what the slope is."}
    ```
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checks.authors import Rubric

FENCE = "rubric"  # grading/doors/desk/formgrade/rubric.js reads and writes the same form
BLOCK = re.compile(rf"(?:^|\n)```{FENCE}[ \t]*\r?\n(?P<lines>(?:\{{[^\n]*\n)+)```\s*\Z")


@dataclass(frozen=True)
class GivenLine:
    """The points that a person gave for one line of a rubric, with the line's text at that time."""

    line: str
    points: float
    of: float
    says: str


def rubrics_of(module: str) -> Mapping[str, Rubric]:
    """Return the RUBRICS of a module, by question; nothing if there is no such module.

    The file is read again each time, because JupyterLab shows the rubrics and runs for days.
    Raises ValueError, which names the file, if a rubric cannot be used.
    """
    importlib.invalidate_caches()
    found = importlib.util.find_spec(module)
    if found is None:
        return {}
    try:
        known = sys.modules.get(module)
        rubrics = (importlib.reload(known) if known else importlib.import_module(module)).RUBRICS
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{found.origin}: {error}") from None
    return dict(rubrics)


def require_points(rubrics: Mapping[str, Rubric], written: Mapping[str, float], where: str) -> None:
    """Raise ValueError if a rubric has no written question, or does not sum to the question's points.

    written: the points of each written question. where: the file that has the rubrics.
    """
    for name, each in rubrics.items():
        if name not in written:
            there = ", ".join(sorted(written)) or "none"
            raise ValueError(f"{where}: there is no written question '{name}'; written questions: {there}.")
        if not math.isclose(each.points, written[name]):
            raise ValueError(
                f"{where}: the lines of '{name}' sum to {each.points:g} points, but the question has "
                f"{written[name]:g}: change the points of a line."
            )


def split_comment(comment: str) -> tuple[str, list[GivenLine]]:
    """Return what a person wrote, and the points of each line. A block that is no valid rubric stays text."""
    found = BLOCK.search(comment)
    if not found:
        return comment, []
    try:
        lines = [_given(json.loads(each)) for each in found["lines"].splitlines()]
    except (ValueError, TypeError, KeyError):
        return comment, []
    return comment[: found.start()].rstrip(), lines


def join_comment(text: str, lines: Sequence[GivenLine]) -> str:
    """Return a comment with the points of each line at its end; split_comment does the reverse."""
    if not lines:
        return text
    told = "\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in lines)
    return f"{text.rstrip()}\n\n```{FENCE}\n{told}\n```\n".lstrip()


def _given(told: Mapping[str, Any]) -> GivenLine:
    """Return one line as it is stored. Raises ValueError, TypeError or KeyError if it is not such a line."""
    points, of = float(told["points"]), float(told["of"])
    if not (math.isfinite(points) and math.isfinite(of)):
        raise ValueError("points are numbers")
    return GivenLine(str(told["line"]), points, of, str(told["says"]))
