"""The statements that a box left out of a cell so that the rest of the cell could run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from grading.protocol.outputs import word_of

MOST = 20  # statements of one cell


@dataclass(frozen=True)
class LeftOut:
    """A statement that failed: its line in the cell, the class of its error, the missing package.

    plain: a missing name, if the statement was run without the annotations and decorators that use such
    names.
    """

    line: int
    error: str
    missing: str = ""
    plain: str = ""


def left_out_of(told: Any) -> list[LeftOut]:
    """Read which statements a box left out of a cell. told: data of unknown shape."""
    return list(_read(told)) if isinstance(told, list) else []


def _read(told: list[Any]) -> Iterator[LeftOut]:
    for each in told[:MOST]:
        if isinstance(each, dict) and type(each.get("line")) is int:
            error, *names = (word_of(each.get(key), 100) for key in ("error", "missing", "plain"))
            yield LeftOut(each["line"], error, *(name if name.isidentifier() else "" for name in names))
