"""The totals that are not final. They go to a learning platform only if the instructor allows it."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from pathlib import Path

from grading.collect.lying import COLLECTED
from grading.doors.export import MARKS, MOST_NAMED, ClassTotals, Key
from grading.roster import listed, same_text
from grading.run.journal import read_records
from grading.run.outdated import outdated_in
from grading.run.unmarked import read_unmarked
from grading.submitted.attempts import ATTEMPTS


class Doubt(StrEnum):
    """The reason why a total is not final."""

    UNREAD = "answers that nobody has read yet"
    OUT_OF_DATE = "marks of an earlier form of the assignment"
    UNMARKED = "a run that was stopped before it was marked"


class What(StrEnum):
    """The choice of the instructor for totals that are not final."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave out"
    EXPORT = "export"


def doubts_of(folder: Path, course: ClassTotals) -> dict[Key, Doubt]:
    """Return the doubts by student and assignment, also about submissions that have no total yet."""
    records = read_records(folder)
    stopped, outdated = read_unmarked(folder, records), outdated_in(records)
    found = {(same_text(who), name): Doubt.OUT_OF_DATE for name in outdated for who in outdated[name]}
    found |= {(same_text(each.student), each.assignment): Doubt.UNMARKED for each in stopped}
    found |= dict.fromkeys(course.unread, Doubt.UNREAD)
    return {key: doubt for key, doubt in found.items() if key[1] in course.points}


def since_the_marks(folder: Path, course: ClassTotals) -> list[str]:
    """Return a sentence with the students whose work was collected after marks.csv was written.

    Their marks are for an earlier submission.
    """
    marked, found = (folder / MARKS).stat().st_mtime, set()
    for row in course.students:
        for name in course.points:
            path = folder / ATTEMPTS / row["student"] / name / COLLECTED
            if path.exists() and path.stat().st_mtime > marked:
                found.add(row["student"])
    who = listed(found, MOST_NAMED)
    return (
        [
            f"Look at this: new work was collected after {MARKS} was written: {who}. Run `make grade` "
            "first, so that this work is marked."
        ]
        if found
        else []
    )


def final(course: ClassTotals, doubts: Collection[Key], what: What) -> ClassTotals:
    """Return the totals to export. Raises ValueError if some are not final and are to be refused."""
    if not doubts or what is What.EXPORT:
        return course
    if what is What.LEAVE_OUT:
        return course.without(doubts)
    count = len(doubts)
    are = "1 total is" if count == 1 else f"{count} totals are"
    raise ValueError(
        f"nothing was written, because {are} not final (see above). Add --final-only to leave "
        f"{'it' if count == 1 else 'them'} out, or --anyway to export {'it' if count == 1 else 'them'} as "
        f"{'it is' if count == 1 else 'they are'}."
    )


def left_out(doubts: Collection[Key]) -> list[str]:
    """Return a sentence for each assignment, about students left out because their total is not final."""
    names = dict.fromkeys(of for _, of in sorted(doubts, key=lambda key: key[1]))
    whose = {name: listed({who for who, of in doubts if of == name}, MOST_NAMED) for name in names}
    return [f"Left out, because the total is not final: {name}: {who}." for name, who in whose.items()]
