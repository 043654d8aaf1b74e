"""What the formgrader's page of one submission asks us for, as filters of its template."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from markupsafe import escape
from nbconvert.utils.base import NbConvertBase

from grading.course import find_course


class RubricFilter(NbConvertBase):
    """From an assignment's name to its rubrics, as the page's script reads them; in the formgrader's page."""

    def __call__(self, assignment: str) -> dict[str, Any]:
        """Return the lines by question, and in words what keeps them from being shown, if something does."""
        root = self.config.CourseDirectory.get("root")
        try:
            rubrics = find_course(Path(root) if root else None).assignment(assignment).rubrics()
        except ValueError as error:  # the answers can be read without it
            return {"questions": {}, "fault": str(error)}
        return {"questions": {name: _lines(each) for name, each in rubrics.items()}, "fault": ""}


class EscapeNames(NbConvertBase):
    """Escapes what nbgrader's page writes as it is: the student's name is that of a folder handed in."""

    def __call__(self, resources: dict[str, Any]) -> str:
        """Change these names in the page's resources; return nothing to show."""
        for name in ("student", "first_name", "last_name"):
            resources[name] = escape(resources.get(name) or "")
        return ""


def _lines(rubric: Any) -> list[dict[str, Any]]:
    return [asdict(each) for each in rubric.lines]
