"""The submissions in nbgrader's exchange: students may put anything there, under any name, at any time.

Everybody can write there. So the grader follows no link, waits for no file and trusts no name. A folder
with Ada's name that does not belong to Ada is refused. Links, pipes and other people's files are left out.
If one submission cannot be read, the others still are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.utils import parse_utc

from grading.repair.decode import Unreadable
from grading.submitted.files import FileKind, list_folder, read_file
from grading.submitted.names import shown

MOST_FILES, MOST_DEEP = 2_000, 12
AFTER = 900  # seconds in which a submission may be copied after its time


@dataclass(frozen=True)
class Inbound:
    """One submission in the exchange, by the name of its folder. time: the time in that name, in UTC."""

    folder: Path
    student: str
    time: datetime

    @property
    def owner(self) -> int:
        """Return the number of the user to whom the folder belongs."""
        return self.folder.stat(follow_symlinks=False).st_uid

    @property
    def changed_after(self) -> datetime | None:
        """Return when the folder was last changed, if that was long after its time; otherwise None.

        The system's clock gives this time.
        """
        changed = datetime.fromtimestamp(self.folder.stat(follow_symlinks=False).st_ctime, UTC)
        changed = changed.replace(tzinfo=None)
        return changed if (changed - self.time).total_seconds() > AFTER else None


def inbound(path: Path, assignment: str) -> Inbound | None:
    """Return the submission of this assignment in a folder of the exchange; None if there is no such name."""
    parts = path.name.split("+")
    at = next((n for n in range(len(parts) - 2, 0, -1) if parts[n] == assignment), 0)  # a name may have a +
    student = "+".join(parts[:at])
    if not student or student.startswith(".") or path.is_symlink() or not path.is_dir():
        return None
    try:
        return Inbound(path, student, parse_utc(parts[at + 1]))
    except (ValueError, OverflowError):
        return None


def owner_name(number: int) -> str:
    """Return the name of a user."""
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"


def copy_inbound(one: Inbound, dest: Path, most: int, left_out: Callable[[str], bool]) -> list[str]:
    """Copy the ordinary files of a submission into a new folder; return the other files, with reasons.

    most: the bytes that all files together may have. left_out: tells whether files of a name are not
    wanted. Raises Unreadable if there are too many files or bytes, or if a file cannot be read.
    """
    dest.mkdir(mode=0o700)
    inbox, name, strange, room = one.folder.parent, one.folder.name, list[str](), most
    for count, (parts, kind, links) in enumerate(_found(inbox, name, left_out)):
        if count > MOST_FILES or len(parts) > MOST_DEEP:
            deep = f"more than {MOST_DEEP} folders inside each other"
            raise Unreadable(f"it has more than {MOST_FILES} files, or {deep}")
        if kind is FileKind.FOLDER:
            dest.joinpath(*parts).mkdir(mode=0o700)
        elif kind is not FileKind.FILE or links > 1:
            what = kind if kind is not FileKind.FILE else "another name of a file (a hard link)"
            strange.append(f"'{shown('/'.join(parts))}' is {what}")
        else:
            data = read_file(inbox, (name, *parts), room)
            room -= len(data)
            dest.joinpath(*parts).write_bytes(data)
    return strange


def _found(
    inbox: Path, name: str, left_out: Callable[[str], bool], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FileKind, int]]:
    for each in list_folder(inbox, (name, *above)):
        if not left_out(each.name):
            yield (*above, each.name), each.kind, each.links
            if each.kind is FileKind.FOLDER:
                yield from _found(inbox, name, left_out, (*above, each.name))


def exchange_folders(inbox: Path) -> list[Path]:
    """Return the entries of the exchange, in the order of their names."""
    return sorted(Path(each.path) for each in os.scandir(inbox))
