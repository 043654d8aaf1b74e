"""From submitted notebooks to marks, with the real nbgrader."""

import csv
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import Future
from html import unescape

import nbformat
import pytest
from answers import arrays, loops
from conftest import ROOT, copy_course
from nbgrader.api import Gradebook
from nbgrader.utils import notebook_hash
from ours import COURSE, known_in
from submissions.draft import NAME, QUIZ, functions, points

from grading.__main__ import main
from grading.doors.nbgrader_api import load_config, open_api
from grading.run.course import grade_course
from grading.run.pool import Here
from grading.run.records import write_marks

pytestmark = [pytest.mark.instructor, pytest.mark.box]
POINTS = points()
STYLES = (loops, arrays)
WRONG_COVARIANCES = """
def compute_covariances(data, resp, counts, means):
    covs = []
    for k in range(len(counts)):
        d = data - means[k]
        covs.append((resp[:, k, None] * d).T @ d / len(data))
    return covs
"""


def submit(course, student, answers, path=None):
    """Put a released notebook with these answers, by grade_id, into the student's folder."""
    notebook = nbformat.read(COURSE.at(course).assignment(NAME).release, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = answers.get(name, cell.source)
    folder = course / "submitted" / student / NAME
    folder.mkdir(parents=True)
    nbformat.write(notebook, path or folder / f"{NAME}.ipynb")
    return folder


@pytest.fixture(scope="module")
def class_of(tmp_path_factory):
    """Return a class that was graded once: the course folder, results, and rows of marks.csv by student."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    reference = course / "submitted" / "reference" / NAME
    reference.mkdir(parents=True)
    shutil.copy(COURSE.at(course).assignment(NAME).solution, reference)
    submit(course, "untouched", {})
    for module in STYLES:
        student = module.__name__.split(".")[1]
        submit(course, student, functions(module) | QUIZ | {"in-your-own-words": "A share."})
    submit(course, "one-mistake", functions(loops) | QUIZ | {"compute_covariances": WRONG_COVARIANCES})
    submit(course, "syntax", functions(loops) | QUIZ | {"compute_weights": "def compute_weights(counts)\n"})
    submit(course, "renamed", {}, course / "renamed.ipynb")
    (submit(course, "not-json", {}) / f"{NAME}.ipynb").write_text("<html>Sign in</html>")
    results = {each.student: each for each in grade_course([], course, pool=Here())}
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    return course, results, rows


def marks(row):
    return {name: float(row[name]) for name in POINTS}


def test_the_reference_gets_full_marks(class_of):
    row = class_of[2]["reference"]
    assert marks(row) == POINTS
    assert (row["total"], row["max"]) == ("36", "40")


def test_the_untouched_release_gets_nothing(class_of):
    row = class_of[2]["untouched"]
    assert set(marks(row).values()) == {0.0}
    assert row["in-your-own-words"] == "0"
    assert (row["total"], row["max"]) == ("0", "40")


@pytest.mark.parametrize("student", [module.__name__.split(".")[1] for module in STYLES])
def test_correct_code_in_other_styles_gets_full_marks(class_of, student):
    assert marks(class_of[2][student]) == POINTS


def test_an_answer_for_a_person_has_no_mark_yet(class_of):
    assert class_of[2]["loops"]["in-your-own-words"] == ""


def test_a_mistake_costs_its_own_marks(class_of):
    lost = {name for name, mark in marks(class_of[2]["one-mistake"]).items() if mark < POINTS[name]}
    assert lost == {"test-compute_covariances"}  # numbers that are read from the own result keep their marks
    assert class_of[2]["one-mistake"]["test-compute_covariances"] == "0"


def test_a_syntax_error_costs_that_question(class_of):
    row = marks(class_of[2]["syntax"])
    assert row["test-compute_weights"] == 0
    assert all(
        row[f"test-compute_{name}"] == POINTS[f"test-compute_{name}"] for name in ("means", "covariances")
    )


def test_columns_are_the_graded_cells_in_order(class_of):
    header = list(class_of[2]["reference"])
    assert header == [
        "student",
        "assignment",
        "status",
        *POINTS,
        "in-your-own-words",
        "total",
        "max",
        "unread",
        "late_hours",
        "policies",
        "repaired",
        "look_at",
    ]


def test_an_unreadable_submission_is_reported_and_has_no_marks_instead_of_0(class_of):
    _, results, rows = class_of
    assert results["renamed"].why == "the folder is empty"
    assert "it is a web page" in results["not-json"].why
    for student in ("renamed", "not-json"):
        assert rows[student]["status"] == results[student].status == "cannot be read"
        assert rows[student]["total"] == ""
    assert [student for student, each in results.items() if not each.has_marks] == ["renamed", "not-json"]


def test_an_unreadable_submission_waits_for_a_person_in_the_gradebook(class_of):
    with Gradebook(f"sqlite:///{class_of[0]}/gradebook.db") as gradebook:
        submission = gradebook.find_submission_notebook(NAME, NAME, "not-json")
        assert submission.needs_manual_grade
        assert {grade.auto_score for grade in submission.grades} == {None}


def test_feedback_gives_reasons_and_no_answer(class_of):
    text = (class_of[0] / "feedback" / "one-mistake" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "compute_covariances: 0 of 6 marks on the hidden cases" in text
    assert "✗ not yet (0 of 1.5)" in text
    assert "It looks like this: <strong>divided by N</strong>" in text
    known = known_in("gaussian-mixture")["compute_covariances"]
    (hint,) = [each.hint for each in known if each.hint.name == "divided by N"]
    seen = unescape(re.sub("<[^>]*>", "", text)).replace("`", "")
    assert all(rung.replace("`", "") in seen for rung in hint.rungs)
    assert "the result has wrong numbers." in text
    assert "ran on the marking computer, without internet" in text
    assert "cases=hidden" not in seen
    assert "These cases decide the mark." in text
    assert "4.9385" not in text  # an answer of the quiz that this student did not find


def test_nbgraders_own_commands_give_back_our_pages(class_of, tmp_path):
    """These are `generate_feedback` and `release_feedback`, which the formgrader's buttons run."""
    course, secret, student = class_of[0], "5e" * 64, STYLES[0].__name__.split(".")[1]
    pages = pages_of(course)
    for name, text in {"submission_secret.txt": secret, "timestamp.txt": "2026-11-27 09:00:00 UTC"}.items():
        (course / "submitted" / student / NAME / name).write_text(text)
    list(grade_course([], course, pool=Here()))
    (course / "feedback" / student / NAME / f"{NAME}.html").write_text("another page</html>")
    config = load_config(course)
    config.Exchange.root = str(tmp_path)
    for verb in ("generate_feedback", "release_feedback"):
        assert getattr(open_api(config), verb)(NAME)["success"]
    assert pages == pages_of(course)
    (released,) = tmp_path.rglob("*.html")
    assert released.name == f"{notebook_hash(secret=secret, notebook_id=NAME)}.html"
    assert released.read_bytes() == pages[student]


def pages_of(course):
    return {path.parent.parent.name: path.read_bytes() for path in (course / "feedback").rglob("*.html")}


def test_every_student_gets_feedback(class_of):
    course, results, _ = class_of
    assert {path.name for path in (course / "feedback").iterdir()} == set(results)


class Breaking(Here):
    """A pool in which the grader fails for one student."""

    def submit(self, bundle, handed_in):
        if handed_in.student != "ada":
            return super().submit(bundle, handed_in)
        broken = Future()
        broken.set_exception(RuntimeError("our own scorer failed"))
        return broken


def test_an_error_of_the_grader_is_no_zero_stops_nobody_and_is_tried_again(course):
    for student in ("ada", "bob"):
        submit(course, student, {})
    results = {each.student: each for each in grade_course([NAME], course, pool=Breaking())}
    assert (results["ada"].status, results["bob"].status) == ("fault of ours", "graded")
    assert "our own scorer failed" in results["ada"].why
    assert not (course / "feedback" / "ada").exists()
    again = {each.student: each for each in grade_course([NAME], course, pool=Here())}
    assert (again["ada"].status, again["ada"].ran, again["bob"].ran) == ("graded", True, False)


LATE = """
from nbgrader.plugins import BasePlugin
class AllGone(BasePlugin):
    def late_submission_penalty(self, student, score, seconds): return score
c.AssignLatePenalties.plugin_class = AllGone
"""


@pytest.mark.long
def test_nbgraders_commands_and_late_penalties_still_work(course):
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(LATE)
    folder = submit(course, "ada", functions(arrays))
    (folder / "timestamp.txt").write_text("2026-02-02 12:00:00 UTC")
    (folder / f"{NAME}.ipynb").rename(folder / "mine.ipynb")
    path = os.pathsep.join([str(ROOT / ".venv/bin"), os.path.dirname(sys.executable), os.environ["PATH"]])
    for words in (["generate_assignment", NAME, "--force"], ["autograde", NAME], ["generate_feedback", NAME]):
        if words[0] == "autograde":
            with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
                gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 12:00:00 UTC")
        command = [sys.executable, "-m", "nbgrader", *words, "--quiet"]
        done = subprocess.run(
            command, cwd=course, env={**os.environ, "PATH": path}, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        submission = gradebook.find_submission(NAME, "ada")
        assert submission.score == 30
        assert submission.late_submission_penalty == 30
    page = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "0 of 40 marks" in page
    assert "Question by question" in page


SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script><a href='javascript:alert(3)'>x</a>"


def test_nothing_in_a_submission_is_executed_for_its_reader(course):
    shows = f"from IPython.display import HTML, display\ndisplay(HTML({SCRIPT!r}))\nprint({SCRIPT!r})"
    submit(course, "ada", {"compute_means": shows, "in-your-own-words": f"**My answer** {SCRIPT} $x < y$"})
    list(grade_course([NAME], course, pool=Here()))
    page = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "<strong>My answer</strong>" in page
    assert not re.search(r"<img[^>]*onerror|<script>alert|<a[^>]*javascript:", page)
    config = load_config(course)
    assert config.HTMLExporter.filters["markdown2html"] == "grading.pages.safe_html.markdown_to_safe_html"


def run_command(course, *args):
    command = [sys.executable, "-m", "grading", "run", "--course", str(course), *args]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ, cwd=ROOT)


def test_the_command_without_submissions_says_what_to_do(course, capsys):
    assert main(["run", "--course", str(course)]) == 0
    told = capsys.readouterr().out
    assert "nothing to grade: put notebooks into submitted/<student>/<assignment>/" in told
    assert not (course / "marks.csv").exists()


def test_the_command_refuses_an_unknown_assignment(course, capsys):
    assert main(["run", "nothing", "--course", str(course)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Stopped: there is no assignment 'nothing'")
    assert told.count("\n") == 1


@pytest.mark.long
def test_the_command_grades_a_new_submission_again(course):
    submit(course, "ada", {})
    assert (
        "1 submission: 1 has marks, 0 have none. 1 was marked now, 0 had not changed since the run before."
        in run_command(course).stdout
    )
    (course / "submitted" / "ada" / NAME / f"{NAME}.ipynb").unlink()
    (course / "submitted" / "ada" / NAME).rmdir()
    submit(course, "ada", functions(arrays))
    assert "1 submission: 1 has marks, 0 have none. 1 was marked now," in run_command(course, NAME).stdout
    assert only_row(course)["total"] == "30"
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:  # as the formgrader does
        gradebook.find_grade("in-your-own-words", NAME, NAME, "ada").manual_score = 3
        gradebook.db.commit()
    run_command(course)
    row = only_row(course)
    assert (row["in-your-own-words"], row["total"]) == ("3", "33")


def test_marks_of_a_removed_assignment_stay_in_the_table(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.add_assignment("of-last-year")
        gradebook.add_notebook("old", "of-last-year")
        gradebook.add_grade_cell("test-old", "old", "of-last-year", max_score=2, cell_type="code")
        gradebook.add_student("ada")
        gradebook.add_submission("of-last-year", "ada")
        gradebook.find_grade("test-old", "old", "of-last-year", "ada").auto_score = 1.5
        gradebook.db.commit()
        write_marks(gradebook, {}, COURSE.at(course), course)
    row = only_row(course)
    assert (row["assignment"], row["test-old"], row["total"]) == ("of-last-year", "1.5", "1.5")


def only_row(course):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return row
