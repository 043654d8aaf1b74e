"""A student's function may rename its arguments, even those that a case passes by name."""

import re

import pytest
from ours import COURSE

from checks.call import try_case
from checks.cases import Case
from grading.build.cases import draw_cases


def grow(x, rate=2.0, times=1, shift=0.0):
    return x * rate**times + shift


def in_other_names(value, r=2.0, n=1, up=0.0):
    return value * r**n + up


@pytest.mark.parametrize("named", [{}, {"times": 3}, {"rate": 0.5, "shift": 1.0}, {"shift": 4.0}])
def test_arguments_that_are_passed_by_name_may_be_renamed(named):
    case = Case.of({"grow": grow}, "grow", "one", {"x": 3.0}, kwargs=named)
    assert [try_case(each, case).share for each in (grow, in_other_names)] == [1, 1]


def test_the_student_s_default_is_not_used_if_the_exercise_has_another():
    case = Case.of({"grow": grow}, "grow", "one", {"x": 3.0}, kwargs={"times": 3})
    assert try_case(lambda x, factor=5.0, k=1: x * factor**k, case).share == 1


def test_arguments_with_the_given_names_may_have_another_order():
    case = Case.of({"grow": grow}, "grow", "one", {"x": 3.0}, kwargs={"times": 3, "rate": 0.5})
    assert try_case(lambda x, times, rate: grow(x, rate, times), case).share == 1


def test_keyword_only_arguments_are_passed_by_name():
    def only(x, *, times=1):
        return x * times

    case = Case.of({"only": only}, "only", "one", {"x": 3.0}, kwargs={"times": 3})
    assert case.by_position() is None
    assert try_case(only, case).share == 1


def test_too_few_arguments_are_still_an_error():
    case = Case.of({"grow": grow}, "grow", "one", {"x": 3.0}, kwargs={"times": 3})
    outcome = try_case(lambda x: 6 * x, case)
    assert isinstance(outcome.calls[0].error, TypeError)
    assert "times" in str(outcome.calls[0].error)


@pytest.mark.instructor
def test_em_with_other_names_earns_all_its_marks():
    assignment = COURSE.assignment("gaussian-mixture")
    source = next(each for each in assignment.recipe().definitions if each.startswith("def EM("))
    names = {"maxiter": "max_iter", "thresh": "tol", "init_means": "mu", "data": "X"}
    for name, other in names.items():
        source = re.sub(rf"\b{name}\b", other, source)
    world = assignment.reference()
    exec(source, world)
    cases = [each for each in draw_cases(assignment, 1, hidden=True)["EM"] if each.graded]
    assert any(case.kwargs for case in cases)
    assert {try_case(world["EM"], case).share for case in cases} == {1}
