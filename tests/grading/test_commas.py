"""A decimal comma in an answer is reported in every form, and costs no other answer anything."""

import ast

import pytest
from nbformat.v4 import new_code_cell

from grading.marking.commas import commas_as_texts, commas_in, with_a_point
from grading.marking.failing import failing_in
from grading.marking.job import CellResult
from grading.protocol.left_out import LeftOut

# Source that a student wrote, the number in it, and the number to write.
FORMS = [
    ("x = 1,0123", "1,0123", "1.0123"),
    ("x = -0,0512  # off the diagonal", "-0,0512", "-0.0512"),
    ("x = (1,05)", "1,05", "1.05"),
    ("x=+4,0123; y = 2", "+4,0123", "+4.0123"),
    ("y = x = 1.234,056", "1.234,056", "1234.056"),
    ("y = 1\nif y:\n    x = 0,09", "0,09", "0.09"),
]


@pytest.mark.parametrize(("source", "written", "instead"), FORMS)
def test_a_comma_that_python_cannot_read_becomes_a_text_and_is_named(source, written, instead):
    with pytest.raises(SyntaxError):
        ast.parse(source)
    names = {}
    exec(commas_as_texts(source), names)
    assert names["x"] == written
    (comma,) = commas_in(source)
    assert comma == (len(source.splitlines()), written, instead)
    assert len(commas_as_texts(source).splitlines()) == len(source.splitlines())


@pytest.mark.parametrize(
    "source",
    ["x = 0,300", "x = f(1, 0)", "text = '''\nx = 1,05\n'''", "%matplotlib inline\nx = 1,5", "x == 1,05"],
)
def test_nothing_else_is_changed(source):
    assert commas_as_texts(source) == source
    assert list(commas_in(source)) == []


def test_the_report_names_the_line_and_the_number_to_write():
    cell = new_code_cell("y = 1\nx = 1,0123", metadata={"nbgrader": {"grade_id": "quiz", "solution": True}})
    assert list(failing_in(cell, CellResult())) == [
        "line 2 of the cell of `quiz` has a decimal comma: `1,0123`. Python cannot read it. "
        "Write `1.0123`. The rest of the cell was run"
    ]


def test_a_line_with_several_numbers_is_left_out_and_says_what_to_write():
    cell = new_code_cell("x, y = 1,01, 2,5\nz = 1", metadata={"nbgrader": {"grade_id": "quiz"}})
    (said,) = failing_in(cell, CellResult(left_out=[LeftOut(1, "SyntaxError")], resumed=True))
    assert "(a number needs a decimal point: write `1.01`). It was skipped" in said
    assert with_a_point("x = [1, 2]") == ""
