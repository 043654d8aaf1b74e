"""`python -m grading mistakes` lists the mistakes that checks recognise, for instructors."""

import pytest
from ours import COURSE, ROOT

from grading.__main__ import main

pytestmark = pytest.mark.instructor
KNOWN = COURSE.assignment("gaussian-mixture").mistakes()
WHERE = ("--course", str(ROOT))


def test_without_an_exercise_only_titles_are_listed(capsys):
    assert main(["mistakes", "gaussian-mixture", *WHERE]) == 0
    shown = capsys.readouterr().out
    for exercise, found in KNOWN.items():
        assert f"gaussian-mixture, {exercise}: {len(found)} known mistakes\n" in shown
        assert all(f"  {each.hint.name}\n" in shown for each in found)
    assert "hint 1" not in shown


def test_for_one_exercise_the_hints_are_listed_too(capsys):
    assert main(["mistakes", "gaussian-mixture", "EM", *WHERE]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(f"gaussian-mixture, EM: {len(KNOWN['EM'])} known mistakes\n")
    for each in KNOWN["EM"]:
        hints = "".join(f"    hint {n}: {rung}\n" for n, rung in enumerate(each.hint.rungs, start=1))
        assert f"  {each.hint.name}\n{hints}" in shown


def test_a_name_that_does_not_exist_is_answered_with_those_that_do(capsys):
    assert main(["mistakes", "gaussian-mixture", "EN", *WHERE]) == 1
    assert "there is no exercise 'EN'; there are: EM, " in capsys.readouterr().err
    assert main(["mistakes", "gausian-mixture", *WHERE]) == 1
    assert "there are: gaussian-mixture, " in capsys.readouterr().err
