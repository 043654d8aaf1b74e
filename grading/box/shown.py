"""The files for a box that is another user, where nothing can be mounted: copies, and a separate home."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from grading.inside.spaces import MOST_FILES
from grading.owned import own_folder

# The places where everybody may write, on most systems.
OPEN_PLACES = tuple(Path("/", name) for name in ("tmp", "var/tmp", "dev/shm", "dev/mqueue", "run/lock"))
DEEPEST = 40  # levels of folders; anything deeper counts as too many files
BLOCK = 512  # bytes of one block, as the system counts blocks
READ, ENTER = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH, stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH


class Shown:
    """Copies of folders and files below the folder `at`. Only the grader may change them.

    seen: the originals, by the place of the copy below `at`. group: the only group that may read the
    copies; None if everybody may.
    """

    def __init__(self, seen: Mapping[str, Path], group: int | None = None):
        self.folder = own_folder()
        self.at = Path(self.folder.name)
        self.home = self.at / "home"  # the home of our process that shows the copies
        self.home.mkdir()
        for inside, source in seen.items():
            _copy(source, self.at / inside.lstrip("/"))
        _open_to_readers(self.at)
        if group is not None:
            os.chown(self.at, -1, group)
            os.chown(self.home, group, group)
        self.at.chmod(0o711 if group is None else 0o750)

    def close(self) -> None:
        self.folder.cleanup()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.exists():
        shutil.copy2(source, target)


def _open_to_readers(folder: Path) -> None:
    for at, _, names in os.walk(folder):
        os.chmod(at, READ | ENTER | stat.S_IWUSR)
        for name in names:
            os.chmod(os.path.join(at, name), READ | stat.S_IWUSR)


class UserHome:
    """The folder in which a box's user may write. Files that the user leaves in open places are found too."""

    def __init__(self, user: int):
        self.user, self.folder = user, own_folder()
        Path(self.folder.name).chmod(0o711)  # users can enter it, but cannot list the folders in it
        self.at = Path(tempfile.mkdtemp(prefix="home-", dir=self.folder.name))
        os.chown(self.at, user, user)

    def used(self) -> tuple[int, int]:
        """Return the bytes and the number of the files of this user."""
        bytes_, files = 0, 0
        for size in _sizes(self.at, self.user):
            bytes_, files = bytes_ + size, files + 1
            if files > MOST_FILES:
                break
        return bytes_, files

    def close(self) -> None:
        """Remove all files that the user has written. Call it only when no process of the user runs."""
        strays = [path for place in OPEN_PLACES for path in _owned(place, self.user)]
        # Python's own removal fails on folders that are nested a thousand times.
        subprocess.run(["rm", "-rf", "--one-file-system", "--", self.at, *strays], check=False)
        self.folder.cleanup()


def _sizes(home: Path, user: int) -> Iterator[int]:
    """Yield the sizes of all files of a user that can be found without reading the whole disk."""
    yield from _below(os.open(home, os.O_RDONLY | os.O_DIRECTORY), DEEPEST)
    for path in (path for place in OPEN_PLACES for path in _owned(place, user)):
        try:
            found = path.lstat()
            yield found.st_blocks * BLOCK
            if stat.S_ISDIR(found.st_mode):
                yield from _below(os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW), DEEPEST)
        except OSError:  # it is gone meanwhile, or has been replaced by something else
            continue


def _below(folder: int, deep: int) -> Iterator[int]:
    """Yield the sizes of everything in a folder, and then close the folder.

    Folders that are nested too deeply count as more files than are allowed.
    """
    try:
        for entry in os.scandir(folder):
            try:
                found = entry.stat(follow_symlinks=False)
                yield found.st_blocks * BLOCK
                if stat.S_ISDIR(found.st_mode):
                    if not deep:
                        yield from (0 for _ in range(MOST_FILES))
                    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                    yield from _below(os.open(entry.name, flags, dir_fd=folder), deep - 1)
            except OSError:
                continue
    finally:
        os.close(folder)


def _owned(place: Path, user: int) -> Iterator[Path]:
    """Yield the files and folders of a user in a folder in which everybody may write."""
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        try:
            if entry.stat(follow_symlinks=False).st_uid == user:
                yield Path(entry.path)
        except OSError:
            continue


def python_is_shown() -> str:
    """Return the folder of the interpreter that others may not enter; "" if they can read all of it."""
    for name in (sys.base_prefix, sys.prefix):
        for folder in (Path(name), *Path(name).parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                return str(folder)
    return ""
