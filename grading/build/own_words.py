"""Check that a course's own words fit its assignments, before anything is built with them."""

from __future__ import annotations

from grading.course import Assignment, Course
from grading.names import own_names, require_names
from grading.own_words import FILE


def require_own_words(course: Course) -> None:
    """Check that the names in course.toml can be used. Raises ValueError, which says why they cannot."""
    names = course.words.names
    if not names:
        return
    codes = {each.name: _code(each) for each in course.assignments()}
    written = [source for cells in codes.values() for is_answer, source in cells if is_answer]
    whole = {name: "\n".join(source for _, source in cells) + "\n" for name, cells in codes.items()}
    require_names(names, own_names(written), whole, str(course.root / FILE))


def _code(assignment: Assignment) -> list[tuple[bool, str]]:
    """Return the cells of code, each with whether students write it."""
    cells = assignment.cells_of(assignment.source).cells
    return [("solution" in cell.metadata, cell.source) for cell in cells if cell.cell_type == "code"]
