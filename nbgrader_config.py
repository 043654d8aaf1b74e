"""nbgrader's settings for this course; every nbgrader command run from here reads them."""

from pathlib import Path

import grading  # noqa: F401  (sets the number of threads, which kernels inherit)

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "soft-assignments"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
c.CourseDirectory.solution_directory = "answers"  # where `nbgrader generate_solution` writes

# A cell that takes longer than this is stopped, and the next one runs.
c.Execute.timeout = 120

# No history file; and nothing but errors from the kernel itself on the terminal.
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
