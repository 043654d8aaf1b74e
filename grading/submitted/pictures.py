"""Read the pictures beside a notebook that its written answers show."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import quote

from grading.repair.read import Unreadable
from grading.submitted.names import shown

ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
MOST_PICTURES, MOST_BYTES, MOST_BYTES_OF_ALL = (
    40,
    12_000_000,
    24_000_000,
)  # a picture from a camera has up to 12 MB


class Readable(Protocol):
    """A file below the notebook's folder."""

    def read(self, most: int) -> bytes:
        """Return its bytes. Raises Unreadable if there are more bytes, or if it cannot be read."""


def pictures_of(notebook: bytes, files: Mapping[str, Readable]) -> Mapping[str, bytes]:
    """Return the pictures that a notebook names, by their paths from its folder, with / between names.

    notebook: the notebook's bytes. files: the files beside it and below. A picture that is too large, or for
    which there is no room, is empty. So a sentence can say that it was handed in.
    """
    found: dict[str, bytes] = {}
    left = MOST_BYTES_OF_ALL
    for path in list(_named(notebook, files))[:MOST_PICTURES]:
        try:
            data = files[path].read(min(MOST_BYTES, left))
        except Unreadable:
            found[shown(path)] = b""
            continue
        found[shown(path)] = data
        left -= len(data)
    return found


def _named(notebook: bytes, files: Mapping[str, Readable]) -> Iterator[str]:
    # Otherwise it is packed, or in UTF-16.
    readable = b"\0" not in notebook[:100] and notebook[:2] != b"\x1f\x8b"
    text = notebook.lower()
    for path in sorted(files):
        name = PurePosixPath(path).name
        if name.lower().endswith(ENDINGS) and (
            not readable or any(each.lower() in text for each in _spellings(name))
        ):
            yield path


def _spellings(name: str) -> Iterator[bytes]:
    """Yield the forms that a file's name can have in a notebook's JSON, in both forms of Unicode."""
    for text in dict.fromkeys((name, shown(name), unicodedata.normalize("NFD", name))):
        for each in (text, quote(text, errors="replace"), text.replace(" ", "%20")):
            yield each.encode(errors="surrogateescape")
            yield json.dumps(each)[1:-1].encode()
