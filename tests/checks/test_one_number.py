"""A number is read if what was typed has one meaning; otherwise the report names the cause."""

import numpy as np
import pytest

from checks import quiz
from checks.authors import number
from checks.casebook import CaseBook, save_cases
from checks.faults import Kind
from checks.one_number import LONGEST, one_number
from checks.quiz import run_quiz

READ = {
    "0.3": 0.3,
    " .300 ": 0.3,
    "1e-3": 0.001,
    "1e\u22123": 0.001,
    "\u22120.3": -0.3,  # a minus sign
    "\u20130.3": -0.3,  # a dash, into which word processors change a hyphen
    "\uff0d\uff10\uff0e\uff13": -0.3,  # full-width signs
    "\u0660\u066b\u0663": 0.3,  # Arabic digits and Arabic decimal point
    "3/10": 0.3,
    "-3 / 10": -0.3,
    "\u00bd": 0.5,
    "0.3\u00a0": 0.3,
}


@pytest.mark.parametrize("text", READ, ids=ascii)
def test_a_number_with_one_meaning_is_read(text):
    assert one_number(text) == (pytest.approx(READ[text]), None)


@pytest.mark.parametrize(
    "value", [0.3, np.float32(0.3), (0.3,), [[0.3]], [], {"a": 1}, [[1], [2, 3]], [{}, 1], 2j]
)
def test_values_that_are_no_text_are_not_changed(value):
    assert one_number(value) == (value, None)


@pytest.mark.parametrize(
    ("value", "kind", "instead"),
    [
        ((0, 300), Kind.DECIMAL_COMMA, "0.300"),  # Python reads 0,300 as this pair
        ((-1, 5), Kind.DECIMAL_COMMA, "-1.5"),
        ((1, 234.5), Kind.GROUPED, "1234.5"),
        ((1, 234, 567), Kind.GROUPED, "1234567"),
        ("0,300", Kind.DECIMAL_COMMA, "0.300"),
        ("\u22120,3", Kind.DECIMAL_COMMA, "-0.3"),
        ("\uff10\uff0c\uff13", Kind.DECIMAL_COMMA, "0.3"),
        ("1.234,5", Kind.DECIMAL_COMMA, "1234.5"),
        ("1,234.5", Kind.GROUPED, "1234.5"),
        ("30 %", Kind.PERCENTAGE, "0.3"),
        ("30%", Kind.PERCENTAGE, "0.3"),
        ("30,5\u00a0%", Kind.PERCENTAGE, "0.305"),
        ("about 1.2.3 %", Kind.PERCENTAGE, ""),
        ("0.300 (approx)", Kind.NOT_ONE_NUMBER, "0.300"),
        ("\u22480.3", Kind.NOT_ONE_NUMBER, "0.3"),
        ("1 234.5", Kind.NOT_ONE_NUMBER, ""),
        ("3/0", Kind.NOT_ONE_NUMBER, ""),
        ("no idea", Kind.NOT_ONE_NUMBER, ""),
        ("9" * (LONGEST + 1), Kind.NOT_ONE_NUMBER, ""),
        ("  ", Kind.NOT_ANSWERED, ""),
        ((0.1, 0.2), Kind.SEVERAL_NUMBERS, ""),
        ([0, 300], Kind.SEVERAL_NUMBERS, ""),
        (np.array([1.0, 2]), Kind.SEVERAL_NUMBERS, ""),
    ],
    ids=lambda each: ascii(each)[:20],
)
def test_the_cause_is_named_if_a_number_cannot_be_read(value, kind, instead):
    fault = one_number(value)[1]
    assert (fault.kind, fault.instead) == (kind, instead)


def asked(folder, hidden):
    save_cases(folder / "some" / "quiz.npz", [number("the weight", 0.3, hidden, {0.4: "that is the other"})])
    return CaseBook(folder)


@pytest.mark.parametrize("value", [(0, 300), "0,300"])
def test_a_decimal_comma_is_named_in_the_notebook_and_in_marking(value, tmp_path, capsys):
    cause = "the weight: it is written with a decimal comma, and Python needs a decimal point"
    assert run_quiz("quiz", [value], 1, asked(tmp_path, hidden=False)) is None
    assert f"{cause}: write `0.300`, not `0,300`." in capsys.readouterr().out
    assert run_quiz("quiz", [value], 1, asked(tmp_path, hidden=True)) == 0
    assert f"{cause}.\n" in capsys.readouterr().out  # what was handed in is not shown beside hidden answers


@pytest.mark.parametrize("text", ["0.3", "3/10", "\uff10.\uff13"])
def test_a_number_in_another_form_is_recorded_and_right(text, tmp_path, capsys):
    run_quiz("quiz", [text], 1, asked(tmp_path, hidden=False))
    assert "recorded: the weight: your answer is 0.3;" in capsys.readouterr().out
    assert run_quiz("quiz", [text], 1, asked(tmp_path, hidden=True)) == 1


def test_a_known_wrong_number_is_known_in_every_form(tmp_path, capsys):
    assert run_quiz("quiz", ["4/10"], 1, asked(tmp_path, hidden=True)) == 0
    assert "that is the other" in capsys.readouterr().out


def test_a_text_cannot_write_code_into_the_report(tmp_path, capsys):
    run_quiz("quiz", ["`<b>` " * 20], 1, asked(tmp_path, hidden=False))
    said = capsys.readouterr().out
    assert "instead of `'<b>' '<b>'" in said
    assert len(said) < 250


def test_the_short_reason_begins_with_how_a_number_must_be_written(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(quiz, "display", shown.append)
    save_cases(tmp_path / "some" / "quiz.npz", [number(about, 2.0, True) for about in "abc"])
    for answers in (["0,300", "2,5", 2], ["30 %", 2, 2], [2, (1.5, 2.5), 2]):
        run_quiz("quiz", answers, 3, CaseBook(tmp_path))
    assert [report.reason for report in shown] == [
        "A number has a decimal comma, and Python needs a decimal point: write `0.300`, not `0,300`; "
        "write `2.5`, not `2,5`. Not right: a; b",
        "A number has a percent sign, and the question asks for a number without one: write `0.3`, not "
        "`30 %`. Not right: a",
        "You gave several numbers, and the question asks for one: you gave 2. Not right: b",
    ]


def test_a_report_of_questions_says_in_short_what_is_missing(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(quiz, "display", shown.append)
    asked_for = [number(about, 2.0, True) for about in "abcdefg"]
    save_cases(tmp_path / "some" / "quiz.npz", asked_for)
    for answers in ([2] * 7, [None, 1, 2, 2, 2, 2, 2], [1] * 5 + [None, ""]):
        run_quiz("quiz", answers, 7, CaseBook(tmp_path))
    reasons = [report.reason for report in shown]
    assert reasons == [
        "",
        "Not answered: a. Not right: b",
        "Not answered: f; g. Not right: a; b; c; and 2 more",
    ]
    assert "Not right: " not in repr(shown[1])  # the lines below say more
