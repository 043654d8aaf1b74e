"""Advice costs no mark. It must be true, and say what it means for the rest of the notebook."""

import numpy as np
import pytest
from answers import right_answers

from helpers import check, log_sum_exp

RIGHT = {name: next(iter(answers.values())) for name, answers in right_answers("bernoulli-digits").items()}


def e_step(X, log_p, log_mix):
    scores = X @ log_p.T + (1 - X) @ np.log1p(-np.exp(log_p)).T + np.ravel(log_mix)
    return scores - log_sum_exp(scores, axis=1)[:, None]


def on_its_side(X, log_p, log_mix):
    return e_step(X, log_p, log_mix).T


def from_its_side(X, log_resp, alpha=1e-8):
    resp = np.exp(np.asarray(log_resp)).T
    if len(resp) != len(X):
        raise ValueError("one row a component, please")
    counts = resp.sum(axis=0)
    log_p = np.log((alpha + resp.T @ X) / (2 * alpha + counts)[:, None])
    return log_p, np.log((alpha + counts) / (alpha * len(counts) + len(X)))


def complete(x, seen, log_p, log_mix):
    resp = np.exp(np.ravel(e_step(x[seen], log_p[:, seen], log_mix)))  # a correct e_step needs a table
    return np.where(seen, x, resp @ np.exp(log_p))


@pytest.mark.parametrize(("name", "function"), [("e_step", on_its_side), ("m_step", from_its_side)])
def test_an_answer_with_rows_and_columns_exchanged_is_told_of_my_way(name, function, capsys):
    assert check(function, out_of=8, name=name) == 8
    assert "→ advice: rows and columns are exchanged, which is fine: " in capsys.readouterr().out


@pytest.mark.parametrize("name", ["e_step", "m_step"])
def test_no_other_answer_is_told_of_my_way(name, capsys):
    assert check(RIGHT[name], out_of=8, name=name) == 8
    assert "advice" not in capsys.readouterr().out


def test_a_correct_function_that_is_called_in_another_form_is_not_called_wrong(capsys):
    assert check(complete, out_of=4) == 4
    said = capsys.readouterr().out
    assert "`complete` calls another function, which gives it a wrong answer: " in said
    assert "the other function is not right yet, or it needs its arguments in another form." in said
