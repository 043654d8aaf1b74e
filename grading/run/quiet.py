"""Find out whether only the run itself changed files. If so, the next run can know at once what to say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import grading
from grading.build.hidden import hidden_folder
from grading.course import FILE as COURSE
from grading.policies.policy import POLICIES
from grading.roster import ROSTER
from grading.run.journal import RESULTS, STRANGE
from grading.run.last import LastRun, remember, seen
from grading.run.records import MARKS
from grading.run.sound import book_file
from grading.run.unclaimed import UNCLAIMED
from grading.run.unmarked import FILE as UNMARKED
from grading.submitted.attempts import ATTEMPTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grading.run.course import ClassRun

SETTINGS = (COURSE, "nbgrader_config.py", POLICIES, ROSTER, "solutions", "notebooks", ATTEMPTS)
WRITTEN = (MARKS, RESULTS, STRANGE, UNMARKED, UNCLAIMED)


class Quiet:
    """The state of what a run reads, when this object is made. It shows which files change during the run."""

    def __init__(self, run: ClassRun):
        self.run = run
        folders = run.course.world.all_folders().values()
        own = [*(run.course.root / name for name in SETTINGS), Path(grading.__file__).parent]
        self.read = [_path(run, run.folders.submitted_directory), *own, *folders]
        self.before = seen(self.read)

    def remember(self, asked: str, lines: Iterable[str]) -> None:
        """Write down the lines that the run would print again, if nobody changed anything meanwhile.

        A gradebook on a server has no file that would show a change there. Then nothing is written.
        """
        book = book_file(self.run.folders.db_url)
        if book is None or not self.before or seen(self.read) != self.before:
            return
        made = [*(self.run.out / name for name in WRITTEN), book, hidden_folder(self.run.course)]
        steps = self.run.folders.feedback_directory, self.run.folders.autograded_directory
        places = [*self.read, *made, *(_path(self.run, step) for step in steps)]
        told = tuple(map(str, places)), seen(places), tuple(lines)
        remember(self.run.out, LastRun(asked, *told))


def _path(run: ClassRun, step: str) -> Path:
    return Path(run.folders.root) / step
