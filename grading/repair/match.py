"""Find the submitted cell for each instructor's cell: by grade_id, id, text, names, likeness, neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode
from rapidfuzz import fuzz

from grading.repair.names import defined, plain
from grading.repair.read import Submitted

GIVEN_BEFORE = "given_before"  # a key of a released cell's metadata, only here: its texts in earlier releases
ALIKE = 80  # per cent of their text that two cells must share to be the same


@dataclass(frozen=True)
class Known:
    """One of the instructor's cells: its kind, its released text, its names, and whether it is graded.

    whole: the text with the parts that students are not given. before: its other texts in earlier releases.
    """

    kind: str
    source: str
    whole: str
    id: str
    grade_id: str = ""
    solution: bool = False
    grade: bool = False
    before: tuple[str, ...] = ()

    def is_named_as(self, cell: Submitted) -> bool:
        """Tell whether a submitted cell has the name or the id of this cell."""
        return bool(self.grade_id) and self.grade_id == cell.grade_id or bool(self.id) and self.id == cell.id

    @property
    def is_test(self) -> bool:
        return self.grade and not self.solution

    @property
    def is_written(self) -> bool:
        """Tell whether it is a question whose answer a person marks."""
        return self.grade and self.solution


def known_cells(source: NotebookNode, release: NotebookNode) -> list[Known]:
    """Return the instructor's cells, with the text that students were given."""
    given = {cell.get("id"): cell for cell in release.cells}
    return [_known(cell, given.get(cell.get("id"), cell)) for cell in source.cells]


def _known(cell: NotebookNode, released: NotebookNode) -> Known:
    role = cell.metadata.get("nbgrader", {})
    names = (cell.get("id", ""), role.get("grade_id", ""))
    roles = bool(role.get("solution")), bool(role.get("grade"))
    before = tuple(released.metadata.get(GIVEN_BEFORE, ()))
    return Known(cell.cell_type, released.source, cell.source, *names, *roles, before)


Matches = dict[int, list[int]]  # the place of an instructor's cell: the places of its submitted cells


def match(known: Sequence[Known], submitted: Sequence[Submitted]) -> Matches:
    """Return the submitted cells that belong to each instructor's cell; several, if it was copied."""
    matches: Matches = {}
    for find in (_by_grade_id, _by_id, _by_same_text, _by_names, _by_likeness, _by_neighbours):
        find(known, submitted, matches)
    return matches


def _by_grade_id(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    places = {cell.grade_id: place for place, cell in enumerate(known) if cell.grade_id}
    for at, cell in enumerate(submitted):
        if cell.grade_id in places:
            matches.setdefault(places[cell.grade_id], []).append(at)


def _by_id(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    _pair(known, submitted, matches, lambda mine, theirs: bool(mine.id) and mine.id == theirs.id)


def _by_same_text(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    _pair(known, submitted, matches, lambda mine, theirs: plain(mine.source) == plain(theirs.source))


def _by_names(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    """Match an answer with the cells that define the names which its exercise asks for."""
    free = _free(submitted, matches)
    for place, cell in enumerate(known):
        asked = defined(cell.source) if cell.solution and place not in matches else set()
        found = [at for at in free if asked and asked <= defined(submitted[at].source)]
        matches.update({place: found} if found else {})
        free = [at for at in free if at not in found]


def _by_likeness(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    free = set(_free(submitted, matches))
    pairs = [
        (alike, place, at)
        for place in set(range(len(known))) - set(matches)
        for at in free
        if known[place].kind == submitted[at].kind
        and (alike := fuzz.ratio(known[place].source, submitted[at].source, score_cutoff=ALIKE))
    ]
    for _, place, at in sorted(pairs, reverse=True):
        if place not in matches and at in free:
            matches[place] = [at]
            free.remove(at)


def _by_neighbours(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> None:
    """Match an answer with the longest free cell between its neighbours: its text is like no given text."""
    for place, cell in enumerate(known):
        if cell.solution and place not in matches:
            free = set(_free(submitted, matches))
            between = [at for at in _between(place, len(submitted), matches) if at in free]
            fits = [at for at in between if submitted[at].kind == cell.kind and submitted[at].source.strip()]
            if fits:
                matches[place] = [max(fits, key=lambda at: len(submitted[at].source))]


def _between(place: int, end: int, matches: Matches) -> range:
    before = [max(matches[each]) for each in sorted(matches) if each < place]
    after = [min(matches[each]) for each in sorted(matches) if each > place]
    return range(before[-1] + 1 if before else 0, after[0] if after else end)


def _pair(
    known: Sequence[Known],
    submitted: Sequence[Submitted],
    matches: Matches,
    same: Callable[[Known, Submitted], bool],
) -> None:
    """Match each cell that has no match with the first free cell that is the same."""
    free = _free(submitted, matches)
    for place, cell in enumerate(known):
        found = next((at for at in free if same(cell, submitted[at])), None) if place not in matches else None
        if found is not None:
            matches[place] = [found]
            free.remove(found)


def _free(submitted: Sequence[Submitted], matches: Matches) -> list[int]:
    taken = {at for places in matches.values() for at in places}
    return [at for at in range(len(submitted)) if at not in taken]


def own_test(place: int, known: Sequence[Known]) -> int | None:
    """Return the place of the test cell after an answer and before the next answer; None if missing."""
    for later in range(place + 1, len(known)):
        if known[later].is_test:
            return later
        if known[later].solution:
            return None
    return None
