"""nbgrader's settings for this course; every nbgrader command run from here reads them."""

from pathlib import Path

import grading  # noqa: F401  (sets the number of threads, which kernels inherit)
from grading.doors.wiring import wire

c = get_config()  # noqa: F821  (nbgrader provides it)

# Marking, feedback and the exchange are this course's own, in nbgrader's commands and in the formgrader too.
wire(c, Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "soft-assignments"

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
