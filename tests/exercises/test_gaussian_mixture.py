"""The first assignment: its reference values, and what its checks accept or find, with every seed."""

from pathlib import Path

import numpy as np
import pytest
from answers import arrays, loops, one_function
from answers.gaussian_mixture import RIGHT
from ours import COURSE, known_in
from test_answers import SEEDS, drawn

from checks.call import try_case
from grading import hidden
from helpers import check, check_answer, load_synthetic

ASSIGNMENT = COURSE.assignment("gaussian-mixture")
REFERENCE = ASSIGNMENT.reference()
EXERCISES = {
    "compute_responsibilities": 6,
    "compute_soft_counts": 2,
    "compute_weights": 2,
    "compute_means": 4,
    "compute_covariances": 6,
    "EM": 10,
}


def named(name, function):
    """Give the answer to `check` as the test cell does; return the public and the hidden mark."""
    globals()[name] = function
    points = EXERCISES[name]
    return check(globals()[name], out_of=points), check(function, out_of=points, cases=hidden, name=name)


def with_quick_steps():
    """Return the names of loops.py, whose EM calls its steps by name, with the fast steps of arrays.py."""
    namespace = {}
    exec(Path(loops.__file__).read_text(encoding="utf-8"), namespace)
    namespace.update({step: getattr(arrays, step) for step in EXERCISES if step != "EM"})
    return namespace


# `make test` tries one mistake of each step, `make test-all` tries all.
STEP_MISTAKES = [
    pytest.param(name, each.answer, id=f"{name}: {each.hint.name}", marks=[pytest.mark.long] if n > 0 else [])
    for name in EXERCISES
    if name != "EM"
    for n, each in enumerate(known_in("gaussian-mixture")[name])
    if each.hint.name != "written into whole numbers"  # EM never meets whole numbers
]


@pytest.mark.parametrize(("name", "mistake"), STEP_MISTAKES)
def test_a_mistake_in_a_step_costs_its_own_marks_and_not_those_of_the_loop(name, mistake, capsys):
    namespace = with_quick_steps()
    namespace[name] = mistake
    assert check(namespace["EM"], out_of=10, cases=hidden) == 10
    assert capsys.readouterr().out.count("`EM` calls another function, which gives it a wrong answer") == 1
    assert namespace[name] is mistake


def test_a_loop_is_judged_before_its_steps_are_written(capsys):
    namespace = {}
    exec(Path(loops.__file__).read_text(encoding="utf-8"), namespace)

    def unwritten(*args):
        raise NotImplementedError

    namespace["compute_means"] = unwritten
    assert check(namespace["EM"], out_of=10) == 10
    assert check(unwritten_named("EM"), out_of=10) == 0
    assert "✗ not yet: the function is empty: replace the line" in capsys.readouterr().out


def unwritten_named(name):
    namespace = {}
    exec(f"def {name}(*args, **kwargs): raise NotImplementedError()", namespace)
    return namespace[name]


def test_the_correct_function_of_another_exercise_earns_nothing():
    """`compute_weights = compute_soft_counts` is the function of an exercise, but not of this one."""
    for name in ("compute_weights", "compute_means", "EM"):
        assert check(arrays.compute_soft_counts, out_of=2, cases=hidden, name=name) == 0


@pytest.mark.parametrize("module", [loops, one_function, arrays], ids=lambda module: module.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_right_answers_pass_whatever_the_seed(module, seed):
    cases = drawn(ASSIGNMENT.name, seed)
    for name in EXERCISES:
        for case in cases[name]:
            if case.graded:
                assert try_case(getattr(module, name), case).fault is None, (name, case.name)


@pytest.mark.parametrize("seed", SEEDS)
def test_harmless_habits_pass_whatever_the_seed(seed):
    cases = drawn(ASSIGNMENT.name, seed)
    habits = {"compute_responsibilities": "a guard against division by zero", "EM": "regularised"}
    for name, habit in habits.items():
        for case in cases[name]:
            if case.graded:
                assert try_case(RIGHT[name][habit], case).fault is None, (name, case.name)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("factor", [10, 0.1])
def test_a_wrong_threshold_is_found_with_every_seed(seed, factor):
    def EM(*args, thresh=1e-4, **kwargs):
        return arrays.EM(*args, thresh=factor * thresh, **kwargs)

    cases = [case for case in drawn(ASSIGNMENT.name, seed)["EM"] if case.graded]
    passed = [try_case(EM, case).fault is None for case in cases]
    # Where the start is nearly at the end already, a larger threshold also stops after one iteration.
    assert passed == [True, True, False, False, True, factor > 1, True]


def course_run(**changes):
    data = load_synthetic()
    start = data[[20, 10, 96]], np.array([np.cov(data, rowvar=False)] * 3), [1 / 3] * 3
    return REFERENCE["EM"](data, *start, **changes)


def test_reference_values_of_the_published_assignment():
    run = course_run()
    assert len(run["loglik"]) == 31
    np.testing.assert_allclose(run["weights"], [0.2999997395, 0.1797834230, 0.5202168374], atol=1e-9)
    means = [[0.0190154102, 4.9519104487], [4.9384545452, 0.3199707834], [1.2599330459, 0.9122753074]]
    np.testing.assert_allclose(run["means"], means, atol=1e-9)
    cov = [[0.9362341752, 0.3211622011], [0.3211622011, 0.6579650457]]
    np.testing.assert_allclose(run["covs"][2], cov, atol=1e-9)
    np.testing.assert_allclose([run["loglik"][0], run["loglik"][-1]], [-541.0970071216, -318.8765087910])
    assert (np.diff(run["loglik"]) > 0).all()


def test_the_start_is_the_one_of_the_published_assignment():
    np.testing.assert_array_equal(np.random.RandomState(4).choice(100, 3, replace=False), [20, 10, 96])


def test_the_reference_can_take_a_point_far_from_all_means():
    data = np.array([[0.0, 0], [1, 1], [85, 0]])
    resp = REFERENCE["compute_responsibilities"](data, [0.5, 0.5], [[0, 0], [0, 1]], [np.eye(2)] * 2)
    np.testing.assert_allclose(resp.sum(axis=1), 1)


def test_the_linear_domain_is_advised_against_but_costs_nothing(capsys):
    mark, hidden_mark = named("compute_responsibilities", loops.compute_responsibilities)
    assert (mark, hidden_mark) == (6, 6)
    assert capsys.readouterr().out.count("→ advice: a point far from all: one point lies 85 sigma") == 2


@pytest.mark.parametrize(
    ("answers", "mark", "words"),
    [
        (("increasing", False, True), 3, []),
        ((" Increasing ", "false", np.True_), 3, []),
        (
            ("decreasing", True, False),
            0,
            ["the curve rises", "A plateau may lie before", "nothing in EM is random"],
        ),
        (
            ("neither", "no", None),
            0,
            ["a plateau is allowed", "choose one of True, False", "not answered yet"],
        ),
        ((True, False, True), 2, ["choose one of 'increasing', 'decreasing', 'neither'"]),
        ((None, "False", 1), 1, ["not answered yet", "choose one of True, False"]),
    ],
)
def test_quiz_choices(answers, mark, words, capsys):
    """In public only the form of an answer is checked; the reasons are in the feedback."""
    assert check_answer("quiz-loglik", *answers, out_of=3) is None
    shown = capsys.readouterr().out
    assert "✓" not in shown
    assert not [each for each in words if each in shown and "choose" not in each and "answered" not in each]
    assert check_answer("quiz-loglik", *answers, out_of=3, cases=hidden) == mark
    shown = capsys.readouterr().out
    assert all(each in shown for each in words)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((0.301, 4.942, 0.331), "that is the result for the points of a later edition"),
        ((29.999974, 0.320, 0.936), "that is the soft count"),
        ((0.180, 0.320, 0.658), "that number is on the diagonal, so it is a variance"),
        ((0.520, 1.260, 0.055), "that number belongs to another component. Python counts from 0"),
    ],
)
def test_a_known_wrong_number_gets_its_reason(answers, words, capsys):
    assert check_answer("quiz-results", *answers, out_of=3, cases=hidden) == 0
    assert words in capsys.readouterr().out


def answers_marks(*answers, capsys):
    seen = check_answer("quiz-results", *answers, out_of=3)
    marks = check_answer("quiz-results", *answers, out_of=3, cases=hidden)
    return seen, marks, capsys.readouterr().out


@pytest.mark.parametrize(
    ("answers", "marks"),
    [
        ((0.2999997, 4.938454, 0.321162), 3),
        ((0.300, 4.938, 0.321), 3),
        ((".3", "4.938", "0.3211"), 3),
        ((np.float32(0.3), [4.9385], np.array(0.321)), 3),
        ((0.301, 4.942, 0.331), 0),  # the later edition's data
        ((0.3, 0.32, 0.658), 1),
        ((None, None, 0.3212), 1),
        ((..., float("nan"), "no idea"), 0),
    ],
)
def test_quiz_numbers(answers, marks, capsys):
    seen, earned, shown = answers_marks(*answers, capsys=capsys)
    assert seen is None
    assert earned == marks
    assert shown.count("✓ right") == marks
