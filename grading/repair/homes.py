"""Find the home of an answer in code that is not in its own cell: other cells, also those of other answers.

If nothing is written in an own cell, the cell counts as missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grading.repair.files import file_of, with_files
from grading.repair.match import Known, Matches, own_test
from grading.repair.names import (
    LONGEST,
    Bindings,
    bare,
    bindings,
    defined,
    plain,
    statements,
    written_to_file,
)
from grading.repair.read import Submitted

RETURNS = bare([ast.Return()]), bare([ast.Return(ast.Constant(None))])
NOTHING = {"", bare([ast.Pass()]), ast.dump(ast.Constant(None)), *RETURNS}  # lines of a body that do nothing
NOT_YET = re.compile(r"Raise\(exc=(?:Call\(func=)?Name\(id='NotImplementedError'[^\n]*")
# Characters of all cells that are parsed as Python; the fewest characters that a cell counts as.
LOOKED_AT, LEAST = 200_000, 400


@dataclass(frozen=True)
class Home:
    """The cells in which an answer was found.

    place: the place of the answer's own cell, among the instructor's cells.
    at: the submitted cells that define the answer.
    stubs: the answer's own cells, in which nothing is written.
    early: own cells that also have other code, and would define the answer again.
    """

    place: int
    at: tuple[int, ...]
    stubs: tuple[int, ...] = ()
    early: tuple[int, ...] = ()


def find_homes(known: Sequence[Known], submitted: Sequence[Submitted], matches: Matches) -> list[Home]:
    """Return the homes of answers that are not in their own cells, if other cells have these answers."""
    lacking = [place for place, cell in enumerate(known) if lacks(place, cell, submitted, matches)]
    read = dict(_read(submitted)) if lacking else {}
    found = (_home(place, known, submitted, matches, read) for place in lacking)
    return [home for home in found if home]


def is_untouched(text: str, released: str) -> bool:
    """Tell whether nothing except comments is written in the cell of an answer in code."""
    if plain(text) == plain(released):
        return True
    mine, given = statements(text), statements(released)
    if mine is None or given is None or bindings(text) not in ({}, bindings(released)):
        return False
    return _loose(mine) in ("", _loose(given))


def _loose(body: Sequence[ast.stmt]) -> str:
    """Return the statements of a cell that do not define a function, in a form that can be compared."""
    return bare([each for each in body if not isinstance(each, ast.FunctionDef)])


def is_begun(released: str, submitted: Sequence[Submitted]) -> bool:
    """Tell whether any cell has at least a part of an answer."""
    return any(gives(names, released) for _, names in _read(submitted))


def only_in_file(released: str, submitted: Sequence[Submitted]) -> list[int]:
    """Return the cells that write a part of an answer into a file, as `%%writefile` does."""
    asked = defined(released)
    return [at for at, cell in readable(submitted) if asked & written_to_file(cell.source)]


def gives(found: Bindings, released: str) -> set[str]:
    """Return the names of an answer that have a real value, not only the released cell's empty value."""
    given = bindings(released)
    return {
        name
        for name in defined(released)
        if any(_says(each, given.get(name, ())) for each in found.get(name, ()))
    }


def _says(value: str, given: Sequence[str]) -> bool:
    lines = value.split("\n")
    return value not in given and not all(line in NOTHING or NOT_YET.fullmatch(line) for line in lines)


def lacks(place: int, cell: Known, submitted: Sequence[Submitted], matches: Matches) -> bool:
    """Tell whether an answer in code is not in its own cell."""
    if not cell.solution or cell.kind != "code" or not defined(cell.source):
        return False
    return not any(gives(bindings(submitted[at].source), cell.source) for at in matches.get(place, ()))


def readable(submitted: Sequence[Submitted]) -> Iterator[tuple[int, Submitted]]:
    """Yield the submitted cells with code, each with its place; also code in a cell that became a text cell.

    Cells that are too long for an answer are left out.
    """
    left = LOOKED_AT
    for at, cell in ((at, cell) for at, cell in enumerate(submitted) if len(cell.source) <= LONGEST):
        left -= max(len(cell.source), LEAST)
        if left > 0 and (cell.kind == "code" or statements(cell.source)):
            yield at, cell


def _read(submitted: Sequence[Submitted]) -> Iterator[tuple[int, Bindings]]:
    yield from with_files(list(readable(submitted)))


def _home(
    place: int,
    known: Sequence[Known],
    submitted: Sequence[Submitted],
    matches: Matches,
    read: Mapping[int, Bindings],
) -> Home | None:
    """Return the home of one answer; None if other cells do not give all of it.

    Of each name, the last definition above the test counts, as in Jupyter. If there is no definition above
    the test, the last definition counts.
    """
    mine, own = known[place], matches.get(place, [])
    found = {at: gives(names, mine.source) for at, names in read.items() if at not in own}
    asked = _open(mine.source) or defined(mine.source)
    if asked - set().union(*found.values()):
        return None
    test = own_test(place, known)
    tested = min(matches.get(-1 if test is None else test, [len(submitted)]))
    at = {max((at for at in found if name in found[at]), key=lambda at: (at < tested, at)) for name in asked}
    stubs = [each for each in own if _is_stub(submitted[each].source, mine.source)]
    early = [each for each in own if each not in stubs and asked & defined(submitted[each].source)]
    return Home(place, tuple(sorted(at)), tuple(stubs), tuple(early))


def _open(released: str) -> set[str]:
    """Return the names to which a released cell gives no real value. Other names are only for show."""
    return {
        name for name, values in bindings(released).items() if not any(_says(each, ()) for each in values)
    }


def _is_stub(text: str, released: str) -> bool:
    """Tell whether a cell can be left out: it has no code of an answer, and writes no file."""
    return not file_of(text) and _says_nothing(text, released)


def _says_nothing(text: str, released: str) -> bool:
    """Tell whether a cell without the answer has no other code that does something."""
    body = statements(text)
    return is_untouched(text, released) or (
        body is not None and set(bindings(text)) <= defined(released) and all(map(_is_idle, body))
    )


def _is_idle(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.FunctionDef | ast.Assign | ast.Raise | ast.Pass) or not bare([statement])
