"""Apply policies.toml to a submission that nbgrader itself has just marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from grading.course import load_course
from grading.policies.known import KnownNames
from grading.policies.ledger import Ledger
from grading.policies.read import read_policies
from grading.policies.settle import POINTS
from grading.roster import ROSTER, read_roster
from grading.run.gradebook import MarkBook


def lift_points(config: Config, assignment: str) -> None:
    """Restore the points of the notebook, until `count_by_policies`: nbgrader compares cells with them."""
    folders = CourseDirectory(config=config)
    with Gradebook(folders.db_url, folders.course_id) as book:
        ledger = Ledger(book)
        if not ledger.known:
            return
        for each in book.find_assignment(assignment).notebooks:
            for cell in (*each.grade_cells, *each.task_cells):
                cell.max_score = ledger.own((cell.id, POINTS), cell.max_score)
        book.db.commit()


def count_by_policies(config: Config, assignment: str, student: str, has_marks: bool) -> None:
    """Write the marks that count into the gradebook. Raises ValueError for policies that cannot be read."""
    with ruled(config) as marks:
        marks.count_anew(assignment, student, has_marks)


@contextmanager
def ruled(config: Config) -> Iterator[MarkBook]:
    """Yield the gradebook of a course with its policies. Raises ValueError if they cannot be read."""
    folders = CourseDirectory(config=config)
    course = load_course(Path(folders.root))
    roster = course.root / ROSTER
    with closing(MarkBook(folders.db_url, config)) as marks:
        students = [each.id for each in marks.book.students]
        rows = read_roster(roster) if roster.exists() else []
        marks.policies = read_policies(course.root, KnownNames(course, rows, students))
        yield marks
