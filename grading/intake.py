"""Look at a submission before nbgrader does: what would stop it, in one sentence.

Stock nbgrader answers some accidents with a traceback and others with a silent 0.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import nbformat

from grading.course import Assignment


def obstacle(assignment: Assignment, student: str) -> str:
    """Return why this submission cannot be graded, or "" if it can."""
    folder = assignment.root / "submitted" / student / assignment.name
    path = folder / f"{assignment.name}.ipynb"
    if not path.exists():
        there = ", ".join(sorted(each.name for each in folder.iterdir())) or "nothing"
        return f"there is no {path.name} in its folder (there is: {there}); rename the notebook."
    try:
        found = grade_ids(path)
    except Exception as error:  # the file may hold anything
        return f"{path.name} cannot be read as a notebook: {_first_line(error)}; ask for it again."
    return _in_cells(found, set(grade_ids(assignment.solution, graded=True)))


def grade_ids(path: Path, graded: bool = False) -> list[str]:
    """Return the names of nbgrader's cells (with `graded`, only those with marks), in order."""
    cells = nbformat.read(path, as_version=4).cells
    roles = [cell.metadata.nbgrader for cell in cells if "nbgrader" in cell.metadata]
    return [role.grade_id for role in roles if role.grade or not graded]


def _in_cells(found: list[str], expected: set[str]) -> str:
    twice = [name for name, times in Counter(found).items() if times > 1]
    if twice:
        return (
            f"the cell '{twice[0]}' is there {Counter(found)[twice[0]]} times; delete all but the right one."
        )
    missing = sorted(expected - set(found))
    if len(missing) == len(expected):
        return "its cells have lost their metadata (Colab does that); copy the answers into a fresh notebook."
    if missing:
        return f"it lacks the cell '{missing[0]}'; copy that cell back from the released notebook."
    return ""


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
