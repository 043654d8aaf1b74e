"""Compare the rubrics of an assignment with its written questions, before anything is built."""

from __future__ import annotations

import importlib.util

from grading.course import Assignment
from grading.rubrics import require_points


def require_rubrics(assignment: Assignment) -> None:
    """Raise ValueError, which names the file, if a rubric does not fit the question that it is for."""
    rubrics = assignment.rubrics()
    if rubrics:
        found = importlib.util.find_spec(f"{assignment.package}.rubrics")
        require_points(rubrics, written_questions(assignment), str(found.origin))


def written_questions(assignment: Assignment) -> dict[str, float]:
    """Return the points of each written question, by its name."""
    cells = (cell.metadata for cell in assignment.cells().cells)
    return {each["manual"]: float(each["points"]) for each in cells if "manual" in each}
