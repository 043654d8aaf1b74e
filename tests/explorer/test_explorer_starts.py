"""The start of a run: which forms are accepted, and which are refused."""

import numpy as np
import pytest
from em_steps import BIT_START, BITS, DATA, START, explored, right_m

from helpers import explore


@pytest.mark.parametrize("init", [dict(zip(("weights", "means", "covs"), START)), START, list(START)])
def test_a_start_may_be_a_dict_a_tuple_or_a_list(init):
    assert explore(DATA, init=init, gallery=False).history.loglik[0] == pytest.approx(-541.0970071216)


def test_a_number_draws_a_start_from_the_seed():
    one, two, again = (explore(DATA, init=2, seed=s, gallery=False).history for s in (1, 2, 1))
    assert one.loglik == again.loglik
    assert one.loglik != two.loglik
    assert len(one.frames[0].params.weights) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"init": 21}, "at most 20"),
        ({"init": (START[0], START[1][:2], START[2])}, "means of shape"),
        ({"init": START[:2]}, "weights, means, covariances"),
        ({"init": {"means": 1}}, "no 'weights'"),
        ({"init": "three"}, "not str"),
        ({"m_step": [right_m] * 3}, "four functions"),
        ({"e_step": 5}, "must be a function"),
        ({"model": "poisson"}, "must be one of"),
        ({"dims": (0, 2)}, "two of the data's axes"),
        ({"labels": ["x"]}, "1 labels for 2 columns"),
        ({"pictures": np.zeros((3, 4, 4, 3))}, "must be (100, H, W, 3)"),
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_sentence(options, said):
    with pytest.raises(ValueError, match=".") as raised:
        explored(**options)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        (0, [0.5, 0.5, 0.5], "sum to 1.5"),
        (0, [1.5, -0.25, -0.25], "component 1 is -0.25"),
        (0, [0.5, 0.5], "2 numbers for 3 components"),
        (1, START[1] * np.nan, "is not finite"),
        (1, START[1][:, :1], "1 columns, but the points have 2 dimensions"),
        (2, START[2] + [[0, 1], [0, 0]], "not symmetric"),
        (2, -START[2], "not positive definite"),
        (2, START[2].tolist()[:2] + [[1]], "same length"),
    ],
)
def test_a_start_that_is_no_mixture_is_refused(part, value, said):
    start = [*START[:part], value, *START[part + 1 :]]
    with pytest.raises(ValueError, match=said):
        explored(init=start)


@pytest.mark.parametrize(
    ("log_p", "log_mix", "said"),
    [
        (np.full((3, 16), -np.inf), BIT_START[1], "Smooth with an alpha above 0"),
        (np.ones((3, 16)), BIT_START[1], "has probability 2.718"),
        (BIT_START[0], np.zeros(3), "sum to 3"),
        (BIT_START[0], np.zeros(2), "2 numbers for 3 components"),
    ],
)
def test_a_start_of_digits_that_is_no_mixture_is_refused(log_p, log_mix, said):
    with pytest.raises(ValueError, match=said):
        explore(BITS, init=(log_p, log_mix), gallery=False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "is empty"),
        ([1, 2, 3], r"write data\[:, None\]"),
        ([[1, 2], [np.nan, 3]], r"not finite at \[1, 0\]"),
    ],
)
def test_data_that_are_no_points_are_refused(data, said):
    with pytest.raises(ValueError, match=said):
        explore(data)


def test_data_in_one_column_or_without_width_is_refused():
    with pytest.raises(ValueError, match="at least two"):
        explore(DATA[:, :1])
    with pytest.raises(ValueError, match="not positive definite"):
        explore(DATA * [1, 0])
