"""A second, small course on the same engine: straight lines. It shows that the engine knows no course."""

from pathlib import Path

from grading.course import Course, World

ROOT = Path(__file__).resolve().parent
COURSE = Course(
    root=ROOT,
    exercises="line_exercises",
    hidden=ROOT / "hidden",
    world=World(name="straight-lines", checker="line_helpers", packages=("line_helpers",)),
)
