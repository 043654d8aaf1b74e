"""While an answer is judged, a given function returns NaN where it would raise; elsewhere it raises."""

import math

import numpy as np
import pytest
from ours import CHECKER

from checks.casebook import CaseBook, save_cases
from checks.cases import Case
from checks.judged import judging, nan_while_judged


@nan_while_judged
def height(x):
    """Return the square root; refuse a negative number."""
    if x < 0:
        raise ValueError(f"x is {x}, but must not be negative.")
    return math.sqrt(x)


def test_a_given_function_raises_outside_and_after_judging():
    with judging() as refusals:
        assert math.isnan(height(-1))
        assert math.isnan(height(-1))
        with judging() as inner:
            assert math.isnan(height(-2))
    assert refusals == ["x is -1, but must not be negative."]
    assert inner == ["x is -2, but must not be negative."]
    with pytest.raises(ValueError, match="must not be negative"):
        height(-1)


def test_errors_other_than_refusals_are_raised():
    with judging(), pytest.raises(TypeError):
        height("word")


def test_correct_parts_keep_their_marks_and_the_sentence_is_shown(tmp_path, capsys):
    answer = {"low": np.array([1.0, 2]), "high": 3.0}
    save_cases(tmp_path / "some" / "f.npz", [Case("a case", {"x": 1.0}, answers=(answer,))])

    def f(x):
        return {"low": [1.0, 2], "high": height(-9)}

    assert CHECKER.check(f, out_of=4, cases=CaseBook(tmp_path)) == 2
    said = capsys.readouterr().out
    assert (
        "x is -9, but must not be negative. If you call that function yourself, it stops with this error."
        in said
    )
    assert CHECKER.check(f, out_of=4, cases=CaseBook(tmp_path, hidden=True)) == 2
    assert "-9" not in capsys.readouterr().out
