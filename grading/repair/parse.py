"""Parse the text of a notebook file, also if the file has two versions of the notebook.

Git leaves the lines of two versions between marks. A synchronised folder can leave one version after the
other. In both cases there are two readings. merge.py makes one of them, cell by cell.
"""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from checks.texts import say
from grading.repair.decode import Unreadable
from grading.repair.marks import LOOK, side
from grading.repair.scripts import is_script, notebook_of_script

MARK = re.compile(r"^(?:<{7}|>{7})(?: [^\n]*)?\r?$", re.MULTILINE)
# A string, to its end or to the end of the file; or a comma with nothing after it.
COMMA = re.compile(r'"(?:[^"\\]++|\\.)*+"?|,(?=\s*[\]}])', re.DOTALL)
DOUBLE = ("cells", "source")  # keys that must keep both of two values: otherwise work would be lost
FIRST = "\0first "  # the prefix of the key of the first of two values
DIGITS = 400  # the most digits of a number: Python needs long for more, and no notebook has such a number


@dataclass
class Reading:
    """The content of a file. notes: what was repaired, in one sentence each.

    other: the second version of the content, if there are two. line: the line where it begins.
    """

    content: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    other: dict[str, Any] | None = None
    line: int = 0

    @property
    def language(self) -> str:
        """Return the programming language that the notebook names; "" if it names no language."""
        about = self.content.get("metadata")
        about = about if isinstance(about, dict) else {}
        told = [
            (about.get(key), word) for key, word in (("language_info", "name"), ("kernelspec", "language"))
        ]
        words = [each.get(word) for each, word in told if isinstance(each, dict)]
        said = next((word for word in words if isinstance(word, str)), "")
        return re.sub(r"[^\w+# .-]", "", said)[:20]


def parsed(text: str) -> Reading:
    """Return the content of a notebook's text. Raises Unreadable with one sentence."""
    try:
        return _read(text)
    except RecursionError:
        raise Unreadable(say("it is nested too deeply for a notebook")) from None


def _read(text: str) -> Reading:
    try:
        content = DECODER.decode(text)
    except ValueError as error:
        wrong = error
    else:
        return _reading(content, [])
    if MARK.search(text):
        return _both_sides(text)
    if text.lstrip()[:1] not in ("{", "["):
        content = notebook_of_script(text)
        if content:
            return Reading(
                content, [say("a script was handed in, not a notebook; its cells were read from it")]
            )
        if is_script(text):
            raise Unreadable(say("it is a Python script, not a notebook; the file to hand in ends in .ipynb"))
    content, notes, rest = _document(text, wrong)
    reading = _reading(content, notes)
    return _with_rest(reading, text, rest) if rest < len(text) else reading


def _reading(content: Any, notes: list[str]) -> Reading:
    """Return the reading of a notebook, which may be in a string or in a server's answer.

    Raises Unreadable if the content is not a notebook.
    """
    if isinstance(content, str):
        inner = _read(content)
        return Reading(
            inner.content, [*notes, say("the notebook was inside a text of JSON"), *inner.notes], inner.other
        )
    if isinstance(content, dict) and not _has_cells(content) and _has_cells(content.get("content")):
        content = content["content"]
    if not _has_cells(content):
        raise Unreadable(say("it has no cells"))
    first = content.get(FIRST + "cells")
    if isinstance(first, list) and first != content["cells"]:
        return Reading({**content, "cells": first}, [*notes, say("it had its cells twice")], content)
    return Reading(content, notes)


def _has_cells(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("cells", content.get("worksheets")), list)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a dictionary. Of a double key the last value counts; for keys of DOUBLE the first is kept."""
    made = dict(pairs)
    if len(made) < len(pairs):
        for key, value in reversed(pairs):
            if key in DOUBLE and value != made[key]:
                made[FIRST + key] = value
    return made


def _int(digits: str) -> int:
    return int(digits) if len(digits) <= DIGITS else 0


DECODER = json.JSONDecoder(strict=False, parse_int=_int, object_pairs_hook=_pairs)


def _document(text: str, wrong: ValueError) -> tuple[Any, list[str], int]:
    """Return the first value in a text, what was repaired, and where it ends. Raises Unreadable."""
    with contextlib.suppress(ValueError):
        return _decode(text, [])
    mended = COMMA.sub(lambda found: " " if found.group() == "," else found.group(), text)
    if mended != text:
        at = next(at for at, (old, new) in enumerate(zip(text, mended)) if old != new)
        line = text.count("\n", 0, at) + 1
        with contextlib.suppress(ValueError):
            return _decode(
                mended, [say("a comma with nothing after it (line {line}) was left out", line=line)]
            )
    raise _no_json(text, wrong)


def _decode(text: str, notes: list[str]) -> tuple[Any, list[str], int]:
    begin = len(text) - len(text.lstrip())
    content, end = DECODER.raw_decode(text, begin)
    return content, notes, len(text) - len(text[end:].lstrip())


def _no_json(text: str, error: ValueError) -> Unreadable:
    rest = text.rstrip()[getattr(error, "pos", 0) :]
    in_a_word = any(word.startswith(rest) for word in ("null", "true", "false"))
    at_end = len(rest) <= 1 or in_a_word or "Unterminated" in str(error)
    begins = text.lstrip()[:1] == "{"
    if begins and at_end:
        return Unreadable(say("it is cut off in the middle"))
    what = (
        say("the file is damaged or cut off")
        if begins
        else say("the file is not a notebook, or it is damaged")
    )
    return Unreadable(say("{what} (first fault in line {line})", what=what, line=getattr(error, "lineno", 1)))


def _with_rest(reading: Reading, text: str, rest: int) -> Reading:
    """Return the reading with the text after a notebook: it is a second notebook, or is left out."""
    line = text.count("\n", 0, rest) + 1
    try:
        second = _reading(DECODER.raw_decode(text, rest)[0], []).content
    except ValueError:
        note = say("some text after the end of the notebook (line {line}) was left out", line=line)
        return Reading(reading.content, [*reading.notes, note], reading.other, reading.line)
    note = say("the file has two notebooks, one after the other (line {line})", line=line)
    return Reading(reading.content, [*reading.notes, note], second, line)


def _both_sides(text: str) -> Reading:
    """Return the two versions that a merge left between git's marks. Raises Unreadable, with the line."""
    line = text.count("\n", 0, MARK.search(text).start()) + 1
    sides = []
    for sign in ("<", "="):
        version = "".join(side(text.splitlines(keepends=True), sign))
        try:
            content, notes, rest = _document(version, ValueError())
            sides.append(_reading(content, notes))
        except (ValueError, RecursionError):
            raise Unreadable(
                say(
                    "git could not merge two versions of it and wrote {look} into it (first in line "
                    "{line}). Keep one version, delete the other and these lines, and see that Jupyter "
                    "opens the file",
                    look=LOOK,
                    line=line,
                )
            ) from None
    first, second = sides
    note = say(
        "git could not merge two versions of your file and wrote {look} into it (first in "
        "line {line}). Both versions were read. Next time, keep one version and delete the "
        "other and these lines",
        look=LOOK,
        line=line,
    )
    return Reading(first.content, [note, *first.notes], second.content, line)
