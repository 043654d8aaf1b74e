"""nbgrader's settings for the second course."""

from pathlib import Path

from grading.doors.wiring import wire

c = get_config()  # noqa: F821  (nbgrader provides it)

wire(c, Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "straight-lines"
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.BoxedExecute.figures = False
c.BoxedExecute.call_seconds = 2
