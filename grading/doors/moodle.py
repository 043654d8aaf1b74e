"""Moodle: the gradebook's import, and the grading worksheet of one assignment.

These facts are from moodle/moodle. The gradebook's import (`grade/import/csv`) finds students by one column
of your choice, and deletes a mark where the cell is a dash. So students without a mark have no row.

`mod/assign/gradingtable.php` writes the worksheet, and `mod/assign/feedback/offline` reads it. It finds a
row by the number at the end of the Identifier, and needs the column "Last modified (grade)". It skips a
grade that has not changed, is empty or is above the maximum. It imports the feedback comments. It needs
UTF-8 with commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grading.doors.canvas import Made
from grading.doors.export import NOT_FINAL, ClassTotals
from grading.doors.rows import match, without_row
from grading.doors.sheets import Sheet, harmless
from grading.roster import listed, same_text

COLUMNS = {"idnumber": "idnumber", "email": "email", "username": "login"}
NUMBER = re.compile(r"\D*(\d+)")
IDENTIFIER, GRADE, MAXIMUM = "Identifier", "Grade", "Maximum Grade"
FEWEST = 6  # columns of a worksheet
CHANGEABLE, COMMENTS = "Grade can be changed", "Feedback comments"
KEYS = {"email": "Email address", "idnumber": "ID number", "login": "Username", "name": "Full name"}


def moodle_rows(course: ClassTotals, name: str, title: str, numbers: Mapping[str, str]) -> Made:
    """Return a table of one assignment for the gradebook's import.

    Its first column identifies students: the first of COLUMNS in which every student has an entry.
    """
    whole = (each for each, column in COLUMNS.items() if all(row.get(column) for row in course.students))
    key = next(whole, None)
    noted = any(of == name for _, of in course.unread)
    rows = [[key or "username", title or name, *([NOT_FINAL] if noted else [])]]
    for row in course.students:
        student = same_text(row["student"])
        if total := course.totals.get((student, name)):
            notes = [course.unread_of(student)] if noted else []
            rows.append([row[COLUMNS[key]] if key else row["student"], total, *notes])
    return rows, []


def filled_worksheet(
    sheet: Sheet, course: ClassTotals, name: str, title: str, numbers: Mapping[str, str]
) -> Made:
    """Return Moodle's grading worksheet with our totals.

    title: its column of grades, if that is not Grade. Raises ValueError if the sheet is not a worksheet, or
    if its maximum is not the number of points of the assignment.
    """
    identifier, grade = _columns(sheet, title)
    _require_maximum(sheet, course.points[name])
    found = match(sheet, course, name, lambda row: _keys(sheet, row, identifier), numbers)
    totals = {row: course.totals[same_text(student), name] for student, row in found.rows.items()}
    whose = {row: student for student, row in found.rows.items()}
    rows = [list(sheet.header)]
    for row in sheet.rows:
        made = [each if at == identifier else harmless(each) for at, each in enumerate(row)]
        if row in totals:
            made[grade] = _as_there(sheet, totals[row])
            _comment(sheet, made, course, whose[row], name)
        rows.append(made)
    return rows, [*without_row(found, sheet), *_skipped(sheet, found.rows, totals, course.points[name])]


def number_in(identifier: str) -> str:
    """Return the participant's number in an Identifier such as "Participant 12345"; "" without a number."""
    found = NUMBER.fullmatch(identifier.strip())
    return found[1] if found else ""


def people_in(
    sheet: Sheet, course: ClassTotals, name: str, numbers: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return each student's name and number in Moodle, from a worksheet, for students who have a total."""
    identifier, called = sheet.column(IDENTIFIER) or 0, sheet.column(KEYS["name"])
    found = match(sheet, course, name, lambda row: _keys(sheet, row, identifier), numbers)
    return {
        student: (row[called] if called is not None else student, number_in(row[identifier]))
        for student, row in found.rows.items()
    }


def _columns(sheet: Sheet, title: str) -> tuple[int, int]:
    """Return the positions of the identifiers and of the grades.

    Moodle writes the header in the language of the person who downloads the sheet.
    """
    identifier = sheet.column(IDENTIFIER)
    is_alike = len(sheet.header) >= FEWEST and all(number_in(row[0]) for row in sheet.rows)
    identifier = 0 if identifier is None and is_alike else identifier
    if identifier is None:
        raise ValueError(
            f"{sheet.name} is not Moodle's grading worksheet: in the assignment choose Download grading "
            "worksheet."
        )
    grade = sheet.column(title or GRADE)
    if grade is None:
        there = ", ".join(sheet.header)
        raise ValueError(
            f"{sheet.name} has no column {title or GRADE}: choose the column for grades with --column "
            f"ASSIGNMENT=NAME; there are: {there}."
        )
    return identifier, grade


def _keys(sheet: Sheet, row: Sequence[str], identifier: int) -> Iterator[tuple[str, str]]:
    yield "number", number_in(row[identifier])
    for column, title in KEYS.items():
        at = sheet.column(title)
        if at is not None:
            yield column, row[at]


def _require_maximum(sheet: Sheet, ours: str) -> None:
    at = sheet.column(MAXIMUM)
    found = {row[at].replace(",", ".") for row in sheet.rows} if at is not None else set()
    others = [each for each in found if each and _number(each) != float(ours)]
    if others:
        raise ValueError(
            f"the Maximum grade in Moodle is {_number(others[0]):g}, but there are {ours} points here: set "
            f"the maximum to {ours} in the assignment's settings in Moodle, and download the worksheet again."
        )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(
            f"the worksheet has {text!r} in the place of the maximum grade: download the worksheet again."
        ) from None


def _as_there(sheet: Sheet, total: str) -> str:
    """Return a number with a comma or a point, as Moodle writes it in this worksheet."""
    at = sheet.column(MAXIMUM)
    has_comma = at is not None and any("," in row[at] for row in sheet.rows)
    return total.replace(".", ",") if has_comma else total


def _comment(sheet: Sheet, row: list[str], course: ClassTotals, student: str, name: str) -> None:
    """Write the total as a comment, if no person has written a comment."""
    at = sheet.column(COMMENTS)
    if at is None or row[at].strip():
        return
    key = (same_text(student), name)
    more = " Not final: a person must still read some answers." if course.unread.get(key) else ""
    row[at] = (
        f"{course.totals[key]} of {course.points[name]} marks.{more} The reasons are in the feedback file."
    )


def _skipped(
    sheet: Sheet, rows: Mapping[str, Sequence[str]], totals: Mapping[Sequence[str], str], points: str
) -> Iterator[str]:
    """Yield sentences about the grades that Moodle will not import."""
    at = sheet.column(CHANGEABLE)
    locked = [
        each for each, row in rows.items() if at is not None and row[at].strip().casefold() in ("no", "nein")
    ]
    above = [each for each, row in rows.items() if float(totals[row]) > float(points)]
    if locked:
        yield f"Look at this: Moodle does not allow a change of these grades: {listed(locked, 20)}."
    if above:
        what = f"Moodle does not import a grade above the maximum, {points}"
        yield f"Look at this: {what}: {listed(above, 20)}."
