"""Build the notebook that is marked: the instructor's cells, and in their places what was handed in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import nbformat
from nbformat import NotebookNode

from grading.marking.nodes import new_cell
from grading.noted import Noted
from grading.repair.beside import disputes, with_texts
from grading.repair.elsewhere import is_answered, unclaimed
from grading.repair.match import Known, Matches, defined, known_cells, match, plain
from grading.repair.merge import settled
from grading.repair.read import Submitted


@dataclass
class Repaired:
    """The cells in their new order, each with its place in the old, and what was done."""

    cells: list[tuple[float, int, NotebookNode]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rebuild(
    source: NotebookNode, release: NotebookNode, submitted: Sequence[Submitted], notes: Sequence[str] = ()
) -> NotebookNode:
    """Return the notebook that is marked; what was repaired is in its metadata.

    source: the instructor's notebook, with hidden tests. release: what students were given.
    """
    known = known_cells(source, release)
    matches = match(known, submitted)
    chosen = settled(known, submitted, matches)
    submitted = chosen.cells
    matches = {place: _main_first(place, known, submitted, matches) for place in matches}
    made = Repaired(notes=[*notes, *_lost_names(known, submitted, matches), *chosen.notes])
    _take_over(known, submitted, matches, made)
    _put_back(known, matches, made)
    cells = [cell for *_, cell in sorted(made.cells, key=lambda each: each[:2])]
    found = unclaimed(known, submitted, matches)
    spots = {name: [each.spot for each in texts] for name, texts in found.items() if texts}
    untouched = [name for name in _untouched(known, submitted, matches) if name not in spots]
    noted = Noted(repaired=made.notes, untouched=untouched, elsewhere=spots, disputed=disputes(known, chosen))
    return _notebook(source, with_texts(cells, known, chosen, found), noted)


def blank(source: NotebookNode, release: NotebookNode, sentence: str) -> NotebookNode:
    """Return the notebook for a submission that cannot be read: only what a person can mark."""
    known = known_cells(source, release)
    cells = [_graded_cell(cell, cell.whole if cell.is_test else cell.source) for cell in known if cell.grade]
    return _notebook(source, cells, Noted(readable=False, unreadable=sentence))


def _main_first(
    place: int, known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches
) -> list[int]:
    """Of several copies of an answer, put the one that counts first: the last written one before the test."""
    copies = matches[place]
    if not known[place].solution or len(copies) == 1:
        return copies
    written = [at for at in copies if plain(submitted[at].source) != plain(known[place].source)] or copies
    test = _own_test(place, known)
    tested = min(matches.get(test, [len(submitted)])) if test is not None else len(submitted)
    asked = defined(known[place].source)
    whole = [at for at in written if asked <= defined(submitted[at].source)] or written
    main = ([at for at in whole if at < tested] or whole)[-1]
    return [main, *(at for at in copies if at != main)]


def _own_test(place: int, known: Sequence[Known]) -> int | None:
    """The test cell that follows an answer, before the next answer."""
    for later in range(place + 1, len(known)):
        if known[later].is_test:
            return later
        if known[later].solution:
            return None
    return None


def _anchor(place: int, known: Sequence[Known], matches: Matches, solutions: bool) -> float:
    """Where a cell belongs in the submission: right after the last of the cells before it that is there."""
    for before in range(place - 1, -1, -1):
        if before in matches and (known[before].solution or not solutions) and not known[before].is_test:
            return matches[before][0]
    return -1 if not solutions else _anchor(place, known, matches, solutions=False)


def _take_over(
    known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches, made: Repaired
) -> None:
    """Take the submitted cells in their order; those of tests are left out."""
    owner = {at: place for place, places in matches.items() for at in places}
    for at, cell in enumerate(submitted):
        place = owner.get(at)
        if place is None:
            made.cells.append((at, 0, _plain_cell(cell)))
        elif not known[place].grade and not known[place].solution:
            made.cells.append((at, 0, _plain_cell(replace(cell, kind=known[place].kind))))
        elif known[place].solution:
            made.cells.extend(
                (at, 0, each) for each in _answer(at, place, known, submitted, matches, made.notes)
            )


def _answer(
    at: int,
    place: int,
    known: Sequence[Known],
    submitted: Sequence[Submitted],
    matches: Matches,
    notes: list[str],
) -> Iterator[NotebookNode]:
    """An answer in its cell; a copy of it stays a cell of its own, unless nothing was written there."""
    mine, cell = known[place], submitted[at]
    if at == matches[place][0]:
        if cell.kind != mine.kind:
            notes.append(f"`{mine.grade_id}` had become a {cell.kind} cell and is a {mine.kind} cell again")
        made = _graded_cell(mine, cell.source)
        if cell.attachments and mine.kind == "markdown":
            made.attachments = dict(cell.attachments)
        yield made
        return
    untouched = plain(cell.source) == plain(mine.source)
    kept = "was left out, because nothing is written in it" if untouched else "was run in its place"
    notes.append(f"`{mine.grade_id}` was there more than once; one copy {kept}")
    if not untouched:
        yield _plain_cell(replace(cell, kind=mine.kind))


def _put_back(known: Sequence[Known], matches: Matches, made: Repaired) -> None:
    """Put every test behind what it tests, and back what is missing and needed."""
    for place, cell in enumerate(known):
        if cell.is_test:
            made.cells.append((_test_place(place, known, matches), place, _graded_cell(cell, cell.whole)))
        elif place not in matches and (cell.grade or _only_imports(cell)):
            made.cells.append((_anchor(place, known, matches, False) + 0.25, place, _restored(cell)))
        else:
            continue
        if place not in matches:
            made.notes.append(f"{_name(cell)} was missing and has been put back")


def _test_place(place: int, known: Sequence[Known], matches: Matches) -> float:
    tested = _anchor(place, known, matches, solutions=True) + 0.5
    return max(tested, float(matches[place][0])) if place in matches else tested


def _restored(cell: Known) -> NotebookNode:
    return _graded_cell(cell, cell.source) if cell.grade else new_cell("code", cell.source)


def _only_imports(cell: Known) -> bool:
    try:
        body = ast.parse(cell.source).body if cell.kind == "code" else []
    except SyntaxError:
        return False
    return bool(body) and all(isinstance(each, ast.Import | ast.ImportFrom) for each in body)


def _name(cell: Known) -> str:
    return f"`{cell.grade_id}`" if cell.grade_id else "the cell with the imports"


def _lost_names(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> Iterator[str]:
    """Say which answers were recognised by their text alone, and which tests were restored."""
    answers = [place for place in matches if known[place].solution]
    lost = [place for place in answers if submitted[matches[place][0]].grade_id != known[place].grade_id]
    if lost:
        names = ", ".join(f"`{known[place].grade_id}`" for place in sorted(lost))
        yield f"these cells had lost their metadata and were recognised all the same: {names}"
    for place in (place for place in matches if known[place].is_test):
        cell = submitted[matches[place][0]]
        given = (plain(known[place].source), plain(known[place].whole))
        if plain(cell.source) not in given or cell.kind != known[place].kind:
            yield f"`{known[place].grade_id}` had been changed; the released test was run"
        elif len(matches[place]) > 1:
            yield f"`{known[place].grade_id}` was there more than once; it was run once"


def _untouched(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> Iterator[str]:
    """The questions whose answers are as they were released, or are not there."""
    for place, cell in enumerate(known):
        if cell.grade and cell.solution and not _written(place, known, submitted, matches):
            yield cell.grade_id
        if cell.is_test:
            answers = [
                each for each in range(place) if known[each].solution and _own_test(each, known) == place
            ]
            if answers and not any(_written(each, known, submitted, matches) for each in answers):
                yield cell.grade_id


def _written(place: int, known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> bool:
    if known[place].is_written:
        return is_answered(known[place], [submitted[at] for at in matches.get(place, ())])
    texts = [submitted[at].source for at in matches.get(place, ())]
    if not texts:  # it may have moved into another cell
        asked = defined(known[place].source)
        return any(asked & defined(cell.source) for cell in submitted)
    return any(plain(text) != plain(known[place].source) for text in texts)


def _plain_cell(cell: Submitted) -> NotebookNode:
    new = new_cell(cell.kind, cell.source)
    if cell.attachments and cell.kind == "markdown":
        new.attachments = dict(cell.attachments)
    return new


def _graded_cell(cell: Known, text: str) -> NotebookNode:
    new = _plain_cell(Submitted(cell.kind, text))
    new.metadata.nbgrader = {"grade_id": cell.grade_id}
    return new


def _notebook(source: NotebookNode, cells: list[NotebookNode], noted: Noted) -> NotebookNode:
    roles = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in source.cells
        if "nbgrader" in cell.metadata
    }
    for number, cell in enumerate(cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.id = name or f"cell-{number}"
        if name:
            cell.metadata.nbgrader = NotebookNode({**roles[name], "cell_type": cell.cell_type})
    kept = {key: source.metadata[key] for key in ("kernelspec", "language_info") if key in source.metadata}
    made = nbformat.v4.new_notebook(cells=cells, metadata=kept)
    noted.write(made)
    return made
