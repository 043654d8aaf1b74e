"""Functions that replace nbgrader's own writers: files are private, and as the grader's commands write them.

`nbgrader generate_assignment` gives the result of `make build`, and `generate_feedback` that of `make
grade`. The buttons of the formgrader run the same code.
"""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path

import nbgrader.converters.base as base
from nbgrader.api import Gradebook
from nbgrader.apps import ExportApp, ZipCollectApp
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback, GenerateSolution

from grading.course import Assignment, load_course
from grading.private import make_all_private, make_private, only_private

NBGRADERS_START, NBGRADERS_BOOK = GenerateAssignment.start, Gradebook.__init__
SET_ASIDE = "Your work in notebooks/ was set aside as %s"
NOT_BUILT = (
    "solutions/{name}.py was changed after the notebook in solutions/{name}/ was built. "
    "Run `make build ARGS={name}`: it runs the solution, and writes the students' notebook."
)


def init_feedback(self: GenerateFeedback, assignment_id: str, student_id: str) -> bool:
    """Return whether to make the page: always, because marks by hand may have changed since the last time.

    This replaces init_destination, which does not change an existing page. Nothing is removed.
    """
    return student_id not in self.coursedir.student_id_exclude.split(",")


def write_feedback(self: GenerateFeedback, output: str, resources: dict) -> None:
    """Write a page completely, or not at all; replaces write_single_notebook."""
    from grading.files import replace_file

    names = resources["nbgrader"]
    folder = self._format_dest(names["assignment"], names["student"])
    replace_file(Path(folder) / f"{names['notebook']}.html", output)


def set_private(self: base.BaseConverter, assignment_id: str, student_id: str) -> None:
    """Let only instructors read the files that were written of a submission; replaces set_permissions."""
    top = Path(self.coursedir.format_path(self._output_directory, ".", "."))
    make_private(top)
    make_private(top / student_id)
    make_all_private(Path(self._format_dest(assignment_id, student_id)))


def start_book(self: Gradebook, db_url: str, *more: object, **named: object) -> None:
    """Open a gradebook that only instructors can read; replaces Gradebook's __init__."""
    NBGRADERS_BOOK(self, db_url, *more, **named)
    path = Path(db_url.removeprefix("sqlite:///"))
    if db_url.startswith("sqlite:///") and path.is_file():
        make_private(path)


def generate_assignment(self: GenerateAssignment) -> None:
    """Build the students' notebooks as `make build` does; replaces nbgrader's start.

    If another folder is named for the release, nbgrader's own start is used. Our own build names such a
    folder.
    """
    chosen = _ours(self)
    if not chosen:
        NBGRADERS_START(self)
    for each in chosen:
        _generate(self, each)


def _ours(self: GenerateAssignment) -> list[Assignment]:
    """Return the requested assignments of the course, if the release goes into the course's own folder."""
    course = load_course(Path(self.coursedir.root))
    mine = [each for each in course.assignments() if fnmatch(each.name, self.coursedir.assignment_id)]
    release = self.coursedir.format_path(self.coursedir.release_directory, ".", ".")
    return [each for each in mine if os.path.normpath(release) == str(each.release.parent.parent)]


def _generate(self: GenerateAssignment, assignment: Assignment) -> None:
    from grading.build.notebooks import build_release, is_built  # here, because it loads much
    from grading.run.gradebook import register

    if assignment.release.exists() and not self.force:
        self.log.info("Skipping existing assignment: %s", assignment.release.parent)
        return
    try:
        if not is_built(assignment):
            raise ValueError(NOT_BUILT.format(name=assignment.name))
        if not self.no_database:
            register(assignment, self.config)
        if saved := build_release(assignment):
            self.log.warning(SET_ASIDE, saved.name)
    except (ValueError, OSError, RuntimeError) as error:
        self.log.error("%s", error)
        raise base.NbGraderException(str(error)) from None
    self.log.info("Built as `make build` does: %s", assignment.release)


def privately(command: type[NbGrader]) -> None:
    """Let a command of nbgrader write only private files."""
    nbgraders = command.start

    def start(self: NbGrader) -> None:
        with only_private(Path(self.coursedir.root)):
            nbgraders(self)

    command.start = start


privately(ZipCollectApp)
privately(ExportApp)
GenerateFeedback.init_destination = init_feedback
GenerateFeedback.write_single_notebook = write_feedback
for each in (Autograde, GenerateFeedback, GenerateSolution):
    each.set_permissions = set_private
GenerateAssignment.start = generate_assignment
Gradebook.__init__ = start_book
