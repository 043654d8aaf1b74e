"""What runs have written of each submission: its record, its feedback page and its graded notebook."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Set
from itertools import count
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from grading.files import is_broken, replace_file
from grading.roster import listed
from grading.run.journal import RESULTS, Key, Record, add_record, read_records, write_records
from grading.run.schema import SCHEMA

MOST_NAMED = 20
CUT = "graded notebooks were broken, and are made again: {}"
LOST = (
    "the gradebook has lost submissions. They are marked again: {}. "
    "Due dates may be lost as well: see that they are right"
)
NOT_MARKED = (
    "the gradebook has also lost submissions that this run does not mark: {}. "
    "`make grade` marks all that is in submitted/"
)
BY_HAND = (
    "marks by hand and comments were lost with the gradebook: {}. "
    "Those of the last run stand in {}: give them again in the formgrader"
)
END, LOOKED_AT = b"</html>", 100  # bytes at the end of a page


class Kept:
    """The files of one folder of results. Keys are an assignment and a student."""

    def __init__(self, folders: CourseDirectory, out: Path):
        self.folders, self.out = folders, out
        self.records: dict[Key, Record] = {}

    def read(self) -> None:
        """Read what earlier runs have recorded."""
        self.records = read_records(self.out)

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

    def add(self, record: Record) -> None:
        """Add a record. Raises ValueError if it does not fit the schema."""
        add_record(self.out, record, self.records)

    def forget(self, key: Key) -> None:
        """Remove a record that only said that something could not be read, and its page."""
        del self.records[key]
        self.page(key).unlink(missing_ok=True)

    def keep_copy(self) -> Path:
        """Keep results.jsonl as it is now beside it, and return where."""
        path = self.out / RESULTS
        names = (path.with_suffix(f".before{n}{path.suffix}") for n in count(1))
        return Path(shutil.copyfile(path, next(name for name in names if not name.exists())))

    def write(self) -> None:
        """Write all records anew, in order."""
        if self.records:
            write_records(self.out, self.records)


def cells_in(told: object) -> list[dict]:
    """Return the cells of a graded notebook's JSON. Raises TypeError if it has none."""
    cells = told.get("cells") if isinstance(told, dict) else None
    if not isinstance(cells, list) or not all(isinstance(each, dict) for each in cells):
        raise TypeError("it is no notebook")
    return cells


class MadeAgain:
    """Submissions that were marked before, of which something of ours is lost or broken since."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.cut: list[Key] = []

    def has_notebook(self, key: Key, kept: Kept) -> bool:
        """Whether its graded notebook is there and whole. One that is broken is noted."""
        whole = kept.has_notebook(key)
        self.cut += [key] if not whole and kept.graded(key).exists() else []
        return whole

    def keep(self, kept: Kept, in_book: Set[Key], marked: Set[Key]) -> None:
        """Say what is made again, and what is not; and keep what would be lost with that.

        in_book: what the gradebook has. marked: what this run is to mark.
        """
        lost = {key for key, record in kept.records.items() if "total" in record} - in_book
        by_hand = {key for key in lost & marked if _has_by_hand(kept.records[key])}
        for said, keys in ((CUT, set(self.cut)), (LOST, lost & marked), (NOT_MARKED, lost - marked)):
            if keys:
                self.said.append(said.format(_names(keys)))
        if by_hand:
            self.said.append(BY_HAND.format(_names(by_hand), kept.keep_copy().name))


def _names(keys: Iterable[Key]) -> str:
    return listed(sorted({student for _, student in keys}), MOST_NAMED)


def _has_by_hand(record: Record) -> bool:
    """Whether people have given something; of another version nobody knows."""
    if record.get("schema", SCHEMA) != SCHEMA:
        return False
    given = any(each.get("by_hand") is not None for each in record.get("questions", {}).values())
    return given or bool(record.get("comments"))
