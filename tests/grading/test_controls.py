"""Whole notebooks with right answers keep every mark. With mistakes they lose exactly the marks of these."""

import pytest
from conftest import copy_course
from ordinary_user import OrdinaryUser
from ours import ASSIGNMENTS, COURSE, known_in
from own_job import cases_of, job_for
from submissions.classes import LIMITS
from submissions.controls import controls
from submissions.draft import points

from grading.build.hidden import drawing_of
from grading.run.course import grade_course
from grading.run.journal import read_records
from grading.run.pool import Here
from helpers import check

pytestmark = [pytest.mark.instructor, pytest.mark.box]
FEW = 2  # so many of each kind in `make test`, all of them in `make test-all`
SHORT = {"gaussian-mixture"}


def chosen():
    for assignment in [each.name for each in ASSIGNMENTS]:
        for wrong in (False, True):
            every = controls(assignment, wrong)
            few = every[:FEW] if assignment in SHORT else []
            yield pytest.param(few, id=f"{assignment}-{wrong}") if few else None
            yield pytest.param(every[len(few) :], id=f"{assignment}-{wrong}-all", marks=pytest.mark.long)


@pytest.mark.parametrize("submitted", [each for each in chosen() if each])
def test_marks_of_notebooks_are_those_of_their_functions(submitted, tmp_path):
    course = handed_in(submitted, tmp_path)
    list(grade_course([submitted[0].assignment], course, pool=Here()))
    has_marks_of_the_functions(submitted, course)


@pytest.mark.long
@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("assignment", [each.name for each in ASSIGNMENTS])
def test_marks_are_the_same_if_an_ordinary_user_marks(assignment, wrong, tmp_path):
    user, submitted = OrdinaryUser(tmp_path), controls(assignment, wrong)
    course = user.takes(handed_in(submitted, tmp_path / "class"))
    user.marks(course, assignment)
    has_marks_of_the_functions(submitted, course)
    assert user.leaves() == []


def handed_in(submitted, folder):
    """Return a course with these submissions."""
    folder.mkdir(exist_ok=True)
    course = copy_course(folder)
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(LIMITS)
    for control in submitted:
        control.draft().save(course / "submitted" / control.student / control.assignment)
    return course


def has_marks_of_the_functions(submitted, course):
    for control in submitted:
        assignment = control.assignment
        told = read_records(course)[assignment, control.student]["questions"]
        marks = {name: told[f"test-{name}"]["mark"] for name in control.chosen}
        due = expected(control)
        assert marks == due, control


def own_cases(control):
    """Return the hidden cases of this very submission.

    On those of another, a known mistake may earn a bit more.
    """
    assignment = COURSE.assignment(control.assignment)
    return cases_of(job_for(control.draft(), assignment, drawing_of(assignment)))


def expected(control):
    """Return each function's marks when it is called here, without a box, on the submission's own cases."""
    most = points(control.assignment)
    if not control.wrong:
        return {name: most[f"test-{name}"] for name in control.chosen}
    known = {
        name: {each.hint.name: each.answer for each in known_in(control.assignment)[name]}
        for name in control.chosen
    }
    cases = own_cases(control)
    return {
        name: float(check(known[name][words], most[f"test-{name}"], cases, name))
        for name, words in control.chosen.items()
    }
