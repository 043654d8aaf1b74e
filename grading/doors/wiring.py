"""The settings of nbgrader_config.py that replace nbgrader's classes, so that its commands act as ours do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import grading.doors.nbgrader_reads  # noqa: F401  (what students handed in is read as hostile)
import grading.doors.nbgrader_writes  # noqa: F401  (what it writes is private, and is what we would write)
from grading.doors.desk import TEMPLATES


def wire(c: Any, root: Path) -> None:
    """Let nbgrader's commands and buttons repair, mark, release and return as `python -m grading` does.

    c: the settings, from nbgrader's `get_config()`. root: the course's folder.
    """
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.source_directory = "solutions"
    c.CourseDirectory.release_directory = "notebooks"
    c.CourseDirectory.solution_directory = "answers"  # for `nbgrader generate_solution`
    _mark(c)
    c.GenerateFeedback.preprocessors = []
    c.GenerateFeedback.exporter_class = "grading.doors.page.FeedbackPage"
    c.ExchangeFactory.release_assignment = "grading.doors.release.ReleaseAssignment"
    c.ExchangeFactory.collect = "grading.doors.collect.Collect"
    c.ExchangeFactory.release_feedback = "grading.doors.release_feedback.ReleaseFeedback"
    _desk(c)


def _desk(c: Any) -> None:
    """Set up the formgrader: nothing in a submission may act on its reader, and the page shows the rubric."""
    c.HTMLExporter.filters = {
        "markdown2html": "grading.pages.safe_html.markdown_to_safe_html",
        "rubrics": "grading.doors.desk.filters.RubricFilter",
        "escape_names": "grading.doors.desk.filters.EscapeNames",
    }
    c.HTMLExporter.extra_template_basedirs = TEMPLATES
    c.HTMLExporter.extra_template_paths = TEMPLATES[1:]


def _mark(c: Any) -> None:
    """Let submissions be repaired, run in a box, and marked by a separate process: see docs/trust.md."""
    c.Autograde.exporter_class = "grading.doors.plugin.Reader"
    c.Autograde.pre_convert_hook = "grading.doors.plugin.find_renamed"
    c.Autograde.sanitize_preprocessors = [
        "grading.doors.plugin.Repair",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "grading.doors.plugin.BoxedExecute",
        "grading.doors.plugin.SaveMarks",
        "nbgrader.preprocessors.AssignLatePenalties",
        "grading.doors.plugin.ApplyPolicies",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
