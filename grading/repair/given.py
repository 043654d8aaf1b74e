"""Make sure that the names of given cells are defined, even if a given cell was changed or is missing."""

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
    """The statements of a given cell that a submission needs and does not have. place: of the given cell."""

    place: int
    source: str


def lost_definitions(layout: Arrangement) -> list[Lacking]:
    """Return the missing statements of given cells: the submission or a test needs names that they define."""
    lost = {place: list(_lost_from(place, layout)) for place in _changed(layout)}
    if not any(lost.values()):
        return []
    need = _needed(layout)
    kept: dict[int, list[ast.stmt]] = {}
    for place in sorted(lost, reverse=True):  # a restored statement may need a statement above it
        for statement in reversed(lost[place]):
            if _names(statement) & need:
                kept.setdefault(place, []).insert(0, statement)
                need |= used(ast.unparse(statement))
    return [Lacking(place, "\n".join(map(ast.unparse, kept[place]))) for place in sorted(kept)]


def in_its_place(layout: Arrangement) -> dict[int, str]:
    """Return the given cell for each changed copy of it in the submission. It is run if the copy fails.

    Cells that call a function of the student are left out.
    """
    asked = _asked(layout.known)
    cells = {place: layout.known[place].source for place in _changed(layout) if layout.matches.get(place)}
    return {
        layout.matches[place][0]: source
        for place, source in cells.items()
        if defined(source) and not used(source) & asked
    }


def lost_imports(layout: Arrangement) -> list[str]:
    """Return the names that the given cells import and no cell of the submission imports."""
    changed = [place for place in _changed(layout) if layout.matches.get(place)]
    given = {each for place in changed for each in _imported(layout.known[place].source)}
    there = (
        {each for _, cell in readable(layout.submitted) for each in _imported(cell.source)}
        if given
        else set()
    )
    return sorted(name for name, _ in given - there)


def late_imports(layout: Arrangement) -> bool:
    """Tell whether given imports have moved below the first answer."""
    answers = [layout.matches[at][0] for at in layout.matches if layout.known[at].solution]
    first = next((at for at, cell in enumerate(layout.known) if cell.solution), 0)
    places = [at for at in range(first) if only_imports(layout.known[at]) and at in layout.matches]
    return bool(answers) and any(layout.matches[at][0] > min(answers) for at in places)


def only_imports(cell: Known) -> bool:
    """Tell whether a cell has only imports."""
    body = statements(cell.source) if cell.kind == "code" else None
    return bool(body) and all(_imports(each) for each in body or ())


def _imports(statement: ast.stmt) -> bool:
    """Tell whether a statement imports, or tries to and otherwise gives a message to a person in Jupyter."""
    return isinstance(statement, IMPORTS) or is_guarded(statement)


def _changed(layout: Arrangement) -> list[int]:
    """Return the places of given cells that were changed or are missing in the submission."""
    return [
        place
        for place, cell in enumerate(layout.known)
        if cell.kind == "code" and not cell.solution and not cell.grade and not _is_there(place, layout)
    ]


def _is_there(place: int, layout: Arrangement) -> bool:
    texts = [layout.submitted[at].source for at in layout.matches.get(place, ())]
    return any(plain(text) == plain(layout.known[place].source) for text in texts)


def _lost_from(place: int, layout: Arrangement) -> Iterator[ast.stmt]:
    """Yield the statements of a given cell that define missing names.

    A name is missing if the changed form of the cell does not define it. If the cell itself is missing, no
    submitted cell defines the name.
    """
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
    """Return the imports of a cell: each name that it binds, and where the name is from."""
    body = statements(source)
    if body is None:  # then parse line by line
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
