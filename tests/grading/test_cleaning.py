"""Whatever an answer or an output contains, none of it acts, leaves its place, or takes long to clean."""

import resource
import time

import numpy as np
import pytest
from hostile_html import ATTRIBUTES, STYLES, assert_harmless, hostile, parts_of

from grading.pages.allowed import allowed
from grading.pages.formulas import mathml
from grading.pages.markdown import html_of
from grading.pages.safe_html import markdown_to_safe_html, safe_html
from grading.pages.written import LONGEST, written

pytestmark = pytest.mark.instructor
MOST = 2.0  # seconds of processor time for one submission; a busy machine may take more
PASTED = {"a.png": {"image/png": "AAAA"}}
ROADS = {
    "feedback": lambda text: str(written(text, PASTED)),
    "output": safe_html,
    "formgrader": lambda text: markdown_to_safe_html({"cell": {"attachments": PASTED}}, text),
}


@pytest.fixture(autouse=True, scope="module")
def imported():
    written("$a$")


def seconds_of(work, text):
    begin = time.process_time()
    work(text)
    return time.process_time() - begin


def look_at(seeds, longest):
    for seed in seeds:
        text = hostile(np.random.default_rng([23, longest, seed]), longest)
        for road in ROADS.values():
            assert_harmless(road(text))


def test_a_thousand_hostile_answers_do_nothing_and_stay_within_their_element():
    look_at(range(1_000), 25)


@pytest.mark.long
@pytest.mark.parametrize("longest", [5, 25, 100, 400])
def test_ten_thousand_hostile_answers_do_nothing_and_stay_within_their_element(longest):
    look_at(range(2_500), longest)


LAID_OVER = '<p title="\n\n$\\text{" style="position:fixed;top:0" onclick="alert(1)" x="}$\n\n">40 of 40</p>'


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("tag", ["p", "div", "b", "img", "a", "td", "x"])
def test_no_formula_becomes_an_attribute(quote, tag):
    text = LAID_OVER.replace("<p ", f"<{tag} ").replace('"', quote)
    html = str(written(text))
    assert_harmless(html)
    assert not any({"style", "onclick"} & set(each.attrib) for each in parts_of(html))


def test_a_formula_in_an_attribute_is_text_and_one_in_a_text_is_shown_once():
    html = str(written("![a $x<y$ b](#) and $z$ \ue0000\ue001 [k](#k '&#xe000;1&#xe001;')"))
    assert html.count("<math") == 1
    assert [each.attrib["alt"] for each in parts_of(html) if each.tag == "img"] == ["a x<y b"]


ESCAPES = [
    "<ul><li><div><li></li></div></li></ul>", "<li><section><div><li></li></div></section></li>", "</div></div></details>",
    "<p><div></p></div></p></div>", "<a><div><a></div></a></div>", "<table><div></table></div></div>", "<td></div><tr></div>",
    "<table><tr><td></div></td></div></table></div>", "<dl><dt><div><dd></div></dt></div></dl>", "<h1><h2></h1></div>",
    "<b><p></b></div></p>", "<svg></div><desc></div></svg></div>", "<select></div></select></div>", "<!--</div>--></div>",
    "<math><mtext></div></mtext></math></div>", "<table><caption></div><td></div></caption></table></div>", "<plaintext>",
    "<textarea>", "<title>", "<frameset>", "<template></div>", "</body></html><p>x", "<p/><div/></div>", "<details><summary>",
]  # fmt: skip


@pytest.mark.parametrize("html", ESCAPES)
def test_an_answer_closes_no_element_of_the_page(html):
    for road in ROADS.values():
        assert_harmless(road(html))


@pytest.mark.parametrize(
    "style",
    [
        "position:fixed", "position: absolute; top: 0", "margin-top:-900px", "width:99999px", "width:-5px", "width:200%",
        "color:url(http://a/b)", "color:red\\;position:fixed", "color:expression(x)", "background:url(x)", "padding-left:500px",
        "color:red/**/;/**/position:fixed", "z-index:9", "transform:scale(9)", "opacity:0", "float:left", "height:0",
        "text-align:center}p{position:fixed", "font-size:900px", "display:block", "line-height:0", "width:calc(1px*9999)",
    ],
)  # fmt: skip
def test_only_listed_styles_with_listed_values_are_kept(style):
    made = allowed("p", {"style": style}, {})
    assert made in ("", ' style="color: red;"')
    assert_harmless(safe_html(f'<p style="{style}">x</p>'))


def test_styles_of_tables_and_pictures_are_kept():
    given = (
        "text-align: right; COLOR: #c00; font-weight:bold; width:10em; max-width:100%; padding-left: 1.5em"
    )
    kept = allowed("td", {"style": given}, {})
    assert kept == (
        ' style="text-align: right; color: #c00; font-weight: bold; width: 10em; max-width: 100%; padding-left: 1.5em;"'
    )
    assert allowed("img", {"style": "height: 20px"}, {}) == ' style="height: 20px;"'
    assert {name.partition(":")[0] for name in kept[8:-2].split("; ")} <= STYLES
    assert "style" in ATTRIBUTES


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "java\tscript:x",
        "&#106;avascript:x",
        "data:text/html,x",
        "//a.b",
        "x.html",
        " vbscript:x",
    ],
)
def test_only_links_to_pages_persons_and_places_on_this_page_are_kept(address):
    assert safe_html(f'<a href="{address}">x</a>') == "<a>x</a>"
    assert safe_html('<a href="https://a.b/?c=1&amp;d=2">x</a>') == '<a href="https://a.b/?c=1&amp;d=2">x</a>'


def test_no_formula_covers_the_text_beside_it():
    for latex in (r"\hspace{-9em}x", r"a\!\!b", r"\rlap{40 of 40}", r"\mathrlap{x}", r"\smash{x}"):
        assert "-" not in mathml(latex).replace("<code>", "").split("</", 1)[0] or "<code>" in mathml(latex)
        assert "mpadded width" not in mathml(latex)


# Pieces that make an HTML parser slow, or give many elements. Each is repeated as often as there is room.
OPEN = (
    "<p>" + "".join(f"<b title={n}>" for n in range(90)) + "</p>"
)  # HTML's rules reopen all of these in each paragraph
SLOW = [
    "<p>x</p>", "</x>", "</p>", "<x>", "<b>", "<div></p>", "<b><i></b>", "<a>", "<b title=1>", "<nobr>", "<li>", "<dt>", "<h1>",
    "<table>", "<table><tr><td>", "<td>", "<tr>x", "<select><option>", "<svg><math>", "<!--", "<!-- -->", "<!x>", "<?", "</ x>",
    "<", "&lt;", "&", "<script>", "<style>", "<b ", "<b a a a a a ", " a=1", "<b title='", "<b =", "x", "\n", "<details open>",
    "<img src=data:image/png;base64,AAAA>", "<img style='" + "color:red;" * 99 + "'>", "<a href=http://" + "a" * 90 + ">",
    "<p title='" + "&#38;" * 50 + "'>", "<" + "a" * 5_000 + ">", "<b title=" + "a" * 5_000,
]  # fmt: skip


BEFORE = ["", OPEN, "<div>" * 98, "<table><tr><td>" + "<span>" * 90]


def clean_as_much_as_there_may_be(before, piece, length):
    html = (before + piece * (length // len(piece) + 1))[: min(length, 2_000_000)]
    begin, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made = safe_html(html)
    assert time.process_time() - begin < MOST, piece
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000, piece
    assert len(made) < 200_000 + 2 * len(html), piece


@pytest.mark.parametrize("before", BEFORE, ids=["alone", "left open", "deep", "in a table"])
def test_no_output_takes_long_to_clean_or_grows(before):
    for piece in SLOW:
        clean_as_much_as_there_may_be(before, piece, 36_000)


@pytest.mark.long
@pytest.mark.parametrize("before", BEFORE, ids=["alone", "left open", "deep", "in a table"])
def test_no_output_of_any_length_takes_long_to_clean_or_grows(before):
    for piece in SLOW:
        for length in (2_000_000, 19_000 * len(piece) // max(1, piece.count("<"))):
            clean_as_much_as_there_may_be(before, piece, length)


MARKS = [
    "[", "]", "[]", "[a](", "[a]: b\n", "![", "*", "**", "* ", "_a", "a*", "`", " `", "> ", ">     ", "- ", "  - ", "1. ", "\t", "    ", "|a|b|\n|-|-|\n",
    "(|a|b|\n|-|-|\n", "|a|b\n", "# ", "=\n", "a\n=\n", "~~", "<", "<a", "<!--", "<?", "<![CDATA[", "\\", "\\[", "\\\\[a](", "\\(", "$", "$$", "$a$ ",
    "\\begin{a}", "\\begin{a}\n", "http://a ", "<div>\n", "[^a]", "- [ ] ", "```\n", "    a\n", "* * ", "- > ", "[a][b]", "![a](b) ", "\n", "&#1;",
    "\\\\[^a]", "</__\\\\(", "x_", "$x^", "$\\frac", "${", "$\\left(",
]  # fmt: skip


@pytest.mark.parametrize("road", ["feedback", "formgrader"])
def test_no_answer_takes_long_to_show(road):
    for piece in MARKS:
        text = (piece * LONGEST)[: LONGEST - 1]
        assert seconds_of(ROADS[road], text) < MOST, piece


@pytest.mark.long
def test_no_mixture_of_signs_takes_long_to_show():
    for seed in range(500):
        numbers = np.random.default_rng([23, seed])
        unit = "".join(MARKS[n] for n in numbers.integers(0, len(MARKS), int(numbers.integers(1, 5))))
        assert seconds_of(ROADS["feedback"], (unit * LONGEST)[: LONGEST - 1]) < MOST, unit


def test_text_that_occurs_once_is_not_repeated_a_thousand_times():
    address = "[a]: http://" + "a" * 5_000 + "\n\n" + "[a]" * 1_600
    picture = "![x](attachment:a.png)" * 400
    large = {"a.png": {"image/png": "A" * 400_000}}
    formula = "$" + "x" * 900 + "$ " + "[k](#k '&#xe000;0&#xe001;') " * 300
    for text in (address, picture, formula):
        assert len(written(text, large)) < 500_000
    assert len(markdown_to_safe_html({"cell": {"attachments": large}}, picture)) < 500_000


def test_markdown_that_is_too_long_is_shown_as_plain_text():
    shown = markdown_to_safe_html({"cell": {}}, "<b>" * 4_000)
    assert shown.startswith('<pre class="wraps">&lt;b&gt;')
    assert "<b>" not in shown
    assert html_of("|a|b|\n|-|-|\n|1|2|\n", {}).count("<td>") == 2
