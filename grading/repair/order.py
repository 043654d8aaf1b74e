"""Find the cells that must run earlier, because a submission defines names below the cells that need them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from grading.repair.homes import readable
from grading.repair.layout import Arrangement
from grading.repair.names import FUNCTION, IMPORTED, assigned, bindings, defined, statements, used

KEPT = FUNCTION | ast.ClassDef | ast.Import | ast.ImportFrom


def needed_below(place: int, layout: Arrangement) -> list[int]:
    """Return the submitted cells below an answer that define names which it uses and no cell above defines.

    A cell that only binds a known name again is left out: a test sees the values at its own place.
    """
    home, own = layout.homes.get(place), layout.matches.get(place, [])[:1]
    answers = list(home.at) if home else own
    if not answers:
        return []
    names = {at: defined(cell.source) for at, cell in readable(layout.submitted)}
    there = {*dir(builtins), *_given_above(place, layout)}
    there.update(*(assigned(layout.submitted[at].source) for at in names if at <= max(answers)))
    need, found = {name for at in answers for name in used(layout.submitted[at].source)} - there, []
    for at in (at for at in sorted(names) if at > max(answers)):
        if names[at] & need and _is_students(at, layout):
            found.append(at)
            need -= names[at]
    return found


def _given_above(place: int, layout: Arrangement) -> set[str]:
    """Return the names that given cells above an answer import. They are always imported there."""
    given = (cell for cell in layout.known[:place] if cell.kind == "code" and not cell.solution)
    found = (item for cell in given for item in bindings(cell.source).items())
    return {name for name, values in found if IMPORTED in values}


def _is_students(at: int, layout: Arrangement) -> bool:
    place = layout.owners().get(at)
    return place is None or layout.known[place].solution


def copies(layout: Arrangement) -> Iterator[tuple[float, str]]:
    """Yield functions that are defined below cells which call them, each with its right place."""
    done: set[int] = set()
    for place, home in sorted(layout.homes.items()):
        start, asked = layout.own_place(home), defined(layout.known[place].source)
        if any(_calls(at, asked, layout) for at in range(max(0, int(start)), min(home.at))):
            yield from (
                (start, text) for at in home.at if at not in done and (text := _functions(at, layout))
            )
            done.update(home.at)


def _calls(at: int, names: set[str], layout: Arrangement) -> bool:
    cell, place = layout.submitted[at], layout.owners().get(at)
    is_test = place is not None and layout.known[place].is_test
    return cell.kind == "code" and not is_test and bool(names & used(cell.source))


def _functions(at: int, layout: Arrangement) -> str:
    """Return the functions and the imports of a cell; "" if it has no function."""
    body = statements(layout.submitted[at].source) or []
    kept = [each for each in body if isinstance(each, KEPT)]
    if not any(isinstance(each, FUNCTION) for each in kept):
        return ""
    return "\n".join(
        [f"# from cell {at + 1}, where it comes after the code that calls it", *map(ast.unparse, kept)]
    )
