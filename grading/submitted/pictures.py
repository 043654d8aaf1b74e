"""The pictures that lie beside a notebook, for written answers that show them."""

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
)  # a camera's picture has up to 12 MB


class Readable(Protocol):
    """A file that lies somewhere below the notebook's folder."""

    def read(self, most: int) -> bytes:
        """Return its bytes. Raises Unreadable if there are more, or none."""


def pictures_of(notebook: bytes, files: Mapping[str, Readable]) -> Mapping[str, bytes]:
    """Return the pictures that a notebook names, by their paths from its folder, with / between names.

    notebook: its bytes. files: what lies beside it and below. What is too large, or too much,
    is empty: so it can be said that it was handed in.
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
    readable = b"\0" not in notebook[:100] and notebook[:2] != b"\x1f\x8b"  # else it is packed, or in UTF-16
    text = notebook.lower()
    for path in sorted(files):
        name = PurePosixPath(path).name
        if name.lower().endswith(ENDINGS) and (
            not readable or any(each.lower() in text for each in _spellings(name))
        ):
            yield path


def _spellings(name: str) -> Iterator[bytes]:
    """How the name of a file can stand in the JSON of a notebook, in either form of Unicode."""
    for text in dict.fromkeys((name, shown(name), unicodedata.normalize("NFD", name))):
        for each in (text, quote(text, errors="replace"), text.replace(" ", "%20")):
            yield each.encode(errors="surrogateescape")
            yield json.dumps(each)[1:-1].encode()
