"""Gradescope: it imports no marks into an assignment of its own.

Marks come there from an autograder alone (`python -m grading gradescope`), or by hand. So this is a table
with the columns by which Gradescope's rosters and exports know students, to be read beside it or joined with
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from grading.doors.canvas import Made
from grading.doors.export import NOT_FINAL, ClassTotals
from grading.roster import matched, same_text

NO_IMPORT = (
    "Gradescope cannot import marks: this table is for you. In Gradescope, marks come from an autograder, "
    "or you type them (docs/collect-and-mark.md)."
)


def gradescope_rows(course: ClassTotals, name: str, title: str, numbers: Mapping[str, str]) -> Made:
    """Return a table of one assignment."""
    noted = [NOT_FINAL] if any(of == name for _, of in course.unread) else []
    rows = [["Name", "SID", "Email", "Total Score", "Max Points", *noted]]
    for row in course.students:
        student = same_text(row["student"])
        if total := course.totals.get((student, name)):
            known = [matched(row.get(column, ""), "a cell") for column in ("idnumber", "email")]
            notes = [course.unread_of(student)] if noted else []
            rows.append([row.get("name") or row["student"], *known, total, course.points[name], *notes])
    return rows, [NO_IMPORT]
