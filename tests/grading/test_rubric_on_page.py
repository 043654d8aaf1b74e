"""The feedback page shows the points of each line of a rubric, which are kept in a comment."""

import re

import pytest
from test_feedback_page import essay, graded, told

from grading.marking.mark import CellResult
from grading.pages.feedback import feedback_page
from grading.rubrics import GivenLine, join_comment

pytestmark = pytest.mark.instructor
LINES = [
    GivenLine("slope", 1, 1, "it names the `slope`"),
    GivenLine("sign", 0.5, 2, "<script>alert(1)</script> & a sign"),
]


def page_of(comment, mark=1.5, **more):
    nb = graded([essay()], {"words": CellResult(status="needs a person")}, **more)
    by_hand = {} if mark is None else {"words": mark}
    return feedback_page(nb, told(comments={"words": comment}, by_hand=by_hand))


def lines_of(page):
    body = re.search(r'(?s)<table class="rows rubric">.*?<tbody>(.*?)</tbody>', page)
    return re.findall(r"<tr><td>(.*?)</td><td class=\"number\">(.*?)</td></tr>", body[1]) if body else []


def test_each_line_has_its_points_and_the_comment_is_below():
    page = page_of(join_comment("Well *said*.", LINES))
    assert lines_of(page) == [
        ("It names the <code>slope</code>", "1 of 1"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; &amp; a sign", "0.5 of 2"),
    ]
    assert page.index("0.5 of 2") < page.index("Well <em>said</em>")
    assert "rubric\n{" not in page
    assert "The lines sum to" not in page


def test_without_words_there_is_no_empty_comment():
    assert "A person's comment" not in page_of(join_comment("", LINES))


def test_a_mark_that_is_not_the_sum_is_called_the_person_s():
    assert "The lines sum to 1.5; the person who read your answer gave 3." in page_of(
        join_comment("", LINES), mark=3.0
    )


def test_a_mark_that_was_taken_back_shows_no_lines():
    """The formgrader empties the mark, but leaves the comment with the lines."""
    page = page_of(join_comment("Well *said*.", LINES), mark=None)
    assert lines_of(page) == []
    assert "Well <em>said</em>" in page


def test_a_comment_without_a_rubric_is_shown_unchanged():
    page = page_of("Well *said*.")
    assert lines_of(page) == []
    assert "Well <em>said</em>" in page


def test_an_unreadable_file_that_a_person_read_shows_the_lines():
    page = page_of(join_comment("", LINES), readable=False, unreadable="it is a picture")
    assert len(lines_of(page)) == len(LINES)
