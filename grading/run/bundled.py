"""The bundle of an assignment of a course, as its settings say."""

from __future__ import annotations

from grading.build.hidden import drawing_of
from grading.build.hints import hint_names
from grading.course import Assignment
from grading.run.bundle import Bundle, bundle_of
from grading.settings import Settings


def bundle_for(assignment: Assignment, settings: Settings) -> Bundle:
    """Return what an assignment is marked with. Raises ValueError, FileNotFoundError if it is not built."""
    files = (assignment.solution, assignment.release, drawing_of(assignment))
    limited = (settings.limits(), settings.box, assignment.name, settings.figures)
    return bundle_of(*files, *limited, assignment.course.world, hint_names(assignment))
