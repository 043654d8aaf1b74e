"""nbgrader's settings for this course; every nbgrader command run from here reads them."""

from pathlib import Path

import grading  # noqa: F401  (sets the number of threads, which kernels inherit)
import grading.doors.nbgrader_reads  # noqa: F401  (what students handed in is read as hostile)
from grading.doors.desk import TEMPLATES

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "soft-assignments"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.solution_directory = "answers"  # where `nbgrader generate_solution` writes

# Submissions are repaired, run in a box, and marked by a process of its own: see INSTRUCTORS.md.
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
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "grading.doors.plugin.LeaveOutHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# Nothing in a submission may act on who looks at it, in the formgrader or in feedback.
c.HTMLExporter.filters = {
    "markdown2html": "grading.pages.safe_html.markdown_to_safe_html",
    "rubrics": "grading.doors.desk.filters.RubricFilter",
    "escape_names": "grading.doors.desk.filters.EscapeNames",
}

# The formgrader's page of a submission has the rubric beside a written answer.
c.HTMLExporter.extra_template_basedirs = TEMPLATES
c.HTMLExporter.extra_template_paths = TEMPLATES[1:]

# Drawing takes half of the time of marking, and students have their figures: alt text stands for them.
c.BoxedExecute.figures = False

# Limits of a submission, in seconds and megabytes; grading/box/limits.py has the others. A busy machine
# makes no limit of time shorter.
c.BoxedExecute.cell_seconds = 60
c.BoxedExecute.call_seconds = 20
c.BoxedExecute.notebook_seconds = 600
c.BoxedExecute.memory_mb = 4096

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
