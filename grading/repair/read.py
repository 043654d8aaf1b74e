"""Read a notebook file, even a damaged one: only the text of its cells, and their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from checks.texts import say
from grading.repair.decode import COMPRESSED, Unreadable, decoded, is_gzip, unpacked
from grading.repair.parse import FIRST, Reading, parsed
from grading.repair.stand_ins import refuse_stand_in
from grading.repair.twice import once, versions

MAX_CELLS, MAX_CELL_KB = 2_000, 1_000
MAX_CODE_KB = 500  # kB of all code cells: each is parsed as Python, which needs time
KINDS = ("code", "markdown", "raw")
PICTURE_LIMIT = 8_000_000  # characters of one pasted picture; pictures.py makes it small
PASTED = tuple(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp"))


@dataclass(frozen=True)
class Submitted:
    """A cell as it was handed in: its kind, its text, and its names, if it has any.

    other: the text of a second version, if a file or a cell has two versions.
    twice: whether the cell had its text twice. marked: whether git had written its marks into the cell.
    """

    kind: str
    source: str
    id: str = ""
    grade_id: str = ""
    attachments: tuple[tuple[str, Any], ...] = ()
    other: str | None = None
    twice: bool = False
    marked: bool = False


def read_content(data: bytes) -> dict[str, Any]:
    """Return the content of a notebook file, as it was handed in. Raises Unreadable with one sentence."""
    return understood(data).content


def understood(data: bytes) -> Reading:
    """Return the content of a notebook file, and what was repaired. Raises Unreadable with one sentence."""
    refuse_stand_in(data)
    if is_gzip(data):
        return _unpacked(data)
    text, notes = decoded(data)
    reading = parsed(text)
    reading.notes[:0] = notes
    return reading


def _unpacked(data: bytes) -> Reading:
    try:
        text, notes = decoded(unpacked(data))
        reading = parsed(text)
    except Unreadable:
        raise Unreadable(COMPRESSED) from None
    reading.notes[:0] = ["the notebook was packed with gzip", *notes]
    return reading


def cells_of(content: dict[str, Any]) -> list[Submitted]:
    """Return the cells of a notebook. Raises Unreadable if there are too many, or too much code."""
    cells = list(islice(_cells(content), MAX_CELLS + 1))
    if len(cells) > MAX_CELLS:
        raise Unreadable(say("it has more than {max_cells:,} cells", max_cells=MAX_CELLS))
    code = sum(len(cell.source) for cell in cells if cell.kind == "code")
    if code > MAX_CODE_KB * 1_000:
        raise Unreadable(
            say(
                "it has {code:,} kB of code; at most {max_code_kb:,} kB are read",
                code=code // 1000,
                max_code_kb=MAX_CODE_KB,
            )
        )
    return cells


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
    kind = kind if kind in KINDS else "raw"
    first = _joined(cell[f"{FIRST}source"])[: MAX_CELL_KB * 1_000] if f"{FIRST}source" in cell else None
    sides = versions(source)
    source, other = sides or (source, first)
    part = once(kind, source)
    return Submitted(
        kind,
        source if part is None else part,
        _word(cell.get("id")),
        _word(role.get("grade_id")),
        tuple(_attachments(cell.get("attachments"))) if kind == "markdown" else (),
        other,
        part is not None,
        sides is not None,
    )


def _joined(source: Any) -> str:
    lines = [line for line in (source if isinstance(source, list) else [source]) if isinstance(line, str)]
    without_ends = len(lines) > 1 and not any("\n" in line for line in lines)  # as some programs write them
    return clean(("\n" if without_ends else "").join(lines))


def clean(text: str) -> str:
    """Return the text in a form that every program accepts: one kind of line end, no half characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _attachments(found: Any) -> Iterator[tuple[str, Any]]:
    """Yield the pictures that the student pasted into a written answer."""
    for name, data in found.items() if isinstance(found, dict) else ():
        pictures = {
            mime: clean(picture)
            for mime, picture in (data.items() if isinstance(data, dict) else ())
            if mime in PASTED and isinstance(picture, str) and len(picture) < PICTURE_LIMIT
        }
        if pictures:
            yield clean(str(name)), pictures


def _word(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
