"""Recorded answers stand in for other functions: only for the arguments that they were recorded with."""

import numpy as np
import pytest

from checks.replay import CLOSE, Recorded

RNG = np.random.default_rng(3)
RESP = RNG.dirichlet([1, 1, 1], size=9)  # rows that sum to 1, as those of each call before
TOP = RESP.max()
OTHERS = [RNG.dirichlet([1, 1, 1], size=9) for _ in range(40)]
DATA = RNG.normal(size=(9, 2))
CALLS = [{"args": [DATA, resp], "answer": number} for number, resp in enumerate([*OTHERS, RESP])]
KNOWN = Recorded([*CALLS, {"args": [None, "full", 2.0], "answer": "words"}])
RIGHT = [len(OTHERS)]

SAME = {
    "the same arrays": (DATA, RESP),
    "lists": (DATA.tolist(), RESP.tolist()),
    "rounding": (DATA * (1 + 0.4 * CLOSE), RESP * (1 - 0.4 * CLOSE)),
    "a list of arrays": (list(DATA), tuple(RESP)),
    "an axis of length 1": (DATA[None], RESP[:, :, None]),
    "an iterator": (iter(DATA.tolist()), RESP),
}
DIFFERENT = {
    "one number is off": (DATA, RESP + 5 * CLOSE * (RESP == TOP)),
    "other rows that sum to 1": (DATA, RESP[::-1]),
    "turned round": (DATA, RESP.T),
    "the other order": (RESP, DATA),
    "not a number": (DATA, np.where(RESP == TOP, np.nan, RESP)),
    "infinity": (np.full_like(DATA, np.inf), RESP),
    "too large for a sum": (np.full_like(DATA, 1e308), RESP),
    "words": ("data", "resp"),
    "a dictionary": ({"data": DATA}, RESP),
    "nothing": (None, None),
    "one less": (DATA,),
    "one more": (DATA, RESP, RESP),
    "none": (),
}


@pytest.mark.parametrize("how", SAME)
def test_the_same_arguments_in_any_form_have_the_recorded_answer(how):
    assert KNOWN.answer(SAME[how]) == RIGHT


@pytest.mark.parametrize("how", DIFFERENT)
def test_other_arguments_have_none(how):
    assert KNOWN.answer(DIFFERENT[how]) == []


def test_words_and_nothing_are_compared_as_they_are():
    assert KNOWN.answer([None, "full", 2.0]) == ["words"]
    assert KNOWN.answer([None, "diag", 2.0]) == KNOWN.answer([0.0, "full", 2.0]) == []


def test_of_calls_that_are_nearly_the_same_the_first_answers():
    twice = [{"args": [DATA * (1 + by)], "answer": by} for by in (0.0, 0.3 * CLOSE)]
    assert Recorded(twice).answer([DATA * (1 + 0.3 * CLOSE)]) == [0.0]


def test_where_nothing_is_recorded_there_is_no_answer():
    assert Recorded([]).answer([DATA]) == Recorded([]).answer([]) == []
    assert Recorded([{"args": [], "answer": 5}]).answer([]) == [5]
