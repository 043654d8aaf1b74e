"""What a cell showed, as a box says it: data of unknown shape, of which only so much is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grading.protocol.shell import MOST_OUTPUTS, PICTURES_LIMIT, SHOWN, TEXT_LIMIT

NAMES, MESSAGES = 100, 1_000  # characters of an error's class, and of what it says


def outputs_of(told: list[Any]) -> list[dict[str, Any]]:
    """Return the outputs that a shell of ours could have collected in one cell, see shell.py.

    The box counts too, but the student's code can change how: nothing here relies on it.
    """
    room = _Room()
    return list(filter(None, map(room.output, told[:MOST_OUTPUTS])))


class _Room:
    """Takes outputs while there is room for them. Twice the text is for signs that say what is left out."""

    def __init__(self) -> None:
        self.text_left, self.pictures_left = 2 * TEXT_LIMIT, PICTURES_LIMIT

    def output(self, told: Any) -> dict[str, Any] | None:
        kind = told.get("kind") if isinstance(told, dict) else None
        if kind == "stream":
            return {
                "kind": kind,
                "name": word_of(told.get("name"), NAMES),
                "text": self._text(told.get("text")),
            }
        if kind == "error":
            return self._error(told)
        data = dict(self._parts(told.get("data"))) if kind == "data" else {}
        return {"kind": kind, "result": told.get("result") is True, "data": data} if data else None

    def _error(self, told: dict[Any, Any]) -> dict[str, Any]:
        lines = told.get("traceback")
        trace = [self._text(line) for line in lines[:MESSAGES]] if isinstance(lines, list) else []
        words = {"name": word_of(told.get("name"), NAMES), "value": word_of(told.get("value"), MESSAGES)}
        return {"kind": "error", **words, "traceback": trace}

    def _parts(self, data: Any) -> Iterator[tuple[str, str]]:
        """The kinds that are shown; pictures and HTML come whole, or not at all."""
        for mime in SHOWN if isinstance(data, dict) else ():
            text = data.get(mime)
            if mime == "text/plain":
                text = self._text(text)
            elif isinstance(text, str):
                self.pictures_left -= len(text)
                text = text if self.pictures_left >= 0 else ""
            if text and isinstance(text, str):
                yield mime, text

    def _text(self, text: Any) -> str:
        kept = text[: self.text_left] if isinstance(text, str) else ""
        self.text_left -= len(kept)
        return kept


def word_of(said: Any, most: int) -> str:
    """What the box says as one word or number; "" for anything else, which may be millions of values."""
    return str(said)[:most] if type(said) in (str, int, float) else ""
