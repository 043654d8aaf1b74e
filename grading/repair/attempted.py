"""Find the answers that a student has not begun: unchanged since the release, and in no other cell."""

from __future__ import annotations

from collections.abc import Iterator

from grading.repair.elsewhere import is_answered
from grading.repair.homes import is_begun, is_untouched, only_in_file
from grading.repair.layout import Arrangement
from grading.repair.match import Known, own_test
from grading.repair.names import plain
from grading.repair.read import Submitted


def untouched(layout: Arrangement) -> Iterator[str]:
    """Yield the questions whose answers are unchanged since the release, or are missing."""
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


def _written(place: int, layout: Arrangement) -> bool:
    mine, cells = layout.known[place], [layout.submitted[at] for at in layout.matches.get(place, ())]
    if mine.is_written:
        return is_answered(mine, cells)
    if not cells:  # a part of it may be in another cell
        return place in layout.homes or is_begun(mine.source, layout.submitted)
    return not all(is_empty(mine, cell) for cell in cells) or bool(
        only_in_file(mine.source, layout.submitted)
    )


def is_empty(question: Known, cell: Submitted) -> bool:
    """Tell whether the student has written nothing in a cell of this answer."""
    if question.kind == "code":
        return is_untouched(cell.source, question.source)
    return plain(cell.source) == plain(question.source)
