"""Build the notebook that is marked: the instructor's cells, and in their places what was handed in."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import nbformat
from nbformat import NotebookNode

from grading.marking.nodes import new_cell
from grading.noted import KEY, Noted
from grading.repair.elsewhere import is_answered, unclaimed, with_texts
from grading.repair.homes import find_homes, is_begun, is_untouched
from grading.repair.layout import Layout, claimed, found_elsewhere
from grading.repair.match import Known, Matches, match, own_test
from grading.repair.names import defined, plain
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
    matches = {place: _main_first(place, known, submitted, matches) for place in matches}
    homes, before = find_homes(known, submitted, matches), [at for each in matches.values() for at in each]
    layout = Layout(known, submitted, claimed(homes, known, matches), {home.place: home for home in homes})
    made = Repaired(notes=[*notes, *_lost_names(layout), *found_elsewhere(layout, before)])
    _take_over(layout, made)
    _put_back(layout, made)
    cells = [cell for *_, cell in sorted(made.cells, key=lambda each: each[:2])]
    found = unclaimed(known, submitted, layout.matches)
    spots = {name: [each.spot for each in texts] for name, texts in found.items() if texts}
    untouched = [name for name in _untouched(layout) if name not in spots]
    noted = Noted(repaired=made.notes, untouched=untouched, elsewhere=spots)
    return _notebook(source, with_texts(cells, found), noted)


def blank(source: NotebookNode, release: NotebookNode, sentence: str) -> NotebookNode:
    """Return the notebook for a submission that cannot be read: only what a person can mark."""
    known = known_cells(source, release)
    cells = [_graded_cell(cell, cell.whole if cell.is_test else cell.source) for cell in known if cell.grade]
    return _notebook(source, cells, Noted(readable=False, unreadable=sentence))


def known_cells(source: NotebookNode, release: NotebookNode) -> list[Known]:
    """Return the instructor's cells, with the text that students were given."""
    given = {cell.get("id"): cell.source for cell in release.cells}
    return [_known(cell, given.get(cell.get("id"), cell.source)) for cell in source.cells]


def _known(cell: NotebookNode, released: str) -> Known:
    role = cell.metadata.get("nbgrader", {})
    names = (cell.get("id", ""), role.get("grade_id", ""))
    return Known(
        cell.cell_type, released, cell.source, *names, bool(role.get("solution")), bool(role.get("grade"))
    )


def _main_first(
    place: int, known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches
) -> list[int]:
    """Of several copies of an answer, put the one that counts first: the last written one before the test."""
    copies = matches[place]
    if not known[place].solution or len(copies) == 1:
        return copies
    written = [at for at in copies if not is_empty(known[place], submitted[at])] or copies
    test = own_test(place, known)
    tested = min(matches.get(test, [len(submitted)])) if test is not None else len(submitted)
    asked = defined(known[place].source)
    whole = [at for at in written if asked <= defined(submitted[at].source)] or written
    main = ([at for at in whole if at < tested] or whole)[-1]
    return [main, *(at for at in copies if at != main)]


def _take_over(layout: Layout, made: Repaired) -> None:
    """Take the submitted cells in their order; those of tests are left out."""
    owner, left_out = layout.owners(), layout.left_out()
    for at in (at for at in range(len(layout.submitted)) if at not in left_out):
        given = layout.given_by(at)
        for each in _taken(at, owner.get(at), layout, made.notes):
            if given:
                each.metadata[KEY] = {"answers": given}
            made.cells.append((layout.place_of(at), 0, each))


def _taken(at: int, place: int | None, layout: Layout, notes: list[str]) -> Iterator[NotebookNode]:
    """What becomes of a submitted cell; place: of the instructor's cell that it is."""
    cell = layout.submitted[at]
    mine = None if place is None else layout.known[place]
    if mine is not None and mine.solution:
        yield from _answer(at, place, layout, notes)
    elif mine is None or mine.is_test and layout.given_by(at):
        yield _plain_cell(cell)
    elif not mine.is_test:
        yield _plain_cell(replace(cell, kind=mine.kind))


def _answer(at: int, place: int, layout: Layout, notes: list[str]) -> Iterator[NotebookNode]:
    """An answer in its cell; a copy of it stays a cell of its own, unless nothing was written there."""
    mine, cell = layout.known[place], layout.submitted[at]
    if at == layout.matches[place][0]:
        if cell.kind != mine.kind:
            notes.append(f"`{mine.grade_id}` had become a {cell.kind} cell and is a {mine.kind} cell again")
        made = _graded_cell(mine, cell.source)
        if cell.attachments and mine.kind == "markdown":
            made.attachments = dict(cell.attachments)
        yield made
        return
    untouched = is_empty(mine, cell)
    kept = "was left out, because nothing is written in it" if untouched else "was run in its place"
    notes.append(f"`{mine.grade_id}` was there more than once; one copy {kept}")
    if not untouched:
        yield _plain_cell(replace(cell, kind=mine.kind))


def is_empty(question: Known, cell: Submitted) -> bool:
    """Tell whether nothing is written in a cell of this answer."""
    if question.kind == "code":
        return is_untouched(cell.source, question.source)
    return plain(cell.source) == plain(question.source)


def _put_back(layout: Layout, made: Repaired) -> None:
    """Put every test behind what it tests, and back what is missing and needed."""
    for place, cell in enumerate(layout.known):
        if cell.is_test:
            made.cells.append((layout.test_place(place), place, _graded_cell(cell, cell.whole)))
        elif place not in layout.matches and (cell.grade or _only_imports(cell)):
            made.cells.append((layout.anchor(place) + 0.25, place, _restored(cell)))
        else:
            continue
        if place not in layout.matches:
            made.notes.append(f"{_name(cell)} was missing and has been put back")


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


def _lost_names(layout: Layout) -> Iterator[str]:
    """Say which answers were recognised by their text alone, and which tests were restored."""
    known, submitted, matches = layout.known, layout.submitted, layout.matches
    answers = [place for place in matches if known[place].solution and place not in layout.homes]
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


def _untouched(layout: Layout) -> Iterator[str]:
    """The questions whose answers are as they were released, or are not there."""
    known = layout.known
    for place, cell in enumerate(known):
        if cell.is_written and not _written(place, layout):
            yield cell.grade_id
        if cell.is_test:
            answers = [
                each for each in range(place) if known[each].solution and own_test(each, known) == place
            ]
            if answers and not any(_written(each, layout) for each in answers):
                yield cell.grade_id


def _written(place: int, layout: Layout) -> bool:
    mine, cells = layout.known[place], [layout.submitted[at] for at in layout.matches.get(place, ())]
    if mine.is_written:
        return is_answered(mine, cells)
    if not cells:  # a part of it may be in another cell
        return place in layout.homes or is_begun(mine.source, layout.submitted)
    return not all(is_empty(mine, cell) for cell in cells)


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
