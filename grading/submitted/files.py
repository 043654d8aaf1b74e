"""Read files that anybody may have put there: follow no link, wait for no pipe, trust no size.

Folders are opened by their descriptors, one after the other, so that no part of a path can be a link.
Only regular files are opened, and each is read only up to a limit.
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
    """The kind of thing that a name in a folder belongs to."""

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
    """One name in a folder. inode: the same for two names of one file. links: how many names the file has."""

    name: str
    kind: FileKind
    size: int = 0
    changed: float = 0.0
    inode: tuple[int, int] = (0, 0)
    links: int = 1


Parts = Sequence[str]  # a path below a root, name by name


def list_folder(root: Path, parts: Parts = ()) -> list[Listed]:
    """Return the names in a folder, in order. Raises Unreadable with one sentence."""
    with _opened(root, parts, folder=True) as handle:
        try:
            names = sorted(os.listdir(handle))
        except OSError as error:
            raise _refused(error, "the folder", root, parts) from None
        try:
            return list(_listed(handle, names))
        except PermissionError as error:  # the folder's names can be read, but nothing else
            raise _refused(error, "the folder", root, parts) from None


def read_file(root: Path, parts: Parts, most: int = MOST_BYTES) -> bytes:
    """Return the content of a regular file. Raises Unreadable, also for more than so many bytes."""
    with open_file(root, parts) as file:
        if os.fstat(file.fileno()).st_size > most:
            raise Unreadable(_too_large(most))
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise _refused(error, f"'{shown(parts[-1])}'", root, parts) from None
    if len(data) > most:  # the file has grown meanwhile
        raise Unreadable(_too_large(most))
    return data


@contextmanager
def open_file(root: Path, parts: Parts) -> Iterator[io.FileIO]:
    """Open a regular file. Raises Unreadable with one sentence, also for anything else."""
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
        except OSError:  # the file has been removed meanwhile
            continue
        inode = (told.st_dev, told.st_ino)
        yield Listed(name, FileKind.of(told.st_mode), told.st_size, told.st_mtime, inode, told.st_nlink)


@contextmanager
def _opened(root: Path, parts: Parts, folder: bool = False) -> Iterator[int]:
    """Open a file or folder at a path below the root. The root itself may be a link. Raises Unreadable."""
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
    """Raise Unreadable for a name that is not a file or folder. Opening also follows no link."""
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
    """Return the error for a file or folder below the root that cannot be opened, with the fix if known."""
    if isinstance(error, PermissionError):
        place = "/".join(map(shown, [root.name, *parts[:1]]))
        mend = f"run `chmod -R u+rX {shlex.quote(place)}`"
        return Unreadable(f"you may not read {place}", Barrier.RIGHTS, mend)
    if isinstance(error, FileNotFoundError):
        return Unreadable(f"{what} cannot be read: it is not there any more", Barrier.MACHINE)
    says = f"{what} cannot be read: {getattr(error, 'strerror', None) or type(error).__name__}"
    is_ours = getattr(error, "errno", None) in OF_A_DISK
    return Unreadable(says, Barrier.MACHINE if is_ours else Barrier.CONTENT)
