"""The whole way of one submission: repair, run, mark, present.

nbgrader's plugin and the class runner both go this way, and no other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grading.apart import TooCostly, call_apart
from grading.box.limits import Limits
from grading.box.selftest import require_box
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
    """What the submissions of one assignment are marked with.

    source: the instructor's notebook. release: what students were given. beside: the folder of files that
    a notebook may read. drawing: how hidden cases are drawn. limits, boxed, figures: see Settings.
    world: what stands around the course's notebooks.
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
        """Return in words what keeps a submission in. Raises BoxError if there is no tight box here."""
        return require_box(self.limits, [], self.world) if self.boxed else NO_BOX


def require_ready(course: Course, settings: Settings, secrets: Sequence[Path]) -> str:
    """See that hidden cases are there, and the box tight; return in words what keeps a submission in.

    secrets: what no submission may read. Raises BoxError with what mends it.
    """
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

    notes: how it lay there. pictures: those beside it, by their paths from its folder. files: those
    beside it in which an answer may stand. unsaid: those of the notes that are no matter of the student's.
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
    """Return the notebook for what cannot be read: blank, with the reason."""
    with in_language_of(materials.drawing.recipe):
        return unreadable(materials.source, materials.release, error)


def mark_repaired(materials: Materials, nb: NotebookNode, in_force: str) -> NotebookNode:
    """Run a repaired notebook, and return it with outputs, marks and reasons.

    in_force: what keeps a submission in, in words. Raises BoxError where no box starts; OSError and
    RuntimeError for other faults of ours.
    """
    job = job_for(materials, nb)
    with in_language_of(materials.drawing.recipe):
        results = results_of(job) if Noted.of(nb).readable else []
        return present(nb, job, results, in_force)


def job_for(materials: Materials, nb: NotebookNode) -> Job:
    """Return what is run and marked of a repaired notebook."""
    boundaries = (materials.limits, materials.boxed, materials.beside, materials.drawing)
    return job_of(nb, materials.source, *boundaries, materials.figures, materials.world)


def results_of(job: Job) -> list[CellResult]:
    """Run and mark the cells; one result for each. Raises BoxError, OSError and RuntimeError."""
    return mark(job)
