"""The report of a class: every number on the page, hostile texts, and the page in a real browser."""

import json
import re
import subprocess
import sys
from html import unescape
from statistics import median
from urllib.parse import unquote

import pytest
from conftest import ROOT
from lab import chromium
from made_up import make_class, write_notebook
from ours import known_in
from test_feedback_page import CONTRASTS

from checks.properties import REST
from grading.report.attention import KINDS
from grading.report.page import FIRST_SHOWN, write_report
from grading.run.unmarked import Unmarked, write_unmarked
from grading.submitted.remarks import Oddity

pytestmark = pytest.mark.instructor
HOSTILE = "<img src=x onerror=alert(1)>\"'&</td></table><script>alert(2)</script>" + "x" * 60
NAME = "gaussian-mixture"
POINTS = {"test-compute_means": 4.0, "test-EM": 10.0, "in-your-own-words": 4.0}


def question(mark, most, status="passed", hints=(), by_hand=None, why=""):
    return {
        "status": status,
        "mark": mark,
        "max": most,
        "by_hand": by_hand,
        "why": why,
        "hints": list(hints),
    }


def result(
    student, marks, *, name=NAME, hints=(), tries=None, hand=None, statuses=("passed", "passed"), **others
):
    """Return a line of results.jsonl: marks for two questions; the third waits for a person or has a mark."""
    asked = [
        question(marks[0], 4.0, statuses[0], hints),
        question(marks[1], 10.0, statuses[1], why="it took long" if "limit" in statuses[1] else ""),
        question(None, 4.0, "needs a person", by_hand=hand),
    ]
    told = {"student": student, "assignment": name, "status": "graded", "why": "", "max": 18.0}
    told |= {"late_hours": 0.0, "penalty": 0.0, "repaired": [], "questions": dict(zip(POINTS, asked))}
    told |= {"tries": {"compute_means": tries} if tries else {}, "total": sum(marks) + (hand or 0)}
    return told | others


CLASS = [
    result("ada", (4.0, 10.0), hand=4.0),
    result(
        "bob", (0.0, 5.0), hints=["divided by N"], tries={"divided by N": 5}, statuses=("failed", "partly")
    ),
    result("cyd", (2.0, 0.0), hints=["divided by N"], statuses=("partly", "time limit"), status="limit hit"),
    result("dan", (4.0, 10.0), tries={"divided by N": 2}, late_hours=3.0, penalty=1.5),
    result("eve", (0.0, 0.0), statuses=("not attempted", "not attempted"), late_hours=8.0, penalty=2.0),
    result(
        "fay", (4.0, 5.0), status="repaired", repaired=["`EM` was there twice"], tries={"divided by N": 6}
    ),
    result("gil", (0.0, 0.0), status="cannot be read", why="it is a web page", total=None, questions={}),
]


def write(folder, lines, end=""):
    folder.mkdir(exist_ok=True)
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    (folder / "results.jsonl").write_text(text + end, encoding="utf-8")
    return folder


def html(folder, *names):
    path = write_report(folder, names)
    assert path == folder / "report.html"
    assert [each.name for each in folder.glob("*.part")] == []
    return path.read_text(encoding="utf-8")


def text_of(page):
    """Return the text of the page, with single spaces between words."""
    body = re.sub(r"(?s)<style>.*?</style>", "", page)
    cells = re.sub(r"</t[hd]>", " ", body)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", cells)).split())


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return html(write(tmp_path_factory.mktemp("small"), CLASS))


SENTENCES = {
    "Explain again in class: divided by N in compute_means (2 of 6 students).",
    "The hardest question was EM: 50% of its marks were earned.",  # 30 of 60
    "Waiting for you: 1 submission that could not be marked, 5 answers to read, 1 answer that hit a limit.",
    "2 of 6 students handed it in, 2 more met it and corrected it; it took 5 tries, in the median.",
    "7 submissions: 4 graded, 1 repaired, 1 limit hit, 1 cannot be read; 6 submissions wait for you:",
    "6 submissions wait for you: 1 could not be marked, 5 with answers to read.",
    "2 of the 6 students with marks have 12 to 14 of 14 marks. The median is 7;",
    "The median is 7; a quarter of the students has 12.75 or more; a quarter of the students has 2.75 or "
    "fewer.",
    "These marks leave out what nobody has read yet: in-your-own-words (5 answers not read yet).",
    "The hardest was EM: 50% of its marks were earned, and 2 of 6 students had all of them.",
    "Could not be marked why students Cannot be read: it is a web page gil",
    "cyd EM time limit it took long",
    "Answers to read question students in-your-own-words bob, cyd, dan, eve, fay",
    "fay: EM was there twice.",
    "2 submissions were late, by 3 to 8 hours, the median is 5.5; that cost 3.5 marks in all.",
    "In a class of fewer than 12 nobody can say what is usual, so no pairs are reported.",
}


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_sentences_have_the_numbers_that_were_counted_by_hand(small, sentence):
    assert sentence in text_of(small)


ROWS = {  # these are: marks earned, full marks, not attempted
    "compute_means": "58% 50% 17%",  # 14 of 24, 3 of 6, 1 of 6
    "EM": "50% 33% 17%",
    "in-your-own-words": "5 answers not read yet",  # only ada's was read, which says nothing of the others
}


def rows(page):
    """Return the text of the cells of each row of the tables."""
    found = re.findall(r"(?s)<tr>(.*?)</tr>", page)
    return [[text_of(cell) for cell in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in found]


@pytest.mark.parametrize("name", ROWS)
def test_each_question_has_its_percentages(small, name):
    shares = ROWS[name].split() if "%" in ROWS[name] else [ROWS[name]]
    assert [name, *shares] in rows(small)


def test_questions_are_in_the_order_of_the_notebook(small):
    firsts = [row[0] for row in rows(small)]
    assert [name for name in firsts if name in ROWS][:3] == list(ROWS)


def test_mistakes_are_listed_with_numbers_and_an_explanation(small):
    (row,) = [row for row in rows(small) if "compute_means" in row[1:2]]
    assert row[1:] == ["compute_means", "2", "4", "5"]  # handed in by, met by, the median of 5, 2 and 6
    known = known_in("gaussian-mixture")["compute_means"]
    (hint,) = [each.hint for each in known if each.hint.name == "divided by N"]
    assert hint.rungs[1].replace("`", "").replace("*", "") in text_of(small)


def test_the_bars_of_the_marks_add_up(small):
    bars = [row for row in rows(small) if len(row) == 2 and re.match(r"\d+ to ", row[0])]
    counted = {row[0]: int(row[1]) for row in bars}
    assert counted == {f"{low} to {'below ' if low < 12 else ''}{low + 2}": 0 for low in range(0, 14, 2)} | {
        "0 to below 2": 1,  # eve
        "2 to below 4": 1,  # cyd
        "4 to below 6": 1,  # bob
        "8 to below 10": 1,  # fay
        "12 to 14": 2,  # ada, dan
    }
    heights = [float(each) for each in re.findall(r'<rect[^>]* height="([\d.]+)"', small)]
    assert heights == [57.5 * count for count in counted.values()]


def test_names_are_only_where_a_teacher_must_act(small):
    assert {
        name for name in ("ada", "bob", "cyd", "dan", "eve", "fay", "gil") if name not in text_of(small)
    } == {"ada"}
    assert text_of(small).count("dan") == 1  # being late and repaired is nothing to act on


def test_numbers_of_a_large_class_agree_with_another_count(tmp_path):
    folder = make_class(tmp_path, 40, seed=4, names=("image-clusters",))
    told = [json.loads(line) for line in (folder / "results.jsonl").read_text().splitlines()]
    page = html(folder)
    totals = [
        each["total"] - (each["questions"]["in-your-own-words"]["by_hand"] or 0)
        for each in told
        if each["total"] is not None
    ]
    assert re.search(
        rf"\d+ of the {len(totals)} students with marks have [\d.]+ to (below )?[\d.]+ of 30 marks. "
        rf"The median is {median(totals):g};",
        text_of(page),
    )
    found = rows(page)
    for name in ("mean_rgb", "purity", "quiz-spread"):
        asked = [each["questions"][f"test-{name}"] for each in told if each["questions"]]
        earned = sum(each["mark"] for each in asked) / sum(each["max"] for each in asked)
        full = sum(each["mark"] == each["max"] for each in asked) / len(asked)
        (row,) = [row for row in found if row[0] == name]
        assert row[1:3] == [f"{round(100 * earned)}%", f"{round(100 * full)}%"]
    made = [hint for each in told for asked in each["questions"].values() for hint in asked["hints"]]
    handed_in = [int(row[2]) for row in found if len(row) == 5 and row[1] in known_in("image-clusters")]
    assert sum(handed_in) == len(made)


def test_the_last_line_of_a_submission_counts_and_incomplete_lines_are_left_out(tmp_path):
    better = CLASS[2] | {"status": "graded", "questions": CLASS[0]["questions"], "total": 18.0}
    torn = json.dumps(CLASS[0] | {"student": "zoe"})[:90]
    folder = write(tmp_path, [*CLASS, torn, "[1]", "{}", "7", better], end=torn)
    page = text_of(html(folder))
    assert "7 submissions: 5 graded, 1 repaired, 1 cannot be read;" in page
    assert "no limit was hit" not in page  # others wait
    assert "time limit" not in page


def test_several_assignments_have_an_overview_and_single_ones_can_be_chosen(tmp_path):
    other = [each | {"assignment": "image-clusters"} for each in CLASS[:2]]
    folder = write(tmp_path, CLASS + other)
    assert ["gaussian-mixture", "7", "7 of 14", "EM, 50%", "divided by N (2 students)", "6"] in rows(
        html(folder)
    )
    only = html(folder, "image-clusters")
    assert "2 submissions:" in text_of(only)
    assert "gaussian-mixture" not in only
    assert "All assignments" not in only


def blank(student):
    """Return a result without a written answer, which is 0 of 4 marks; nobody has to read it."""
    told = result(student, (4.0, 9.0), statuses=("passed", "partly"))
    return told | {
        "questions": told["questions"] | {"in-your-own-words": question(0.0, 4.0, "not attempted")}
    }


@pytest.mark.parametrize("hand", [None, 1.0])
def test_answers_that_nobody_has_read_make_no_question_the_hardest(tmp_path, hand):
    lines = [blank("ada"), result("bob", (4.0, 9.0)), result("cyd", (4.0, 9.0), hand=hand)]
    page = html(write(tmp_path, lines))
    assert "The hardest question was EM: 90% of its marks were earned." in text_of(page)
    assert ["in-your-own-words", "1 answer not read yet" if hand else "2 answers not read yet"] in rows(page)
    assert "have 12 to 14 of 14 marks. The median is 13." in text_of(page)


def test_answers_that_all_have_been_read_count_like_any_other(tmp_path):
    page = html(write(tmp_path, [blank("ada"), result("bob", (4.0, 9.0), hand=1.0)]))
    assert "The hardest question was in-your-own-words: 12% of its marks were earned." in text_of(page)
    assert "not read yet" not in page
    assert "of 18 marks." in text_of(page)


def test_a_test_that_could_not_mark_one_submission_still_counts_for_the_others(tmp_path):
    lines = [result(f"s{n}", (4.0, 5.0)) for n in range(3)]
    lines[0]["questions"]["test-EM"] = question(None, 10.0, "needs a person")
    assert "The hardest question was EM: 50%" in text_of(html(write(tmp_path, lines)))


def test_if_only_unread_answers_exist_there_are_no_marks(tmp_path):
    only = {"in-your-own-words": question(0.0, 4.0, "not attempted")}
    waits = {"in-your-own-words": question(None, 4.0, "needs a person")}
    lines = [
        result(name, (0.0, 0.0), max=4.0, questions=asked) for name, asked in (("a", only), ("b", waits))
    ]
    page = text_of(html(write(tmp_path, lines)))
    assert "Nobody has marks yet." in page
    assert "hardest" not in page


def remark(kind, says):
    return {"kind": str(kind), "says": says}


TWO = "two notebooks were worked on. 'a.ipynb' was marked, because it is newer. 'b.ipynb' was not marked"
ODD = [
    result("ada", (4.0, 9.0), hand=2.0),
    result("bob", (4.0, 9.0), hand=2.0, remarks=[remark(Oddity.TWO_WORKED, TWO)]),
    result("cyd", (4.0, 9.0), hand=2.0, remarks=[remark(Oddity.LATE_MARK, "Canvas calls it late")]),
    result("dan", (4.0, 9.0)),
    result("eve", (0.0, 0.0), status="cannot be read", why="it is empty", total=None, questions={}),
    result("fay", (4.0, 9.0), hand=2.0, remarks=[remark(Oddity.UNCLEAR_TIME, "the date can be two days")]),
    result("gus", (4.0, 9.0), hand=2.0, remarks=[remark(Oddity.DOWNLOAD, "it was taken from a download")]),
]


def test_whom_to_look_at_comes_first_with_why_and_what_to_do(tmp_path):
    page = html(write(tmp_path, ODD))
    heading = page.index("Look at these first")
    assert page.index("<h1>") < heading < page.index('<div class="note">')
    found = rows(page[heading : page.index('<div class="note">')])[1:]
    assert [row[0] for row in found] == ["eve", "bob", "fay"]  # dan only has an answer to read
    assert found[0][1:] == [
        "Cannot be read: it is empty.",
        "Open what lies in submitted/. Repair it, move it to submitted/<student>/<assignment>/, or ask "
        "for it again, then run make grade again.",
    ]
    assert found[1][1] == f"{TWO[0].upper()}{TWO[1:]}."
    assert "delete the one that was marked" in found[1][2]


def test_of_many_to_look_at_the_first_are_shown_and_the_others_can_be_opened(tmp_path):
    lines = [ODD[1] | {"student": f"s{n:02}"} for n in range(FIRST_SHOWN + 3)]
    page = html(write(tmp_path, lines))
    assert "<summary>3 more submissions to look at</summary>" in page


def test_students_pages_are_linked_only_if_they_exist(tmp_path):
    strange = "javascript:alert(1) #?%2e"
    folder = write(tmp_path, [*ODD, ODD[4] | {"student": strange}, ODD[4] | {"student": "../bob"}])
    for student in ("bob", strange):
        path = folder / "feedback" / student / NAME / f"{NAME}.html"
        path.parent.mkdir(parents=True)
        path.write_text("<p>the page")
    links = re.findall(r'<a href="([^"#]*)">(.*?)</a>', html(folder))
    assert {unescape(text) for _, text in links} == {"bob", strange}
    for address, text in links:
        assert address.startswith("feedback/")
        assert (folder / unquote(address)).is_file()
        assert unquote(address).split("/")[1] == unescape(text)


def test_every_kind_that_counts_as_repaired_is_counted_in_the_report():
    assert set(KINDS) == {kind for kind in Oddity if kind.is_repair and not kind.hides_time}


def test_statements_about_lateness_do_not_contradict_each_other(tmp_path):
    page = text_of(html(write(tmp_path, ODD)))
    assert "Nobody was late." not in page
    assert "A learning platform calls 1 submission late: cyd." in page
    assert "For 1 submission it is not known whether it was late, because timestamp.txt cannot" in page
    assert "1 submission was taken from a learning platform's download." in page
    assert "Nothing had to be repaired." not in page
    assert "write the time into submitted/<student>/gaussian-mixture/timestamp.txt, and run" in page
    assert "bob: Two notebooks were worked on, and one of them was marked." in page


def test_an_unreadable_submission_has_no_waiting_answers(tmp_path):
    """A notebook that cannot be read has all its questions, each without a mark."""
    broken = result("zoe", (0.0, 0.0), status="cannot be read", total=None)
    lines = [result("ada", (4.0, 9.0)), blank("bob"), broken]
    page = html(write(tmp_path, lines))
    assert ["in-your-own-words", "1 answer not read yet"] in rows(page)
    assert "1 submission that could not be marked, 1 answer to read." in text_of(page)


def test_submissions_that_are_not_marked_yet_are_named(tmp_path):
    folder = write(tmp_path, [CLASS[0], CLASS[1] | {"key": "new"}])
    waiting = [Unmarked(NAME, name, "new") for name in ("ada", "bob", "zoe")]
    write_unmarked(folder, waiting)
    page = text_of(html(folder))
    assert "2 submissions are not marked yet. The last run was stopped." in page
    assert "gaussian-mixture: ada, zoe." in page
    write(folder, [each | {"key": "new"} for each in (*CLASS[:2], CLASS[0] | {"student": "zoe"})])
    assert "not marked yet" not in text_of(html(folder))


def test_questions_that_were_as_hard_as_the_hardest_are_all_named(tmp_path):
    page = text_of(
        html(write(tmp_path, [result("ada", (2.0, 5.0), hand=3.0), result("bob", (2.0, 5.02), hand=3.0)]))
    )
    assert "The hardest questions were compute_means and EM: 50% of their marks were earned." in page
    assert "The hardest were compute_means and EM: 50% of their marks were earned." in page


@pytest.mark.parametrize(
    ("marks", "says"),
    [
        ([14.0] * 4, "4 of the 4 students with marks have 12 to 14 of 14 marks. The median is 14."),
        ([14.0], "One student has marks: 14 of 14."),
        (
            [1.0, 1.0, 14.0],
            "2 of the 3 students with marks have at least 0 and less than 2 of 14 marks. The median",
        ),
    ],
)
def test_the_report_says_where_most_marks_are(tmp_path, marks, says):
    lines = [result(f"s{n}", (min(4.0, mark), max(0.0, mark - 4))) for n, mark in enumerate(marks)]
    assert says in text_of(html(write(tmp_path, lines)))


def test_a_student_with_a_waiting_answer_is_left_out_of_the_marks(tmp_path):
    lines = [result("ada", (4.0, 10.0)), result("bob", (4.0, 0.0))]
    lines[1]["questions"]["test-EM"] = question(None, 10.0, "needs a person", why="there are two versions")
    page = text_of(html(write(tmp_path, lines)))
    assert "leave out the students with one of these answers, until it is read: EM (1 answer" in page
    assert "One student has marks: 14 of 14." in page


def test_the_instructor_is_told_where_an_answer_may_be(tmp_path):
    lines = [result("ada", (4.0, 10.0))]
    spot = {"cell": 80, "below": "12 Last", "kind": "markdown"}
    lines[0]["questions"]["in-your-own-words"] |= {"elsewhere": [spot], "why": "Next time, write it there"}
    page = text_of(html(write(tmp_path, lines)))
    assert (
        page.count("its own cell is empty, but the answer may stand in cell 80 (below the heading '12 Last')")
        == 1
    )
    assert "Its own cell is empty, but the answer may stand in cell 80" in page
    assert "Next time" not in page


def test_two_equal_latenesses_are_one_number(tmp_path):
    lines = [result(name, (4.0, 10.0), hand=4.0, late_hours=49.5) for name in ("ada", "bob")]
    assert "2 submissions were late, by 49.5 hours." in text_of(html(write(tmp_path, lines)))


def test_a_frequent_mistake_without_a_name_is_reported(tmp_path):
    unnamed = REST[-1].hint.name
    wrong = [result(f"s{n}", (0.0, 10.0), hints=[unnamed, "of last year"]) for n in range(3)]
    page = text_of(html(write(tmp_path, wrong)))
    assert f"In compute_means, 3 students were wrong in a way that has no name yet ({unnamed})" in page
    assert "of last year in compute_means (3 of 3 students)" in page


def test_a_class_without_mistakes_gets_plain_sentences(tmp_path):
    page = text_of(html(write(tmp_path, [result("ada", (4.0, 10.0), hand=4.0)])))
    for sentence in (
        "Nothing has to be explained again to all",
        "No mistake led to a hint.",
        "Nothing waits for you, and no limit was hit.",
        "Nothing had to be repaired. Nobody was late.",
    ):
        assert sentence in page
    assert "hardest" not in page


@pytest.mark.parametrize(
    ("lines", "names", "says"),
    [
        (None, [], "there are no results to report in"),
        ([], [], "there are no results to report in"),
        (["{"], [], "there are no results to report in"),
        (CLASS, ["nothing"], "there are no results to report for nothing in"),
    ],
)
def test_without_results_there_is_one_clear_sentence(tmp_path, lines, names, says):
    if lines is not None:
        write(tmp_path, lines)
    command = [sys.executable, "-m", "grading", "report", "--course", str(tmp_path), *names]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Stopped: {says}")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "report.html").exists()


def test_the_command_says_where_the_report_is(tmp_path):
    write(tmp_path, CLASS)
    command = [sys.executable, "-m", "grading", "report", "--course", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == f"Report: {tmp_path / 'report.html'}\n"


def hostile_class(folder):
    """Write a class in which every text is hostile, with a pair whose answers are hostile too."""
    lines = [
        result(
            f"{HOSTILE.replace('/', '-')}{n}",
            (0.0, 0.0),
            hints=[HOSTILE],
            tries={HOSTILE: 2},
            status="limit hit",
            repaired=[HOSTILE],
            statuses=(HOSTILE, "time limit"),
        )
        for n in range(3)
    ]
    lines += [result(HOSTILE, (0.0, 0.0), name=HOSTILE, status="cannot be read", why=HOSTILE, total=None)]
    lines += [result(f"s{n}", (4.0, 10.0)) for n in range(50)]
    for each in lines[3:]:
        each["questions"][HOSTILE] = question(0.0, 1.0, "crashed", why=HOSTILE)
    long = "\n".join(f"    a{n} = b.c{n}(a, '{HOSTILE}') + {n}  # {HOSTILE}" for n in range(30))
    for n in (0, 1):
        write_notebook(folder, f"s{n}", NAME, {"EM": f"def EM(a):\n{long}"})
    for n in range(2, 50):
        write_notebook(folder, f"s{n}", NAME, {"EM": f"def EM(a):\n    return {'+ a' * (n % 7 + 5)}"})
    return write(folder, lines)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    return write_report(hostile_class(tmp_path_factory.mktemp("hostile")))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return write_report(make_class(tmp_path_factory.mktemp("large")))


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser):
    """Yield a function that opens a page from a file, with all its requests, messages and dialogs."""
    contexts = []

    def opened(path, width=360, scheme="light"):
        contexts.append(browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme))
        page = contexts[-1].new_page()
        page.seen = []
        page.on("dialog", lambda dialog: (page.seen.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: page.seen.append(message.text))
        page.on("request", lambda request: page.seen.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.browser
def test_pairs_are_side_by_side_with_marks_on_rare_lines(large, opened):
    page = opened(large, 1100)
    assert set(page.locator(".pair h4").all_inner_texts()) == {"s007 and s008"}
    left, right = (page.locator(".beside").first.locator("pre").nth(n) for n in (0, 1))
    assert left.bounding_box()["y"] == right.bounding_box()["y"]
    assert left.locator("b").count() == right.locator("b").count() > 1
    assert left.locator("b").first.inner_text().startswith("▸ ")


def open_all(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.browser
def test_nothing_hostile_becomes_an_element_and_nothing_is_loaded(hostile, opened):
    page = opened(hostile, 1100)
    assert page.seen == [hostile.as_uri()]
    assert page.evaluate("document.querySelectorAll('img, script, iframe, link, [onerror]').length") == 0
    assert HOSTILE in page.inner_text("main")
    assert page.locator(".pair").count() == 1
    assert HOSTILE in page.locator(".pair pre").first.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1100])
def test_the_report_never_scrolls_sideways(hostile, large, opened, width):
    for path in (hostile, large):
        page = opened(path, width)
        open_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_no_table_is_wider_than_its_section_and_no_name_of_a_question_breaks(large, opened, width):
    page = opened(large, width)
    wide = page.evaluate(
        "[...document.querySelectorAll('table')].filter(each => each.getBoundingClientRect().right > "
        "document.querySelector('main').getBoundingClientRect().right - 15).map(each => each.innerText)"
    )
    assert wide == []
    heights = page.evaluate(
        "[...document.querySelectorAll('.told code, td .whole')].map(each => each.getClientRects().length)"
    )
    assert set(heights) == {1}


@pytest.mark.browser
def test_on_a_phone_each_waiting_table_has_a_heading(large, opened):
    page = opened(large, 390)
    above = page.evaluate(
        "[...document.querySelectorAll('h3')].filter(each => each.innerText === 'Waiting for you')"
        ".map(each => each.nextElementSibling.localName)"
    )
    assert set(above) == {"h4"}


# Texts of the histogram have a fill. Its bars need a contrast of 3 to 1 with the background.
FILLS = """() => [...document.querySelectorAll('svg text, svg rect, .bar > span')].map(each => {
    const style = getComputedStyle(each);
    return [each.localName, each.localName === 'span' ? style.backgroundColor : style.fill];
})"""
GROUND = "getComputedStyle(document.body).backgroundColor"


def light(colour):
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
    return sum(each * share for each, share in zip(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read_in_light_and_dark(large, opened, scheme):
    page = opened(large, 1100, scheme)
    open_all(page)
    measured = page.evaluate(CONTRASTS)
    assert min(contrast for kind, contrast, _ in measured if kind != "text") >= 4.5
    grounds = [ground for _, _, ground in measured]
    assert max(grounds) < 0.05 if scheme == "dark" else min(grounds) > 0.8
    fills, ground = page.evaluate(FILLS), light(page.evaluate(GROUND))
    assert {kind for kind, _ in fills} == {"text", "rect", "span"}
    for kind, colour in fills:
        low, high = sorted((light(colour), ground))
        assert (high + 0.05) / (low + 0.05) >= (4.5 if kind == "text" else 3), (kind, colour)


@pytest.mark.browser
def test_everything_that_opens_or_scrolls_is_reached_by_the_keyboard(large, opened):
    page = opened(large, 1100)
    reached = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.localName"))
        if page.evaluate("document.activeElement.localName") == "pre":
            break
    assert reached >= {"a", "summary", "pre"}
    first = page.locator("summary").first
    first.focus()
    page.keyboard.press("Enter")
    assert first.evaluate("each => each.parentElement.open")
    assert page.evaluate(
        "[...document.querySelectorAll('a')].every(each => document.querySelector(each.getAttribute('href')))"
    )


@pytest.mark.browser
def test_the_first_screen_of_a_phone_says_whom_to_look_at_and_the_next_what_to_explain(large, opened):
    page = opened(large)
    first = page.locator("h2").first
    assert first.inner_text() == "Look at these first"
    assert page.locator("h2 + table tbody tr").first.bounding_box()["y"] < 400
    assert page.locator(".note").inner_text().startswith("Explain again in class: ")
