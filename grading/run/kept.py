"""What runs have written of each submission: its record, its feedback page and its graded notebook."""

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
GONE = f"lost with the gradebook, and not marked, because nothing of theirs is in submitted/: {{}}. {STAND}"
UNREADABLE = (
    "lost with the gradebook, and not marked, because their files in submitted/ cannot be read: {}. "
    "results.jsonl has their last marks: keep a copy of it, and see that the files can be read"
)
BY_HAND = (
    "marks by hand and comments were lost with the gradebook: {}. Those of the last run stand in the fields "
    "`by_hand` and `comments` of each line in {}: give them again in the formgrader"
)
END, LOOKED_AT = b"</html>", 100  # bytes at the end of a page


class Kept:
    """The files of one folder of results. Keys are an assignment and a student."""

    def __init__(self, folders: CourseDirectory, out: Path):
        self.folders, self.out = folders, out
        self.records: dict[Key, Record] = {}
        self.pages_again: list[Key] = []  # made again, because they were gone or broken

    def read(self) -> None:
        """Read what earlier runs have recorded."""
        self.records = read_records(self.out)

    def lost(self, in_book: Set[Key]) -> set[Key]:
        """Return who has marks in the records, but not in the gradebook any more."""
        return {key for key, record in self.records.items() if "total" in record} - in_book

    def require_writable(self) -> None:
        """Raise OSError if no submission's files can be written; one alone may have a broken folder."""
        for name in (self.folders.feedback_directory, self.folders.autograded_directory):
            folder = Path(self.folders.root) / name
            there = next(each for each in (folder, *folder.parents) if each.exists())
            if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
                raise PermissionError(f"nothing can be written into {folder}: change what is at {there}.")

    def page(self, key: Key) -> Path:
        """Where the feedback page is."""
        return self._folder(self.folders.feedback_directory, key) / f"{key[0]}.html"

    def graded(self, key: Key) -> Path:
        """Where the graded notebook is."""
        return self._folder(self.folders.autograded_directory, key) / f"{key[0]}.ipynb"

    def _folder(self, step: str, key: Key) -> Path:
        return Path(self.folders.format_path(step, key[1], key[0]))

    def has_notebook(self, key: Key) -> bool:
        """Whether there is a graded notebook, and it is whole."""
        return self.graded(key).exists() and not is_broken(self.graded(key), cells_in)

    def has_page(self, key: Key) -> bool:
        """Whether there is a feedback page, and it is whole."""
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
        """Write beside the page and the graded notebook what nbgrader's exchange must know."""
        for folder in (self.page(key).parent, self.graded(key).parent):
            for name, text in receipt.files().items() if folder.is_dir() else ():
                _keep(folder / name, text)

    def add(self, record: Record) -> None:
        """Add a record. Raises ValueError if it does not fit the schema."""
        add_record(self.out, record, self.records)

    def forget(self, key: Key) -> None:
        """Remove a record that only said that something could not be read, and its files."""
        del self.records[key]
        self.page(key).unlink(missing_ok=True)
        self.graded(key).unlink(missing_ok=True)
        self.save_receipt(key, Receipt())

    def keep_copy(self) -> Path:
        """Keep results.jsonl as it is now beside it, and return where."""
        path = self.out / RESULTS
        names = (path.with_suffix(f".before{n}{path.suffix}") for n in count(1))
        copy = Path(shutil.copyfile(path, next(name for name in names if not name.exists())))
        return make_private(copy)

    def write(self) -> None:
        """Write all records anew, in order; lines that are not understood are kept beside them."""
        if self.records or read_journal(self.out).not_understood:
            write_records(self.out, self.records)


def _keep(path: Path, text: str) -> None:
    """Let a file hold this text, if it does not; without a text, let there be none."""
    if not text:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_text(encoding="utf-8", errors="replace") != text:
        replace_file(path, text)


def cells_in(told: object) -> list[dict]:
    """Return the cells of a graded notebook's JSON. Raises TypeError if it has none."""
    cells = told.get("cells") if isinstance(told, dict) else None
    if not isinstance(cells, list) or not all(isinstance(each, dict) for each in cells):
        raise TypeError("it is no notebook")
    return cells


class MadeAgain:
    """Submissions that were marked before, of which something of ours is lost or broken since."""

    def __init__(self) -> None:
        self.notebooks: list[Key] = []
        self.new_book = ""  # its name, if there was none when the run began
        self.lost: set[Key] = set()
        self.by_hand: set[Key] = set()
        self.copy = ""
        self._not_marked: list[str] = []

    def has_notebook(self, key: Key, kept: Kept) -> bool:
        """Whether its graded notebook is there and whole. One that is not is noted."""
        whole = kept.has_notebook(key)
        self.notebooks += [] if whole else [key]
        return whole

    def keep(
        self, kept: Kept, in_book: Set[Key], marked: Set[Key], there: Set[Key], locked: Set[Key]
    ) -> None:
        """Find out what is to be made again, and what is not; and keep what would be lost with that.

        in_book: what the gradebook has. marked: what this run is to mark. there: what lies in submitted/.
        locked: what of that cannot be read.
        """
        lost = kept.lost(in_book)
        self.lost, left = lost & marked, lost - marked
        kinds = ((NOT_ASKED, left & (there - locked)), (UNREADABLE, left & locked), (GONE, left - there))
        self._not_marked = [said.format(names_of(keys)) for said, keys in kinds if keys]
        self.by_hand = {key for key in self.lost if has_given(kept.records[key])}
        if self.by_hand:
            self.copy = kept.keep_copy().name

    def said(self, done: Set[Key]) -> list[str]:
        """Say what was made again, and what was not. done: what was marked by now."""
        again, by_hand = self.lost & done, self.by_hand & done
        notebooks = counted(self.notebooks, "graded notebook", "are made again")
        what = NEW_BOOK.format(self.new_book) if self.new_book else LOST
        lost = [f"{what}. {AGAIN.format(names_of(again))}"] if again else []
        lost = lost or ([what] if self._not_marked else [])
        given = [BY_HAND.format(names_of(by_hand), self.copy)] if by_hand else []
        return [*notebooks, *lost, *self._not_marked, *given]


def counted(keys: Collection[Key], what: str, now: str) -> list[str]:
    """Say how many files of ours were lost, and whose; nothing if none were."""
    if not keys:
        return []
    if len(keys) == 1:
        return [f"1 {what} was gone or broken, and {now.replace('are', 'is')}: {names_of(keys)}"]
    return [f"{len(keys)} {what}s were gone or broken, and {now}: {names_of(keys)}"]


def names_of(keys: Iterable[Key]) -> str:
    """The students' names, in order; of many, the first and how many more."""
    return listed(sorted({shown(student) for _, student in keys}), MOST_NAMED)
