"""nbgrader's settings for this course; every nbgrader command run from here reads them."""

from pathlib import Path

import grading  # noqa: F401  (it sets the number of threads, which kernels inherit)
from grading.doors.wiring import wire

c = get_config()  # noqa: F821  (nbgrader provides it)

# nbgrader's commands and the formgrader use this course's marking, feedback and exchange.
wire(c, Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "soft-assignments"

# Figures are not drawn during marking: drawing takes half of the time, and students have their figures.
# Feedback shows their alt text instead.
c.BoxedExecute.figures = False

# Limits for one submission, in seconds and megabytes. grading/box/limits.py has the other limits. Time limits
# do not become shorter if the machine is busy.
c.BoxedExecute.cell_seconds = 60
c.BoxedExecute.call_seconds = 20
c.BoxedExecute.notebook_seconds = 600
c.BoxedExecute.memory_mb = 4096

c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ClearSolutions.text_stub = "*Write your answer here.*"
