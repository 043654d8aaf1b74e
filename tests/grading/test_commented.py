"""Text in an HTML comment of a written answer is shown with a sentence, and a person reads it."""

import json
import time

import nbformat
import pytest
from ours import COURSE
from submissions.draft import NAME, RIGHT, answered
from test_pictures_beside import QUESTION, answer, pages

from grading.noted import Noted
from grading.repair import repaired
from grading.repair.commented import SAYS, comments_in

pytestmark = pytest.mark.instructor
SENTENCE = "This text was in an HTML comment"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- my answer -->",
        "<!--\nmy answer\n-->",
        "More\n\n<!-- my answer",
        "One <!-- my answer --> two",
        "# H\n<!-- my answer -->",
    ],
)
def test_text_in_a_comment_is_shown_with_a_sentence(text):
    for html in pages(answer(text)):
        assert SENTENCE in html
        assert "my answer" in html


@pytest.mark.parametrize(
    "text",
    ["Mine `<!-- x -->` too", "Mine\n\n```html\n<!-- x -->\n```", "Mine <!-- -->", "Mine <!-- #region -->"],
)
def test_code_and_comments_of_programs_are_not_answers(text):
    cell = answer(text)
    assert cell.source == text


def test_an_answer_that_is_only_a_comment_waits_for_a_person():
    assignment = COURSE.assignment(NAME)
    draft = answered({**RIGHT, QUESTION: "<!-- my answer -->"})
    both = (nbformat.read(path, as_version=4) for path in (assignment.solution, assignment.release))
    noted = Noted.of(repaired(*both, json.dumps(draft.content).encode()))
    assert QUESTION not in noted.untouched


def test_hostile_text_in_a_comment_does_nothing():
    for html in pages(answer("<!-- <script>alert(1)</script><img src=x onerror=alert(1)> -->")):
        assert SENTENCE in html
        assert "<script" not in html
        assert "onerror" not in html


@pytest.mark.parametrize("piece", ["<!--", "<!-- a -->", "```\n", "`<!--", "~~~"])
def test_odd_comments_are_read_quickly(piece):
    begin = time.process_time()
    answer(piece * (90_000 // len(piece)))
    assert time.process_time() - begin < 3


def test_comments_are_found():
    assert list(comments_in("a <!-- b --> c <!--d-->")) == ["b", "d"]
    assert SAYS.startswith("*(" + SENTENCE)
