"""Match the rows of a platform's table with students."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grading.doors.export import ClassTotals
from grading.doors.sheets import Sheet
from grading.roster import Row, listed, same_text
from grading.submitted.people import People

Keys = Callable[
    [Sequence[str]], Iterator[tuple[str, str]]
]  # from a row to pairs: a column of students.csv, and the row's text for it


@dataclass
class Matched:
    """The rows of a sheet by student, and the students who have no row."""

    rows: dict[str, Sequence[str]] = field(default_factory=dict)
    without_row: list[str] = field(default_factory=list)


def match(
    sheet: Sheet, course: ClassTotals, assignment: str, keys: Keys, numbers: Mapping[str, str]
) -> Matched:
    """Find the row of each student who has a total.

    keys: returns the keys of a row, the most exact first. numbers: the platform's numbers of students, as
    `collect` remembers them; they are compared with the key "number".
    Raises ValueError if two rows belong to one student: nobody should guess.
    """
    wanted = [row for row in course.students if course.totals.get((same_text(row["student"]), assignment))]
    find = _Finder(course.students, numbers)
    found: dict[str, list[Sequence[str]]] = {}
    for row in sheet.rows:
        if student := find.of(list(keys(row))):
            found.setdefault(student, []).append(row)
    for student, rows in found.items():
        if len(rows) > 1:
            first, second = (" ".join(filter(None, each[:3])) for each in rows[:2])
            raise ValueError(
                f"{sheet.name} has two rows for {student}, '{first}' and '{second}'. If they are two "
                "students, write both into students.csv, each with an email or an id."
            )
    names = [row["student"] for row in wanted]
    rows = {each: found[each][0] for each in names if each in found}
    return Matched(rows, [each for each in names if each not in found])


def without_row(matched: Matched, sheet: Sheet) -> list[str]:
    """Return a sentence about students who have a total, but no row."""
    if not matched.without_row:
        return []
    who = listed(matched.without_row, 20)
    return [f"{sheet.name} has no row for these students, so they get no mark there: {who}."]


class _Finder:
    """A search for the student of a row, by the first of its keys that belongs to a student."""

    def __init__(self, rows: Sequence[Row], numbers: Mapping[str, str]):
        self.people = People(rows)
        self.known = {("number", number): student for student, number in numbers.items()}
        for row in rows:
            for column, text in row.items():
                if text and column not in ("name", "section"):
                    self.known[column, text.casefold()] = row["student"]

    def of(self, keys: Sequence[tuple[str, str]]) -> str:
        """Return the student to whom a row belongs; "" if no key is known."""
        exact = (self.known.get((column, text.casefold())) for column, text in keys if text)
        by_name = (self.people.find(text) for column, text in keys if column == "name" and text)
        return next((each for each in (*exact, *by_name) if each), "")
