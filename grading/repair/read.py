"""Read a notebook file, whatever has happened to it: only the text of its cells, and their names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_MB, MAX_CELLS, MAX_CELL_KB = 100, 2_000, 1_000
KINDS = ("code", "markdown", "raw")
PICTURES_LIMIT = 500_000  # characters of the pictures in one written answer
BEGINNINGS = {
    b"<": "it is a web page, not a notebook",
    b"PK": "it is a zip archive, or an office document",
    b"%PDF": "it is a PDF file",
    b"\x1f\x8b": "it is a compressed archive",
    b"\x89PNG": "it is a picture",
}


class Unreadable(ValueError):
    """A file that is no notebook; the message says what it is."""


@dataclass(frozen=True)
class Submitted:
    """A cell as it was handed in: its kind and text, and what names it may have."""

    kind: str
    source: str
    id: str = ""
    grade_id: str = ""
    attachments: tuple[tuple[str, Any], ...] = ()


def read_submission(path: Path) -> list[Submitted]:
    """Return the cells of a notebook file. Raises Unreadable with one sentence."""
    return cells_of(read_content(read_bytes(path)))


def read_bytes(path: Path) -> bytes:
    """Return what is in a file. Raises Unreadable if that is more than a notebook has."""
    if path.stat().st_size > MAX_MB * 1_000_000:
        raise Unreadable(f"it has more than {MAX_MB} MB")
    return path.read_bytes()


def read_content(data: bytes) -> dict[str, Any]:
    """Return what a notebook file holds, as it was handed in. Raises Unreadable with one sentence."""
    return _content(_text(data))


def cells_of(content: dict[str, Any]) -> list[Submitted]:
    """Return the cells of a notebook. Raises Unreadable if there are too many."""
    cells = list(_cells(content))
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"it has more than {MAX_CELLS:,} cells")
    return cells


def _text(data: bytes) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("the file is empty")
    for beginning, what in BEGINNINGS.items():
        if data.lstrip()[: len(beginning)] == beginning:
            raise Unreadable(what)
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("it is not a text file") from None


def _content(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except RecursionError:
        raise Unreadable("it is nested too deeply for a notebook") from None
    except ValueError as error:
        at_end = getattr(error, "pos", 0) >= len(text.rstrip()) - 1 or "Unterminated" in str(error)
        begins = text.lstrip()[:1] == "{"
        what = "it is cut off in the middle" if begins and at_end else "it is not in a notebook's format"
        raise Unreadable(f"{what} (line {getattr(error, 'lineno', 1)})") from None
    if not isinstance(content, dict) or not isinstance(content.get("cells", content.get("worksheets")), list):
        raise Unreadable("it has no cells")
    return content


def _cells(content: dict[str, Any]) -> Iterator[Submitted]:
    sheets = content.get("worksheets")
    raw = content.get("cells")
    if not isinstance(raw, list):  # nbformat 3 and older
        raw = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list(sheet.get("cells"))]
    yield from (_cell(cell) for cell in raw if isinstance(cell, dict))


def _cell(cell: dict[str, Any]) -> Submitted:
    kind, source = cell.get("cell_type"), _joined(cell.get("source", cell.get("input", "")))
    if kind == "heading":
        kind, source = "markdown", f"## {source}"
    if len(source) > MAX_CELL_KB * 1_000:
        kind, source = "raw", f"(a cell of more than {MAX_CELL_KB:,} kB is left out)"
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    role = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    return Submitted(
        kind if kind in KINDS else "raw",
        source,
        _word(cell.get("id")),
        _word(role.get("grade_id")),
        tuple(_attachments(cell.get("attachments"))) if kind == "markdown" else (),
    )


def _joined(source: Any) -> str:
    lines = source if isinstance(source, list) else [source]
    return clean("".join(line for line in lines if isinstance(line, str)))


def clean(text: str) -> str:
    """Return the text as every program takes it: one kind of line end, no halves of characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _attachments(found: Any) -> Iterator[tuple[str, Any]]:
    """Pictures that somebody pasted into a written answer."""
    for name, data in found.items() if isinstance(found, dict) else ():
        pictures = {
            mime: clean(picture)
            for mime, picture in (data.items() if isinstance(data, dict) else ())
            if mime in ("image/png", "image/jpeg") and isinstance(picture, str)
        }
        if pictures and sum(map(len, pictures.values())) < PICTURES_LIMIT:
            yield clean(str(name)), pictures


def _word(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
