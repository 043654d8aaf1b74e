"""The functions that authors of exercises call: they record cases, forms, mistakes and examples."""

import dataclasses
import doctest
import importlib
import pkgutil

import numpy as np
import pytest
from ours import COURSE, LESSONS

import checks
from checks.authors import Case, Question, number
from checks.authors.mistakes import Mistake
from checks.call import try_case
from checks.casebook import load_cases, save_cases
from checks.checker import Checker
from checks.hints import Hint
from checks.recording import recording, stored
from grading.build.cases import draw_cases
from grading.build.draw import _completed

SOURCE = """
import numpy as np

def centre(x):
    return sum(x) / len(x)

def spread(x, power=2):
    x[0] += 0
    return sum(abs(each - centre(x=x)) ** power for each in x) / len(x)

def unused(x):
    return x
"""


@pytest.fixture
def reference():
    namespace = {}
    exec(SOURCE, namespace)
    return namespace


X = np.array([1.0, 2, 6])


def test_a_case_holds_what_other_functions_answer_during_the_call(reference):
    case = Case.of(reference, "spread", "three", {"x": X}, kwargs={"power": 1})
    np.testing.assert_equal(case.calls, {"centre": [{"args": [X], "answer": np.array(3.0)}]})
    np.testing.assert_allclose(case.answers, [2])
    assert case.kwargs == {"power": 1}


def test_a_correct_function_that_calls_wrong_ones_keeps_its_marks(reference):
    case = Case.of(reference, "spread", "three", {"x": X})
    own = {}
    exec(SOURCE.replace("return sum(x) / len(x)", "return 0").replace("centre(x=x)", "centre(x)"), own)
    outcome = try_case(own["spread"], case)
    assert (outcome.share, outcome.helped) == (1, True)
    assert try_case(own["spread"], dataclasses.replace(case, calls={})).share == 0


def test_all_right_answers_are_kept_and_calls_that_make_them_are_recorded(reference):
    answers = (reference["spread"](X + shift) for shift in (0, 1))
    case = Case.of(reference, "spread", "two answers", {"x": X}, answers=answers)
    assert len(case.answers) == 2
    np.testing.assert_array_equal([call["args"][0] for call in case.calls["centre"]], [X, X + 1])


def test_the_reference_is_restored_also_after_an_error(reference):
    own = dict(reference)
    with pytest.raises(TypeError), recording(reference["spread"]):
        reference["spread"](3)
    assert reference == own


def test_a_call_of_an_earlier_function_is_recorded_even_if_the_reference_makes_none(reference):
    exec("def last(x): return max(x)\ndef later(x): return x", reference)
    calls = Case.of(reference, "last", "three", {"x": X}).calls
    assert {
        name: [float(np.sum(each["answer"]).round(9)) for each in made] for name, made in calls.items()
    } == {
        "centre": [3],
        "spread": [round(14 / 3, 9)],
        "unused": [9],
    }


def test_recorded_calls_differ_by_shape_and_values_that_no_file_can_hold_are_left_out():
    namespace = {}
    exec("def inner(x, *, by=None): return x\ndef outer(xs): return [inner(x) for x in xs]", namespace)
    with recording(namespace["outer"]) as calls:
        namespace["outer"]([np.zeros((2, 3)), np.zeros((3, 2)), np.zeros((2, 3)), "a", None, object()])
        namespace["inner"](1, by=2)
    assert [np.shape(call["args"][0]) for call in calls["inner"]] == [(2, 3), (3, 2), (), ()]


def test_a_case_file_holds_copies(tmp_path):
    mine = {"a": [1, 2], "b": (np.float32(1), "x"), "c": None, "d": True, "e": [[1], [2, 3]]}
    kept = stored(mine)
    mine["a"][0] = 9
    np.testing.assert_equal(
        kept,
        {
            "a": np.array([1, 2]),
            "b": [np.float32(1), "x"],
            "c": None,
            "d": True,
            "e": [np.array([1]), np.array([2, 3])],
        },
    )
    save_cases(tmp_path / "f.npz", [Case("kept", answers=(kept,))])
    np.testing.assert_equal(load_cases(tmp_path / "f.npz")[0].answers[0], kept)


def test_several_return_values_need_names(reference):
    reference["both"] = lambda x: (x, x)
    with pytest.raises(ValueError, match="`both` returns several values: name them"):
        Case.of(reference, "both", "two", {"x": X})
    named = Case.of(reference, "both", "two", {"x": X}, returns=("first", "second"))
    np.testing.assert_equal(named.answers, ([X, X],))


def test_forms_that_are_left_open_give_more_right_answers():
    table = np.arange(6.0).reshape(3, 2)
    for answer, forms, returns, count in (
        (table, {"": "table"}, (), 2),
        ({"a": table, "trace": X}, {"a": "table", "trace": "trace"}, (), 4),
        ((table, X), {"trace": "trace"}, ("a", "trace"), 2),
        (table, {}, (), 1),
    ):
        case = Case.of({"f": lambda answer=answer: answer}, "f", "case", {}, forms=forms, returns=returns)
        assert len(case.answers) == count
        for right in case.answers:
            assert try_case(lambda right=right: right, case).share == 1


def test_an_unknown_form_is_an_error_where_it_is_written():
    with pytest.raises(ValueError, match="case 'c': 'x' has no form 'tabel'; the forms are: table, vector, "):
        Case("c", free={"x": "tabel"})


ODD = {
    "nothing": lambda x: None,
    "an error": lambda x: 1 / 0,
    "an end": lambda x: exit(),
    "a text": lambda x: "no",
    "an object": lambda x: object(),
    "a function": lambda x: len,
    "a set": lambda x: {1},
    "unequal rows": lambda x: [[1], [2, "b"]],
    "a dictionary": lambda x: {1: "a", "b": None},
    "a number too large": lambda x: [10**400],
    "nothing at all": lambda x: [],
}


@pytest.mark.parametrize("answer", [X, {"a": X, "b": X}], ids=["an array", "a dictionary"])
def test_whatever_a_mistake_does_the_build_goes_on(answer, tmp_path, capsys):
    forms = {"a": "trace"} if isinstance(answer, dict) else {"": "trace"}
    case = Case.of({"f": lambda x: answer}, "f", "case", {"x": X}, forms=forms)
    known = [Mistake("f", Hint(name, ("a", "b", "c")), "ours", odd) for name, odd in ODD.items()]
    completed = _completed(case, known, {}, ())
    save_cases(tmp_path / "some" / "f.npz", [completed], [each.hint for each in known])
    np.testing.assert_equal(load_cases(tmp_path / "some" / "f.npz")[0].mistakes.keys(), ODD.keys())
    checker = Checker(tmp_path)
    for name, odd in ODD.items():
        assert checker.check(odd, out_of=1, name="f") == 0, name
        shown = capsys.readouterr().out
        assert f"It looks like this: {'nothing' if name == 'nothing' else ''}" in shown
    assert checker.check(lambda x: answer, out_of=1, name="f") == 1


def test_arguments_may_be_texts_or_none_or_hold_them():
    args = {"name": "a", "limit": None, "table": {"names": "b", "x": X}}
    case = Case.of({"f": lambda *args: X}, "f", "case", args)
    assert try_case(lambda *args: X, case).changed == ()
    assert try_case(
        lambda name, limit, table: table["x"].sort() or table["x"].fill(0) or X, case
    ).changed == ("table",)


def test_a_question_has_no_fields_of_a_case_and_a_case_none_of_a_question():
    fields = {kind: {each.name for each in dataclasses.fields(kind)} for kind in (Case, Question)}
    assert fields[Case] & fields[Question] == {"answers", "tolerance"}
    assert isinstance(number("the slope", 2.0, hidden=True), Question)


@pytest.mark.parametrize("assignment", [COURSE.assignment(name) for name in LESSONS], ids=LESSONS)
def test_every_function_that_calls_another_is_judged_apart_from_it(assignment):
    """Authors cannot forget this: the case of a function that calls others records what these answer."""
    drawn = draw_cases(assignment, 3, hidden=True)
    recorded = {name: set(cases[0].calls) for name, cases in drawn.items() if isinstance(cases[0], Case)}
    m_step = {"compute_soft_counts", "compute_weights", "compute_means", "compute_covariances"}
    assert {name: calls for name, calls in recorded.items() if calls} == {
        "gaussian-mixture": {
            "compute_means": {"compute_soft_counts", "compute_weights"},
            "compute_covariances": m_step - {"compute_covariances"},
            "EM": m_step | {"compute_responsibilities"},
        },
        "bernoulli-digits": {
            "e_step": {"published_e_step", "my_way"},
            "assign_labels": {"e_step", "published_e_step", "my_way"},
            "complete": {"e_step"},
        },
        "when-em-fails": {"map_covariances": {"m_step"}},  # a given function whose arguments have these names
    }.get(assignment.name, {})


def modules():
    found = pkgutil.walk_packages(checks.__path__, "checks.")
    return ["checks", *(each.name for each in found), "helpers.laws", "helpers.bound"]


def test_examples_in_docstrings_are_true(request):
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
    tested = set()
    for name in modules():
        for test in finder.find(importlib.import_module(name)):
            if test.examples:
                test.globs["getfixture"] = request.getfixturevalue
                runner.run(test)
                tested.add(test.name)
    assert runner.summarize(verbose=False).failed == 0
    wanted = {
        "checks.cases.Case.of",
        "checks.questions.Question",
        "checks.authors.questions.number",
        "checks.authors.questions.own_result",
        "checks.judged.nan_while_judged",
        "checks.authors.questions.choice",
        "checks.authors.questions.true_or_false",
        "checks.authors.mistakes.mistake",
        "checks.laws.LawBook.law",
        "checks.laws.LawBook.form",
        "checks.laws.LawBook.chosen",
        "checks.finders.registrar",
        "checks.checker.Checker.check",
        "checks.checker.Checker.check_answer",
    }
    assert wanted <= tested
