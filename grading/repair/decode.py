"""Decode the bytes of a file to text, in any encoding that an editor or a mail program has used."""

from __future__ import annotations

import codecs
import json
import re
import zlib
from enum import StrEnum

from checks.texts import later, say

MOST_BYTES = 100_000_000  # bytes of a submitted file, of its unpacked content, and of an archive
MOST_STRAY = 100_000  # bytes that are decoded one by one; with more, the whole file is read as Windows-1252
COMPRESSED = later("it is a compressed archive")
BEGINNINGS = {
    b"PK": later("it is a zip archive, or an office document"),
    b"%PDF": later("it is a PDF file"),
    b"\x1f\x8b": COMPRESSED,
    b"\x89PNG": later("it is a picture"),
    b"\xff\xd8\xff": later("it is a picture"),
}
EXPORTED = re.compile(rb"jp-Notebook|jp-RenderedHTMLCommon|class=\"(?:input_area|text_cell_render|jp-Cell)")
HTML_KB = 2_000  # kB of a web page in which signs of a notebook are searched
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")


class Barrier(StrEnum):
    """The reason why the grader cannot read a submission."""

    CONTENT = "content"  # the content of the file: the student must hand in again
    RIGHTS = "rights"  # the user who runs the marking may not open the file
    MACHINE = "machine"  # the file has disappeared meanwhile, or a disk fails

    @property
    def is_ours(self) -> bool:
        """Tell whether only the people who mark can fix it, not the student."""
        return self is not Barrier.CONTENT


class Unreadable(ValueError):
    """The error for a file that cannot be read as a notebook. The message says why.

    `mend` says what an instructor can do, if that is known.
    """

    def __init__(self, says: str, barrier: Barrier = Barrier.CONTENT, mend: str = ""):
        super().__init__(says)
        self.barrier, self.mend = barrier, mend

    @property
    def with_mend(self) -> str:
        """Return the message, and what an instructor can do, if that is known."""
        return f"{self}. {self.mend[:1].upper()}{self.mend[1:]}" if self.mend else str(self)


def decoded(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a file, and notes on its encoding. Raises Unreadable."""
    _refuse_others(data)
    encoding = json.detect_encoding(data[:4])
    if encoding.startswith(("utf-16", "utf-32")):
        text, notes = data.decode(encoding, "replace"), []
        if text.lstrip("\ufeff \t\r\n")[:1] not in ("{", "["):
            raise Unreadable(say("it is not a text file"))
    else:
        text, notes = _narrow(data)
    if "\0" in text:
        notes.append(say("NUL bytes in the file, which a crash or a copy leaves, were left out"))
        text = text.replace("\0", "")
    text = text.lstrip("\ufeff")
    if text.lstrip()[:1] not in ("{", "[", '"') and CONTROL.search(text):
        raise Unreadable(say("it is not a text file"))
    return text, notes


def unpacked(data: bytes) -> bytes:
    """Return the content of a gzip file. Raises Unreadable if it is damaged or too large."""
    unzip = zlib.decompressobj(wbits=31)
    try:
        made = unzip.decompress(data, MOST_BYTES)
    except zlib.error:
        raise Unreadable(say(COMPRESSED)) from None
    if unzip.unconsumed_tail:
        raise Unreadable(
            say("it is a compressed archive of more than {most_bytes} MB", most_bytes=MOST_BYTES // 1000000)
        )
    return made


def is_gzip(data: bytes) -> bool:
    """Tell whether a file is packed with gzip."""
    return data[:2] == b"\x1f\x8b"


def _refuse_others(data: bytes) -> None:
    begins = data[:1000].lstrip()
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(say("the file is empty"))
    if begins[:1] == b"<" and not begins.startswith(b"<<<<<<<"):
        if EXPORTED.search(data[: HTML_KB * 1000]):
            raise Unreadable(
                say(
                    "it is a web page that was exported from a notebook, not the notebook itself; the "
                    "file to hand in ends in .ipynb"
                )
            )
        raise Unreadable(say("it is a web page, not a notebook"))
    for beginning, what in BEGINNINGS.items():
        if begins.startswith(beginning):
            raise Unreadable(say(what))


def _narrow(data: bytes) -> tuple[str, list[str]]:
    """Decode UTF-8. Each byte that is not UTF-8 is decoded as Windows-1252, which includes Latin-1."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    strays = _Strays()
    codecs.register_error("grading-strays", strays)
    try:
        text = data.decode("utf-8-sig", "grading-strays")
    except _OtherEncoding:
        text = data.decode("cp1252", "replace")
    if strays.count == 1:
        return text, [
            say("a byte in line {line} of the file is not UTF-8 and was read as Windows-1252", line=line)
        ]
    return text, [
        say(
            "some bytes of the file, from line {line}, are not UTF-8 and were read as Windows-1252", line=line
        )
    ]


class _OtherEncoding(Exception):
    pass


class _Strays:
    """A handler that decodes bytes which are not UTF-8, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        self.count += 1
        if self.count > MOST_STRAY:
            raise _OtherEncoding
        byte = error.object[error.start : error.start + 1]
        try:
            return byte.decode("cp1252"), error.start + 1
        except UnicodeDecodeError:
            return byte.decode("latin-1"), error.start + 1
