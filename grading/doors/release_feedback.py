"""`nbgrader release_feedback`: each student can fetch the current feedback page, and nobody else's page."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from grading.doors.page import page_now
from grading.files import replace_file
from grading.roster import listed
from grading.run.journal import Key, Record, read_records
from grading.submitted.attempts import attempts_of
from grading.submitted.names import shown
from grading.submitted.secret import read_secret

MOST = 50  # notebooks of a submission; for each of their names there is a copy of the page
MODE = 0o644  # the folder's names cannot be listed, and each name is a secret
NO_SECRET = (
    "Not released: %s. These submissions did not come through the exchange, so nobody can fetch the feedback "
    "there. Give these students the pages in feedback/ in another way"
)
NOTHING_TO_ASK_FOR = (
    "Not released: %s. These students handed in no notebook, and nbgrader asks for feedback by its name. "
    "Give them the pages in feedback/ in another way"
)
NOTHING = "There is no feedback for '%s'. Run `make grade` first"
RENEWED = "The feedback page of %s was made again: marks or comments have changed"


class ReleaseFeedback(ExchangeReleaseFeedback):
    """A release of the pages of students who used the exchange. It names those whose page is not released."""

    def copy_files(self) -> None:
        """Make the pages current, and release them. Raises ExchangeError if there is no page."""
        pages = list(self._pages())
        if not pages:
            self.fail(NOTHING % self.coursedir.assignment_id)
        records = read_records(Path(self.coursedir.root))
        without, nameless = set[str](), set[str]()
        for student, page in pages:
            secret, names = read_secret(page.parent), self._asked_for(student, page)
            if not (secret and names):
                (nameless if secret else without).add(shown(student))
                continue
            key = (self.coursedir.assignment_id, student)
            self._renew(key, page, records.get(key))
            self._release(student, page, secret, names)
        for who, says in ((without, NO_SECRET), (nameless, NOTHING_TO_ASK_FOR)):
            if who:
                self.log.warning(says, listed(who, 20))

    def _asked_for(self, student: str, page: Path) -> list[str]:
        """Return the names under which nbgrader looks for a student's feedback: those of submitted notebooks.

        A policy may have had an earlier attempt marked, so the names of its notebooks count too.
        """
        course, assignment = Path(self.coursedir.root), self.coursedir.assignment_id
        names = self.coursedir.submitted_directory, student, assignment
        places = [
            Path(self.coursedir.format_path(*names)),
            *attempts_of(course, student, assignment).values(),
        ]
        found = {each.stem for place in places for each in place.glob("*.ipynb")}
        return sorted(found, key=lambda name: (name != page.stem, name))[:MOST]

    def _pages(self) -> Iterator[tuple[str, Path]]:
        """Yield the names of the requested students, each with the student's feedback page."""
        left_out = self.coursedir.student_id_exclude.split(",")
        for name in sorted(glob.glob(os.path.join(self.src_path, "*.html"))):
            student = Path(name).parent.parent.name
            if student not in left_out:
                yield student, Path(name)

    def _renew(self, key: Key, page: Path, record: Record | None) -> None:
        """Make a page again if the gradebook has changed since the page was made."""
        assignment, student = key
        names = self.coursedir.autograded_directory, student, assignment
        graded = Path(self.coursedir.format_path(*names)) / f"{page.stem}.ipynb"
        if not graded.exists():
            return  # a submission that could not be read has a page that says this, and no marks
        try:
            text = page_now(self.config, key, graded, record)
        except ValueError as error:
            self.fail(str(error))
        if text and text != page.read_text(encoding="utf-8"):
            replace_file(page, text)
            self.log.warning(RENEWED, shown(student))

    def _release(self, student: str, page: Path, secret: str, names: Sequence[str]) -> None:
        """Copy a page to the place where its student looks for it.

        A student who fetches it during the copy gets the old page or the new page, never a part.
        """
        data = page.read_bytes()
        for name in names:
            there = Path(self.dest_path) / f"{notebook_hash(secret=secret, notebook_id=name)}.html"
            part = there.with_name(f"{there.stem}-tmp.html")
            part.write_bytes(data)
            part.chmod(MODE)
            os.replace(part, there)
        self.log.info("Released the feedback of %s on %s", shown(student), self.coursedir.assignment_id)
