"""Answers of code that are missing, and may stand in a file beside the notebook, or in the test.

A person is asked then.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from grading.marking.quoting import quoted
from grading.places import FileBeside, Spot
from grading.repair.layout import Arrangement
from grading.repair.match import defined, own_test
from grading.repair.names import used


def in_files(layout: Arrangement, not_begun: Set[str], files: Sequence[FileBeside]) -> dict[str, list[Spot]]:
    """Return in which files the answer to each question of code may stand, by the names of the tests.

    not_begun: the questions without an answer in the notebook. Into some files nobody looked: they count
    where nothing at all is answered.
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
    """Return the cells of tests in which values stand for the names of answers that are missing.

    By the names of the tests. Other changes of a test are no answer.
    """
    spots = {}
    for place, cell in enumerate(layout.known):
        if cell.is_test and cell.grade_id in not_begun:
            cells = layout.matches.get(place, ())
            found = [at for at in cells if _has_values(layout.submitted[at].source, place, layout)]
            spots[cell.grade_id] = [_spot(at, layout) for at in found]
    return {test: each for test, each in spots.items() if each}


def _has_values(source: str, place: int, layout: Arrangement) -> bool:
    """Whether a test makes the call that was given, with none of the names that its answers define."""
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
    """The tests, each with those of the names that its answers are to define which the notebook does not."""
    there = {name for cell in layout.submitted if cell.kind == "code" for name in defined(cell.source)}
    missing: dict[str, set[str]] = {}
    for place, cell in enumerate(layout.known):
        test = own_test(place, layout.known) if cell.solution and cell.kind == "code" else None
        if test is not None:
            name, asked = layout.known[test].grade_id, defined(cell.source)
            missing.setdefault(name, set()).update(asked if name in not_begun else asked - there)
    return missing
