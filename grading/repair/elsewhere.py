"""If a written answer is missing, find text of the student that belongs to no question.

Then a person is asked, because no rule can tell whether such a text is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grading.marking.quoting import quoted
from grading.places import Spot
from grading.repair.match import Known, Matches, plain
from grading.repair.prose import said_in_code, said_in_text, texts_in, words_in
from grading.repair.read import Submitted

LONGEST = 6_000  # characters of a cell in which headings are searched
LOOKED_AT = 1_000_000  # characters of all changed cells that are searched
FEW = 4  # words; a text with fewer counts only in the question's section
STUB = "YOUR ANSWER HERE"  # nbgrader's own words
HEADING = re.compile(r"^#{1,6}\s+(.*)", re.MULTILINE)
# The badge that Colab, Binder and others put on top of a notebook.
BADGE = re.compile(
    r"<a [^<>]*>\s*<img [^<>]*badge[^<>]*>\s*</a>|\[!\[[^\]\n]*\]\([^)\n]*badge[^)\n]*\)\]\([^)\n]*\)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unclaimed:
    """A text that may be an answer, with its place. attachments: the pictures that were pasted into it."""

    spot: Spot
    text: str
    attachments: tuple[tuple[str, Any], ...] = ()


def unclaimed(
    known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches
) -> dict[str, list[Unclaimed]]:
    """Return the texts that may answer each written question without an answer, the nearest first."""
    missing = [
        place
        for place, cell in enumerate(known)
        if cell.is_written and not is_answered(cell, [submitted[at] for at in matches.get(place, ())])
    ]
    if not missing:
        return {}
    found = dict(_texts(known, submitted, matches))
    return {known[place].grade_id: list(_nearest(place, known, matches, found)) for place in missing}


def is_answered(question: Known, cells: Sequence[Submitted]) -> bool:
    """Tell whether the cells of a question have anything in addition to the given text."""
    given = {_bare(question.source), _bare(STUB), ""}
    return any(_bare(cell.source) not in given or cell.attachments for cell in cells)


def _bare(text: str) -> str:
    """Return the text without changes that a front end may make: spaces, stars, capital letters."""
    return re.sub(r"[\s*_>`~.:…\u200b\ufeff]+|<br\s*/?>|&nbsp;", " ", text).strip().casefold()


def _texts(
    known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches
) -> Iterator[tuple[int, Unclaimed]]:
    """Yield the texts that belong to no question, each with the place of its cell."""
    given = _given(known)
    owner = {at: known[place] for place, places in matches.items() for at in places}
    below, left = "", LOOKED_AT
    for at, cell in enumerate(submitted):
        below = (headings_of(cell) or [below])[-1]
        mine = owner.get(at)
        if (mine is None or not (mine.is_written or plain(mine.source) == plain(cell.source))) and left > 0:
            left -= len(cell.source)
            text = _own(cell, given, mine)
            if text:
                spot = Spot(at + 1, below, cell.kind, begins=quoted(cell.source))
                yield at, Unclaimed(spot, text, cell.attachments if mine is None else ())


def headings_of(cell: Submitted) -> list[str]:
    """Return the headings of a text cell, after which places are named; none for other cells."""
    return headings_in(cell.source) if cell.kind == "markdown" else []


def headings_in(text: str) -> list[str]:
    """Return the headings of a Markdown text, without their signs."""
    return [each.strip("#*_` \t")[:60] for each in HEADING.findall(text[:LONGEST])]


def _own(cell: Submitted, given: frozenset[str], mine: Known | None) -> str:
    """Return the text that a student wrote in a cell, for people to read; "" if there is no such text.

    mine: the instructor's cell that it belongs to. If that is a code cell for an answer, the text is read as
    code, even if the student's cell has become a text cell.
    """
    if (mine.kind if mine and mine.solution else cell.kind) == "code":
        return said_in_code(cell.source, given, alone=mine is None)
    return said_in_text(BADGE.sub("", cell.source), given)


def _given(known: Sequence[Known]) -> frozenset[str]:
    """Return the lines and texts that students were given. They are not answers."""
    lines = {plain(line).strip() for cell in known for line in cell.source.splitlines()}
    texts = (text for cell in known if cell.kind == "code" for text in texts_in(cell.source))
    return frozenset(lines | {line.strip() for text in texts for line in text.splitlines()} | {STUB})


def _nearest(
    place: int, known: Sequence[Known], matches: Matches, found: Mapping[int, Unclaimed]
) -> Iterator[Unclaimed]:
    """Yield first the texts in the question's section, of any length; then other texts, by distance."""
    low, high = _section(place, known, matches)
    own = matches.get(place, [low])[0]
    order = sorted(found, key=lambda at: (not low <= at <= high, abs(at - own)))
    worth = (at for at in order if _is_worth(found[at].text, 1 if low <= at <= high else FEW))
    yield from (found[at] for at in worth)


def _is_worth(text: str, words: int) -> bool:
    return words_in(text) >= words or any(sign in text for sign in ("![", "<img", "$"))


def _section(place: int, known: Sequence[Known], matches: Matches) -> tuple[int, int]:
    """Return the section of a question: from the cell with the heading above to that before the next."""
    headed = {at for at, cell in enumerate(known) if cell.kind == "markdown" and HEADING.search(cell.source)}
    above = [matches[at][-1] for at in headed if at < place and at in matches]
    below = [matches[at][0] for at in headed if at > place and at in matches]
    return max(above, default=0), min(below, default=10**9) - 1
