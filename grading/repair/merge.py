"""Two versions of a notebook in one file: one list of cells, some with a text of each version.

And which of two texts of an answer counts: the one that somebody has written, if the other is as it was
given. Where both are written, only a person can choose.
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
    """Return the cells of what a file holds, those of two versions in one list. Raises Unreadable."""
    first = _without_marks(cells_of(reading.content))
    return first if reading.other is None else _merged(first, _without_marks(cells_of(reading.other)))


def _without_marks(cells: Sequence[Submitted]) -> list[Submitted]:
    """The cells where nbdime left conflicts: between cells that are nothing but a mark."""
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
    """The cells of two versions: the same cell once, with both texts where these differ."""
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
    """Whether cells stand in each other's places: none has a name of its own."""
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
    """Cells with one text each. notes: what was chosen.

    disputed: by places of the instructor's cells, the second of two written versions of an answer.
    """

    cells: list[Submitted]
    notes: list[str] = field(default_factory=list)
    disputed: dict[int, str] = field(default_factory=dict)


def settled(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> Settled:
    """Return the submitted cells with one text each, by what students were given."""
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
    """A cell of code in which two versions stand, one behind the other; and what there is to say of it."""
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
    """The cell with the text that counts, and how it was chosen. If a person must choose, it keeps both."""
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
    """Those of a cell's two texts that are not as they were given, and, of code, that can run.

    One that is the beginning of the other is the older one.
    """
    texts = [text.strip("\n") for text in (cell.source, cell.other or "")]
    written = [text for text in texts if not (mine and _is_stub(text, mine))]
    able = [text for text in written if runs(text)] if cell.kind == "code" else written
    both = list({_meaning(cell.kind, text): text for text in able or written}.values())
    if len(both) == 2 and any(long.startswith(short) for long, short in (both, both[::-1])):
        return [max(both, key=len)]
    return both


def _do_the_same(cell: Submitted, mine: Known) -> bool:
    """Whether both versions were worked on, and differ in nothing that counts."""
    both = (cell.source, cell.other or "")
    meanings = {_meaning(cell.kind, text) for text in both}
    return len(meanings) == 1 and not any(_is_stub(text, mine) for text in both)


def _meaning(kind: str, text: str) -> str:
    """What is the same for two texts that differ in nothing that counts, such as comments."""
    return ast.dump(ast.parse(text)) if kind == "code" and runs(text) else plain(text)


def _is_stub(text: str, mine: Known) -> bool:
    return not text.strip() or _meaning(mine.kind, text) == _meaning(mine.kind, mine.source)
