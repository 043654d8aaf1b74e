"""The checks of every assignment, proved both ways: right answers keep their marks, wrong ones lose some."""

import ast
import functools

import numpy as np
import pytest
from answers import (
    bernoulli_right,
    bernoulli_wrong,
    gaussian_right,
    gaussian_wrong,
    image_right,
    image_wrong,
)

from grading import hidden
from grading.cases import draw_cases
from grading.course import assignments, find_assignment
from helpers import check
from helpers.checks.call import try_case
from helpers.checks.cases import public

SEEDS = range(6)
ANSWERS = {
    "gaussian-mixture": (gaussian_right.RIGHT, gaussian_wrong.WRONG),
    "image-clusters": (image_right.RIGHT, image_wrong.WRONG),
    "bernoulli-digits": (bernoulli_right.RIGHT, bernoulli_wrong.WRONG),
}


def functions(name):
    """The graded functions of an assignment, and what each is worth, from its source."""
    for cell in find_assignment(name).cells().cells:
        if "test" in cell.metadata and cell.source.startswith("check("):
            call = ast.parse(cell.source).body[0].value
            yield cell.metadata["test"], call.keywords[0].value.value


POINTS = {name: dict(functions(name)) for name in ANSWERS}
WORTH = {exercise: points for each in POINTS.values() for exercise, points in each.items()}


def each(kind):
    books = [pair[kind] for pair in ANSWERS.values()]
    return [
        pytest.param(name, function, id=f"{name}: {words}")
        for book in books
        for name, answers in book.items()
        for words, function in answers.items()
    ]


@functools.cache
def drawn(assignment, seed):
    """The hidden cases of an assignment from one seed."""
    return draw_cases(find_assignment(assignment), seed, hidden=True)


def home(exercise):
    """The assignment that an exercise belongs to."""
    return next(name for name in POINTS if exercise in POINTS[name])


def marks(name, function):
    """Give the answer to `check` as the test cell does; return the public and the hidden mark."""
    globals()[name] = function
    points = WORTH[name]
    return check(globals()[name], out_of=points), check(function, out_of=points, cases=hidden, name=name)


def test_every_assignment_and_every_function_has_answers_of_both_kinds():
    assert set(ANSWERS) == {assignment.name for assignment in assignments()}
    for name, (right, wrong) in ANSWERS.items():
        assert set(right) == set(wrong) == set(POINTS[name])
        assert min(map(len, wrong.values())) >= 5
        assert min(map(len, right.values())) >= 3


@pytest.mark.parametrize(("name", "answer"), each(0))
def test_right_answers_get_full_marks(name, answer, capsys):
    assert marks(name, answer) == (WORTH[name], WORTH[name]), capsys.readouterr().out


@pytest.mark.parametrize(("name", "answer"), each(1))
def test_wrong_answers_lose_marks_and_are_told_why(name, answer, capsys):
    for mark in marks(name, answer):
        assert mark < WORTH[name]
    public_report, hidden_report = capsys.readouterr().out.split(f"{name}: ")[1:]
    assert "✗ not yet" in public_report
    assert "✗ not yet" in hidden_report
    assert not any(character.isdigit() for character in hidden_report.split("cases\n")[1])


def fails(function, cases):
    return [case.name for case in cases if not case.advice and try_case(function, case).fault]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("assignment", ["image-clusters", "bernoulli-digits"])
def test_answers_stay_right_or_wrong_whatever_the_seed(assignment, seed):
    cases = drawn(assignment, seed)
    right, wrong = ANSWERS[assignment]
    for name in POINTS[assignment]:
        for words, function in right[name].items():
            assert fails(function, cases[name]) == [], (name, words)
        for words, function in wrong[name].items():
            assert fails(function, cases[name]), (name, words)


@pytest.mark.parametrize("name", WORTH)
def test_the_reference_leaves_its_arguments_alone(name):
    reference = find_assignment(home(name)).reference()
    for case in [*public[name], *hidden[name]]:
        outcome = try_case(reference[name], case)
        assert (outcome.fault, outcome.changed) == (None, ())


@pytest.mark.parametrize("name", WORTH)
def test_what_was_memorised_from_the_public_cases_earns_nothing(name):
    known = {key(case.args): case.answers[0] for case in public[name]}

    def memory(*args, **kwargs):
        return known[key(dict(enumerate(args)))]

    assert [try_case(memory, case).fault is None for case in public[name]].count(True) >= 2
    assert all(try_case(memory, case).fault for case in hidden[name])


@pytest.mark.parametrize("name", WORTH)
def test_hidden_cases_differ_from_public_ones_and_by_seed(name):
    first, second = (drawn(home(name), seed) for seed in (1, 2))
    keys = [{key(case.args) for case in cases[name]} for cases in (first, second, public)]
    assert not keys[0] & keys[1]
    assert not keys[0] & keys[2]


def key(value):
    """What tells arguments apart: their numbers."""
    if isinstance(value, dict):
        return b"".join(key(item) for item in value.values())
    return np.asarray(value).tobytes()


def test_questions_hold_no_answer_in_public():
    for assignment in assignments():
        questions = set(drawn(assignment.name, 1)) - set(WORTH)
        assert questions
        assert all(case.answers == () for name in questions for case in public[name])
        assert all(len(case.answers) == 1 for name in questions for case in hidden[name])
