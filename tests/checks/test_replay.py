"""Recorded answers replace other functions, but only for the arguments with which they were recorded."""

import numpy as np
import pytest

from checks.replay import CLOSE, Recorded, replaying

RNG = np.random.default_rng(3)
RESP = RNG.dirichlet([1, 1, 1], size=9)  # rows that sum to 1, as in each call before
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
def test_other_arguments_have_no_recorded_answer(how):
    assert KNOWN.answer(DIFFERENT[how]) == []


def test_texts_and_none_must_be_equal():
    assert KNOWN.answer([None, "full", 2.0]) == ["words"]
    assert KNOWN.answer([None, "diag", 2.0]) == KNOWN.answer([0.0, "full", 2.0]) == []


def test_of_nearly_equal_calls_the_first_gives_the_answer():
    twice = [{"args": [DATA * (1 + by)], "answer": by} for by in (0.0, 0.3 * CLOSE)]
    assert Recorded(twice).answer([DATA * (1 + 0.3 * CLOSE)]) == [0.0]


def test_where_nothing_is_recorded_there_is_no_answer():
    assert Recorded([]).answer([DATA]) == Recorded([]).answer([]) == []
    assert Recorded([{"args": [], "answer": 5}]).answer([]) == [5]


OUTER = "def outer(x):\n    return "
WORLDS = {
    "by its name": f"{OUTER}inner(x, 1.0)",
    "by the names of its arguments": f"{OUTER}inner(y=1.0, x=x)",
    "by another name": f"alias = inner\n{OUTER}alias(x, y=1.0)",
    "as a default": "def outer(x, by=inner):\n    return by(x, 1.0)",
    "from a list": f"steps = [inner]\n{OUTER}steps[0](x, 1.0)",
    "by a function between": f"def between(x):\n    return inner(x, 1.0)\n{OUTER}between(x)",
    "as a part of another": f"from functools import partial\nadd = partial(inner, y=1.0)\n{OUTER}add(x)",
}
WITHIN = """
def make():
    z = -1.0
    def inner(x, y=0):
        return z
    return inner
inner = make()
"""
OWN = {
    "a function": "def inner(x, y=5.0):\n    return -1.0",
    "one with a default of its own": "K = 3\ndef inner(x, y=K, *, z=2):\n    return -1.0",
    "one that calls itself": "def inner(x, y=5.0):\n    return inner(-1.0, y) if x > 0 else -1.0",
    "one within another": WITHIN,
}


@pytest.mark.parametrize("how", WORLDS)
@pytest.mark.parametrize("own", OWN)
def test_recorded_answers_are_used_however_the_function_is_called(own, how):
    names = {}
    exec(f"{OWN[own]}\n{WORLDS[how]}", names)
    before = {name: value for name, value in names.items() if name != "__builtins__"}
    record = {"inner": [{"args": [2.0, 1.0], "answer": np.float64(3.0)}]}
    assert names["outer"](2.0) == -1
    with replaying(names["outer"], record):
        assert names["outer"](2.0) == 3
        assert names["outer"](9.0) == -1  # no recorded answer, so the student's function is called
    assert names["outer"](2.0) == -1
    assert {name: value for name, value in names.items() if name != "__builtins__"} == before


def test_a_missing_function_is_replaced_by_recorded_answers_or_is_a_name_error():
    names = {}
    exec("def outer(x):\n    return inner(x)", names)
    with replaying(names["outer"], {"inner": [{"args": [2.0], "answer": 4.0}]}):
        assert names["outer"](2.0) == 4
        with pytest.raises(NameError, match="name 'inner' is not defined"):
            names["outer"](3.0)
    assert "inner" not in names


def test_each_caller_gets_its_own_copy_of_an_answer():
    names = {}
    exec("def inner(x):\n    pass\ndef outer(x):\n    y = inner(x)\n    y[0] = 9\n    return y", names)
    with replaying(names["outer"], {"inner": [{"args": [2.0], "answer": np.zeros(2)}]}):
        assert names["outer"](2.0).tolist() == names["outer"](2.0).tolist() == [9, 0]
