"""The earlier attempts of a student: attempts/<student>/<assignment>/<n>/. The oldest attempt is 1."""

from __future__ import annotations

import shutil
from pathlib import Path

from grading.private import make_all_private, make_folder
from grading.repair.decode import Unreadable
from grading.submitted import times
from grading.submitted.files import read_file

ATTEMPTS = "attempts"  # the folder of earlier attempts, in the course's folder


def attempts_folder(root: Path, student: str, assignment: str) -> Path:
    """Return the folder of a student's earlier attempts. root: the course's folder."""
    return root / ATTEMPTS / student / assignment


def attempts_of(root: Path, student: str, assignment: str) -> dict[int, Path]:
    """Return the folders of the earlier attempts of a student by their numbers, the oldest first."""
    folder = attempts_folder(root, student, assignment)
    there = folder.iterdir() if folder.is_dir() else ()
    found = {int(each.name): each for each in there if each.name.isdecimal() and each.is_dir()}
    return dict(sorted(found.items()))


def keep_attempt(root: Path, student: str, assignment: str, folder: Path) -> Path:
    """Move an attempt's folder to the student's other attempts; return its new path.

    root: the course's folder.
    """
    there = make_folder(attempts_folder(root, student, assignment))
    numbers = [int(each.name) for each in there.iterdir() if each.name.isdigit()]
    return make_all_private(Path(shutil.move(folder, there / str(max(numbers, default=0) + 1))))


def kept_times(root: Path, student: str, assignment: str) -> set[bytes]:
    """Return the contents of the timestamps of all kept attempts."""
    folders = attempts_folder(root, student, assignment).glob("[0-9]*")
    return {stamp_in(each) for each in folders}


def stamp_in(folder: Path) -> bytes:
    """Return the content of timestamp.txt in a folder; nothing if it cannot be read."""
    try:
        return read_file(folder, (times.FILE,), times.MOST_BYTES).strip()
    except Unreadable:
        return b""
