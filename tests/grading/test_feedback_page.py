"""The page that a student gets: what it says, what must not happen on it, how it looks in a real browser."""

import base64
import io
import re
import time

import pytest
from lab import chromium
from nbformat import v4
from PIL import Image

from checks.report import WRONG, Line, Report
from grading.box.limits import Limits
from grading.marking.jobs import is_test
from grading.marking.mark import CellResult, Job
from grading.marking.present import present
from grading.noted import KEY, Noted, QuestionNote
from grading.pages import feedback
from grading.pages.feedback import MOST, Told, feedback_page
from grading.pages.formulas import mathml
from grading.pages.written import written
from grading.places import CellEnd, Spot
from grading.status import Status

pytestmark = pytest.mark.instructor

HIDDEN = "check(f, cases=hidden_secret)"
TEST = f"check(f, out_of=2)\n### BEGIN HIDDEN TESTS\n{HIDDEN}\n### END HIDDEN TESTS"
REPORT = Report(
    "f: 0 of 2 marks", [Line(WRONG, "two points", "off")], "divided by N", ["Divide by `counts`."]
)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


def answer(name, source="def f(x):\n    return x"):
    return v4.new_code_cell(
        source, metadata={"nbgrader": {"grade_id": name, "solution": True, "grade": False}}
    )


def asked(name, points=2):
    role = {"grade_id": f"test-{name}", "solution": False, "grade": True, "points": points}
    return v4.new_code_cell(TEST, metadata={"nbgrader": role})


def essay(text="I think.", name="words", **more):
    role = {"grade_id": name, "solution": True, "grade": True, "points": 4}
    return v4.new_markdown_cell(text, metadata={"nbgrader": role}, **more)


def graded(cells, results, **ours):
    """Return the graded notebook that the real `present` makes from these cells and results."""
    nb = v4.new_notebook(cells=[v4.new_markdown_cell("# A title"), *cells])
    Noted(**ours).write(nb)
    return present(nb, Job([]), results, "memory is limited")


def told(**more):
    return Told(**{"student": "ada", "assignment": "gaussian-mixture", "total": 5.0, "max": 12.0, **more})


def shows(value):
    data = {"text/html": value._repr_html_(), "text/plain": repr(value)}
    return {"kind": "data", "data": data}


STATUSES = {
    "passed": (CellResult(mark=2.0, status="passed"), "✓</span> passed"),
    "partly": (CellResult(mark=1.25, status="partly"), "◐</span> partly"),
    "failed": (CellResult(mark=0.0, status="failed", why="a test does not hold"), "✗</span> failed"),
    "error": (CellResult(mark=0.0, status="error", why="`f` is not defined"), "✗</span> error"),
    "limit": (CellResult(mark=0.0, status="time limit", why="it was slow"), "✗</span> stopped: time limit"),
    "untouched": (CellResult(mark=0.0, status="failed"), "○</span> not attempted"),
    "person": (CellResult(status="needs a person", why="broken"), "…</span> a person reads this"),
}


def every_status():
    """Return a graded notebook with a question of every status, all kinds of output, and a written answer."""
    cells, results = [v4.new_code_cell("draw()  # a comment\nx = 'text' + str(1)")], []
    out = [
        {"kind": "stream", "name": "stdout", "text": "it \x1b[31mprinted\n"},
        {"kind": "data", "data": {"image/png": picture(), "text/plain": "<Figure>"}},
        {"kind": "data", "data": {"text/html": "<table><tr><td>cell</td></tr></table>"}},
        {"kind": "error", "name": "NameError", "value": "y", "traceback": ["NameError: y"]},
    ]
    results = [CellResult(out)]
    for name, (result, _) in STATUSES.items():
        cells += [answer(name, f"@wraps\ndef {name}(x):\n    return 'string', 12  # comment"), asked(name)]
        results += [
            CellResult(),
            CellResult([shows(REPORT)], "", result.mark, result.status, result.why, hint=REPORT.title),
        ]
    nb = graded([*cells, essay(r"So **it** is $\mu_k < 1$")], results, untouched=["test-untouched"])
    assert nb.metadata[KEY]["questions"].keys() == {*(f"test-{each}" for each in STATUSES), "words"}
    return nb


@pytest.fixture(scope="module")
def every():
    """Return the feedback page of that notebook."""
    comments = {"words": "Well <b>said</b>, $x$", "partly": "Nearly."}
    return feedback_page(every_status(), told(comments=comments, late_hours=2, penalty=1.5, unboxed=True))


def section(page, name):
    return re.search(rf'<section aria-labelledby="question-{name}">.*?</section>', page, re.S).group()


@pytest.mark.parametrize("name", STATUSES)
def test_each_question_has_a_word_and_a_sign_for_its_status(every, name):
    result, said = STATUSES[name]
    mine = section(every, name)
    assert said in mine
    assert said in re.search(rf'<tr><th scope="row"><a href="#question-{name}">.*?</tr>', every, re.S).group()
    assert ("– of 2" if result.mark is None else f"{result.mark:g} of 2 marks") in mine
    assert result.why.replace("`", "").lower()[:8] in re.sub("<[^>]*>", "", mine).lower()
    assert f'<span class="f">{name}</span>' in mine


def test_hints_and_outputs_are_there_and_the_hidden_tests_are_not(every):
    mine = section(every, "failed")
    assert REPORT._repr_html_() in mine
    assert "Likely mistake: divided by N." in re.search(r"<td class=.why.>Likely[^<]*", every).group()
    assert '<pre class="printed">it printed</pre>' in every
    assert f'<img alt="A picture that this cell made" src="data:image/png;base64,{picture()}">' in every
    assert "<td>cell</td>" in every
    assert '<pre class="printed raised">NameError: y</pre>' in every
    assert "hidden_secret" not in every
    assert "HIDDEN TESTS" not in every


def test_the_top_shows_total_lateness_and_missing_answers(every):
    top = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", every[every.index("<h1>") : every.index("<h2")]))
    assert "A title Feedback for ada 5 of 12 marks so far" in top
    assert "2 questions still to be read by a person: person, words." in top
    assert "Handed in 2 h late: 1.5 marks are taken off; 6.5 were earned." in top
    assert "These marks can be forged" in top


def test_a_person_s_comments_are_shown_with_their_question(every):
    assert "Well <b>said</b>, <math" in section(every, "words")
    assert "Nearly." in section(every, "partly")
    assert "A person's comment" not in section(every, "passed")


def test_a_mark_by_hand_replaces_the_grader_s():
    cells, results = [answer("f"), asked("f"), essay()], [CellResult(), CellResult([], "", 0.0, "failed")]
    page = feedback_page(graded(cells, results), told(by_hand={"test-f": 1.0, "words": 3.5}))
    assert "✎</span> marked by a person</span>, <strong>1 of 2 marks" in section(page, "f")
    assert "3.5 of 4 marks" in section(page, "words")
    assert "so far" not in page


@pytest.mark.parametrize(("total", "said"), [(None, "No marks yet, of 12"), (0.0, "0 of 12 marks")])
def test_no_mark_is_not_zero(total, said):
    assert said in feedback_page(graded([essay()], []), told(total=total))


def test_late_without_a_penalty():
    page = feedback_page(graded([essay()], []), told(late_hours=1))
    assert "Handed in 1 h late: this costs nothing." in page


def test_repairs_are_reported():
    page = feedback_page(graded([essay()], [], repaired=["`f` was missing <b>", "two"]), told())
    assert "Notes on your file" in page
    assert "<li><code>f</code> was missing &lt;b&gt;.</li>" in page
    assert "<li>Two.</li>" in page


def test_an_unreadable_submission_is_reported():
    nb = graded(
        [asked("f"), essay()],
        [],
        readable=False,
        unreadable="This submission cannot be read: it is a web page.",
    )
    page = feedback_page(nb, told(total=None))
    assert "<strong>This submission cannot be read: it is a web page.</strong>" in page
    assert page.count("cannot be read") == page.count("A person") == 1
    assert "<table" not in page
    assert "<section" not in page
    assert "other cell" not in page


def test_a_person_s_comment_on_an_unreadable_submission_is_shown():
    nb = graded([asked("f"), essay()], [], readable=False, unreadable="This submission cannot be read.")
    page = feedback_page(nb, told(total=3.0, by_hand={"words": 3.0}, comments={"test-f": "Send it again."}))
    assert "Send it again." in section(page, "f")
    assert re.search(r"words</th>.*marked by a person.*3 of 4", page)
    assert "A person will look at it" not in page


def test_an_answer_in_two_versions_waits_for_a_person_and_no_report_decides_it():
    result = CellResult([shows(REPORT)], "", 2.0, "passed")
    nb = graded([answer("f"), asked("f")], [CellResult(), result], disputed=["test-f"])
    mine = section(feedback_page(nb, told()), "f")
    assert "A person reads both and decides which one counts" in mine
    assert REPORT.heading not in mine
    shown = [output.data["text/plain"] for output in nb.cells[-1].outputs]
    assert shown[1].startswith("The report below is of the first of the two versions.")


def test_once_a_person_has_given_a_mark_nothing_more_is_promised():
    result = CellResult([shows(REPORT)], "", 2.0, "passed")
    nb = graded([answer("f"), asked("f")], [CellResult(), result], disputed=["test-f"])
    page = feedback_page(nb, told(by_hand={"test-f": 1.5}))
    assert "The file holds two versions of this answer." in section(page, "f")
    assert "A person" not in page
    there = graded([essay()], [], elsewhere={"words": [Spot(80, "12 EM", begins="`My answer`")]})
    before, after = (feedback_page(there, told(by_hand=hand)) for hand in ({}, {"words": 3.0}))
    where = (
        "cell 80 (it begins with <code>My answer</code>; below the heading &#39;12 EM&#39;). Next time, write"
    )
    assert where in section(before, "words")
    assert where in section(after, "words")
    assert "A person reads that text." in before
    assert "A person reads that text." not in after


def test_the_other_version_of_an_answer_has_the_colours_of_code():
    other = v4.new_markdown_cell(
        "**The other version of this answer:**\n\n```python\ndef g(): return 12\n```"
    )
    other.metadata[KEY] = {"beside": "test-f", "code": "def g(): return 12"}
    nb = graded([other, answer("f"), asked("f")], [CellResult(), CellResult()], disputed=["test-f"])
    mine = section(feedback_page(nb, told()), "f")
    assert "<strong>The other version of this answer:</strong>" in mine
    assert '<span class="f">g</span>' in mine
    assert "```" not in mine


def test_a_file_name_is_not_broken_and_a_code_in_a_note_leaves_no_gap():
    nb = graded(
        [asked("f")], [], readable=False, unreadable="This submission cannot be read: it is a PDF file."
    )
    page = feedback_page(nb, told(total=None))
    assert '<code class="name">gaussian-mixture.ipynb</code>.' in page
    assert "find the notebook itself, the file that ends in" in page
    assert ".note code { padding: 0; }" in page
    assert "p > code.name { white-space: nowrap; }" in page


def test_a_notebook_without_any_answer_asks_whether_it_is_the_right_file():
    nothing = {"untouched": ["test-f", "words"]}
    cells, results = [answer("f"), asked("f"), essay()], [CellResult(), CellResult(status="failed", mark=0.0)]
    asks = "</strong>: you handed it in as you got it. Is it the right file?"
    assert asks in feedback_page(graded(cells, results, **nothing), told())
    changed = feedback_page(graded(cells, results, repaired=["`f` was put back"], **nothing), told())
    assert "No answer is written in this notebook</strong>. Is it the right file?" in changed
    assert "Is it the right file" not in feedback_page(graded(cells, results, untouched=["words"]), told())


def test_the_student_s_page_leaves_out_folders_and_technical_details_of_limits():
    limits = Limits(cell_seconds=60, memory_mb=4096).told
    nb = graded([essay()], [], repaired=["it lay in 'tara'", "two"], unsaid=["it lay in 'tara'"])
    page = feedback_page(nb, told())
    assert nb.metadata[KEY]["limits"] == limits
    assert "tara" not in page
    assert "<li>Two.</li>" in page
    assert "memory is limited" not in page
    assert (
        "ran on the marking computer, without internet. There, a cell may run for 60 seconds, one call of a"
        in page
    )
    assert "It may use 4,096 MB of memory." in page


def test_an_empty_notebook_is_reported():
    for nb in (v4.new_notebook(), graded([], [])):
        page = feedback_page(nb, told(total=None))
        assert "This notebook is empty" in page


def test_a_test_whose_name_is_no_answer_belongs_to_the_answers_before_it():
    cells = [answer("one", "first = 1"), answer("two", "second = 2"), asked("other"), answer("f"), asked("f")]
    page = feedback_page(graded(cells, [CellResult() for _ in cells]), told())
    shown = section(page, "other")
    assert "first" in shown
    assert "second" in shown
    assert "return" not in shown
    assert len(re.findall(r"\bsecond\b", page)) == 1


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<img src='http://example.com/a.png'>",
    "![x](http://example.com/b.png)", "[x](javascript:alert(1))", "<a href='java&#10;script:alert(1)'>x</a>",
    "<style>body{display:none}</style>", "<div style='position:fixed;inset:0;background:red'>x</div>",
    "<div style='background:url(http://example.com/c)'>x</div>", "<meta http-equiv=refresh content='0;url=http://example.com'>",
    "<iframe src='http://example.com'></iframe>", "<svg onload=alert(1)><script>alert(1)</script></svg>", "<base href='http://example.com/'>",
    "</div></section></main><h1>99 of 40 marks</h1>", "<form action='http://example.com'><button>x</button></form>",
    "<link rel=stylesheet href='http://example.com/d.css'>", "![$\\text{\" onerror=\"alert(1)}$](attachment:none)",
    "<a title='$x$ \" onmouseover=\"alert(1)'>x</a>", "$\\text{</math><script>alert(1)</script>}$",
    "$\\href{javascript:alert(1)}{x}$", "$\\style{position:fixed}{x}$", "$\\class{note}{x}$", "$\\rule{99em}{99em}$",
    "$$\\hspace{999em} \\text{<img src=x onerror=alert(1)>}$$", "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "```html\n<script>alert(1)</script>\n```", "\ue0000\ue001 $x$", "<table><tr><td>" * 3, "w" * 3000, "$" + "x" * 900 + "$",
    "<p style='width:9999px;padding-left:9999px;color:red'>x</p>", "<img alt=x width=9999 src='data:image/png;base64,AAAA'>",
]  # fmt: skip


@pytest.fixture(scope="module")
def hostile():
    """Return a page with all of these in every place that a submission can write to."""
    cells, results = [], []
    for n, text in enumerate(HOSTILE):
        out = [{"kind": "data", "data": {"text/html": text, "text/plain": text}}]
        out += [{"kind": "stream", "text": text}, {"kind": "error", "name": text, "traceback": [text]}]
        cells += [
            answer(f"f{n}", f"'''{text}'''"),
            asked(f"f{n}"),
            essay(f"{text}\n\nSafe **word**", f"words{n}"),
        ]
        results += [CellResult(out, text), CellResult([], "", 0.0, "error", f"no {text}")]
    nb = graded([*cells, v4.new_markdown_cell(f"## {HOSTILE[0]}")], results, repaired=HOSTILE)
    return feedback_page(
        nb, told(student=HOSTILE[0], comments={f"words{n}": t for n, t in enumerate(HOSTILE)})
    )


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser, tmp_path):
    """Yield a function that opens a page from a file, with its requests, messages and dialogs."""
    contexts = []

    def opened(html, width=360, scheme="light"):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        page, page.seen = context.new_page(), []
        page.on("dialog", lambda dialog: (page.seen.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: page.seen.append(str(error)))
        context.on("request", lambda request: page.seen.append(request.url[:60]))
        (tmp_path / "page.html").write_text(html, encoding="utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


ACTS = """() => [
    ...document.querySelectorAll('script, iframe, object, embed, form, button, svg, link, base, [srcset], body style'),
    ...[...document.querySelectorAll('*')].filter(each =>
        [...each.attributes].some(one => one.name.startsWith('on') || /^\\s*java\\s*script:/i.test(one.value))
        || ['fixed', 'sticky'].includes(getComputedStyle(each).position)
        || getComputedStyle(each).backgroundImage !== 'none'),
].map(each => each.outerHTML.slice(0, 200))"""


@pytest.mark.browser
def test_nothing_in_a_submission_is_executed(hostile, opened):
    page = opened(hostile)
    assert [url for url in page.seen if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in page.seen if url.startswith("file:")]) == 1
    assert page.evaluate(ACTS) == []
    assert page.locator("h1").all_inner_texts()[0] == "A title"
    assert page.locator("main > section").count() == 2 * len(HOSTILE)  # no section was closed early
    assert page.locator("strong", has_text="word").count() >= len(HOSTILE) - 2
    assert page.evaluate("document.elementFromPoint(30, 60).closest('header') !== null")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_never_scrolls_sideways(every, hostile, opened, width):
    for html in (every, hostile):
        page = opened(html, width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(
            "Math.max(...[...document.querySelectorAll('p')].filter(e => !e.closest('.scrolls, .total')).map(e => e.clientWidth))"
        ) <= min(width, 44 * 16)


# This returns each text on the page with its colour, and the first background below it that is not
# transparent.
CONTRASTS = """() => {
    const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const ground = each => {
        for (let at = each; at; at = at.parentElement) {
            const found = parts(getComputedStyle(at).backgroundColor);
            if (found.length === 3 || found[3] === 1) return found;
        }
    };
    const texts = [...document.querySelectorAll('body *')].filter(each =>
        [...each.childNodes].some(one => one.nodeType === 3 && one.data.trim()));
    return texts.map(each => {
        const [a, b] = [light(parts(getComputedStyle(each).color)), light(ground(each))];
        return [(each.className || each.localName), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), b];
    });
}"""
KINDS = {
    *("k", "f", "s", "m", "c", "printed", "printed raised", "soft", "mi", "a", "summary", "code"),
    *("status good", "status part", "status bad", "status soft", "status person", "why", "number", "h2", "li"),
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_in_light_and_dark(every, opened, scheme):
    page = opened(every, 1280, scheme)
    measured = page.evaluate(CONTRASTS)
    assert {kind for kind, _, _ in measured} >= KINDS
    assert min((contrast, kind) for kind, contrast, _ in measured)[0] >= 4.5
    grounds = [ground for _, _, ground in measured]
    assert max(grounds) < 0.05 if scheme == "dark" else min(grounds) > 0.8


@pytest.mark.browser
def test_formulas_are_drawn_and_pictures_shown(every, opened):
    page = opened(every, 1280)
    assert page.locator("math").first.evaluate(
        "each => each instanceof MathMLElement && each.clientWidth > 10"
    )
    assert page.locator("main img").first.evaluate("each => each.naturalWidth") == 40


def test_formulas_are_translated_correctly():
    assert (
        str(mathml(r"\mu_k"))
        == '<math display="inline"><mrow><msub><mi>μ</mi><mi>k</mi></msub></mrow></math>'
    )
    assert 'display="block"' in mathml(r"\begin{aligned}a &= b \\ c &= d\end{aligned}", block=True)
    assert mathml(r"\begin{aligned}a &= b \\ c &= d\end{aligned}").count("<mtr>") == 2


GROWS = r"\newcommand{\a}{xxxxxxxx}\newcommand{\b}{\a\a\a\a\a\a\a\a}\b\b\b"


@pytest.mark.parametrize("latex", [GROWS, "{" * 400 + "}" * 400, "x" * 1001, "x_", r"\left(<b>", "^" * 500])
def test_text_that_is_no_formula_is_not_changed(latex):
    assert str(mathml(latex)) == f"<code>${latex.replace('<', '&lt;').replace('>', '&gt;')}$</code>"


def test_written_answers_are_the_notebooks_markdown():
    text = "- one\n- two\n\n| a | b |\n|---|---|\n| 1 | $2$ |\n\n$$\n\\frac{a}{b}\n$$\n\n`x < y` and 5 \\$ or 6 \\$"
    html = str(written(text))
    assert "<li>one</li>" in html
    assert html.count("<math") == 2
    assert "<mfrac>" in html
    assert "<code>x &lt; y</code>" in html
    assert "5 $ or 6 $" in html


def test_a_pasted_picture_is_shown_and_a_missing_one_costs_only_itself():
    pasted = {"a.png": {"image/png": picture()}}
    assert f'src="data:image/png;base64,{picture()}"' in written("![mine](attachment:a.png)", pasted)
    assert "here it is ![mine](attachment:a.png)" in written("here it is ![mine](attachment:a.png)")


LONG = ["$", "$a$ ", "a" * 5, "> ", "<b>", "|a|b|\n|-|-|\n", "[", "\\begin{a}", "- a\n", "<div>"]


@pytest.mark.parametrize("piece", LONG)
def test_every_text_is_converted_quickly(piece):
    written("$a$")  # loads the modules
    for size in (9_999, 1_000_000):
        begin = time.process_time()
        assert len(written((piece * size)[:size])) < 300_000
        assert time.process_time() - begin < 1.5


def test_a_page_is_below_a_megabyte():
    out = [{"kind": "data", "data": {"image/png": "A" * 150_000}}, {"kind": "stream", "text": "<" * 200_000}]
    cells = [v4.new_code_cell("draw()") for _ in range(5)]
    few = feedback_page(graded([*cells[:2], essay()], [CellResult(out)] * 2), told())
    assert few.count("<img") == 2
    many = graded([*cells, essay()], [CellResult([*out] + [out[1]] * 4)] * 5)
    page = feedback_page(many, told())
    assert len(page.encode()) <= MOST
    assert "left out" in page


def test_a_figure_is_shown_as_it_is_and_nothing_else_passes_for_one():
    figure = f'<img alt="A &lt;b&gt; plot" src="data:image/png;base64,{picture()}">'
    for html in (figure, figure + "<script>x</script>", figure.replace("alt", 'onerror="x" alt')):
        out = [{"kind": "data", "data": {"text/html": html}}]
        page = feedback_page(graded([v4.new_code_cell("x"), essay()], [CellResult(out)]), told())
        assert figure in page
        assert "onerror" not in page
        assert "<script" not in page


def test_a_page_costs_little_time():
    cells, results = [], []
    for n in range(10):  # as many as the longest assignment has
        cells += [answer(f"f{n}", "def f(x):\n    return x + 1\n" * 20), asked(f"f{n}")]
        results += [CellResult(), CellResult([shows(REPORT)], "", 0.0, "failed")]
    nb = graded([*cells, essay(r"$\mu_k$ " * 20)], results)
    feedback_page(nb, told())
    times = []
    for _ in range(5):
        begin = time.process_time()
        feedback_page(nb, told())
        times.append(time.process_time() - begin)
    assert min(times) < 0.2  # it was 0.04 when it was measured


def test_test_cells_are_not_shown_as_the_student_s_cells():
    nb = graded(
        [answer("f"), asked("f")],
        [CellResult(), CellResult([shows(REPORT)], "", 2.0, "passed", hint=REPORT.title)],
    )
    assert "Likely mistake: divided by N." not in feedback_page(nb, told())  # there is nothing to look at
    assert any(map(is_test, nb.cells))
    assert "check" not in feedback_page(nb, told())


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (CellResult(mark=0.0, status="failed", hint="divided by N"), "Likely mistake: divided by N."),
        (CellResult(mark=1.0, status="partly", lacks="not right: the slope"), "Not right: the slope."),
        (CellResult(mark=0.5, status="partly"), "The test gives 0.5 of 2 marks."),
        (CellResult(status="failed", mark=0.0), "The test gives 0 of 2 marks."),
        (CellResult(mark=2.0, status="passed"), ""),
    ],
)
def test_a_question_that_lacks_marks_has_a_reason_in_the_table(result, why):
    nb = graded([answer("f"), asked("f")], [CellResult(), result])
    assert f'<td class="why">{why}</td>' in feedback_page(nb, told())


def test_how_a_cell_ended_hides_no_mistake():
    failed = QuestionNote(Status.FAILED, 0.0, cell=CellEnd(error="KeyError"), shown_hint="divided by N")
    said = feedback._why(failed, 4, is_marked=False)
    assert said == "likely mistake: divided by N. Your cell stopped with an error (KeyError) before its end"
