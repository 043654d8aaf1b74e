"""Each submission has its own hidden cases, so a student cannot use what another submission reveals."""

import base64
import hashlib
import io

import numpy as np
import pytest
from ours import ASSIGNMENTS, COURSE, WORLD
from own_job import cases_of, job_for
from submissions.draft import NAME, RIGHT, points, right, short

from checks.authors import Case
from grading.build.draw import DrawnCases
from grading.marking.job import Job
from grading.marking.mark import mark
from grading.recipe import Drawing, Recipe
from grading.scorer.testcell import Test as Exam
from grading.status import Status

CODE = ["import numpy as np", "def mean(x): return np.mean(x)"]
SOLUTION = COURSE.assignment(NAME)
every_assignment = pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)


def drawing(seed=7, assignment="one"):
    return Drawing(Recipe(assignment, "", "", "", "", (), ()), seed)


def test_the_same_code_has_the_same_cases_and_no_other_code_has_them():
    own = drawing().seeds_for(CODE)
    assert drawing().seeds_for(CODE) == own
    others = [
        drawing().seeds_for([*CODE, "# a remark"]),
        drawing().seeds_for(["".join(CODE)]),
        drawing().seeds_for(CODE[::-1]),
        drawing(8).seeds_for(CODE),
        drawing(assignment="two").seeds_for(CODE),
    ]
    assert len({own.own, *(each.own for each in others)}) == 1 + len(others)
    assert [each.term == own.term for each in others] == [True, True, True, False, False]
    assert drawing().seeds_for([]).own != drawing().seeds_for([]).term
    assert drawing().seeds_for(["\ud800"])  # text that no encoding can represent


def numbers_in(value):
    """Return the numbers of arguments as bytes, so that arguments can be compared."""
    if isinstance(value, dict):
        return b"".join(numbers_in(item) for item in value.values())
    return np.asarray(value).tobytes()


@every_assignment
def test_two_submissions_see_no_input_in_common(assignment):
    first, second = (DrawnCases(assignment.recipe(), own, term=3).drawn for own in (1, 2))
    for exercise, cases in first.items():
        if isinstance(cases[0], Case):
            mine, theirs = (
                {numbers_in(case.args) for case in drawn if not case.trial}
                for drawn in (cases, second[exercise])
            )
            assert not mine & theirs, exercise


@every_assignment
def test_what_is_drawn_does_not_depend_on_what_was_drawn_before(assignment):
    recipe = assignment.recipe()
    alone = DrawnCases(recipe, 5, term=3).drawn
    DrawnCases(recipe, 6, term=3)
    again = DrawnCases(recipe, 5, term=3).drawn
    for exercise, cases in alone.items():
        for one, other in zip(cases, again[exercise]):
            if isinstance(one, Case):
                np.testing.assert_equal(one.args, other.args)


def job(draft, seed=7):
    """Return the job of marking a draft, with the tests' own seed."""
    return job_for(draft, SOLUTION, Drawing(SOLUTION.recipe(), seed))


def marks(job):
    """Return the marks of all tests by name."""
    results = mark(job)
    return {cell.name: each.mark for cell, each in zip(job.cells, results) if isinstance(cell, Exam)}


MEMORY = """
import base64, hashlib, io
import numpy as np
TABLE = {table!r}
def {name}(*args):
    key = hashlib.sha256(b"".join(np.asarray(each, float).tobytes() for each in args)).hexdigest()
    answer = TABLE.get(key)
    return 0.5 if answer is None else np.load(io.BytesIO(base64.b64decode(answer)))
"""
SIMPLE = ("compute_responsibilities", "compute_means", "compute_covariances")


def key_of(case):
    numbers = (np.asarray(each, float).tobytes() for each in case.args.values())
    return hashlib.sha256(b"".join(numbers)).hexdigest()


def packed(array):
    file = io.BytesIO()
    np.save(file, array)
    return base64.b64encode(file.getvalue()).decode()


def memory_of(cases, name):
    """Return a function's source that knows only the inputs and answers of a submission's hidden cases."""
    table = {key_of(case): packed(case.answers[0]) for case in cases[name]}
    return MEMORY.format(table=table, name=name)


@pytest.mark.instructor
@pytest.mark.box
def test_a_partner_who_was_told_all_hidden_inputs_and_answers_earns_nothing_with_them():
    """It does not matter how the first submission revealed them: here the second one simply knows them."""
    first = job(right())
    told = cases_of(first)
    learnt = {name: memory_of(told, name) for name in SIMPLE}
    second = job(short({**RIGHT, **learnt}))
    marks_of_first, marks_of_second = marks(first), marks(second)
    assert marks_of_first == points()
    assert [marks_of_second[f"test-{name}"] for name in SIMPLE] == [0, 0, 0]


@pytest.mark.parametrize("name", SIMPLE)
def test_knowing_a_submission_s_own_hidden_cases_would_earn_full_marks(name):
    """Without this test, the one before it would prove nothing: the partner's table might be useless."""
    told, space = cases_of(job(right())), {}
    exec(memory_of(told, name), space)
    for case in told[name]:
        np.testing.assert_allclose(space[name](*case.args.values()), case.answers[0])


BROKEN = Recipe(NAME, "no_such_exercises", "", "x.py", "", (), ())


@pytest.mark.instructor
@pytest.mark.box
def test_cases_that_cannot_be_drawn_cost_no_marks():
    asks = "### BEGIN HIDDEN TESTS\nfrom grading import hidden\nlen(hidden['x'])\n### END HIDDEN TESTS"
    cells = ["def double(x): return 2 * x", Exam("t", asks, 2), Exam("u", "assert double(1) == 2", 1)]
    _, first, second = mark(Job(cells, world=WORLD, drawing=Drawing(BROKEN, 7)))
    assert (first.status, first.mark) == (Status.NEEDS_PERSON, None)
    assert (
        "hidden cases cannot be drawn (ModuleNotFoundError: No module named 'no_such_exercises')" in first.why
    )
    assert second.mark == 1
