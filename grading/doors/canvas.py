"""Canvas's gradebook, and the files that it imports.

These facts are from `lib/gradebook_importer.rb` of instructure/canvas-lms. The first columns are Student,
ID, SIS User ID, SIS Login ID and Section, in this order. Canvas finds a student by ID, then by the two SIS
columns, then by name. It finds an assignment's column by the number in brackets, "Homework 1 (1234)",
otherwise by its name. A row "Points Possible" sets points. An empty cell where Canvas has a mark deletes
the mark. A student without a row keeps the mark. So students without a mark have no row, and each
assignment has a separate file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grading.choices import there_are
from grading.doors.export import ClassTotals
from grading.doors.rows import match, without_row
from grading.doors.sheets import Sheet, harmless
from grading.roster import Row, matched, same_text
from grading.submitted.titles import Titles

COLUMNS = {"ID": "id", "SIS User ID": "sis_id", "SIS Login ID": "login", "Section": "section"}
POINTS = "Points Possible"
Made = tuple[list[list[str]], list[str]]  # the rows of the file, and notes for the instructor
SHORTENED = re.compile(r"\d[.,]\d+E\+\d+")  # 106000000 as a spreadsheet may write it


def canvas_rows(course: ClassTotals, name: str, title: str, numbers: Mapping[str, str]) -> Made:
    """Return the table of one assignment.

    title: the assignment's name in Canvas. numbers: Canvas's numbers of students.
    """
    rows = [
        ["Student", *COLUMNS, title or name],
        [f"    {POINTS}", *[""] * len(COLUMNS), course.points[name]],
    ]
    for row, total in _marked(course, name):
        known = [row.get(column, "") for column in COLUMNS.values()]
        known[0] = known[0] or numbers.get(row["student"], "")
        rows.append([_called(course, row), *known, total])
    return rows, []


def filled_gradebook(
    sheet: Sheet, course: ClassTotals, name: str, title: str, numbers: Mapping[str, str]
) -> Made:
    """Return Canvas's own gradebook with our totals of one assignment, and without other columns of marks.

    So nothing else can change in Canvas. Raises ValueError if the sheet is not a gradebook, or has no
    column of that assignment.
    """
    first, column = _layout(sheet, name, title)
    kept = [*range(first + 1), column]
    found = match(sheet, course, name, lambda row: _keys(sheet, row), numbers)
    by_student = {row["student"]: (row, total) for row, total in _marked(course, name)}
    rows = [list(sheet.header[at] for at in kept)]
    points = next((row for row in sheet.rows if POINTS in row[0]), None)
    rows += [[points[at] for at in kept]] if points else []
    for student, row in found.rows.items():
        own, total = by_student[student]
        rows.append([_called(course, own, row[0]), *_matched(row[1 : first + 1]), total])
    return rows, [*without_row(found, sheet), *_other_points(points, column, course.points[name])]


def _marked(course: ClassTotals, name: str) -> Iterator[tuple[Row, str]]:
    for row in course.students:
        if total := course.totals.get((same_text(row["student"]), name)):
            yield row, total


def _called(course: ClassTotals, row: Row, name: str = "") -> str:
    """Return the student's name, with a note if totals are not final. Canvas does not import the name."""
    note, called = course.not_final(same_text(row["student"])), row.get("name") or row["student"]
    called = harmless(name) if name else called
    return f"{called} ({note})" if note else called


def _matched(cells: Sequence[str]) -> list[str]:
    return [matched(each, "a cell of the gradebook") for each in cells]


def _layout(sheet: Sheet, name: str, title: str) -> tuple[int, int]:
    """Return the positions of the column Section and of the assignment's column."""
    first = sheet.column("Section")
    if first is None or "Student" not in sheet.header[0]:
        raise ValueError(f"{sheet.name} is not Canvas's gradebook: in Canvas choose Grades, Export.")
    named = sheet.columns(title) if title else _titled(sheet, name)
    wanted = [at for at in named if at > first]
    if not wanted:
        there = there_are(title or name, sheet.header[first + 1 :])
        raise ValueError(f"{sheet.name} has no column of {title or name}; {there}")
    if len(wanted) > 1:
        raise ValueError(_several(sheet.name, name, [sheet.header[at] for at in wanted]))
    return first, wanted[0]


def _titled(sheet: Sheet, name: str) -> list[int]:
    """Return the positions of the columns that have an assignment's name in their title."""
    titles = Titles([name])
    return [at for at, each in enumerate(sheet.header) if titles.inside(each)]


def _several(sheet: str, name: str, titles: Sequence[str]) -> str:
    """Return a sentence that says what to do if there are several possible columns."""
    way_out = f'Name the one that you mean, such as --column "{name}={titles[0]}"'
    if len(set(titles)) < len(titles):
        way_out = "Two of them have one name: remove or rename one in the file"
    return f"{sheet} has several columns of {name}: {', '.join(titles)}. {way_out}."


def _require_whole(sheet: Sheet, title: str, cell: str, student: str) -> None:
    """Raise ValueError for a number that a spreadsheet has shortened: it does not identify a student."""
    if SHORTENED.fullmatch(cell):
        what = f"{sheet.name} has {cell!r} as the {title} of {student}"
        raise ValueError(f"{what}: a spreadsheet has shortened the number. Take the file as Canvas wrote it.")


def _keys(sheet: Sheet, row: Sequence[str]) -> Iterator[tuple[str, str]]:
    for title, column in COLUMNS.items():
        at = sheet.column(title)
        if at is not None and column != "section":
            _require_whole(sheet, title, row[at], row[0])
            yield column, row[at]
            yield from [("number", row[at])] if column == "id" else []
    yield "name", row[0]


def _other_points(points: Sequence[str] | None, column: int, ours: str) -> Iterator[str]:
    try:
        theirs = float(points[column].replace(",", ".")) if points else float(ours)
    except ValueError:
        return
    if theirs != float(ours):
        differs = f"the assignment has {theirs:g} points in Canvas, but {ours} points here"
        yield f"Look at this: {differs}. Set the points in Canvas to {ours}."
