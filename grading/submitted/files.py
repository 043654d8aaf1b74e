"""Look at files that anyone may have put there: nothing is followed, waited for or trusted.

A folder is opened by its descriptor, one step after the other, so that no part of a path can be a link.
Only regular files are opened, and never more of them is read than they may have.
"""

from __future__ import annotations

import errno
import io
import os
import shlex
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grading.repair.decode import MOST_BYTES, Barrier, Unreadable
from grading.submitted.names import shown

_HOSTILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
OF_A_DISK = frozenset({errno.EIO, errno.ESTALE, errno.ENXIO, errno.ETIMEDOUT})


class FileKind(StrEnum):
    """What a name in a folder stands for."""

    FILE = "a file"
    FOLDER = "a folder"
    LINK = "a symbolic link"
    PIPE = "a named pipe"
    SOCKET = "a socket"
    DEVICE = "a device"

    @classmethod
    def of(cls, mode: int) -> FileKind:
        tests = {cls.FILE: stat.S_ISREG, cls.FOLDER: stat.S_ISDIR, cls.LINK: stat.S_ISLNK}
        more = {cls.PIPE: stat.S_ISFIFO, cls.SOCKET: stat.S_ISSOCK}
        return next((kind for kind, test in {**tests, **more}.items() if test(mode)), cls.DEVICE)


@dataclass(frozen=True)
class Listed:
    """One name in a folder. inode: the same for two names of one file. links: how many names it has."""

    name: str
    kind: FileKind
    size: int = 0
    changed: float = 0.0
    inode: tuple[int, int] = (0, 0)
    links: int = 1


Parts = Sequence[str]  # a path below a root, name by name


def list_folder(root: Path, parts: Parts = ()) -> list[Listed]:
    """Return what lies in a folder, in order of names. Raises Unreadable with one sentence."""
    with _opened(root, parts, folder=True) as handle:
        try:
            names = sorted(os.listdir(handle))
        except OSError as error:
            raise _refused(error, "the folder", root, parts) from None
        try:
            return list(_listed(handle, names))
        except PermissionError as error:  # its names can be read, but no more
            raise _refused(error, "the folder", root, parts) from None


def read_file(root: Path, parts: Parts, most: int = MOST_BYTES) -> bytes:
    """Return what is in a file, if it is a regular one of at most so many bytes. Raises Unreadable."""
    with open_file(root, parts) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise Unreadable(_too_large(most))
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise _refused(error, f"'{shown(parts[-1])}'", root, parts) from None
    if len(data) > most:  # it grew meanwhile
        raise Unreadable(_too_large(most))
    return data


@contextmanager
def open_file(root: Path, parts: Parts) -> Iterator[io.FileIO]:
    """Open a file, if it is a regular one. Raises Unreadable with one sentence."""
    with _opened(root, parts) as handle:
        kind = FileKind.of(os.fstat(handle).st_mode)
        if kind is not FileKind.FILE:
            raise Unreadable(f"'{shown(parts[-1])}' is {kind}, not a file")
        with io.FileIO(handle, closefd=False) as file:
            yield file


def _too_large(most: int) -> str:
    return f"it has more than {most / 1_000_000:g} MB"


def _listed(handle: int, names: Sequence[str]) -> Iterator[Listed]:
    for name in names:
        try:
            told = os.stat(name, dir_fd=handle, follow_symlinks=False)
        except PermissionError:
            raise
        except OSError:  # it is gone meanwhile
            continue
        inode = (told.st_dev, told.st_ino)
        yield Listed(name, FileKind.of(told.st_mode), told.st_size, told.st_mtime, inode, told.st_nlink)


@contextmanager
def _opened(root: Path, parts: Parts, folder: bool = False) -> Iterator[int]:
    """Open what is at a path below the root, which itself may be anything. Raises Unreadable."""
    handle = _open(str(root), None, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, root)
    try:
        for at, name in enumerate(parts):
            last = at == len(parts) - 1 and not folder
            _refuse_links(handle, name, root, parts)
            below = _open(name, handle, _HOSTILE | (0 if last else os.O_DIRECTORY), root, parts)
            os.close(handle)
            handle = below
        yield handle
    finally:
        os.close(handle)


def _refuse_links(handle: int, name: str, root: Path, parts: Parts) -> None:
    """Say what it is before it is opened; the opening itself follows no link, either."""
    try:
        kind = FileKind.of(os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode)
    except (OSError, ValueError) as error:
        raise _refused(error, f"'{shown(name)}'", root, parts) from None
    if kind not in (FileKind.FILE, FileKind.FOLDER):
        raise Unreadable(f"'{shown(name)}' is {kind}, and is not read")


def _open(name: str, at: int | None, flags: int, root: Path, parts: Parts = ()) -> int:
    try:
        return os.open(name, flags, dir_fd=at)
    except (OSError, ValueError) as error:
        raise _refused(error, f"'{shown(Path(name).name)}'", root, parts) from None


def _refused(error: Exception, what: str, root: Path, parts: Parts) -> Unreadable:
    """What is to be said of a file or folder below the root that cannot be opened, and what mends it."""
    if isinstance(error, PermissionError):
        place = "/".join(map(shown, [root.name, *parts[:1]]))
        mend = f"run `chmod -R u+rX {shlex.quote(place)}`"
        return Unreadable(f"you may not read {place}", Barrier.RIGHTS, mend)
    if isinstance(error, FileNotFoundError):
        return Unreadable(f"{what} cannot be read: it is not there any more", Barrier.MACHINE)
    says = f"{what} cannot be read: {getattr(error, 'strerror', None) or type(error).__name__}"
    is_ours = getattr(error, "errno", None) in OF_A_DISK
    return Unreadable(says, Barrier.MACHINE if is_ours else Barrier.CONTENT)
