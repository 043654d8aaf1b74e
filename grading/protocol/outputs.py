"""Read the outputs of a cell that a box sends: data of unknown shape, of which a limited part is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grading.protocol.shell import MOST_OUTPUTS, PICTURES_LIMIT, SHOWN, TEXT_LIMIT

NAMES, MESSAGES = 100, 1_000  # characters of an error's class, and of its message


def outputs_of(told: list[Any]) -> list[dict[str, Any]]:
    """Return those of the outputs that an unchanged shell could have collected in one cell, see shell.py.

    The box also counts, but the student's code can change that. So this function does not rely on the box.
    """
    room = _Room()
    return list(filter(None, map(room.output, told[:MOST_OUTPUTS])))


class _Room:
    """The room for outputs that is left. Twice the text is allowed, for notes that say what is left out."""

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
        """Yield the kinds of data that are shown. Pictures and HTML are complete, or are left out."""
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
    """Return a word or number of the box as text; "" for anything else, which may be millions of values."""
    return str(said)[:most] if type(said) in (str, int, float) else ""
