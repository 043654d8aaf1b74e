"""The class runner continues where it stopped, writes each submission whole, and refuses broken input."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from conftest import ROOT
from ctrl_c import heed_ctrl_c
from nbgrader.api import Gradebook, MissingEntry
from often import often
from ours import COURSE
from submissions.draft import NAME, RIGHT, points, right, short
from tqdm import tqdm

from grading.__main__ import main
from grading.course import find_course
from grading.repair import Unreadable
from grading.report.page import write_report
from grading.run.course import ClassRun, alone, grade_course
from grading.run.gradebook import MarkBook
from grading.run.journal import add_record, read_records
from grading.run.options import Done, Options, Work
from grading.run.pool import Here
from grading.run.progress import name_the_slow
from grading.run.records import waits
from grading.run.rows import Rows
from grading.run.said import summary
from grading.run.unmarked import FILE

pytestmark = [pytest.mark.instructor, pytest.mark.box]
FULL = sum(points().values()) - points().get("in-your-own-words", 0)


def hand_in(course, *students):
    for student in students:
        right().save(course / "submitted" / student / NAME)


def change(course, student):
    """Hand in again, with one wrong answer."""
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    draft = short({**RIGHT, "compute_weights": "def compute_weights(counts):\n    return counts"})
    path.write_text(json.dumps(draft.content))


def run(course, **options):
    return {each.student: each for each in grade_course([NAME], course, pool=Here(), **options)}


def command(course, *options):
    return [sys.executable, "-m", "grading", "run", "--course", str(course), *options]


def rows(folder):
    with (folder / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def ran(results):
    return sorted(student for student, each in results.items() if each.ran)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return a course with two students, graded once."""
    from conftest import copy_course

    course = copy_course(tmp_path_factory.mktemp("graded"))
    hand_in(course, "ada", "bob")
    assert ran(run(course)) == ["ada", "bob"]
    return course


def test_unchanged_submissions_are_not_run_again_unless_forced(graded):
    before = read_records(graded)
    assert ran(run(graded)) == []
    assert read_records(graded) == before
    change(graded, "bob")
    assert ran(run(graded)) == ["bob"]
    assert rows(graded)["bob"]["test-compute_weights"] == "0"
    assert float(rows(graded)["ada"]["total"]) == FULL
    assert ran(run(graded, students=["ada"], force=True)) == ["ada"]
    assert set(rows(graded)) == {"ada", "bob"}


@pytest.mark.long
def test_other_limits_mean_marking_again(graded):
    with (graded / "nbgrader_config.py").open("a") as file:
        file.write("\nc.BoxedExecute.call_seconds = 19\n")
    assert ran(run(graded)) == ["ada", "bob"]


@pytest.mark.long
def test_changing_whether_figures_are_drawn_means_marking_again(graded):
    drawing = RIGHT["compute_weights"] + "\nfrom helpers import plot_data\nax = plot_data([[0, 0], [1, 1]])"
    handed_in = graded / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    handed_in.write_text(json.dumps(short({**RIGHT, "compute_weights": drawing}).content))
    for drawn in (True, False):
        with (graded / "nbgrader_config.py").open("a") as file:
            file.write(f"\nc.BoxedExecute.figures = {drawn}\n")
        assert ran(run(graded)) == ["ada", "bob"]
        made = (graded / "autograded" / "ada" / NAME / f"{NAME}.ipynb").read_text()
        assert ("data:image" in made, "(not drawn)" in made) == (drawn, not drawn)


def test_a_record_has_marks_hints_and_status(graded):
    change(graded, "bob")
    run(graded)
    told = read_records(graded)[NAME, "bob"]
    question = told["questions"]["test-compute_weights"]
    assert (question["mark"], question["max"], question["by_hand"]) == (0, 2, None)
    assert question["hints"] == ["counts returned as they are"]
    assert (told["status"], told["late_hours"], told["repaired"]) == ("graded", 0, [])
    assert told["total"] == FULL - 2
    assert told["seconds"] > 0


def test_marks_by_hand_and_comments_reach_the_feedback_without_another_run(graded):
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as gradebook:  # as the formgrader does
        gradebook.find_grade("in-your-own-words", NAME, NAME, "ada").manual_score = 3
        gradebook.find_comment(
            "in-your-own-words", NAME, NAME, "ada"
        ).manual_comment = "Well said, **Ada**. <script>alert(1)</script>"
        gradebook.db.commit()
    assert ran(run(graded)) == []
    assert rows(graded)["ada"]["in-your-own-words"] == "3"
    assert float(rows(graded)["ada"]["total"]) == FULL + 3
    page = (graded / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "Well said, <strong>Ada</strong>." in page
    assert "<script" not in page
    assert f"{FULL + 3:g} of 40 marks" in page


def test_submissions_and_results_can_be_elsewhere(course, tmp_path):
    elsewhere, out = tmp_path / "handed-in", tmp_path / "results"
    right().save(elsewhere / "ada" / NAME)
    assert ran(run(course, submitted=elsewhere, out=out)) == ["ada"]
    there = {"marks.csv", "results.jsonl", "gradebook.db", "feedback", "autograded"}
    assert there <= {path.name for path in out.iterdir()}
    assert not there & {path.name for path in course.iterdir()}


LATE = """
from nbgrader.plugins import BasePlugin
class Half(BasePlugin):
    def late_submission_penalty(self, student, score, seconds): return score / 2
c.AssignLatePenalties.plugin_class = Half
"""


def test_late_submissions_have_their_hours_and_the_courses_penalty(course):
    hand_in(course, "ada", "bob")
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(LATE)
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 12:00:00 UTC")
    (course / "submitted/ada" / NAME / "timestamp.txt").write_text("2026-01-01 14:30:00 UTC")
    (course / "submitted/bob" / NAME / "timestamp.txt").write_text("2026-01-01 11:30:00 UTC")
    run(course)
    assert [(row["late_hours"], float(row["total"])) for row in rows(course).values()] == [
        ("2.5", FULL / 2),
        ("", FULL),
    ]
    page = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "2 h 30 min late" in page


@pytest.mark.long
def test_a_time_written_for_a_file_of_a_platform_counts_without_another_run(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 12:00:00 UTC")
    right().save(course / "away")
    loose = course / "submitted" / f"ada_LATE_1_2_{NAME}.ipynb"
    loose.parent.mkdir(exist_ok=True)
    (course / "away" / f"{NAME}.ipynb").rename(loose)
    run(course)
    assert rows(course)["ada"]["late_hours"] == ""
    stamp = course / "submitted" / "ada" / NAME / "timestamp.txt"
    stamp.parent.mkdir(parents=True)
    stamp.write_text("2026-01-01 14:30:00 UTC")
    assert ran(run(course)) == []
    assert rows(course)["ada"]["late_hours"] == "2.5"
    assert [each["kind"] for each in read_records(course)[NAME, "ada"]["remarks"]] == ["a download"]


def test_a_reference_below_full_marks_stops_everything(course):
    hand_in(course, "ada")
    path = COURSE.at(course).assignment(NAME).solution
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "compute_weights":
            cell.source = cell.source.replace("return ", "return 2 * ")
    nbformat.write(notebook, path)
    with pytest.raises(
        RuntimeError, match=r"lacks marks in test-compute_weights \(failed.*nothing was graded"
    ):
        run(course)
    assert not (course / "marks.csv").exists()
    assert not (course / "autograded").exists()


def test_a_submission_is_written_completely_or_not_at_all(graded, monkeypatch):
    right().save(graded / "submitted" / "carl" / NAME)

    def breaks(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(MarkBook, "_save_penalty", breaks)
        with pytest.raises(KeyboardInterrupt):
            run(graded)
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as gradebook, pytest.raises(MissingEntry):
        gradebook.find_submission(NAME, "carl")
    assert not (graded / "feedback" / "carl").exists()
    assert ran(run(graded)) == ["carl"]


def test_the_page_of_an_unreadable_submission_is_removed_with_it(graded):
    page = graded / "feedback" / "zed" / NAME / f"{NAME}.html"
    essay = graded / "submitted" / "zed" / NAME / "essay.txt"
    essay.parent.mkdir(parents=True)
    essay.write_text("my essay")
    run(graded)
    assert "there is no notebook in the folder (there is: essay.txt)" in page.read_text(encoding="utf-8")
    essay.unlink()
    essay.parent.rmdir()
    essay.parent.parent.rmdir()
    run(graded)
    assert not page.exists()


def test_an_incomplete_line_affects_no_other_line(tmp_path):
    (tmp_path / "results.jsonl").write_text('{"student": "ada", "assignment": "x", "sta')
    add_record(tmp_path, {"student": "bob", "assignment": "x", "status": "graded"})
    assert list(read_records(tmp_path)) == [("x", "bob")]


def lines(course):
    path = course / "results.jsonl"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def start(course, *options):
    """Start a run in another process."""
    return subprocess.Popen(
        command(course, *options),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=heed_ctrl_c,
    )


def wait_for_a_line(course, process):
    for _ in range(1200):
        if lines(course) or process.poll() is not None:
            return
        time.sleep(0.1)


STUDENTS = ("ada", "bob", "carl", "dora", "emil", "fay")


@pytest.mark.long
def test_a_run_that_was_killed_goes_on_where_it_was(course):
    hand_in(course, *STUDENTS)
    process = start(course, "--jobs", "1")
    wait_for_a_line(course, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = {json.loads(line)["student"]: json.loads(line) for line in lines(course)}
    assert 1 <= len(done) < len(STUDENTS)
    process = start(course, "--jobs", "2")
    wait_for_a_line(course, process)
    said, _ = process.communicate(timeout=900)
    assert (
        f"6 submissions: 6 have marks, 0 have none. {6 - len(done)} were marked now, {len(done)} had not"
        in said
    )
    now = {student: record for (_, student), record in read_records(course).items()}
    assert {student: now[student] for student in done} == done
    assert {float(row["total"]) for row in rows(course).values()} == {FULL}
    assert list(rows(course)) == list(STUDENTS)


WAITS = {"mark": None, "by_hand": None}


@pytest.mark.parametrize(
    ("status", "question", "unread"),
    [
        ("graded", WAITS, True),
        ("repaired", WAITS, True),
        ("graded", WAITS | {"by_hand": 0.0}, False),
        ("graded", {"mark": 0.0}, False),
        ("cannot be read", WAITS, False),  # it has no marks at all, and counts as such
    ],
)
def test_a_record_tells_whether_an_answer_waits_for_a_person(status, question, unread):
    record = {"status": status, "questions": {"test-fit": {"mark": 2.0}, "in-your-own-words": question}}
    assert waits(record) is unread


@pytest.mark.parametrize(
    ("unread", "said"),
    [(0, ". 0 submissions have answers"), (1, ". 1 submission has answers"), (2, ". 2 submissions have")],
)
def test_the_last_line_of_the_command_counts_answers_to_read(unread, said):
    done = {Done.MARKED: 2, Done.UNCHANGED: 2, Done.NOT_MARKED: 1}
    counts = Counter({"repaired": 1, "cannot be read": 1, "graded": 3, "unread": unread} | done)
    told = summary(SimpleNamespace(count=5, out=Path("class")), counts)
    assert told.startswith(
        "5 submissions: 4 have marks, 1 has none. 2 were marked now, 2 had not changed since the run before, "
        "1 could not be marked now. "
    )
    assert said in told
    assert " answers to read. Marks: " in told


def test_the_bar_names_slow_submissions_after_some_time(capsys):
    with tqdm(total=9) as bar:
        name_the_slow(bar, ["ada"], 5.0)
        assert "ada" not in capsys.readouterr().err
        name_the_slow(bar, ["ada", "bob", "cem", "dan", "eve"], 95.0)
    assert "waiting for 2 min: ada, bob, cem and 2 others" in capsys.readouterr().err


def test_an_unreadable_submission_counts_as_not_marked(course):
    run = ClassRun(Options([NAME], course=find_course(course)))
    rows, work = Rows(run.kept, run.received, None), Work(run.course.assignment(NAME), None)
    assert rows.missing("eve", work, Unreadable("there is no notebook")).done is Done.NOT_MARKED


def test_two_runs_do_not_write_to_the_same_folder(graded):
    with alone(graded), pytest.raises(RuntimeError, match="another run is at work in .* --out"):
        run(graded)


@pytest.mark.parametrize(
    "sent",
    often([signal.SIGINT, signal.SIGTERM, signal.SIGHUP]),
    ids=lambda each: each.name,
)
def test_a_run_that_is_stopped_by_a_signal_says_how_far_it_came(course, sent):
    hand_in(course, *STUDENTS)
    process = start(course, "--jobs", "1")
    wait_for_a_line(course, process)
    os.kill(process.pid, sent)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    done, left = list(rows(course)), [each["student"] for each in json.loads((course / FILE).read_text())]
    assert 1 <= len(done) < len(STUDENTS)
    assert sorted(done + left) == list(STUDENTS)
    assert said.rstrip().splitlines()[-1].startswith(f"Stopped. {len(left)} submission")
    assert "Run the same command again: it goes on from here." in said
    page = write_report(course, [NAME]).read_text(encoding="utf-8")
    assert f"gaussian-mixture: {', '.join(left)}." in page
    mine = [line for line in processes() if str(course) in line]
    assert mine == []


def processes():
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout.splitlines()


@pytest.mark.long
def test_the_folder_for_temporary_files_can_have_a_long_path(course):
    folder = course / "/".join(["a-rather-long-name"] * 8)
    folder.mkdir(parents=True)
    env = {**os.environ, "TMPDIR": str(folder)}
    done = subprocess.run(command(course), cwd=ROOT, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--jobs", "-1"], "Stopped: --jobs is -1"),
        (["--submitted", "nowhere"], "Stopped: there is no folder nowhere"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(course, options, sentence, capsys):
    assert main(["run", "--course", str(course), *options]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
