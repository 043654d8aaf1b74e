"""`python -m grading why` explains a mark to an instructor, and writes a notebook that runs a case again."""

import shutil

import nbformat
import numpy as np
import pytest
from canned import Canned, course_with, run
from ours import CHECKER, COURSE
from submissions.draft import NAME, right, wrong
from test_lost_files import said

from checks.reading import Unread
from checks.report import Mark
from checks.witness import witnessing
from grading.build.draw import DrawnCases
from grading.scorer.seen import told_of_all
from grading.why import case_of
from grading.why.answers import of_answers
from grading.why.lines import of_function
from grading.why.shorten import ErrorText, lines_of

pytestmark = pytest.mark.instructor
long = pytest.mark.long


@pytest.fixture(scope="module")
def drawn():
    return DrawnCases(COURSE.assignment(NAME).recipe(), 1, 2)


def seen_of(function, exercise, drawn):
    """Return what the scorer records about a function on hidden cases."""
    with witnessing() as seen:
        mark = CHECKER.check(function, out_of=4, cases=drawn, name=f"{NAME}/{exercise}")
    assert isinstance(mark, Mark)
    return told_of_all(seen)[0]


def divided_by_all(data, resp, counts):
    return resp.T @ data / len(data)


def stopping(counts):
    for each in counts:
        raise ValueError(f"\x1b[31mno {each}")


def test_a_failing_case_is_explained_with_input_answer_and_right_answer(drawn):
    told = seen_of(divided_by_all, "compute_means", drawn)
    lines = list(of_function(told))
    assert lines[0].startswith(
        "On the hidden cases of this submission: 0 of 4 marks. 0 of 5 hidden cases passed"
    )
    text = "\n".join(lines)
    case = told["cases"][0]
    for words in (
        "data: array of shape (",
        "the student's answer:",
        "the right answer:",
        "numbers are wrong, most of all at",
    ):
        assert words in text
    assert f"{case['value'][0][0]:.6f}" in text
    assert f"{case['expected'][0][0]:.6f}" in text
    assert "The hint that the student read: divided by N" in lines
    assert text.count("called with") == 1
    assert "\n".join(of_function(told, every=True)).count("called with") == 5
    np.testing.assert_allclose(case["value"], divided_by_all(**case["args"]))


def test_an_error_is_explained_with_its_line_and_without_control_characters(drawn):
    text = "\n".join(of_function(seen_of(stopping, "compute_weights", drawn)))
    assert "the student's answer: ValueError: \\x1b[31mno " in text
    assert "the first line that failed: `raise ValueError" in text
    assert "\x1b" not in text


def test_for_right_answers_it_says_that_all_cases_passed(drawn):
    def right_one(counts):
        return np.asarray(counts) / np.sum(counts)

    lines = list(of_function(seen_of(right_one, "compute_weights", drawn)))
    assert lines[1:] == ["All hidden cases passed, so there is nothing to explain."]


def test_wrong_answers_are_explained_with_right_answers_and_the_tolerance(drawn):
    with witnessing() as seen:
        CHECKER.check_answer(f"{NAME}/quiz-results", 0.2999, 5.5, None, out_of=3, cases=drawn)
        CHECKER.check_answer(f"{NAME}/quiz-loglik", "neither", False, True, out_of=3, cases=drawn)
    numbers, choices = ("\n".join(of_answers(each)) for each in told_of_all(seen))
    assert numbers.startswith("1 of 3 marks: 1 of 3 answers count.")
    assert "answered: 0.2999\n  right: 0.3\n  tolerance: the number may differ by 0.001" in numbers
    assert "answered: None" in numbers
    assert "It does not count: " in numbers
    assert "answered: 'neither'\n  right: 'increasing'" in choices
    assert "the choices: True, False" in choices


def test_nothing_is_recorded_unless_it_is_asked_for(drawn):
    CHECKER.check(divided_by_all, out_of=4, cases=drawn, name=f"{NAME}/compute_means")
    with witnessing() as seen:
        assert seen == []


VALUES = {
    "an array": (np.arange(3.0), "array of 3 numbers: [0. 1. 2.]"),
    "a table": (np.zeros((2, 2)), "array of shape (2, 2):"),
    "a long array": (np.arange(1000), "array of 1000 numbers: [  0   1   2 ... 997 998 999]"),
    "a list": ([1, 2.5], "list of 2 numbers: [1.  2.5]"),
    "a number": (0.123456789, "0.123457"),
    "words": ("a" * 500, f"'{'a' * 399} ... (502 characters)"),
    "signs": ("\x1b[31m", "'\\x1b[31m'"),
    "an error": (ErrorText("KeyError: 'x'"), "KeyError: 'x'"),
    "none": (None, "None"),
    "a dictionary": ({"a": 1, ("b",): 2}, "a: 1"),
    "nothing in it": ({}, "an empty dictionary"),
    "what was not read": (Unread("items"), f"a value that cannot be shown: {Unread('items').described}"),
}


@pytest.mark.parametrize("what", VALUES)
def test_values_are_shortened_with_their_shapes(what):
    value, first = VALUES[what]
    assert lines_of(value)[0] == first
    assert all("\x1b" not in line for line in lines_of(value))


def test_large_values_have_few_lines():
    assert len(lines_of(np.zeros((500, 40, 30)))) < 15
    assert len(lines_of({f"k{n}": n for n in range(100)})) == 13


def why(capsys, course, *words):
    return said(capsys, "why", *words, "--course", str(course))


def test_unknown_names_are_answered_with_the_known_ones(tmp_path, capsys):
    course = course_with(tmp_path, "ada")
    assert why(capsys, course, "adda", "EM") == (1, "Stopped: there is no student 'adda'; there are: ada.\n")
    ended, told = why(capsys, course, "ada", "EMM")
    assert (ended, told.startswith("Stopped: there is no question 'EMM'; there are: EM,")) == (1, True)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a class in which nothing is run until a test asks about it."""
    folder = course_with(tmp_path_factory.mktemp("course"), "ada")
    spoilt = right()
    spoilt.answer(
        "compute_means", "def compute_means(data, resp, counts):\n    return resp.T @ data / len(data)"
    )
    spoilt.answer("compute_weights", "import os\nos._exit(1)")
    spoilt.first("1/0")
    spoilt.save(folder / "submitted" / "bob" / NAME)
    wrong().save(folder / "submitted" / "zoe" / NAME)
    return folder


@long
@pytest.mark.box
def test_a_wrong_function_is_explained_and_its_case_runs_again_in_the_box(course, capsys, monkeypatch):
    ended, told = why(capsys, course, "bob", "compute_means")
    assert ended == 0
    for words in (
        "This question has not been marked yet",
        "ended with ZeroDivisionError: division by zero.",
        "which answers `compute_weights`, was stopped (crashed)",
        "0 of 5 hidden cases passed",
        "The hint that the student read: divided by N",
    ):
        assert words in told
    path = course / "why" / "bob-compute_means.ipynb"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    nb = nbformat.read(path, as_version=4)
    nbformat.validate(nb)
    assert not any("resp.T @ data" in cell.source for cell in nb.cells)  # none of it runs there
    monkeypatch.chdir(path.parent)  # as the notebook's kernel does
    names = {}
    shown = [value_of(cell.source, names) for cell in nb.cells if cell.cell_type == "code"]
    assert "numbers are wrong, most of all at" in repr(shown[1])
    assert "<table>" in shown[1]._repr_html_()
    case = names["case"]
    doubled = case.run(counts=2 * case.args["counts"])
    np.testing.assert_allclose(doubled.value, shown[1].value)  # its answer ignores the counts
    np.testing.assert_allclose(2 * np.asarray(doubled.expected), shown[1].expected)
    with pytest.raises(ValueError, match="there is no argument 'count'; there are: counts"):
        case.run(count=1)
    with pytest.raises(ValueError, match="there is no case 'x'; there are:"):
        case_of("bob", "compute_means", case="x")


def value_of(source, names):
    """Run a cell; return the value of its last line."""
    *body, last = source.splitlines()
    exec("\n".join(body), names)
    return eval(last, names)


@long
@pytest.mark.box
def test_crashes_answers_and_written_answers_are_explained(course, capsys):
    assert "`compute_weights` is not defined" in why(capsys, course, "bob", "compute_weights")[1]
    assert "0 of 3 answers count" in why(capsys, course, "zoe", "quiz-loglik")[1]
    told = why(capsys, course, "ada", "in-your-own-words")[1]
    for words in ("What was asked:", "What was answered:", "A share: the probability", "The sample answer"):
        assert words in told
    assert "All hidden cases passed" in why(capsys, course, "ada", "EM")[1]


@long
@pytest.mark.box
def test_records_are_explained_also_with_another_folder_of_results(course, tmp_path, capsys):
    run(course, out=tmp_path, pool=Canned(), students=["ada"])
    (course / "policies.toml").write_text(f'[{NAME}]\nfull_marks = ["EM"]\n')
    run(course, out=tmp_path, pool=Canned(), students=["ada"])
    ended, told = why(capsys, course, "ada", "EM", "--out", str(tmp_path))
    assert told.startswith(f"ada, `EM` in {NAME}: 10 of 10 marks (passed)")
    assert "Policy: EM has full marks for all." in told
    text = (tmp_path / "why" / "ada-EM.ipynb").read_text()
    assert "10 of 10 marks" in text
    (tmp_path / "why" / "ada-EM.ipynb").write_text(text.replace("10 of 10", "mine"))
    told = why(capsys, course, "ada", "EM", "--out", str(tmp_path))[1]
    assert "The notebook that was there before is kept as ada-EM.before1.ipynb." in told
    assert "mine" in (tmp_path / "why" / "ada-EM.before1.ipynb").read_text()
    (course / "policies.toml").unlink()


@long
@pytest.mark.box
def test_an_unreadable_submission_is_reported(course, capsys):
    folder = course / "submitted" / "eve" / NAME
    folder.mkdir(parents=True)
    (folder / f"{NAME}.ipynb").write_text("no notebook")
    ended, told = why(capsys, course, "eve", "EM")
    assert (ended, "The submission cannot be read: " in told) == (1, True)
    shutil.rmtree(folder.parent)
