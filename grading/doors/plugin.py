"""Classes that nbgrader_config.py sets instead of nbgrader's own classes.

Repair does the work of the steps with which nbgrader prepares a submission. BoxedExecute replaces Execute.
SaveMarks leaves a mark open where only a person can give it. ApplyPolicies writes the marks that count by
policies.toml. `nbgrader autograde`, the formgrader, late penalties and export work as before.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades

from grading.build.given import given_before, with_earlier
from grading.build.hidden import drawing_of
from grading.course import load_course
from grading.doors.nbgrader_api import secrets
from grading.doors.nbgrader_reads import is_plain
from grading.marking.submission import (
    Materials,
    mark_repaired,
    repair_bytes,
    repair_unreadable,
    require_ready,
)
from grading.noted import Noted, is_repaired
from grading.repair import Unreadable
from grading.settings import Settings
from grading.status import Status
from grading.submitted.delivery import delivery_in
from grading.submitted.released import Releases

Resources = dict[str, Any]


class Reader(NotebookExporter):
    """A reader that lets nbgrader continue with a file that it cannot read: Repair reads the file again."""

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> Any:
        if is_plain(filename):
            return super().from_filename(filename, resources=resources, **kwargs)
        return self.from_file(io.StringIO(""), resources=resources, **kwargs)

    def from_file(self, file_stream: Any, resources: Any = None, **kwargs: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about faults that Repair fixes
            try:
                notebook = nbformat.read(file_stream, as_version=4)
            except Exception:
                notebook = nbformat.v4.new_notebook()
        return self.from_notebook_node(notebook, resources=resources, **kwargs)


def find_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """Let nbgrader see the name that it expects, before it looks at the names of notebooks."""
    folder = Path(notebooks[0]).parent
    if all(Path(path).stem != folder.name for path in notebooks):
        notebooks[:] = [str(folder / f"{folder.name}.ipynb")]


class Repair(NbGraderPreprocessor):
    """The step from a submission to a notebook with the instructor's cells in their places."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        from grading.doors.counting import lift_points  # imported here: the class runner imports this package

        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        lift_points(self.config, names["assignment"])
        what, submitted = (
            materials(course, names),
            Path(course.format_path(course.submitted_directory, ".", ".")),
        )
        releases = Releases({names["notebook"]: release_path(course, names)}, lambda _: what.release)
        try:
            found = delivery_in(submitted, names["student"], names["notebook"], releases)
        except Unreadable as error:
            return repair_unreadable(what, error), resources
        beside = found.pictures, found.written, found.unsaid
        return repair_bytes(what, found.data, found.repairs, *beside), resources


class BoxedExecute(Settings, NbGraderPreprocessor):
    """The step that runs a submission in a box and marks it; replaces nbgrader's Execute."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        if not is_repaired(nb):
            raise RuntimeError(
                "this notebook was not prepared by the step `Repair`. Check nbgrader_config.py."
            )
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        ours = load_course(Path(course.root))
        in_force = require_ready(ours, self, secrets(course, ours))
        return mark_repaired(materials(course, names, self), nb, in_force), resources


class SaveMarks(SaveAutoGrades):
    """The step that saves marks; an answer that only a person can mark has no mark yet."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        questions = Noted.of(nb).questions
        self.unmarked = {name for name, each in questions.items() if each.status is Status.NEEDS_PERSON}
        return super().preprocess(nb, resources)

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        if name in self.unmarked:
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        super()._add_comment(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        if name in self.unmarked:  # its own cell may be unchanged, with the answer in another cell
            comment = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
            comment.auto_comment = None
            self.gradebook.db.commit()


class ApplyPolicies(NbGraderPreprocessor):
    """The step that writes the marks that count by policies.toml into the gradebook.

    It runs after nbgrader has saved marks and penalties.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        from grading.doors.counting import count_by_policies  # here: the class runner imports this package

        names = resources["nbgrader"]
        count_by_policies(self.config, names["assignment"], names["student"], Noted.of(nb).readable)
        return nb, resources


def materials(course: CourseDirectory, names: dict[str, str], settings: Settings | None = None) -> Materials:
    """Return everything that is needed to mark a submission.

    settings: by default, those that no file has changed.
    """
    ours, own = load_course(Path(course.root)), settings or Settings()
    assignment = ours.assignment(names["assignment"])
    notebooks = source_of(course, names), release_of(course, names)
    given = notebooks[0], with_earlier(*notebooks, given_before(assignment))
    drawing = drawing_of(assignment)
    settings = own.limits(), own.box, own.figures, ours.world
    return Materials(*given, source_path(course, names).parent, drawing, *settings)


def source_path(course: CourseDirectory, names: dict[str, str]) -> Path:
    """Return the path of the instructor's notebook."""
    folder = course.format_path(course.source_directory, ".", names["assignment"])
    return Path(folder) / f"{names['notebook']}.ipynb"


def source_of(course: CourseDirectory, names: dict[str, str]) -> NotebookNode:
    """Return the instructor's notebook, with hidden tests."""
    return nbformat.read(source_path(course, names), as_version=4)


def release_of(course: CourseDirectory, names: dict[str, str]) -> NotebookNode:
    """Return the notebook that students were given."""
    return nbformat.read(release_path(course, names), as_version=4)


def release_path(course: CourseDirectory, names: dict[str, str]) -> Path:
    """Return the path of the notebook that students were given."""
    folder = course.format_path(course.release_directory, ".", names["assignment"])
    return Path(folder) / f"{names['notebook']}.ipynb"
