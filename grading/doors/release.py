"""`nbgrader release_assignment`: students get the notebook as built, and the files beside the solution."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseAssignment
from nbgrader.utils import find_all_files

from grading.course import Assignment, load_course
from grading.owned import own_folder

OPEN = 0o022  # rights that are taken from new folders: everybody can read released files
NOT_RELEASED = (
    "Not released from {folder}: {names}. Students get only {notebook}, and the files beside the solution in "
    "{solutions}"
)


class ReleaseAssignment(ExchangeReleaseAssignment):
    """A release that refuses a notebook somebody worked in, and leaves out other files in its folder."""

    def start(self) -> None:
        """Release the assignment. Everybody can enter new folders on the way to the exchange."""
        before = os.umask(OPEN)
        try:
            super().start()
        finally:
            os.umask(before)

    def init_src(self) -> None:
        """Find the files to release. Logs a sentence and raises ExchangeError if they cannot be released."""
        from grading.build.notebooks import require_untouched  # here, because it loads much

        super().init_src()
        try:
            self.assignment = load_course(Path(self.coursedir.root)).assignment(self.coursedir.assignment_id)
            require_untouched(self.assignment.course.root, [self.assignment.name])
        except ValueError as error:
            self.fail(str(error))

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy the files for students, and list the other files in the folder."""
        given = dict(handed_out(self.assignment, self.coursedir.ignore))
        left = others(self.assignment.release.parent, given)
        if left:
            names, told = ", ".join(left), self.assignment.release
            said = {"folder": told.parent, "names": names, "notebook": told.name}
            self.log.warning(NOT_RELEASED.format(**said, solutions=self.assignment.solution.parent))
        with own_folder() as folder:
            for name, path in given.items():
                there = Path(folder, name)
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, there)
            super().do_copy(folder, dest, log)


def handed_out(assignment: Assignment, ignore: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files that students get, by their names in the folder that students fetch."""
    beside = assignment.solution.parent
    for each in sorted(find_all_files(str(beside), [*ignore, "*.ipynb", ".*"])):
        yield Path(each).relative_to(beside).as_posix(), Path(each)
    yield assignment.release.name, assignment.release


def others(folder: Path, given: dict[str, Path]) -> list[str]:
    """Return the other files in the folder of a released notebook, in order."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name not in given)
