"""Handle a cell that has its text twice: the same text again, or two versions of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grading.repair.marks import MARK, side
from grading.repair.names import UNREAD

LINES = 2_000  # lines of a cell that are compared with each other
SHORT = 20  # characters; a shorter text may be repeated on purpose
DEFINITION = re.compile(r"(?:def|class) \w+ ?[(:]")
GAPS = ("", "\n", "\n\n", "\n\n\n")


def once(kind: str, source: str) -> str | None:
    """Return the text that a cell has twice or more; None if there is no such text.

    Code counts only if it defines something, or if the whole cell is not valid Python. Other code may be
    repeated on purpose.
    """
    text = source.strip()
    if len(text) < 2 * SHORT:
        return None
    found = next((part for part in _repeated(text) if len(part) >= SHORT), None)
    if found is None or (
        kind == "code" and not (runs(found) and (DEFINITION.search(found) or not runs(text)))
    ):
        return None
    return found


def _repeated(text: str) -> Iterator[str]:
    """Yield the part that a text repeats, if the text is only repetitions of it with the same gaps."""
    for gap in GAPS:
        whole = text + gap
        period = (whole + whole).find(whole, 1)
        if period < len(whole):
            yield whole[: period - len(gap)].strip()
    lines = text.split("\n", LINES)
    yield from _by_lines(lines) if len(lines) <= LINES else ()


def _by_lines(lines: list[str]) -> Iterator[str]:
    """Yield half of the lines if both halves are the same except for spaces.

    If all lines are double, yield each line once.
    """
    lines = [line.rstrip() for line in lines]
    full = [at for at, line in enumerate(lines) if line]
    half = len(full) // 2
    if half and [lines[at] for at in full[:half]] == [lines[at] for at in full[half:]]:
        yield "\n".join(lines[: full[half - 1] + 1])
    for each in (lines, [lines[at] for at in full]):
        if each[::2] == each[1::2]:
            yield "\n".join(each[::2])


def versions(source: str) -> tuple[str, str] | None:
    """Return the two texts that a merge left in one cell, between git's marks; None if it has no marks."""
    lines = source.split("\n")
    marks = [found.group(1)[0] for line in lines if (found := MARK.match(line))]
    if "<" not in marks or ">" not in marks or "=" not in marks:
        return None
    return "\n".join(side(lines, "<")), "\n".join(side(lines, "="))


def halves(source: str) -> tuple[str, str] | None:
    """Return the two versions of an answer that are in one code cell; None if there is only one version.

    Only a cell that is not valid Python is split: where its first line, or a definition, begins again. That
    may be in the middle of a line or at its beginning.
    """
    if runs(source):
        return None
    for at in _again(source):
        parts = source[:at], source[at:]
        if any(map(runs, parts)):
            return parts
    return None


def _again(source: str) -> Iterator[int]:
    """Yield where the first line comes again, or a definition of the same name; not inside a definition."""
    first = source.lstrip().split("\n", 1)[0].rstrip()
    at = source.find(first, source.find(first) + 1) if len(first) >= 8 else -1
    if at > 0:
        yield at
    seen: set[str] = set()
    for found in DEFINITION.finditer(source):
        line = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
        if found.group() in seen and (line == "" or line.strip()):
            yield found.start()
            return
        seen.add(found.group())


def without(stub: str, source: str) -> str | None:
    """Return the code before or after a complete stub in a code cell; None if there is no such code."""
    stub, text = stub.strip(), source.strip()
    if not stub or len(text) <= len(stub):
        return None
    rests = [text[len(stub) :]] if text.startswith(stub) else []
    rests += [text[: -len(stub)]] if text.endswith(stub) else []
    return next((rest.strip() for rest in rests if runs(rest) and rest.strip()), None)


def redefined(source: str, names: set[str]) -> tuple[str, str] | None:
    """Return two parts of a cell that define the same of these names; None if no name is defined twice."""
    body = _body(source)
    seen: set[str] = set()
    for node in body or ():
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            if node.name in seen:
                first = min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1
                lines = source.split("\n")
                return "\n".join(lines[:first]), "\n".join(lines[first:])
            seen.add(node.name)
    return None


def runs(source: str) -> bool:
    """Tell whether a text is valid Python, by its grammar."""
    return _body(source) is not None


def _body(source: str) -> list[ast.stmt] | None:
    try:
        return ast.parse(source).body
    except UNREAD:
        return None
