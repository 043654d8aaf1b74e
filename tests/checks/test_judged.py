"""While a function is judged, a given one answers NaN where it would raise; elsewhere it raises."""

import math

import numpy as np
import pytest
from ours import CHECKER

from checks.casebook import CaseBook, save_cases
from checks.cases import Case
from checks.judged import judging, nan_while_judged


@nan_while_judged
def height(x):
    """Refuses what is negative."""
    if x < 0:
        raise ValueError(f"x is {x}, but must not be negative.")
    return math.sqrt(x)


def test_it_raises_where_nothing_is_judged_and_afterwards():
    with judging() as refusals:
        assert math.isnan(height(-1))
        assert math.isnan(height(-1))
        with judging() as inner:
            assert math.isnan(height(-2))
    assert refusals == ["x is -1, but must not be negative."]
    assert inner == ["x is -2, but must not be negative."]
    with pytest.raises(ValueError, match="must not be negative"):
        height(-1)


def test_only_what_is_refused_is_held_back():
    with judging(), pytest.raises(TypeError):
        height("word")


def test_the_parts_that_were_right_earn_theirs_and_the_sentence_is_said(tmp_path, capsys):
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
