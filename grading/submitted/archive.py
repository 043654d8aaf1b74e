"""Read zip archives in memory. Nothing of them is written to a disk, so their paths can do no harm.

The sizes in an archive are not trusted: its list of names, and each file, is read only up to a limit.
Only the two usual methods of compression are unpacked.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from grading.repair.decode import MOST_BYTES, Unreadable
from grading.submitted.files import FileKind
from grading.submitted.names import shown

MOST_LIST = 1_000_000  # bytes of an archive's list of names
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UTF_8, ENCRYPTED = 0x800, 0x1  # flags

Opener = Callable[[], AbstractContextManager[io.RawIOBase]]  # opens the archive's bytes


@dataclass(frozen=True)
class Member:
    """One file in an archive. parts: its path. at: its place in the list. why: the reason not to read it."""

    parts: tuple[str, ...]
    kind: FileKind
    size: int
    changed: float
    at: int
    why: str = ""
    in_tar: bool = False


class _Careful(io.BufferedReader):
    """A reader that refuses a list of names above the limit."""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size > MOST_LIST:
            raise Unreadable("its list of files is too long")
        return super().read(size)


def members(opener: Opener) -> list[Member]:
    """Return the files in an archive. Raises Unreadable with one sentence."""
    with _opened(opener) as archive:
        found = (_member(at, info) for at, info in enumerate(archive.infolist()) if not info.is_dir())
        return [each for each in found if each.parts]


def read_member(opener: Opener, member: Member, most: int = MOST_BYTES) -> bytes:
    """Return the content of one file in an archive. Raises Unreadable with one sentence."""
    with _opened(opener) as archive:
        info = archive.infolist()[member.at]
        if info.file_size > most:
            raise Unreadable(f"it has more than {most / 1_000_000:g} MB")
        try:
            with archive.open(info) as file:
                return read_pieces(file, most)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
            raise Unreadable(f"'{shown(member.parts[-1])}' is damaged in the zip archive") from None


def read_pieces(file: Any, most: int) -> bytes:
    """Read in pieces, so that only the limit is unpacked. Raises Unreadable, and the errors of the file."""
    parts, left = [], most
    while part := file.read(min(left + 1, 1 << 16)):
        parts.append(part)
        left -= len(part)
        if left < 0:
            raise Unreadable(f"it has more than {most / 1_000_000:g} MB")
    return b"".join(parts)


@contextmanager
def _opened(opener: Opener) -> Iterator[zipfile.ZipFile]:
    with opener() as raw:
        try:
            archive = zipfile.ZipFile(_Careful(raw))
        except Unreadable:
            raise
        except Exception as error:  # the library raises more kinds of errors than it documents
            kind = "" if isinstance(error, zipfile.BadZipFile) else f" ({type(error).__name__})"
            raise Unreadable(f"it is not a zip archive, or it is damaged{kind}") from None
        with archive:
            yield archive


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names in a member's path."""
    return tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


def why_no_path(name: str, said: str) -> str:
    """Return why a member is not read, if its path leads out of the archive, or "". said: its description."""
    out = name.startswith(("/", "\\")) or name[1:2] == ":" or ".." in name.replace("\\", "/").split("/")
    return f"{said} has a path that leads out of it, and is not read" if out else ""


def _member(at: int, info: zipfile.ZipInfo) -> Member:
    name = _name(info)
    mode = info.external_attr >> 16
    kind = FileKind.of(mode) if stat.S_IFMT(mode) else FileKind.FILE
    return Member(parts_of(name), kind, info.file_size, _changed(info), at, _why_not(name, kind, info))


def _why_not(name: str, kind: FileKind, info: zipfile.ZipInfo) -> str:
    """Return why a member is not read; "" if it is read."""
    said = f"'{shown(name)}' in the zip archive"
    if why := why_no_path(name, said):
        return why
    if kind is not FileKind.FILE:
        return f"{said} is {kind}, and is not read"
    if info.flag_bits & ENCRYPTED:
        return f"{said} is encrypted: ask for it without a password"
    if info.compress_type not in PACKED:
        return f"{said} is packed in a way that is not read: ask for an ordinary zip"
    return ""


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Many programs write UTF-8 without its flag; old ones write code page 437."""
    if info.flag_bits & UTF_8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _changed(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time, tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return 0.0
