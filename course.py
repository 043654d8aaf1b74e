"""Soft Assignments, as the grading engine must know it: the one place that binds the two."""

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
            "helpers.galleries",  # with all other figures
        ),
        costly={"sklearn": "sklearn.metrics"},
        figures="helpers.figures",
    ),
    arrays=("resp",),
)
