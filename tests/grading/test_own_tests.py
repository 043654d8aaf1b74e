"""Tests that an instructor writes: any Python.

They run in the scorer; with a tag, beside the student's code.
"""

import nbformat
import pytest
from second import SecondCourse

from grading.build.tested import points_of, with_hidden_part

pytestmark = pytest.mark.instructor
OWN = '''
# %% solution="ruler"
class Ruler:
    """A ruler with a length."""

    ### BEGIN SOLUTION
    def __init__(self, length):
        self.length = length
    ### END SOLUTION

# %% test="ruler" points=2 tags=["in-the-box"]
ruler = Ruler(3)
assert ruler.length == 3, "a ruler keeps its length"

# %% test="values" points=1.5
assert len(fit_line([0, 1, 2], [1, 3, 5])) == 2, "two numbers are asked for"
### BEGIN HIDDEN TESTS
assert abs(fit_line([0, 1, 2], [1, 3, 5])[1] - 2) < 1e-6, "the slope is another"
### END HIDDEN TESTS
'''
WRONG_RULER = "class Ruler:\n    def __init__(self, length):\n        self.length = 0"


def cell(source, **metadata):
    return nbformat.v4.new_code_cell(source, metadata=metadata)


@pytest.mark.parametrize("worth", [2, 0.5])
def test_an_instructor_s_test_says_what_it_is_worth(worth):
    assert points_of(cell("assert True", points=worth), "it") == worth


def test_the_worth_of_a_test_is_given_only_once():
    assert points_of(cell("check(f, out_of=4)", points=4), "it") == 4
    with pytest.raises(ValueError, match="it says that it is worth 3 and 4: leave one of them out"):
        points_of(cell("check(f, out_of=4)", points=3), "it")


@pytest.mark.parametrize("source", ["assert f(1) == 2", "f(1)", "x = 1\ncheck(f, out_of=4)"])
def test_nothing_is_added_to_an_instructor_s_test(source):
    assert with_hidden_part(source, "lines/f") == source


@pytest.mark.long
@pytest.mark.box
def test_an_instructor_s_test_is_built_and_marked(tmp_path):
    course = SecondCourse(tmp_path, OWN)
    course.grading("build")
    assert "the slope is another" not in nbformat.writes(course.notebook())
    course.hand_in("ada")
    course.hand_in("bob", ruler=WRONG_RULER)
    course.hand_in("cy", fit_line="def fit_line(x, y):\n    return [1, 0]")
    course.grading("run")
    marks = course.marks()
    assert (marks["ada"], marks["bob"]) == (9.5, 7.5)
    assert marks["cy"] <= 5
    assert "can be forged" in course.feedback("ada")
    assert "The slope is another." in course.feedback("cy")
