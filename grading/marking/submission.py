"""Mark one submission in four steps: repair it, run it, mark it, present the results.

nbgrader's plugin and the class runner both use these functions, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grading.apart import TooCostly, call_apart
from grading.box.kind import box_kind
from grading.box.limits import Limits
from grading.box.selftest import require_box, require_means
from grading.build.cases import build_hidden
from grading.course import Course, World
from grading.marking.job import CellResult, Job
from grading.marking.jobs import job_of
from grading.marking.mark import mark
from grading.marking.present import NO_BOX, present
from grading.noted import Noted
from grading.places import FileBeside
from grading.recipe import Drawing
from grading.repair import Unreadable, repaired, unreadable
from grading.settings import Settings
from grading.speech import in_language_of


@dataclass(frozen=True)
class Materials:
    """The materials for marking the submissions of one assignment.

    source: the instructor's notebook. release: the notebook that students were given.
    beside: the folder of files that a notebook may read.
    drawing: how hidden cases are drawn.
    limits, boxed, figures: see Settings.
    world: the packages and data around the course's notebooks.
    """

    source: NotebookNode
    release: NotebookNode
    beside: Path
    drawing: Drawing
    limits: Limits = field(default_factory=Limits)
    boxed: bool = True
    figures: bool = True
    world: World = field(default_factory=World)

    def in_force(self) -> str:
        """Return in words what keeps a submission inside. Raises BoxError if no safe box works here."""
        return require_box(self.limits, [], self.world) if self.boxed else NO_BOX


def require_ready(course: Course, settings: Settings, secrets: Sequence[Path]) -> str:
    """Make sure that hidden cases exist and the box is safe; return in words what keeps a submission inside.

    secrets: the paths that no submission may read. Raises BoxError with the way to fix the box.
    """
    if settings.box:
        require_means(box_kind())  # before the cases are drawn, which may take half a minute
    build_hidden(course)
    return require_box(settings.limits(), list(secrets), course.world) if settings.box else NO_BOX


def repair_bytes(
    materials: Materials,
    data: bytes,
    notes: Sequence[str] = (),
    pictures: Mapping[str, bytes] | None = None,
    files: Sequence[FileBeside] = (),
    unsaid: Sequence[str] = (),
) -> NotebookNode:
    """Return the notebook that is marked, from a file's bytes.

    notes: remarks on how the file was handed in.
    pictures: the pictures beside the file, by their paths from its folder.
    files: the files beside it that may have an answer.
    unsaid: the notes that the student is not told, because they are not about the student's work.
    """
    notebooks = materials.source, materials.release
    with in_language_of(materials.drawing.recipe):
        try:
            nb = call_apart(lambda: repaired(*notebooks, data, notes, pictures, files))
        except TooCostly as error:
            nb = unreadable(*notebooks, Unreadable(str(error)))
    noted = Noted.of(nb)
    noted.unsaid = list(unsaid)
    noted.write(nb)
    return nb


def repair_unreadable(materials: Materials, error: Unreadable) -> NotebookNode:
    """Return a blank notebook for a file that cannot be read, with the reason."""
    with in_language_of(materials.drawing.recipe):
        return unreadable(materials.source, materials.release, error)


def mark_repaired(materials: Materials, nb: NotebookNode, in_force: str) -> NotebookNode:
    """Run a repaired notebook, and return it with outputs, marks and reasons.

    in_force: what keeps a submission inside, in words. Raises BoxError if no box starts, OSError and
    RuntimeError for other faults of the grader.
    """
    job = job_for(materials, nb)
    with in_language_of(materials.drawing.recipe):
        results = results_of(job) if Noted.of(nb).readable else []
        return present(nb, job, results, in_force)


def job_for(materials: Materials, nb: NotebookNode) -> Job:
    """Return the job that runs and marks a repaired notebook."""
    boundaries = (materials.limits, materials.boxed, materials.beside, materials.drawing)
    return job_of(nb, materials.source, *boundaries, materials.figures, materials.world)


def results_of(job: Job) -> list[CellResult]:
    """Run and mark the cells; one result for each. Raises BoxError, OSError and RuntimeError."""
    return mark(job)
