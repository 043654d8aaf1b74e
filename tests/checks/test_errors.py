"""Which hint an error draws depends on its class and NumPy's message, never on a word in a line of code."""

import linecache
import re

import numpy as np
import pytest
from ours import CHECKER, WORLD

from checks.faults import Fault, Kind
from checks.hints import Ladder
from checks.raised import Place, Raised, class_of_error, happened_at, own_place, raised
from checks.sentences import detail
from grading.marking.mark import Job, mark
from grading.scorer.testcell import Test as Exam
from helpers import check

ENDS, MISSES = "it stops with an error", "shapes that do not fit together"
UNKNOWN, BEYOND = "a name that does not exist", "an index beyond the end"
SINGULAR = "a matrix that cannot be inverted"
BODIES = {  # each is the body of a function that gets a table `resp` of at least three rows
    "return 1/0 * np.size(resp)": "a division by 0",
    "raise RuntimeError('no')  # shape, size and dimension": ENDS,
    "shape_of_matmul = 1/0": "a division by 0",
    "raise ValueError('wrong size')": ENDS,
    "raise ValueError('the shapes are not aligned')": ENDS,
    "raise type('ShapeError', (ValueError,), {})('broadcast')": ENDS,
    "return {}['shape']": BEYOND,
    "return resp[len(resp)]": BEYOND,  # NumPy says: out of bounds for axis 0 with size 8
    "return size": UNKNOWN,
    "return np.linalg.inv(np.zeros((2, 2)))": SINGULAR,
    "return resp + np.ones(len(resp) + 7)": MISSES,
    "return resp @ resp": MISSES,
    "return resp.dot(np.ones((99, 2)))": "a number in place of a size",
    "return np.concatenate([resp, resp.sum(axis=0)])": MISSES,
    "return np.stack([resp, resp.T])": MISSES,
    "return resp.reshape(-1, 97)": MISSES,
    "return np.array([[1, 2], [3]])": MISSES,
    "resp[0] = np.ones(99)": MISSES,
    "return resp.sum(axis=2)": MISSES,
    "return resp[0, 0, 0]": "too many indices",
    "return resp[np.ones(99, dtype=bool)]": MISSES,
    "return np.linalg.inv(resp[0])": MISSES,
    "return np.einsum('nkd->k', resp)": MISSES,
    "return log_gaussians(resp[0], [[0]], [[[1]]])": MISSES,
}


def source(name, body):
    return f"import numpy as np\nfrom helpers import log_gaussians\n\ndef {name}(resp):\n    {body}\n"


def in_a_cell(name, body):
    """Define a function as a notebook's cell does, so that its source can be read."""
    text, namespace = source(name, body), {}
    linecache.cache[f"<cell {name}>"] = (len(text), None, text.splitlines(True), f"<cell {name}>")
    exec(compile(text, f"<cell {name}>", "exec"), namespace)
    return namespace[name]


@pytest.mark.parametrize(("body", "hint"), BODIES.items())
def test_an_error_draws_its_hint(body, hint, capsys, monkeypatch):
    monkeypatch.setattr(CHECKER, "ladder", Ladder())
    check(in_a_cell("compute_soft_counts", body), out_of=2)
    shown = capsys.readouterr().out
    assert re.search(rf"It looks like this: {re.escape(hint)}( \(.*\))?\n", shown)
    assert f"(at `{body.partition('  #')[0]}" in shown


@pytest.mark.instructor
@pytest.mark.box
def test_an_error_in_the_box_draws_the_same_hint():
    cells = []
    for n, body in enumerate(BODIES):
        test = f"check(f{n}, out_of=1, name='compute_soft_counts')"
        cells += [source(f"f{n}", body), Exam(f"t{n}", test, 1)]
    results = mark(Job(tuple(cells), "from helpers import check", world=WORLD))[1::2]
    assert len(results) == len(BODIES)
    for (body, hint), result in zip(BODIES.items(), results):
        assert result.outputs, (body, result.status, result.why)
        shown = result.outputs[0]["data"]["text/plain"]
        assert re.search(rf"It looks like this: {re.escape(hint)}( \(.*\))?\n", shown)
        assert f"(at `{body.partition('  #')[0]}" in shown


def test_an_error_is_sent_as_separate_class_message_and_line():
    function = in_a_cell("f", "return 1/0 * np.size(resp)")
    with pytest.raises(ZeroDivisionError) as caught:
        function(np.ones(3))
    said = raised(caught.value, function)
    assert said == Raised("ZeroDivisionError", "division by zero", "return 1/0 * np.size(resp)")
    assert own_place(caught.value, function) == Place("line 2 of f", "return 1/0 * np.size(resp)")
    far = happened_at(ValueError("no"), Place("line 4 of g", "g()"))
    assert own_place(far) == Place("line 4 of g", "g()")


def test_only_classes_of_python_and_numpy_are_named():
    assert class_of_error("AxisError") is np.exceptions.AxisError
    assert class_of_error("KeyError") is KeyError
    assert class_of_error("print") is class_of_error("ShapeError") is None
    own = type("KeyError", (Exception,), {})("x")
    assert raised(own, None).name == ""
    assert detail(Fault(Kind.RAISED, error=raised(own, None))) == "an error that it defines itself: x"
