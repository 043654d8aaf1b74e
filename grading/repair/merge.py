"""Merge two versions of a notebook in one file: one list of cells, some with the texts of both versions.

Then choose which of two texts of an answer counts. If only one of them differs from the given text, this one
counts. If both do, only a person can choose.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from checks.texts import later, say, text
from grading.marking.quoting import quoted
from grading.places import Spot
from grading.repair.marks import LOOK
from grading.repair.match import Known, Matches, defined, plain
from grading.repair.parse import Reading
from grading.repair.read import Submitted, cells_of
from grading.repair.twice import halves, redefined, runs, without

ONCE = later("the text was in the cell twice, and counts once")
WRITTEN = later("the file has two versions; the version that was worked on counts")
SAME = later("the file has two versions that do the same, so one of them counts")
LATER = later("defined twice in its cell; the later definition counts, as in Python")
DISPUTED = later("the file holds two versions of this answer")
MARKED = text("git could not merge two versions and wrote {marks} into it. They were left out", marks=LOOK)
MARK_CELL = re.compile(r"\W{0,3}(<{7}|={7}|>{7})[ \w.:/()-]{0,80}\W{0,3}")


def cells_in(reading: Reading) -> list[Submitted]:
    """Return the cells of a file's content, with the cells of two versions in one list. Raises Unreadable."""
    first = _without_marks(cells_of(reading.content))
    return first if reading.other is None else _merged(first, _without_marks(cells_of(reading.other)))


def _without_marks(cells: Sequence[Submitted]) -> list[Submitted]:
    """Return the cells, with the conflicts merged that nbdime left between cells with only a mark."""
    made: list[Submitted] = []
    sides: dict[str, list[Submitted]] = {}
    part = ""
    for cell in cells:
        mark = _mark(cell)
        if mark == ">" and part:
            made += _merged(sides.get("<", []), sides.get("=", []))
            sides, part = {}, ""
        elif mark == "<" or (mark and part):
            part = mark
        else:
            (sides.setdefault(part, []) if part else made).append(cell)
    return made + [cell for each in sides.values() for cell in each]


def _mark(cell: Submitted) -> str:
    text = cell.source.strip()
    if cell.kind == "code" or len(text) > 300:
        return ""
    text = re.sub(r"<[a-z/][^<>]*>", "", text).replace("&lt;", "<").replace("&gt;", ">")
    found = MARK_CELL.fullmatch(text.strip().strip("*`"))
    return found.group(1)[0] if found else ""


def _merged(first: Sequence[Submitted], second: Sequence[Submitted]) -> list[Submitted]:
    """Return the cells of two versions. A cell of both is there once, with both texts if they differ."""
    keys = [[_key(cell) for cell in cells] for cells in (first, second)]
    made: list[Submitted] = []
    for kind, begin, end, start, stop in Levenshtein.opcodes(*keys):
        if kind == "equal" or kind == "replace" and _fit(first[begin:end], second[start:stop]):
            made += [_both(mine, theirs) for mine, theirs in zip(first[begin:end], second[start:stop])]
        else:
            made += [*first[begin:end], *second[start:stop]]
    return made


def _key(cell: Submitted) -> str:
    return cell.grade_id or cell.id or f"{cell.kind} {cell.source.strip().partition(chr(10))[0]}"


def _fit(first: Sequence[Submitted], second: Sequence[Submitted]) -> bool:
    """Tell whether the cells can be versions of each other: the same kinds, and none has a grade_id."""
    return all(
        mine.kind == theirs.kind and not (mine.grade_id or theirs.grade_id)
        for mine, theirs in zip(first, second)
    )


def _both(mine: Submitted, theirs: Submitted) -> Submitted:
    if plain(mine.source) == plain(theirs.source):
        return mine
    return replace(mine, other=theirs.source)


@dataclass
class Settled:
    """Cells with one text each. notes: sentences about what was chosen.

    disputed: the second of two written versions of an answer, by the place of the instructor's cell.
    """

    cells: list[Submitted]
    notes: list[str] = field(default_factory=list)
    disputed: dict[int, str] = field(default_factory=dict)


def settled(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> Settled:
    """Return the submitted cells with one text each, chosen by comparing with the given texts."""
    owner = {at: place for place, places in matches.items() for at in places}
    made = Settled(list(submitted))
    told: dict[str, list[str]] = {}
    for at, cell in enumerate(submitted):
        place = owner.get(at)
        mine = known[place] if place is not None else None
        cell, parted = _parted(cell, mine)
        made.cells[at], chosen = _chosen(cell, mine)
        if place is not None and made.cells[at].other is not None:
            made.disputed[place] = made.cells[at].other or ""
        name = f"`{mine.grade_id}`" if mine and mine.grade_id else _place(at, cell)
        for note in filter(None, [MARKED if cell.marked else "", ONCE if cell.twice else "", parted, chosen]):
            told.setdefault(note, []).append(name)
    made.notes = [f"{', '.join(names)}: {say(note)}" for note, names in told.items()]
    return made


def _place(at: int, cell: Submitted) -> str:
    return str(Spot(at + 1, begins=quoted(cell.source)))


def _parted(cell: Submitted, mine: Known | None) -> tuple[Submitted, str]:
    """Split a code cell that has two versions, one after the other; also return a note about it."""
    if cell.kind != "code" or cell.other is not None or not (mine and mine.solution):
        return cell, ""
    rest = without(mine.source, cell.source)
    if rest and defined(mine.source) <= defined(rest):
        return replace(cell, source=rest, other=mine.source), ""
    parts = halves(cell.source)
    if parts is None:
        again = redefined(cell.source, defined(mine.source))
        if again and not any(_is_stub(part, mine) for part in again):
            return cell, LATER
        parts = again
    return (replace(cell, source=parts[0], other=parts[1]) if parts else cell), ""


def _chosen(cell: Submitted, mine: Known | None) -> tuple[Submitted, str]:
    """Return the cell with the text that counts, and a note. If a person must choose, it keeps both texts."""
    if cell.other is None:
        return cell, ""
    texts = _worth(cell, mine)
    if mine is None or not mine.solution:
        joined = texts if mine is None or mine.kind != "code" else texts[:1]
        return replace(cell, source="\n\n".join(joined) or cell.source, other=None), ""
    if len(texts) < 2:
        note = SAME if _do_the_same(cell, mine) else WRITTEN
        return replace(cell, source=texts[0] if texts else mine.source, other=None), note if texts else ""
    if mine.is_written:
        return replace(cell, source="\n\n".join(texts), other=None), ""
    return replace(cell, source=texts[0], other=texts[1]), DISPUTED


def _worth(cell: Submitted, mine: Known | None) -> list[str]:
    """Return those of a cell's two texts that differ from the given text. Code must also be valid Python.

    If one text is the beginning of the other, it is the older text, and is left out.
    """
    texts = [text.strip("\n") for text in (cell.source, cell.other or "")]
    written = [text for text in texts if not (mine and _is_stub(text, mine))]
    able = [text for text in written if runs(text)] if cell.kind == "code" else written
    both = list({_meaning(cell.kind, text): text for text in able or written}.values())
    if len(both) == 2 and any(long.startswith(short) for long, short in (both, both[::-1])):
        return [max(both, key=len)]
    return both


def _do_the_same(cell: Submitted, mine: Known) -> bool:
    """Tell whether both versions were worked on, and do the same."""
    both = (cell.source, cell.other or "")
    meanings = {_meaning(cell.kind, text) for text in both}
    return len(meanings) == 1 and not any(_is_stub(text, mine) for text in both)


def _meaning(kind: str, text: str) -> str:
    """Return a form that is the same for two texts which differ only in comments or spaces."""
    return ast.dump(ast.parse(text)) if kind == "code" and runs(text) else plain(text)


def _is_stub(text: str, mine: Known) -> bool:
    return not text.strip() or _meaning(mine.kind, text) == _meaning(mine.kind, mine.source)
