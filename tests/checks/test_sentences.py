"""Each sentence about a fault is made from the fault's fields in one place, and says no more than they do."""

import ast

import numpy as np
import pytest
from ours import ROOT

from checks.compare import find_faults
from checks.faults import Fault, Kind
from checks.raised import Raised
from checks.sentences import DETAIL, WHAT, detail, what

RIGHT = np.array([[1.0, 2, 3], [4, 5, 6]])
EVERY = {
    Kind.NOT_SEVERAL: Fault(Kind.NOT_SEVERAL, names=("a", "b")),
    Kind.NO_DICTIONARY: Fault(Kind.NO_DICTIONARY, names=("a", "b")),
    Kind.MISSING_KEY: Fault(Kind.MISSING_KEY, "a", names=("b",)),
    Kind.NOTHING: Fault(Kind.NOTHING, "a"),
    Kind.NOT_NUMBERS: Fault(Kind.NOT_NUMBERS, described="a str"),
    Kind.LENGTH: Fault(Kind.LENGTH, expected=(2,), found=(3,)),
    Kind.SHAPE: Fault(Kind.SHAPE, "shape", expected=(2, 3), found=(3, 2)),
    Kind.NOT_FINITE: Fault(Kind.NOT_FINITE, at=(0, 1), number="nan"),
    Kind.OFF: Fault(Kind.OFF, expected=(), number="3", large=True, count=1),
    Kind.RAISED: Fault(Kind.RAISED, error=Raised("KeyError", "'k'", "return d['k']")),
    Kind.LATE: Fault(Kind.LATE),
    Kind.NOT_ANSWERED: Fault(Kind.NOT_ANSWERED),
    Kind.NOT_A_CHOICE: Fault(Kind.NOT_A_CHOICE, names=("true", "up")),
    Kind.WRONG_CHOICE: Fault(Kind.WRONG_CHOICE),
    Kind.DECIMAL_COMMA: Fault(Kind.DECIMAL_COMMA, described="0,3", instead="0.3", count=2),
    Kind.GROUPED: Fault(Kind.GROUPED, described="1,234.5", instead="1234.5"),
    Kind.PERCENTAGE: Fault(Kind.PERCENTAGE, described="30 %", instead="0.3"),
    Kind.SEVERAL_NUMBERS: Fault(Kind.SEVERAL_NUMBERS, count=3),
    Kind.NOT_ONE_NUMBER: Fault(Kind.NOT_ONE_NUMBER, described="no idea"),
    Kind.OWN_RESULT: Fault(Kind.OWN_RESULT, names=("fit",)),
}
SAID = {
    Kind.NOT_SEVERAL: ("the function must return several values", "return a, b."),
    Kind.NO_DICTIONARY: ("the result is not a dictionary", "return one with the keys 'a', 'b'."),
    Kind.MISSING_KEY: ("the key 'a' is missing", "the keys are 'b'."),
    Kind.NOTHING: ("the entry 'a' is None", "does the function end with `return` and the answer?"),
    Kind.NOT_NUMBERS: (
        "the result cannot be read as numbers",
        "it is a str; return an array, or rows of equal length.",
    ),
    Kind.LENGTH: ("the result has the wrong length", "3 instead of 2 numbers."),
    Kind.SHAPE: (
        "the entry 'shape' has the wrong shape",
        "an array of shape (3, 2) instead of an array of shape (2, 3); its transpose would fit.",
    ),
    Kind.NOT_FINITE: ("the result holds a NaN or an infinity", "nan at [0, 1]; look for 0/0 or log(0)."),
    Kind.OFF: ("the result is a wrong number", "here: 3 is too large."),
    Kind.RAISED: ("it raised an exception", "KeyError: 'k' (at `return d['k']`)"),
    Kind.LATE: ("it did not end in time", ""),
    Kind.NOT_ANSWERED: ("not answered yet", ""),
    Kind.NOT_A_CHOICE: ("this is not one of the choices: choose one of True, 'up'", ""),
    Kind.WRONG_CHOICE: ("this is not the right choice", ""),
    Kind.OWN_RESULT: (
        "this is the number that your own `fit` gives. The correct number is different, but the mistake "
        "costs only the marks of the function that makes it.",
        "",
    ),
    Kind.DECIMAL_COMMA: (
        "it is written with a decimal comma, and Python needs a decimal point",
        "write `0.3`, not `0,3`.",
    ),
    Kind.GROUPED: (
        "it is written with commas between its digits, and Python needs no commas",
        "write `1234.5`, not `1,234.5`.",
    ),
    Kind.PERCENTAGE: (
        "it is a percentage, and the question asks for a number without a percent sign",
        "write `0.3`, not `30 %`.",
    ),
    Kind.SEVERAL_NUMBERS: ("these are several numbers, and the question asks for one number", "you gave 3."),
    Kind.NOT_ONE_NUMBER: (
        "it cannot be read as one number",
        "instead of `no idea` write digits and a decimal point, such as `0.25`.",
    ),
}


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.name)
def test_every_kind_has_its_sentence(kind):
    assert (what(EVERY[kind]), detail(EVERY[kind])) == SAID[kind]


def test_the_author_s_reason_replaces_the_sentence_and_its_detail():
    fault = Fault(Kind.OFF, expected=(), number="3", reason="that is the intercept")
    assert (what(fault), detail(fault)) == ("that is the intercept", "")


FOUND = {
    Kind.NOTHING: None,
    Kind.NOT_NUMBERS: "no",
    Kind.SHAPE: RIGHT.T,
    Kind.NOT_FINITE: RIGHT * [1, np.nan, 1],
    Kind.OFF: RIGHT + 1,
}


@pytest.mark.parametrize("kind", FOUND, ids=lambda kind: kind.name)
def test_two_faults_of_the_same_answer_are_equal(kind):
    """Therefore a repeat is no new attempt, even where the number is NaN."""
    one, other = (find_faults(FOUND[kind], (RIGHT,), 1e-5) for _ in range(2))
    assert one == other
    assert [fault.kind for fault in one] == [kind]


def test_shapes_and_lengths_come_first_in_the_sentence():
    right = {"a": np.zeros(3), "b": np.zeros(2), "c": np.zeros((2, 2))}
    mine = {"a": np.ones(3), "b": np.zeros(5), "c": np.zeros((3, 2))}
    assert [each.kind for each in find_faults(mine, (right,), 1e-5)] == [Kind.LENGTH, Kind.SHAPE, Kind.OFF]


def test_no_finder_looks_for_words_of_a_sentence():
    for name in ("compare", "call", "quiz", "errors", "properties", "relations", "looking", "explain"):
        tree = ast.parse((ROOT / "checks" / f"{name}.py").read_text(encoding="utf-8"))
        words = [
            node.left.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Compare)
            and isinstance(node.ops[0], ast.In)
            and isinstance(node.left, ast.Constant)
            and isinstance(node.left.value, str)
        ]
        assert set(words) <= {""}, name
    assert set(WHAT) == set(Kind) >= set(DETAIL)
