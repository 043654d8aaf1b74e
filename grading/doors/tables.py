"""Marks and feedback files for a learning platform: a table and a zip for each assignment.

A student without a mark has no row, so no platform sets or deletes anything for this student. Each file
says which totals are not final, in a place that the platform does not import.

Spreadsheets run a cell that begins with = + - or @, and people open these files in spreadsheets. So a name
that begins with such a sign gets an apostrophe. If a cell that identifies a student or a column begins with
such a sign, the export is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grading.choices import there_are
from grading.doors import canvas, gradescope, moodle
from grading.doors.canvas import Made
from grading.doors.export import MARKS, ClassTotals
from grading.doors.give_back import Packed, for_canvas, for_moodle, pages_of, write_private, zipped
from grading.doors.origins import numbers_of, origins_of
from grading.doors.sheets import Sheet, sheet_text
from grading.roster import matched
from grading.submitted.attempts import ATTEMPTS
from grading.submitted.platforms import CANVAS, GRADESCOPE, MOODLE

Rows = Callable[[ClassTotals, str, str, Mapping[str, str]], Made]
Filled = Callable[[Sheet, ClassTotals, str, str, Mapping[str, str]], Made]


@dataclass(frozen=True)
class PlatformTable:
    """A platform, and the functions that make its table.

    rows: makes a new table. filled: fills in a table that the platform gave, if this is possible.
    """

    platform: str
    rows: Rows
    filled: Filled | None = None


KINDS = {
    "canvas": PlatformTable(CANVAS, canvas.canvas_rows, canvas.filled_gradebook),
    "moodle": PlatformTable(MOODLE, moodle.moodle_rows, moodle.filled_worksheet),
    "gradescope": PlatformTable(GRADESCOPE, gradescope.gradescope_rows),
}


@dataclass
class Exported:
    """The files that were written, and notes for the instructor."""

    paths: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write_export(
    kind: str,
    folder: Path,
    course: ClassTotals,
    columns: Mapping[str, str] | None = None,
    sheet: Sheet | None = None,
) -> Exported:
    """Write a table, and a zip of feedback files, for each assignment that has marks, beside marks.csv.

    course: the totals that `class_totals` has read from the folder, perhaps without some of them.
    columns: the platform's names of assignments, such as "Homework 1 (1234)" in Canvas.
    sheet: the gradebook or the worksheet of the platform, to be filled in.
    Raises ValueError, which says what to do.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no export for {kind!r}; {there_are(kind, KINDS)}")
    names = [
        name for name in course.points if any(of == name for _, of in course.totals if course.totals[_, of])
    ]
    titles = titles_of(columns or {}, course)
    if not names:
        raise ValueError(
            f"nothing was written: {MARKS} has no total that can be exported. Run make grade first."
        )
    if sheet and len(names) > 1:
        raise ValueError(
            f"{sheet.name} can be filled in for only one assignment at a time: choose it with --assignment."
        )
    made = Exported()
    for name in names:
        _write(KINDS[kind], kind, folder, course.of([name]), name, titles[name], sheet, made)
    return made


def titles_of(columns: Mapping[str, str], course: ClassTotals) -> dict[str, str]:
    """Return the platform's name of each assignment, or "". Raises ValueError if an assignment is unknown."""
    unknown = sorted(set(columns) - set(course.points))
    if unknown:
        raise ValueError(
            f"no assignment of {MARKS} is called {unknown[0]}; {there_are(unknown[0], course.points)}"
        )
    return {each: matched(columns.get(each, ""), "a column") for each in course.points}


def _write(
    kind: PlatformTable,
    word: str,
    folder: Path,
    course: ClassTotals,
    name: str,
    title: str,
    sheet: Sheet | None,
    made: Exported,
) -> None:
    students = [row["student"] for row in course.students]
    origins = origins_of(folder / ATTEMPTS, kind.platform, name, students)
    numbers = numbers_of(origins)
    filled = sheet and kind.filled
    rows, notes = (
        filled(sheet, course, name, title, numbers) if filled else kind.rows(course, name, title, numbers)
    )
    made.paths.append(write_private(folder / f"{word}-{name}.csv", sheet_text(rows).encode()))
    made.notes += notes
    shown = [each for each in students if (each, name) in {**course.totals, **course.without_mark}]
    pages = pages_of(folder / "feedback", name, shown)
    files: Packed = ({}, [])
    if kind.platform == CANVAS:
        files = for_canvas(name, pages, origins)
    if kind.platform == MOODLE:
        people = {who: (each.told.who, each.told.id) for who, each in origins.items() if each.told}
        people |= moodle.people_in(sheet, course, name, numbers) if sheet else {}
        files = for_moodle(name, pages, people)
    if files[0]:
        made.paths.append(write_private(folder / f"{word}-{name}-feedback.zip", zipped(files[0])))
    made.notes += files[1]
