"""In the middle of a term, an instructor changes an assignment that students have, or have handed in."""

import copy
import json
import os
import sqlite3
from contextlib import closing

import nbformat
import pytest
from second import NAME, SecondCourse, with_answers

from grading.build.given import with_earlier
from grading.doors.export import class_totals
from grading.doors.final import Doubt, doubts_of
from grading.doors.told import told_of
from grading.noted import Noted
from grading.repair import repaired
from grading.run.decides import deciding

pytestmark = [pytest.mark.instructor, pytest.mark.box]
WRONG = "def fit_line(x, y):\n    return np.polyfit(x, y, 1)"
OLD_WORDS = "The docstring asks for the intercept first."
NEW_WORDS = "The intercept comes first."
ACCUSED = ("had been changed", "was changed or missing", "that were given are missing", "was missing")
EDITS = (
    ("check(fit_line, out_of=3)", "check(fit_line, out_of=4)"),
    ("import numpy as np\n", "import math\nimport numpy as np\n"),
    ("with the smallest sum of squared residuals", "that is nearest to the points"),
)


def edited(notebook):
    """Return the notebook that `make build` makes after the edits. A cell without a name gets another id."""
    made = copy.deepcopy(notebook)
    for number, cell in enumerate(made.cells):
        for old, new in EDITS:
            if old in cell.source:
                cell.source = cell.source.replace(old, new)
                cell.id = cell.metadata.get("nbgrader", {}).get("grade_id", f"new-{number}")
    return made


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return the small course, built in a separate folder."""
    course = SecondCourse(tmp_path_factory.mktemp("term"))
    course.grading("build")
    return course


@pytest.fixture(scope="module")
def notebooks(course):
    """Return the instructor's notebook, the students' notebook, and the right answers."""
    return course.notebook("solutions"), course.notebook(), course.right()


def marked_with(notebooks, answers, earlier=True):
    """Return the notes of a repair: the student has September's release, the edits are of November."""
    source, release, _ = notebooks
    student = nbformat.writes(with_answers(release, answers)).encode()
    today = edited(source), edited(release)
    given = with_earlier(*today, [nbformat.writes(release).encode()] if earlier else [])
    return Noted.of(repaired(today[0], given, student))


def test_the_instructor_s_own_edits_are_not_blamed_on_students(notebooks):
    told = marked_with(notebooks, notebooks[2])
    assert [note for note in told.repaired if any(words in note for words in ACCUSED)] == []
    without = marked_with(notebooks, notebooks[2], earlier=False)
    assert [note for note in without.repaired if any(words in note for words in ACCUSED)]


def test_an_answer_as_in_an_earlier_release_is_not_attempted(notebooks):
    assert "test-fit_line" in marked_with(notebooks, {}).untouched
    assert (
        "test-fit_line" not in marked_with(notebooks, {"fit_line": "def fit_line(x, y): return 1"}).untouched
    )


def test_a_student_who_changed_a_test_gets_a_note(notebooks):
    source, release, answers = notebooks
    notebook = with_answers(release, answers)
    test = next(cell for cell in notebook.cells if cell.source.startswith("check(fit_line"))
    test.source = "check(fit_line, out_of=300)"
    today = edited(source), edited(release)
    given = with_earlier(*today, [nbformat.writes(release).encode()])
    told = Noted.of(repaired(today[0], given, nbformat.writes(notebook).encode()))
    assert [note for note in told.repaired if "`test-fit_line` had been changed" in note]


@pytest.fixture(scope="module")
def changed(course):
    """Return a class that was marked before the instructor changed the assignment.

    One student was marked again.
    """
    course.hand_in("ada")
    course.hand_in("bob", fit_line=WRONG)
    course.hand_in("cy")
    course.grading("run")
    path = course.root / "solutions" / f"{NAME}.py"
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    course.grading("build")
    return course, course.grading("run", "--student", "ada")


@pytest.mark.long
def test_marks_from_before_a_change_are_out_of_date_until_all_are_marked(changed):
    course, said = changed
    assert f"Out of date: {NAME}: bob, cy." in said
    marks = {name: (row["status"], row["total"], row["max"]) for name, row in course.rows().items()}
    assert marks == {
        "ada": ("graded", "7", "7"),
        "bob": ("out of date", "3", "6"),
        "cy": ("out of date", "6", "6"),
    }
    assert course.rows()["cy"]["look_at"].startswith("Out of date: ")
    assert f"Out of date: {NAME}: bob, cy." in " ".join(told_of(course.root, class_totals(course.root)))
    doubts = doubts_of(course.root, class_totals(course.root))
    assert doubts == dict.fromkeys([("bob", NAME), ("cy", NAME)], Doubt.OUT_OF_DATE)
    course.grading("report")
    page = (course.root / "report.html").read_text(encoding="utf-8")
    assert "Some marks are out of date" in page
    assert "2 submissions of 3" in page
    assert "Out of date" not in course.grading("run")
    assert {row["total"] for row in course.rows().values()} == {"7", "3"}
    assert {row["status"] for row in course.rows().values()} == {"graded"}
    lines = (course.root / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["repaired"] for line in lines] == [[], [], []]


@pytest.mark.long
def test_a_run_without_changes_says_that_immediately(changed):
    course, _ = changed
    first = course.grading("run", "--force").splitlines()
    again = course.grading("run").splitlines()
    assert "The box: " in "".join(first)
    assert "The box: " not in "".join(again)  # no box was tested
    assert "0 were marked now, 3 had not changed" in again[-1]


@pytest.mark.long
def test_a_changed_file_with_the_same_size_and_time_is_noticed(changed):
    course, _ = changed
    notebook = course.root / "submitted" / "cy" / NAME / f"{NAME}.ipynb"
    course.grading("run")
    told, text = notebook.stat(), notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("slope = 2.0", "slope = 3.0"), encoding="utf-8")
    os.utime(notebook, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert "1 was marked now, 2 had not changed" in course.grading("run").splitlines()[-1]


@pytest.mark.long
def test_a_changed_mark_by_hand_is_noticed(changed):
    course, _ = changed
    course.grading("run")
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book, book:
        book.execute("UPDATE grade SET manual_score = 1.5 WHERE auto_score = 4")
    course.grading("run")
    assert {row["test-fit_line"] for row in course.rows().values()} == {"1.5", "0"}


@pytest.mark.long
def test_a_corrected_hint_marks_again_only_students_who_got_it(changed):
    course, _ = changed
    course.grading("run")
    path = course.root / "line_exercises" / "straight_lines" / "mistakes" / "fit_line.py"
    text = path.read_text(encoding="utf-8")
    assert OLD_WORDS in text
    path.write_text(text.replace(OLD_WORDS, NEW_WORDS), encoding="utf-8")
    before = course.rows()
    assert "1 was marked now, 2 had not changed" in course.grading("run").splitlines()[-1]
    assert course.rows() == before
    page = course.root / "feedback" / "bob" / NAME / f"{NAME}.html"
    assert NEW_WORDS in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (
            'def f():\n    """One."""\n    return 1',
            'def f():\n    """Two\n\n    lines."""\n    return 1',
            True,
        ),
        ("x = 1  # one", "# two\n\nx = 1", True),
        ("def f(x): return x + 1", "def f(x): return x + 2", False),
        ("def f(x): return x in {1, 2}", "def f(x): return x in {1, 3}", False),
        ("def f(x): return x in {1, 2}", "def f(x): return x in {2, 1}", True),
        ("def f(x, /): return x", "def f(x): return x", False),
        ("def f(x=1): return x", "def f(x=2): return x", False),
        ("f = lambda: (yield 1)", "f = lambda: (yield 2)", False),
        ("try:\n    f()\nexcept OSError: pass", "try:\n    f()\nexcept ValueError: pass", False),
        ("def f(", "def g(", False),
    ],
)
def test_code_decides_marks_and_docstrings_do_not(tmp_path, before, after, same):
    told = []
    for text in (before, after):
        path = tmp_path / "one.py"
        path.write_text(text, encoding="utf-8")
        told.append(deciding(path))
    assert (told[0] == told[1]) is same
