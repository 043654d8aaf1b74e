"""Filters for the template of the formgrader's page of one submission."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import escape
from nbconvert.utils.base import NbConvertBase

from grading.course import find_course


class RubricFilter(NbConvertBase):
    """A filter from an assignment's name to its rubrics, as the script of the formgrader reads them."""

    def __call__(self, assignment: str) -> dict[str, Any]:
        """Return the rubrics' lines by question; if they cannot be shown, return the reason in words."""
        root = self.config.CourseDirectory.get("root")
        try:
            rubrics = find_course(Path(root) if root else None).assignment(assignment).rubrics()
        except ValueError as error:  # the answers can be read without the rubric
            return {"questions": {}, "fault": str(error)}
        return {"questions": {name: _lines(each) for name, each in rubrics.items()}, "fault": ""}


class EscapeNames(NbConvertBase):
    """A filter that escapes names which nbgrader's page would not escape.

    The student's name is the name of a folder that was handed in, so it may contain anything.
    """

    def __call__(self, resources: dict[str, Any]) -> str:
        """Escape these names in the page's resources; return "", because nothing is shown here."""
        for name in ("student", "first_name", "last_name"):
            resources[name] = escape(resources.get(name) or "")
        return ""


def _lines(rubric: Any) -> list[dict[str, Any]]:
    return [asdict(each) for each in rubric.lines]
