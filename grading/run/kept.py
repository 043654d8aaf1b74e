"""The files that runs have written for each submission: record, feedback page and graded notebook."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Set
from itertools import count
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from grading.files import is_broken, replace_file
from grading.private import make_private
from grading.roster import listed
from grading.run.journal import RESULTS, Key, Record, add_record, read_journal, read_records, write_records
from grading.run.standing import has_given
from grading.submitted.names import shown
from grading.submitted.secret import Receipt

MOST_NAMED = 20
NEW_BOOK = "{} was missing or empty, so a new one was made"
LOST = "the gradebook has lost submissions"
AGAIN = "Marked again: {}. Due dates may be lost as well: see that they are right"
NOT_ASKED = (
    "lost with the gradebook, and not marked by this run: {}. `make grade` marks all that is in submitted/"
)
STAND = "results.jsonl has their last marks: keep a copy of it, or put their files back"
GONE = f"lost with the gradebook, and not marked, because they have no file in submitted/: {{}}. {STAND}"
UNREADABLE = (
    "lost with the gradebook, and not marked, because their files in submitted/ cannot be read: {}. "
    "results.jsonl has their last marks: keep a copy of it, and see that the files can be read"
)
BY_HAND = (
    "marks by hand and comments were lost with the gradebook: {}. Those of the last run stand in the fields "
    "`by_hand` and `comments` of each line in {}: give them again in the formgrader"
)
END, LOOKED_AT = b"</html>", 100  # a complete page has END in so many bytes at its end


class Kept:
    """The files in one folder of results. A key is an assignment and a student."""

    def __init__(self, folders: CourseDirectory, out: Path):
        self.folders, self.out = folders, out
        self.records: dict[Key, Record] = {}
        self.pages_again: list[Key] = []  # pages that were written again, because they were gone or broken

    def read(self) -> None:
        """Read the records of earlier runs."""
        self.records = read_records(self.out)

    def lost(self, in_book: Set[Key]) -> set[Key]:
        """Return the submissions that have marks in the records, but not in the gradebook any more."""
        return {key for key, record in self.records.items() if "total" in record} - in_book

    def require_writable(self) -> None:
        """Raise OSError if no submission's files can be written. A student's folder may be broken."""
        for name in (self.folders.feedback_directory, self.folders.autograded_directory):
            folder = Path(self.folders.root) / name
            there = next(each for each in (folder, *folder.parents) if each.exists())
            if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
                raise PermissionError(f"nothing can be written into {folder}: change what is at {there}.")

    def page(self, key: Key) -> Path:
        """Return the path of the feedback page."""
        return self._folder(self.folders.feedback_directory, key) / f"{key[0]}.html"

    def graded(self, key: Key) -> Path:
        """Return the path of the graded notebook."""
        return self._folder(self.folders.autograded_directory, key) / f"{key[0]}.ipynb"

    def _folder(self, step: str, key: Key) -> Path:
        return Path(self.folders.format_path(step, key[1], key[0]))

    def has_notebook(self, key: Key) -> bool:
        """Tell whether there is a graded notebook, and it is complete."""
        return self.graded(key).exists() and not is_broken(self.graded(key), cells_in)

    def has_page(self, key: Key) -> bool:
        """Tell whether there is a feedback page, and it is complete."""
        try:
            with self.page(key).open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - LOOKED_AT))
                return END in file.read()
        except OSError:
            return False

    def notebook(self, key: Key) -> NotebookNode:
        """Return the graded notebook."""
        return nbformat.read(self.graded(key), as_version=4)

    def save_page(self, key: Key, page: str) -> None:
        replace_file(self.page(key), page)

    def save_notebook(self, key: Key, notebook: str) -> None:
        replace_file(self.graded(key), notebook)

    def save_receipt(self, key: Key, receipt: Receipt) -> None:
        """Write, next to the page and to the graded notebook, the files that nbgrader's exchange needs."""
        for folder in (self.page(key).parent, self.graded(key).parent):
            for name, text in receipt.files().items() if folder.is_dir() else ():
                _keep(folder / name, text)

    def add(self, record: Record) -> None:
        """Add a record. Raises ValueError if it does not fit the schema."""
        add_record(self.out, record, self.records)

    def forget(self, key: Key) -> None:
        """Remove a record that only said that a file could not be read, and remove its files."""
        del self.records[key]
        self.page(key).unlink(missing_ok=True)
        self.graded(key).unlink(missing_ok=True)
        self.save_receipt(key, Receipt())

    def keep_copy(self) -> Path:
        """Keep a copy of results.jsonl in the same folder, and return its path."""
        path = self.out / RESULTS
        names = (path.with_suffix(f".before{n}{path.suffix}") for n in count(1))
        copy = Path(shutil.copyfile(path, next(name for name in names if not name.exists())))
        return make_private(copy)

    def write(self) -> None:
        """Write all records again, sorted. Lines that are not understood are kept in a separate file."""
        if self.records or read_journal(self.out).not_understood:
            write_records(self.out, self.records)


def _keep(path: Path, text: str) -> None:
    """Write this text into a file, if it has another text. If there is no text, remove the file."""
    if not text:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
        replace_file(path, text)


def cells_in(told: object) -> list[dict]:
    """Return the cells in a graded notebook's JSON. Raises TypeError if it has no cells."""
    cells = told.get("cells") if isinstance(told, dict) else None
    if not isinstance(cells, list) or not all(isinstance(each, dict) for each in cells):
        raise TypeError("it is no notebook")
    return cells


class MadeAgain:
    """Submissions that were marked before, and whose files or gradebook rows were lost or broken since."""

    def __init__(self) -> None:
        self.notebooks: list[Key] = []
        self.new_book = ""  # the name of the gradebook, if it was missing when the run began
        self.lost: set[Key] = set()
        self.by_hand: set[Key] = set()
        self.copy = ""
        self._not_marked: list[str] = []

    def has_notebook(self, key: Key, kept: Kept) -> bool:
        """Tell whether the graded notebook is complete. If not, note that it is made again."""
        whole = kept.has_notebook(key)
        self.notebooks += [] if whole else [key]
        return whole

    def keep(
        self, kept: Kept, in_book: Set[Key], marked: Set[Key], there: Set[Key], locked: Set[Key]
    ) -> None:
        """Find out what must be made again, and what not. If marks by hand were lost, keep a copy of them.

        in_book: the submissions in the gradebook. marked: the submissions that this run marks. there: the
        submissions in submitted/. locked: those in submitted/ that cannot be read.
        """
        lost = kept.lost(in_book)
        self.lost, left = lost & marked, lost - marked
        kinds = ((NOT_ASKED, left & (there - locked)), (UNREADABLE, left & locked), (GONE, left - there))
        self._not_marked = [said.format(names_of(keys)) for said, keys in kinds if keys]
        self.by_hand = {key for key in self.lost if has_given(kept.records[key])}
        if self.by_hand:
            self.copy = kept.keep_copy().name

    def said(self, done: Set[Key]) -> list[str]:
        """Say what was made again, and what was not. done: the submissions that are marked by now."""
        again, by_hand = self.lost & done, self.by_hand & done
        notebooks = counted(self.notebooks, "graded notebook", "are made again")
        what = NEW_BOOK.format(self.new_book) if self.new_book else LOST
        lost = [f"{what}. {AGAIN.format(names_of(again))}"] if again else []
        lost = lost or ([what] if self._not_marked else [])
        given = [BY_HAND.format(names_of(by_hand), self.copy)] if by_hand else []
        return [*notebooks, *lost, *self._not_marked, *given]


def counted(keys: Collection[Key], what: str, now: str) -> list[str]:
    """Say how many of the grader's files were lost, and whose; nothing if no file was lost."""
    if not keys:
        return []
    if len(keys) == 1:
        return [f"1 {what} was gone or broken, and {now.replace('are', 'is')}: {names_of(keys)}"]
    return [f"{len(keys)} {what}s were gone or broken, and {now}: {names_of(keys)}"]


def names_of(keys: Iterable[Key]) -> str:
    """Return the students' names, sorted. If there are many, return the first ones, and how many follow."""
    return listed(sorted({shown(student) for _, student in keys}), MOST_NAMED)
