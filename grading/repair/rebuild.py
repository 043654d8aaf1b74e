"""Build the notebook that is marked: the instructor's cells, with the student's answers in their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nbformat import NotebookNode

from checks.texts import later, say
from grading.marking.nodes import new_cell
from grading.marking.quoting import quoted
from grading.noted import ANSWERS, INSTEAD, KEY, NUMBER, Noted
from grading.places import FileBeside, Spot
from grading.repair.attempted import is_empty, untouched
from grading.repair.beside import disputes, with_texts
from grading.repair.elsewhere import Unclaimed, unclaimed
from grading.repair.fenced import fenced
from grading.repair.given import in_its_place, late_imports, lost_definitions, lost_imports, only_imports
from grading.repair.homes import find_homes
from grading.repair.layout import Arrangement, claimed, found_elsewhere, only_in_files
from grading.repair.match import Known, Matches, known_cells, match, own_test
from grading.repair.merge import settled
from grading.repair.missing import in_files, in_tests
from grading.repair.names import defined, plain
from grading.repair.order import copies, needed_below
from grading.repair.read import Submitted
from grading.repair.remade import graded_cell, notebook_of, plain_cell

LISTED = 6  # names in a sentence


@dataclass
class Repaired:
    """The cells of the new notebook, with the numbers that give their order. notes: what was repaired."""

    cells: list[tuple[float, int, NotebookNode]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rebuild(
    source: NotebookNode,
    release: NotebookNode,
    submitted: Sequence[Submitted],
    notes: Sequence[str] = (),
    files: Sequence[FileBeside] = (),
) -> NotebookNode:
    """Return the notebook that is marked. Its metadata say what was repaired.

    source: the instructor's notebook, with hidden tests. release: the notebook that students were given.
    files: the files beside the notebook that may have an answer.
    """
    known = known_cells(source, release)
    matches = match(known, submitted)
    chosen = settled(known, submitted, matches)
    submitted = chosen.cells
    matches = {place: _main_first(place, known, submitted, matches) for place in matches}
    homes, before = find_homes(known, submitted, matches), [at for each in matches.values() for at in each]
    layout = Arrangement(
        known, submitted, claimed(homes, known, matches), {home.place: home for home in homes}
    )
    said = [*_lost_names(layout), *found_elsewhere(layout, before), *only_in_files(layout), *chosen.notes]
    made = Repaired(notes=[*notes, *said])
    _take_over(layout, made)
    _put_back(layout, made)
    _put_back_given(layout, made)
    cells = [cell for *_, cell in sorted(made.cells, key=lambda each: each[:2])]
    written = unclaimed(known, submitted, layout.matches)
    found = {**written, **fenced(layout)}
    spots = {**_spots(found), **_spots(written, [each for each in files if each.prose])}
    empty = list(untouched(layout))
    spots = {**in_tests(layout, set(empty)), **in_files(layout, set(empty), files), **spots}
    not_begun = [name for name in empty if name not in spots]
    noted = Noted(repaired=made.notes, untouched=not_begun, elsewhere=spots, disputed=disputes(known, chosen))
    return notebook_of(source, with_texts(cells, known, chosen, found), noted)


def _spots(
    found: Mapping[str, Sequence[Unclaimed]], files: Sequence[FileBeside] = ()
) -> dict[str, list[Spot]]:
    """Return where the answer to each unanswered question may be: in the notebook, or beside it."""
    beside = [Spot(0, file=each.path) for each in files]
    spots = {name: [*(each.spot for each in texts), *beside] for name, texts in found.items()}
    return {name: each for name, each in spots.items() if each}


def blank(source: NotebookNode, release: NotebookNode, because: str) -> NotebookNode:
    """Return the notebook for a submission that cannot be read: the graded cells, and the reason."""
    known = known_cells(source, release)
    cells = [graded_cell(cell, cell.whole if cell.is_test else cell.source) for cell in known if cell.grade]
    sentence = say("This submission cannot be read: {why}.", why=say(because))
    return notebook_of(source, cells, Noted(readable=False, unreadable=sentence, because=because))


def _main_first(
    place: int, known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches
) -> list[int]:
    """Return the copies of an answer, first the copy that counts: the last written copy before the test."""
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


def _take_over(layout: Arrangement, made: Repaired) -> None:
    """Take the submitted cells in their order, without the test cells."""
    owner, left_out, instead = layout.owners(), layout.left_out(), in_its_place(layout)
    for at in (at for at in range(len(layout.submitted)) if at not in left_out):
        given = layout.given_by(at)
        for each in _taken(at, owner.get(at), layout, made.notes):
            if each.cell_type == "code":
                said = {ANSWERS: given, INSTEAD: instead.get(at), NUMBER: at + 1}
                each.metadata[KEY] = {key: value for key, value in said.items() if value}
            made.cells.append((layout.place_of(at), 0, each))


def _taken(at: int, place: int | None, layout: Arrangement, notes: list[str]) -> Iterator[NotebookNode]:
    """Yield the new cell for a submitted cell, if any. place: the place of its instructor's cell."""
    cell = layout.submitted[at]
    mine = None if place is None else layout.known[place]
    if mine is not None and mine.solution:
        yield from _answer(at, place, layout, notes)
    elif mine is None or mine.is_test and layout.given_by(at):
        yield plain_cell(replace(cell, kind="code") if layout.given_by(at) else cell)
    elif not mine.is_test:
        yield plain_cell(replace(cell, kind=mine.kind))


ONCE_EMPTY = later(
    "`{name}` was there more than once. The last one above its test was marked. A copy without an answer "
    "was skipped"
)
ONCE_FULL = later(
    "`{name}` was there more than once. The last one above its test was marked. The other copy was only run"
)
OTHER_KIND = later("`{name}` had become a {now} cell. It was read as a {kind} cell again")


def _answer(at: int, place: int, layout: Arrangement, notes: list[str]) -> Iterator[NotebookNode]:
    """Yield an answer in its cell. A copy of the answer is another, ungraded cell, if it is not empty."""
    mine, cell = layout.known[place], layout.submitted[at]
    if at == layout.matches[place][0]:
        if cell.kind != mine.kind:
            notes.append(say(OTHER_KIND, name=mine.grade_id, now=cell.kind, kind=mine.kind))
        made = graded_cell(mine, cell.source)
        if cell.attachments and mine.kind == "markdown":
            made.attachments = dict(cell.attachments)
        yield made
        return
    empty = is_empty(mine, cell)
    sentence = ONCE_EMPTY if empty else ONCE_FULL
    notes.append(say(sentence, name=mine.grade_id))
    if not empty:
        yield plain_cell(replace(cell, kind=mine.kind))


def _put_back(layout: Arrangement, made: Repaired) -> None:
    """Put every test after the cells that it tests, and restore missing cells that are needed."""
    for place, cell in enumerate(layout.known):
        if cell.is_test:
            key = max([layout.test_place(place), *_below(place, layout)])
            made.cells.append((key, place, graded_cell(cell, cell.whole)))
        elif place not in layout.matches and (cell.grade or only_imports(cell)):
            made.cells.append((layout.anchor(place) + 0.25, place, _restored(cell)))
        else:
            continue
        if place not in layout.matches:
            made.notes.append(say("{cell} was missing and has been put back", cell=_name(cell)))


def _restored(cell: Known) -> NotebookNode:
    return graded_cell(cell, cell.source) if cell.grade else new_cell("code", cell.source)


def _below(test: int, layout: Arrangement) -> list[float]:
    """Return the places after which a test must be, because cells there define names that the answer uses."""
    answers = (
        at for at, cell in enumerate(layout.known) if cell.solution and own_test(at, layout.known) == test
    )
    return [at + 0.5 for place in answers for at in needed_below(place, layout)]


def _put_back_given(layout: Arrangement, made: Repaired) -> None:
    """Restore needed statements of given cells that were changed or are missing."""
    made.cells.extend((key, 0, new_cell("code", text)) for key, text in copies(layout))
    for lost in lost_definitions(layout):
        key = min([layout.anchor(lost.place) + 0.5, *layout.matches.get(lost.place, ())]) - 0.25
        made.cells.append((key, lost.place, new_cell("code", lost.source)))
        made.notes.append(
            say(
                "a given cell was changed or missing; this was run all the same: {line}",
                line=quoted(lost.source),
            )
        )
    names = lost_imports(layout)
    if names:
        more = [say("{count} more", count=len(names) - LISTED)] if len(names) > LISTED else []
        listed = ", ".join([*(f"`{name}`" for name in names[:LISTED]), *more])
        made.notes.append(
            say("imports that were given are missing, and were run first: {names}", names=listed)
        )
    if late_imports(layout):
        made.notes.append(
            say("the cell with the imports is below cells that need it. The imports were run first")
        )


def _name(cell: Known) -> str:
    return f"`{cell.grade_id}`" if cell.grade_id else say("the cell with the imports")


def _lost_names(layout: Arrangement) -> Iterator[str]:
    """Say which answers were recognised by their text alone, and which tests were restored."""
    known, submitted, matches = layout.known, layout.submitted, layout.matches
    answers = [place for place in matches if known[place].solution and place not in layout.homes]
    lost = [place for place in answers if submitted[matches[place][0]].grade_id != known[place].grade_id]
    if lost:
        names = ", ".join(f"`{known[place].grade_id}`" for place in sorted(lost))
        yield say(
            "these cells had lost their metadata, and were recognised by their contents: {names}", names=names
        )
    for place in (place for place in matches if known[place].is_test):
        cell = submitted[matches[place][0]]
        given = (plain(known[place].source), plain(known[place].whole))
        if plain(cell.source) not in given or cell.kind != known[place].kind:
            yield say(
                "`{name}` had been changed. The test that was given out was run instead",
                name=known[place].grade_id,
            )
        elif len(matches[place]) > 1:
            yield say("`{name}` was there more than once; it was run once", name=known[place].grade_id)
