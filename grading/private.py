"""Files that only the instructor may read: hidden cases, submissions, marks, feedback.

Only their owner can use them: a file has the mode 0600, a folder 0700. A team shares a course in a folder in
which its group may write, and in which new files belong to that group (`chmod g+ws`). People who can write
into a course's folder can change its code anyway. So in such a folder the group may read and write these
files, too.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

OWN, TEAM = 0o077, 0o007  # the permissions that new files do not get, as for `umask`
TEAMS_FOLDER = stat.S_ISGID | stat.S_IRWXG


def is_shared(folder: Path) -> bool:
    """Tell whether a team works in a folder: the group may write there, and new files belong to the group."""
    with contextlib.suppress(OSError):
        return folder.stat().st_mode & TEAMS_FOLDER == TEAMS_FOLDER
    return False


def make_private(path: Path) -> Path:
    """Let only the owner read a file or a folder; in a team's folder, only the team. Return the path.

    The contents of a folder are not changed: nobody else can reach them there. Links, and files that belong
    to somebody else, are not changed.
    """
    told = path.stat(follow_symlinks=False)
    mode = private_mode(told.st_mode, is_shared(path.parent))
    if not stat.S_ISLNK(told.st_mode) and stat.S_IMODE(told.st_mode) != mode:
        with contextlib.suppress(PermissionError):
            path.chmod(mode)
    return path


def make_all_private(folder: Path) -> Path:
    """Make a folder and everything in it private. Return the folder."""
    make_private(folder)
    for at, folders, files in os.walk(folder):
        for name in (*folders, *files):
            make_private(Path(at, name))
    return folder


def private_mode(mode: int, shared: bool) -> int:
    """Return the mode that a file or a folder should have instead of this mode."""
    is_folder = stat.S_ISDIR(mode)
    own = stat.S_IRWXU if is_folder else stat.S_IRUSR | stat.S_IWUSR | mode & stat.S_IXUSR
    group = (TEAMS_FOLDER if is_folder else stat.S_IRGRP | stat.S_IWGRP) if shared else 0
    return own | group


def make_folder(folder: Path) -> Path:
    """Make a private folder, and private folders above it, where they are missing. Return the folder."""
    if not folder.exists():
        if folder.parent != folder:
            make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        make_private(folder)
    return folder


def opener(path: str, flags: int) -> int:
    """Open a file that is private from the beginning: `open(path, "w", opener=opener)`."""
    handle = os.open(path, flags, 0o600)
    mode = private_mode(os.fstat(handle).st_mode, is_shared(Path(path).absolute().parent))
    with contextlib.suppress(PermissionError):  # the file belongs to a colleague
        os.fchmod(handle, mode)
    return handle


@contextlib.contextmanager
def only_private(folder: Path) -> Iterator[None]:
    """Let files that another program writes inside the `with` block be as private as this folder requires."""
    before = os.umask(umask_in(folder))
    try:
        yield
    finally:
        os.umask(before)


def umask_in(folder: Path) -> int:
    """Return the umask with which a process writes private files into a folder."""
    return TEAM if is_shared(folder) else OWN
