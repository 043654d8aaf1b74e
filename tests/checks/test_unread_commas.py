"""In the notebook, a check finds a number with a decimal comma that Python could not read."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from checks.authors import number, true_or_false
from checks.casebook import save_cases
from checks.checker import Checker
from checks.commas import with_unread

CHECK = "check_answer('quiz', weight, mean, out_of=2)"
STUB = "weight = mean = None"


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        ([STUB, "weight = 0.3\nmean = 1,0123"], [None, "1,0123"]),
        ([STUB, "weight = -0,03; mean = (1,01)  # both"], ["-0,03", "1,01"]),
        ([STUB, "weight = mean = 0,05"], ["0,05", "0,05"]),
        (["mean = 1,0123", STUB], [None, None]),  # the stub was run after the number
        ([STUB, "mean = 1,0123", "mean = 1.0123"], [None, None]),
        ([STUB, "mean = 1,0123 +"], [None, None]),
        ([STUB, "%magic\nx = 1,0123"], [None, None]),
        ([STUB, 3, "x" * 20_000], [None, None]),
    ],
)
def test_a_missing_answer_is_taken_from_the_last_cell_that_has_it(cells, answers):
    assert with_unread("quiz", [None, None], {"In": ["", *cells, CHECK]}) == answers


def test_other_answers_and_other_calls_stay():
    cells = ["", "mean = 1,0123"]
    assert with_unread("quiz", [2, None], {"In": [*cells, CHECK]}) == [2, "1,0123"]
    assert with_unread("quiz", [2, 3], {"In": [*cells, CHECK]}) == [2, 3]
    for call in (CHECK.replace("quiz", "other"), CHECK.replace(", mean", ""), "check(", "answers()"):
        assert with_unread("quiz", [2, None], {"In": [*cells, call]}) == [2, None]
    for names in ({}, {"In": None}, {"In": []}):
        assert with_unread("quiz", [None], names) == [None]


def test_in_a_notebook_the_check_names_the_comma(tmp_path, capsys):
    questions = [
        true_or_false("it is so", True, "yes", hidden=False),
        number("the mean", 1.0123, hidden=False),
    ]
    save_cases(tmp_path / "some" / "quiz.npz", questions)
    shell = InteractiveShell.instance()
    try:
        shell.push({"check_answer": Checker(tmp_path).check_answer})
        for cell in (STUB, "weight = True\nmean = 1,0123", CHECK):
            shell.run_cell(cell, store_history=True)
    finally:
        InteractiveShell.clear_instance()
    assert (
        "the mean: it is written with a decimal comma, and Python needs a decimal point: write `1.0123`, "
        in (capsys.readouterr().out)
    )
