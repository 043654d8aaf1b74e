"""The graded notebook is small, safe to open, and made quickly, whatever the outputs are."""

import nbformat
import pytest
from nbformat import v4

from grading.marking.present import LEFT_OUT, fitted
from grading.pages.safe_html import TOO_MUCH, markdown_to_safe_html, safe_html

pytestmark = pytest.mark.instructor


def notebook(outputs, cells=20):
    made = [v4.new_output("display_data", data={"text/html": text}) for text in outputs]
    return v4.new_notebook(cells=[v4.new_code_cell("x", outputs=list(made)) for _ in range(cells)])


@pytest.mark.parametrize("size", [1, 600, 100_000])
def test_outputs_are_left_out_until_it_fits_and_each_cell_says_it_once(size):
    made = fitted(notebook(["x" * size] * 200 if size < 1000 else ["x" * size] * 3), 200)
    assert len(nbformat.writes(made)) <= 200_000
    left_out = [
        sum(output.data.get("text/plain") == LEFT_OUT for output in cell.outputs) for cell in made.cells
    ]
    assert max(left_out) == 1


def test_a_notebook_that_fits_is_not_changed():
    made = notebook(["x"], cells=3)
    assert nbformat.writes(fitted(v4.new_notebook(cells=made.cells), 200)) == nbformat.writes(made)


def test_many_long_sources_are_shortened():
    assert (
        len(
            nbformat.writes(
                fitted(v4.new_notebook(cells=[v4.new_code_cell("x" * 49_000) for _ in range(60)]), 950)
            )
        )
        < 950_000
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='http://a/b.png'>", "<iframe src='//a'>",
        "<svg><script>alert(1)</script></svg>", "<a href='javascript:alert(1)'>", "<p style='position:fixed'>", "<form action=x>",
        "<div class='modal navbar-fixed-top'>", "<a href='data:text/html,x'>", "<img src='data:image/svg+xml;base64,AAAA'>",
    ],
)  # fmt: skip
def test_html_that_can_act_is_removed(html):
    safe = safe_html(html)
    for word in (
        "<script",
        "onerror",
        "http:",
        "iframe",
        "javascript:",
        "position",
        "<form",
        "class=",
        "data:",
        "<svg",
    ):
        assert word not in safe


def test_a_style_element_leaves_no_text_and_hides_no_script():
    """Such styles come with the explorer's still figure and with pandas' tables."""
    assert safe_html("<style>.x:not(:has(*)) > p {display: none}</style><p>words</p>") == "<p>words</p>"
    assert "<script" not in safe_html("<scr<style></style>ipt>alert(1)</script>")


def test_html_that_only_shows_is_kept():
    picture = '<img alt="a plot" src="data:image/png;base64,iVBORw0KGgo=">'
    table = '<table class="dataframe"><tr><td>1</td></tr></table>'
    assert safe_html(picture) == picture
    assert (
        safe_html(table) == table.replace("<tr>", "<tbody><tr>").replace("</tr>", "</tr></tbody>")
        or safe_html(table) == table
    )


@pytest.mark.parametrize("html", ["<div>" * 400_000, "<br>" * 50_000, "<" * 100_000])
def test_html_that_would_take_long_is_left_out(html):
    assert safe_html(html) == TOO_MUCH


def test_a_missing_picture_changes_nothing_else():
    shown = markdown_to_safe_html({"cell": {}}, "My answer <b> ![x](attachment:none.png)")
    assert shown == '<pre class="wraps">My answer &lt;b&gt; ![x](attachment:none.png)</pre>'
