"""`nbgrader release_assignment`: students get the notebook as built, and what lies beside the solution."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseAssignment
from nbgrader.utils import find_all_files

from grading.course import Assignment, load_course
from grading.owned import own_folder

OPEN = 0o022  # what is taken from new folders: everybody reads what is released
NOT_RELEASED = (
    "Not released from {folder}: {names}. Students get only {notebook}, and the files beside the solution in "
    "{solutions}"
)


class ReleaseAssignment(ExchangeReleaseAssignment):
    """Refuses a notebook that somebody worked in, and leaves out whatever else lies in its folder."""

    def start(self) -> None:
        """Release; folders that are made on the way to the exchange can be entered by everybody."""
        before = os.umask(OPEN)
        try:
            super().start()
        finally:
            os.umask(before)

    def init_src(self) -> None:
        """Find what is to be released. Raises ExchangeError, after a sentence, if it cannot be."""
        from grading.build.notebooks import require_untouched  # which loads what runs notebooks

        super().init_src()
        try:
            self.assignment = load_course(Path(self.coursedir.root)).assignment(self.coursedir.assignment_id)
            require_untouched(self.assignment.course.root, [self.assignment.name])
        except ValueError as error:
            self.fail(str(error))

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy what students get, and say what else lies in the folder."""
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
    """Yield the files that students get, by their names in the folder that they fetch."""
    beside = assignment.solution.parent
    for each in sorted(find_all_files(str(beside), [*ignore, "*.ipynb", ".*"])):
        yield Path(each).relative_to(beside).as_posix(), Path(each)
    yield assignment.release.name, assignment.release


def others(folder: Path, given: dict[str, Path]) -> list[str]:
    """Return what else lies in the folder of a released notebook, in order."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if name not in given)
