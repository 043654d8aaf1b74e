"""Soft Assignments, described for the grading engine. Only this file connects the engine to the course."""

from pathlib import Path

from grading.course import Course, World

ROOT = Path(__file__).resolve().parent

COURSE = Course(
    root=ROOT,
    exercises="exercises",
    hidden=ROOT / "hidden",
    world=World(
        name="soft-assignments",
        checker="helpers.checking",
        packages=("explorer", "helpers"),
        data="helpers.datasets:DATA",
        warm=(
            "scipy.stats",
            "scipy.special",
            "scipy.linalg",
            "PIL.PngImagePlugin",
            "PIL.JpegImagePlugin",
            "ipywidgets",
            "helpers.checking",
            "explorer",
            "helpers.galleries",  # it imports the modules of all other figures
        ),
        costly={"sklearn": "sklearn.metrics"},
        figures="helpers.figures",
    ),
    arrays=("resp",),
)
