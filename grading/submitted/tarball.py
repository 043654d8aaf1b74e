"""Read tar archives, compressed or not, in memory, like zips: see archive.py, which has the limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from grading.repair.read import Unreadable
from grading.submitted.archive import MOST_BYTES, Member, Opener, parts_of, read_pieces, why_no_path
from grading.submitted.files import FileKind
from grading.submitted.names import shown

MOST_MEMBERS, MOST_HEADERS = 10_000, 100  # at most so many files, and headers for all files after them
UNPACK: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZ": bz2.open,
    b"\xfd7": lzma.open,
}


def tar_members(opener: Opener) -> list[Member]:
    """Return the files in a tar archive. Raises Unreadable with one sentence."""
    found = (_member(at, info) for at, info in enumerate(_listed(_opened(opener))) if not info.isdir())
    return [each for each in found if each.parts]


def read_tar_member(opener: Opener, member: Member, most: int = MOST_BYTES) -> bytes:
    """Return the content of one file in a tar archive. Raises Unreadable with one sentence."""
    archive = _opened(opener)
    info = next((each for at, each in enumerate(_listed(archive)) if at == member.at), None)
    file = archive.extractfile(info) if info and info.isreg() and not info.issparse() else None
    if file is None:
        raise Unreadable(f"'{shown(member.parts[-1])}' is damaged in the tar archive")
    return read_pieces(file, most)


def _opened(opener: Opener) -> tarfile.TarFile:
    """Open the archive. All of it is decompressed first, up to the limit."""
    with opener() as raw:
        try:
            data = _unpacked(io.BufferedReader(raw))
            return tarfile.open(fileobj=io.BytesIO(data), mode="r:")
        except Unreadable:
            raise
        except Exception as error:  # the libraries raise more kinds of errors than they document
            raise _damaged(error) from None


def _unpacked(file: io.BufferedReader) -> bytes:
    first = file.peek(2)[:2]
    return read_pieces(UNPACK[first](file) if first in UNPACK else file, MOST_BYTES)


def _listed(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yield the members of an archive, in order, up to a limit of their number."""
    try:
        for count, info in enumerate(archive):
            if count >= MOST_MEMBERS or len(archive.pax_headers) > MOST_HEADERS:
                raise Unreadable("its list of files is too long")
            yield info
    except Unreadable:
        raise
    except Exception as error:
        raise _damaged(error) from None


def _damaged(error: Exception) -> Unreadable:
    known = (tarfile.TarError, OSError, EOFError, lzma.LZMAError, zlib.error)
    kind = "" if isinstance(error, known) else f" ({type(error).__name__})"
    return Unreadable(f"it is not a tar archive, or it is damaged{kind}")


def _member(at: int, info: tarfile.TarInfo) -> Member:
    kind = FileKind.FILE if info.isreg() else FileKind.LINK if info.issym() else FileKind.DEVICE
    return Member(parts_of(info.name), kind, info.size, float(info.mtime), at, _why_not(info, kind), True)


def _why_not(info: tarfile.TarInfo, kind: FileKind) -> str:
    """Return why a member is not read; "" if it is read. A hard link is another name of a file."""
    said = f"'{shown(info.name)}' in the tar archive"
    if info.islnk():
        return f"{said} is a hard link, and is not read"
    if kind is not FileKind.FILE:
        return f"{said} is {kind}, and is not read"
    if info.issparse():
        return f"{said} is packed in a way that is not read: ask for a zip"
    return why_no_path(info.name, said)
