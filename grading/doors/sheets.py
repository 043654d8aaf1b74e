"""A table of a learning platform, as the platform or a spreadsheet saved it; and how to write one.

Excel writes in the way of its country: semicolons or tabs, code page 1252 or UTF-16, CRLF. We write UTF-8
with commas, which Canvas and Moodle both read.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.roster import as_text

BETWEEN = ",;\t"
MOST = 50_000_000  # bytes


@dataclass(frozen=True)
class Sheet:
    """A table with its header. name: the name of its file. rows: each is as long as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, *names: str) -> int | None:
        """Return the position of the first column with one of these names, in any capitals.

        If there is a column of the first name, the others are not looked for.
        """
        return next((at for each in names for at in self.columns(each)), None)

    def columns(self, name: str) -> list[int]:
        """Return the positions of all columns with a name, in any capitals."""
        wanted = name.strip().casefold()
        return [at for at, each in enumerate(self.header) if each.strip().casefold() == wanted]


def read_sheet(path: Path) -> Sheet:
    """Return the table in a file. Raises ValueError with the steps to take, or OSError without a file."""
    if path.stat().st_size > MOST:
        raise ValueError(f"{path.name} is far too large for a table of one class: is it the right file?")
    text = _decoded(path.read_bytes())
    first = text.split("\n", 1)[0]
    between = max(BETWEEN, key=first.count)
    try:
        rows = [
            row
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
            if any(row)
        ]
    except csv.Error as error:
        raise ValueError(f"{path.name} cannot be read as a table: {error}.") from None
    if len(rows) < 2:
        raise ValueError(f"{path.name} holds no table: download it again, as CSV.")
    width = len(rows[0])
    if any(len(row) > width for row in rows):
        raise ValueError(f"{path.name} has a row that is longer than its header: download it again.")
    filled = (tuple(row) + ("",) * (width - len(row)) for row in rows[1:])
    return Sheet(path.name, tuple(rows[0]), tuple(filled))


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def sheet_text(rows: Iterable[Sequence[str]]) -> str:
    """Return the text of a file with a table."""
    table = io.StringIO()
    csv.writer(table).writerows(rows)
    return table.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula. Only for cells by which nothing is matched.

    A single dash is not a formula, and is not changed.
    """
    return cell if cell.strip() == "-" else as_text(cell)
