"""With the real nbgrader, every reference earns all its marks, and every untouched release none."""

import csv
import shutil

import nbformat
import pytest
from conftest import copy_course
from ours import COURSE
from submissions.draft import NAME as FIRST

from grading.run.course import grade_course
from grading.run.pool import Here

pytestmark = [pytest.mark.instructor, pytest.mark.box]
OTHERS = [each for each in COURSE.assignments() if each.name != FIRST]  # the first has separate tests


def rows_of(assignments, folder):
    """Mark the reference and the untouched release of these assignments; return the rows of marks.csv."""
    course = copy_course(folder)
    for assignment in assignments:
        notebooks = {"reference": assignment.solution, "untouched": assignment.release}
        for student, notebook in notebooks.items():
            folder = course / "submitted" / student / assignment.name
            folder.mkdir(parents=True)
            shutil.copy(notebook, folder)
    assert not [each for each in grade_course([], course, pool=Here()) if each.status != "graded"]
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {(row["student"], row["assignment"]): row for row in csv.DictReader(file)}


@pytest.mark.long
@pytest.mark.parametrize("assignment", OTHERS, ids=lambda each: each.name)
def test_every_reference_gets_full_marks_and_every_untouched_release_none(assignment, tmp_path):
    rows = rows_of([assignment], tmp_path)
    cells = nbformat.read(assignment.release, as_version=4).cells
    roles = [cell.metadata.nbgrader for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    points = {role.grade_id: role.points for role in roles if not role.solution}
    for student, share in {"reference": 1, "untouched": 0}.items():
        row = rows[student, assignment.name]
        assert {name: float(row[name]) for name in points} == {n: share * p for n, p in points.items()}
        assert float(row["max"]) == sum(role.points for role in roles)


@pytest.mark.long
def test_columns_are_those_of_the_assignments_that_were_handed_in(tmp_path):
    rows = rows_of([each for each in COURSE.assignments() if each.name != FIRST], tmp_path)
    header = list(next(iter(rows.values())))
    assert {"test-e_step", "test-mean_rgb"} <= set(header)
    assert "test-EM" not in header
