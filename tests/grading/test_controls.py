"""Whole notebooks with right answers keep every mark, with mistakes they lose exactly the mistakes' marks."""

import pytest
from conftest import copy_course
from ours import ASSIGNMENTS, called, known_in
from submissions.classes import LIMITS
from submissions.controls import controls
from submissions.draft import points

from grading import hidden
from grading.run.course import grade_course
from grading.run.journal import read_records
from grading.run.pool import Here
from helpers import check

pytestmark = [pytest.mark.instructor, pytest.mark.box]
FEW = 2  # of each kind in `make test`; all of them in `make test-all`
SHORT = {"gaussian-mixture"}


def chosen():
    for assignment in [each.name for each in ASSIGNMENTS]:
        for wrong in (False, True):
            every = controls(assignment, wrong)
            few = every[:FEW] if assignment in SHORT else []
            yield pytest.param(few, id=f"{assignment}-{wrong}") if few else None
            yield pytest.param(every[len(few) :], id=f"{assignment}-{wrong}-all", marks=pytest.mark.long)


@pytest.mark.parametrize("submitted", [each for each in chosen() if each])
def test_marks_are_those_of_the_functions(submitted, tmp_path):
    assignment = submitted[0].assignment
    course = copy_course(tmp_path)
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(LIMITS)
    for control in submitted:
        control.draft().save(course / "submitted" / control.student / assignment)
    list(grade_course([assignment], course, pool=Here()))
    for control in submitted:
        told = read_records(course)[assignment, control.student]["questions"]
        marks = {name: told[f"test-{name}"]["mark"] for name in control.chosen}
        assert marks == expected(control), control


def expected(control):
    """What each function earns when it is called here, without a box."""
    most = points(control.assignment)
    if not control.wrong:
        return {name: most[f"test-{name}"] for name in control.chosen}
    known = {
        name: {each.hint.name: each.answer for each in known_in(control.assignment)[name]}
        for name in control.chosen
    }
    return {
        name: float(check(known[name][words], most[f"test-{name}"], hidden, called(control.assignment, name)))
        for name, words in control.chosen.items()
    }
