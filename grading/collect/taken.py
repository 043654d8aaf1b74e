"""Choose which files of a lot belong to one submission, and their names in submitted/.

A lot is a set of files that a student handed in together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from grading.repair.decode import Unreadable
from grading.submitted.claims import Candidate, Claim
from grading.submitted.endings import is_unpacked, without_archive
from grading.submitted.files import FileKind
from grading.submitted.layout import Lot, LotFile
from grading.submitted.names import shown, student_name
from grading.submitted.times import FILE as TIMESTAMP
from grading.submitted.tree import CHECKPOINTS, Entry, Names

MOST_FILES, MOST_BYTES = 1_000, 200_000_000  # limits for one submission
LARGEST = 100_000_000  # bytes of one file


@dataclass
class Taken:
    """The files of a submission by their names in submitted/, and the reasons why others are left out."""

    files: dict[str, Entry] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)  # the keys of the files: see _key
    around: set[str] = field(default_factory=set)  # the keys of the folders around these files

    def add(self, name: str, entry: Entry) -> None:
        """Take a file, or note why it is left out. Raises Unreadable if there are too many files."""
        why = entry.why or ("" if entry.kind is FileKind.FILE else f"'{entry.place}' is {entry.kind}")
        if not why and entry.size > LARGEST:
            why = f"'{entry.place}' has more than {LARGEST / 1_000_000:g} MB"
        key, folders = _key(name), _folders(name)
        if not why and (key in self.keys | self.around or folders & self.keys):
            why = f"the names of '{entry.place}' and another file differ only in capitals or spelling"
        if why:
            self.left_out.append(why)
            return
        if len(self.files) >= MOST_FILES:
            raise Unreadable(f"it holds more than {MOST_FILES:,} files")
        self.keys.add(key)
        self.around |= folders
        self.files[name] = entry

    def read(self) -> dict[str, bytes]:
        """Return the content of the files. Raises Unreadable if it is too much, or cannot be read."""
        found, left = {}, MOST_BYTES
        for name, entry in self.files.items():
            found[name] = entry.read(min(left, LARGEST))
            left -= len(found[name])
        return found


def taken_of(lot: Lot, chosen: Candidate | None, claim: Claim, others: list[Claim]) -> Taken:
    """Return the files of a submission: the notebook under its released name, and the files beside it.

    chosen: the notebook, if there is one. others: the parts of the same lot for other assignments. Raises
    Unreadable if the submission holds too much.
    """
    taken, folder = Taken(), chosen.file.path[:-1] if chosen else ()
    if chosen:
        chosen.file.entry.refuse()
        taken.add(f"{claim.assignment}.ipynb", chosen.file.entry)
        if taken.left_out:
            raise Unreadable(taken.left_out[0])
    for file in _beside(lot, folder, chosen, others):
        inside = file.path[: len(folder)] == folder
        taken.add(_name(file.path[len(folder) :] if inside else file.path), file.entry)
    return taken


def _beside(lot: Lot, folder: Names, chosen: Candidate | None, others: list[Claim]) -> Iterator[LotFile]:
    theirs = [each.file.path for claim in others for each in claim.candidates if each.lot is lot]
    tops = {path[0] for path in theirs if len(path) > 1} - set(folder[:1])
    for file in lot.files:
        is_ours = file.path not in theirs and file.path[0] not in tops
        is_empty = file.entry.is_folder and not file.entry.why
        is_other = chosen is None or file is not chosen.file
        if is_ours and is_other and not is_empty and not _is_kept_by_programs(file):
            yield file


def _is_kept_by_programs(file: LotFile) -> bool:
    """Tell whether a program keeps this file: a copy of JupyterLab, or a time that anybody may have written.

    The time is left out because collect writes another one.
    """
    return CHECKPOINTS in file.path or file.path[-1] == TIMESTAMP


def _name(path: Names) -> str:
    """Return a path that any disk allows.

    No part of it leads out of the folder, is hidden, or has a character that controls a terminal.
    """
    folders = (without_archive(each) if is_unpacked(each) else each for each in path[:-1])
    return "/".join(student_name(shown(each)) for each in (*folders, path[-1]))


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _folders(name: str) -> set[str]:
    """Return the keys of the folders around a file: no other file can have the same name as a folder."""
    parts = _key(name).split("/")
    return {"/".join(parts[:at]) for at in range(1, len(parts))}
