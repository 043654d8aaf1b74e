"""Gradescope, which imports no marks into a normal assignment.

Marks in Gradescope come only from an autograder (`python -m grading gradescope`), or are typed. So this is
a table for the instructor, to be read beside Gradescope's rosters and exports, or to be joined with them.
It has the columns by which these know students.
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
