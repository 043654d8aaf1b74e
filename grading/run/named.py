"""Names of students in nbgrader's gradebook, from students.csv: the formgrader shows them."""

from __future__ import annotations

from collections.abc import Sequence

from nbgrader.api import Gradebook

from grading.roster import Row, of_text


def name_students(book: Gradebook, rows: Sequence[Row]) -> None:
    """Write the names from students.csv into the gradebook, for students who have no name in it."""
    names = {row["student"]: of_text(row["name"]) for row in rows if row.get("name")}
    for student in book.students:
        if student.id in names and not (student.first_name or student.last_name):
            student.first_name, student.last_name = first_and_last(names[student.id])
    book.db.commit()


def first_and_last(name: str) -> tuple[str, str]:
    """Return the first names and the last name of a full name, which may have a comma before the first names.

    Example:
        >>> first_and_last("Ada King Lovelace"), first_and_last("King Lovelace, Ada")
        (('Ada King', 'Lovelace'), ('Ada', 'King Lovelace'))
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma:
        return first, last
    first, _, last = name.strip().rpartition(" ")
    return first.strip(), last
