"""nbgrader's side: classes that nbgrader_config.py puts in place of nbgrader's own.

Repair replaces what made a submission fit, BoxedExecute replaces Execute, SaveMarks knows of
marks that only a person can give, LeaveOutHiddenTests keeps the tests out of feedback. So
`nbgrader autograde`, the formgrader, late penalties and export go on as they were.
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
from traitlets import Bool, Float, Integer

from grading.box.limits import Limits
from grading.box.selftest import require_box
from grading.build.cases import build_hidden
from grading.build.hidden import hidden_folder
from grading.course import Course, load_course
from grading.marking.jobs import job_of
from grading.marking.mark import mark
from grading.marking.present import NO_BOX, present
from grading.repair import Unreadable, blank, find_notebook, repaired
from grading.repair.read import read_bytes
from grading.repair.rebuild import OURS
from grading.scorer.testcell import split

Resources = dict[str, Any]


class Reader(NotebookExporter):
    """Lets nbgrader go on with a file that it cannot read: Repair reads it in its own way."""

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> Any:
        if Path(filename).exists():
            return super().from_filename(filename, resources=resources, **kwargs)
        return self.from_file(io.StringIO(""), resources=resources, **kwargs)

    def from_file(self, file_stream: Any, resources: Any = None, **kwargs: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what Repair mends
            try:
                notebook = nbformat.read(file_stream, as_version=4)
            except Exception:
                notebook = nbformat.v4.new_notebook()
        return self.from_notebook_node(notebook, resources=resources, **kwargs)


def find_renamed(assignment: str, student: str, notebooks: list[str]) -> None:
    """Before nbgrader looks at the names of notebooks: let it see the name that it expects."""
    folder = Path(notebooks[0]).parent
    if all(Path(path).stem != folder.name for path in notebooks):
        notebooks[:] = [str(folder / f"{folder.name}.ipynb")]


class Repair(NbGraderPreprocessor):
    """From what was handed in to a notebook with the teacher's cells in their places."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        folder = course.format_path(course.submitted_directory, names["student"], names["assignment"])
        source, release = source_of(course, names), release_of(course, names)
        try:
            path, note = find_notebook(Path(folder), names["notebook"])
            made = repaired(source, release, read_bytes(path), note)
        except Unreadable as error:
            made = blank(source, release, f"This submission cannot be read: {error}.")
        return made, resources


class BoxedExecute(NbGraderPreprocessor):
    """Runs a submission in a box and marks it; in place of nbgrader's Execute."""

    box = Bool(True, help="Run submissions in a box; without one, their marks can be forged.").tag(
        config=True
    )
    figures = Bool(True, help="Draw the figures of a submission; else it shows their alt text.").tag(
        config=True
    )
    cell_seconds = Float(Limits.cell_seconds, help="Wall time of one cell.").tag(config=True)
    call_seconds = Float(Limits.call_seconds, help="Wall time of one call of a function.").tag(config=True)
    test_seconds = Float(Limits.test_seconds, help="Wall time of one test cell's calls.").tag(config=True)
    notebook_seconds = Float(Limits.notebook_seconds, help="Wall time of all cells.").tag(config=True)
    memory_mb = Integer(Limits.memory_mb, help="Memory of a submission.").tag(config=True)
    processes = Integer(Limits.processes, help="Processes of a submission.").tag(config=True)
    file_mb = Integer(Limits.file_mb, help="Size of one file, and of /tmp.").tag(config=True)
    notebook_kb = Integer(Limits.notebook_kb, help="Size of a graded notebook.").tag(config=True)

    def limits(self) -> Limits:
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        if OURS not in nb.metadata:
            raise RuntimeError("this notebook did not come through Repair: see nbgrader_config.py.")
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        limits, in_force = self.limits(), self.ready(course)
        ours = load_course(Path(course.root))
        beside, hidden = source_path(course, names).parent, hidden_folder(ours)
        job = job_of(nb, source_of(course, names), limits, self.box, beside, hidden, self.figures, ours.world)
        results = [] if nb.metadata[OURS]["unreadable"] else mark(job)
        return present(nb, job, results, in_force), resources

    def ready(self, course: CourseDirectory) -> str:
        """See that hidden cases are there, and the box tight; return what is in force, in words."""
        ours = load_course(Path(course.root))
        build_hidden(ours)
        return require_box(self.limits(), secrets(course, ours), ours.world) if self.box else NO_BOX


class SaveMarks(SaveAutoGrades):
    """Saves marks; what only a person can mark has none yet."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        self.unmarked = {
            name
            for name, question in nb.metadata[OURS]["questions"].items()
            if question["status"] == "needs a person"
        }
        return super().preprocess(nb, resources)

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        if name in self.unmarked:
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()


class LeaveOutHiddenTests(NbGraderPreprocessor):
    """In feedback a test cell has its visible part only."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        role = cell.metadata.get("nbgrader", {})
        if role.get("grade") and not role.get("solution"):
            cell.source = split(cell.source)[0].strip()
        return cell, resources


def source_path(course: CourseDirectory, names: dict[str, str]) -> Path:
    """Where the teacher's notebook is."""
    folder = course.format_path(course.source_directory, ".", names["assignment"])
    return Path(folder) / f"{names['notebook']}.ipynb"


def source_of(course: CourseDirectory, names: dict[str, str]) -> NotebookNode:
    """Return the teacher's notebook, with hidden tests."""
    return nbformat.read(source_path(course, names), as_version=4)


def release_of(course: CourseDirectory, names: dict[str, str]) -> NotebookNode:
    """Return what students were given."""
    folder = course.format_path(course.release_directory, ".", names["assignment"])
    return nbformat.read(Path(folder) / f"{names['notebook']}.ipynb", as_version=4)


def secrets(course: CourseDirectory, ours: Course) -> list[Path]:
    """What no submission may read."""
    folders = (course.source_directory, course.submitted_directory, course.autograded_directory)
    kept = [Path(course.root) / folder for folder in folders] + [Path(course.root) / "gradebook.db"]
    return [*kept, hidden_folder(ours), Path(__file__).parent]
