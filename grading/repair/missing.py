"""Find missing answers in code that may be in a file beside the notebook, or in the test.

Then a person is asked.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from grading.marking.quoting import quoted
from grading.places import FileBeside, Spot
from grading.repair.layout import Arrangement
from grading.repair.match import defined, own_test
from grading.repair.names import used


def in_files(layout: Arrangement, not_begun: Set[str], files: Sequence[FileBeside]) -> dict[str, list[Spot]]:
    """Return the files that may have the answer to each code question, by the names of the tests.

    not_begun: the questions without an answer in the notebook. Some files cannot be searched. They count only
    if no question at all is answered.
    """
    nothing = not_begun >= {cell.grade_id for cell in layout.known if cell.grade}
    spots = {
        test: [
            Spot(0, file=each.path) for each in files if asked & {*each.defines} or each.closed and nothing
        ]
        for test, asked in _missing(layout, not_begun).items()
    }
    return {test: each for test, each in spots.items() if each}


def in_tests(layout: Arrangement, not_begun: Set[str]) -> dict[str, list[Spot]]:
    """Return the changed tests that have values instead of the names of missing answers.

    The keys are the names of the tests. Other changes of a test do not count as an answer.
    """
    spots = {}
    for place, cell in enumerate(layout.known):
        if cell.is_test and cell.grade_id in not_begun:
            cells = layout.matches.get(place, ())
            found = [at for at in cells if _has_values(layout.submitted[at].source, place, layout)]
            spots[cell.grade_id] = [_spot(at, layout) for at in found]
    return {test: each for test, each in spots.items() if each}


def _has_values(source: str, place: int, layout: Arrangement) -> bool:
    """Tell whether a changed test makes the given call, but without the names that its answers define."""
    given, now = used(layout.known[place].source), used(source)
    asked = given & {
        name
        for at, cell in enumerate(layout.known[:place])
        if cell.solution and own_test(at, layout.known) == place
        for name in defined(cell.source)
    }
    return bool(asked) and not asked & now and given - asked <= now and "None" not in source


def _spot(at: int, layout: Arrangement) -> Spot:
    cell = layout.submitted[at]
    return Spot(at + 1, kind=cell.kind, begins=quoted(cell.source))


def _missing(layout: Arrangement, not_begun: Set[str]) -> dict[str, set[str]]:
    """Return for each test the names that its answers must define and the notebook does not define."""
    there = {name for cell in layout.submitted if cell.kind == "code" for name in defined(cell.source)}
    missing: dict[str, set[str]] = {}
    for place, cell in enumerate(layout.known):
        test = own_test(place, layout.known) if cell.solution and cell.kind == "code" else None
        if test is not None:
            name, asked = layout.known[test].grade_id, defined(cell.source)
            missing.setdefault(name, set()).update(asked if name in not_begun else asked - there)
    return missing
