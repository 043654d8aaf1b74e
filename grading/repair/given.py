"""The cells that students are given: what they define is there, also if a cell was changed or is missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grading.imported import IMPORTS, is_guarded
from grading.repair.homes import readable
from grading.repair.layout import Arrangement
from grading.repair.match import Known
from grading.repair.names import bound, defined, plain, statements, used
from grading.repair.read import Submitted


@dataclass(frozen=True)
class Lacking:
    """What a submission lacks of a given cell, at its place: those statements that are needed."""

    place: int
    source: str


def lost_definitions(layout: Arrangement) -> list[Lacking]:
    """Return what given cells define, the submission does not, and something in it or a test needs."""
    lost = {place: list(_lost_from(place, layout)) for place in _changed(layout)}
    if not any(lost.values()):
        return []
    need = _needed(layout)
    kept: dict[int, list[ast.stmt]] = {}
    for place in sorted(lost, reverse=True):  # what is put back may need what stands above it
        for statement in reversed(lost[place]):
            if _names(statement) & need:
                kept.setdefault(place, []).insert(0, statement)
                need |= used(ast.unparse(statement))
    return [Lacking(place, "\n".join(map(ast.unparse, kept[place]))) for place in sorted(kept)]


def in_its_place(layout: Arrangement) -> dict[int, str]:
    """Return for each submitted cell that is a changed given one what to run if it fails: the given one.

    A cell that calls a function of the student's is none of these.
    """
    asked = _asked(layout.known)
    cells = {place: layout.known[place].source for place in _changed(layout) if layout.matches.get(place)}
    return {
        layout.matches[place][0]: source
        for place, source in cells.items()
        if defined(source) and not used(source) & asked
    }


def lost_imports(layout: Arrangement) -> list[str]:
    """Return the names that the imports above the first answer give, and that no cell imports any more."""
    changed = [place for place in _changed(layout) if layout.matches.get(place)]
    given = {each for place in changed for each in _imported(layout.known[place].source)}
    there = (
        {each for _, cell in readable(layout.submitted) for each in _imported(cell.source)}
        if given
        else set()
    )
    return sorted(name for name, _ in given - there)


def late_imports(layout: Arrangement) -> bool:
    """Tell whether given imports stand below the first answer, which they stood above."""
    answers = [layout.matches[at][0] for at in layout.matches if layout.known[at].solution]
    first = next((at for at, cell in enumerate(layout.known) if cell.solution), 0)
    places = [at for at in range(first) if only_imports(layout.known[at]) and at in layout.matches]
    return bool(answers) and any(layout.matches[at][0] > min(answers) for at in places)


def only_imports(cell: Known) -> bool:
    """Tell whether a cell imports, and does nothing else."""
    body = statements(cell.source) if cell.kind == "code" else None
    return bool(body) and all(_imports(each) for each in body or ())


def _imports(statement: ast.stmt) -> bool:
    """Whether it imports, or tries to: what it says where it cannot is for who works in the notebook."""
    return isinstance(statement, IMPORTS) or is_guarded(statement)


def _changed(layout: Arrangement) -> list[int]:
    """The places of given cells that are not in the submission as they were."""
    return [
        place
        for place, cell in enumerate(layout.known)
        if cell.kind == "code" and not cell.solution and not cell.grade and not _is_there(place, layout)
    ]


def _is_there(place: int, layout: Arrangement) -> bool:
    texts = [layout.submitted[at].source for at in layout.matches.get(place, ())]
    return any(plain(text) == plain(layout.known[place].source) for text in texts)


def _lost_from(place: int, layout: Arrangement) -> Iterator[ast.stmt]:
    """The statements of a given cell that define what no submitted cell does, or not its changed form."""
    own = [layout.submitted[at] for at in layout.matches.get(place, ())]
    there = {name for cell in own or _code(layout.submitted) for name in defined(cell.source)}
    asked = _asked(layout.known) if own else set()
    for statement in statements(layout.known[place].source) or ():
        names = _names(statement)
        if names - there and not _imports(statement) and not used(ast.unparse(statement)) & asked:
            yield statement


def _needed(layout: Arrangement) -> set[str]:
    texts = [cell.source for cell in _code(layout.submitted)]
    texts += [cell.whole for cell in layout.known if cell.is_test]
    return {name for text in texts for name in used(text) - defined(text)}


def _code(submitted: Sequence[Submitted]) -> list[Submitted]:
    return [cell for _, cell in readable(submitted) if cell.kind == "code"]


def _asked(known: Sequence[Known]) -> set[str]:
    return {name for cell in known if cell.solution and cell.kind == "code" for name in defined(cell.source)}


def _names(statement: ast.stmt) -> set[str]:
    return {name for name, _ in bound([statement])}


def _imported(source: str) -> set[tuple[str, str]]:
    """What a cell imports: the name that it gives it, and where it is from."""
    body = statements(source)
    if body is None:  # line by line
        body = [
            each
            for line in source.splitlines()
            if line.startswith(("import", "from"))
            for each in statements(line) or ()
        ]
    found = (each for each in body if isinstance(each, IMPORTS))
    return {
        (name.asname or name.name, f"{getattr(each, 'module', '')}.{name.name}")
        for each in found
        for name in each.names
    }
