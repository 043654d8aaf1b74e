"""One class, marked through the box: everything that can be in submitted/, and ordinary work beside it."""

import contextlib
import csv
import gzip
import io
import json
import os
import shutil
from concurrent.futures import Future
from functools import partial
from html import unescape

import pytest
from conftest import copy_course
from nbgrader.api import Gradebook
from submissions.draft import NAME, points
from test_submitted import BOOK, MORE, UNTOUCHED, WORK, a_socket, put, to, zipped

from grading.__main__ import main
from grading.course import find_course
from grading.doors.nbgrader_api import load_config, open_api
from grading.report.page import write_report
from grading.run.bundle import Bundle
from grading.run.course import ClassRun
from grading.run.journal import read_records
from grading.run.options import Options
from grading.run.pool import Here, mark_all
from grading.run.task import Graded
from grading.run.unclaimed import read_unclaimed

pytestmark = [pytest.mark.instructor, pytest.mark.box]
FULL = sum(points().values()) - points().get("in-your-own-words", 0)
STAMP = f"{NAME}/timestamp.txt"
LATE = """
from nbgrader.plugins import BasePlugin
class Half(BasePlugin):
    def late_submission_penalty(self, student, score, seconds): return score / 2
c.AssignLatePenalties.plugin_class = Half
"""
NESTED = WORK[:-1] + b', "k": [' + b"[[[[[[]]]]]]," * 1_600_000 + b"0]}"  # 20 MB become 850 MB of lists
PACKED = gzip.compress(NESTED)
# Each of these cells resembles each of the assignment's cells a little.
MANY = [{"cell_type": "markdown", "metadata": {}, "source": "ab " * 1_700 + str(n)} for n in range(1_900)]
SIMILAR = json.dumps({**json.loads(WORK), "cells": MANY}).encode()
CLASS = {
    f"ada/{NAME}/{BOOK}": WORK,
    f"late/{NAME}/{BOOK}": WORK,
    f"late/{STAMP}": "2026-01-02 12:00:00 UTC",
    f"words/{NAME}/{BOOK}": WORK,
    f"words/{STAMP}": "sorry, I was ill\x1b[31m",
    f"zone/{NAME}/{BOOK}": WORK,
    f"zone/{STAMP}": "2026-01-02 12:00:00 EDT",
    f"piped/{NAME}/{BOOK}": WORK,
    f"piped/{STAMP}": os.mkfifo,
    f"linked/{NAME}/{BOOK}": to(f"../../ada/{NAME}/{BOOK}"),
    "whole": to("ada"),
    f"pipe/{NAME}/{BOOK}": os.mkfifo,
    f"socket/{NAME}/{BOOK}": a_socket,
    "odd\x1b[31m\n/" + f"{NAME}/{BOOK}": WORK,
    "fay.zip": zipped({f"{NAME}/{BOOK}": WORK}),
    "bomb.zip": zipped({BOOK: bytes(101_000_000)}),
    f"copied/{NAME}/{BOOK}": UNTOUCHED,
    f"copied/{NAME}/{NAME}-Copy1.ipynb": MORE,
    f"doejane_1_2_{BOOK}": MORE,
    "essay/essay.pdf": "%PDF",
    f"nested/{NAME}/{BOOK}": NESTED,
    f"packed/{NAME}/{BOOK}": PACKED,
    f"similar/{NAME}/{BOOK}": SIMILAR,
    f"Jose\u0301/Gaussian Mixture/{BOOK}": WORK,
    "README.md": "whose is this?",
}
COSTLY = {"nested": "500 MB of memory", "packed": "500 MB of memory", "similar": "5 seconds of a processor"}
UNREAD = {"linked", "whole", "pipe", "socket", "bomb", "essay", *COSTLY}
MARKED = {"ada", "late", "words", "zone", "piped", r"odd\x1b[31m\x0a", "fay", "copied", "doejane", "José"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course with that class, marked once. The due date was before two of them handed in."""
    made = copy_course(tmp_path_factory.mktemp("hostile"))
    put(made / "submitted", CLASS)
    (made / "students.csv").write_text("student\nJosé\nada\n", encoding="utf-8")
    with (made / "nbgrader_config.py").open("a") as file:
        file.write(LATE)
    with Gradebook(f"sqlite:///{made}/gradebook.db") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 12:00:00 UTC")
    return made


@pytest.fixture(scope="module")
def said(course):
    """Return the output of the command in its only run."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        ended = main(["run", NAME, "--course", str(course)])
    assert ended == 0, told.getvalue()
    return told.getvalue()


@pytest.fixture
def rows(course, said):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_everybody_has_a_row_and_all_that_can_be_read_has_its_marks(rows):
    assert set(rows) == MARKED | UNREAD
    assert {name for name, row in rows.items() if row["status"] == "cannot be read"} == UNREAD
    assert {name: float(rows[name]["total"]) for name in MARKED - {"late"}} == dict.fromkeys(
        MARKED - {"late"}, FULL
    )
    assert rows["ada"]["status"] == "graded"
    assert rows["ada"]["repaired"] == ""


def test_changes_by_a_learning_platform_are_not_called_repairs(rows):
    assert (rows["doejane"]["status"], rows["doejane"]["repaired"]) == ("graded", "")


@pytest.mark.parametrize("student", sorted(UNREAD))
def test_unreadable_submissions_have_a_page_that_says_why_and_what_to_do(course, said, student):
    page = (course / "feedback" / student / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    why = read_records(course)[NAME, student]["why"]
    assert f"This submission cannot be read: {why}.</strong>" in unescape(page)
    assert "No marks yet, of 40" in page
    assert "Open it in Jupyter, save it, and hand in that file" in page


def test_marks_csv_says_whom_to_look_at_and_what_to_do(rows):
    assert rows["essay"]["look_at"].startswith("Cannot be read: there is no notebook")
    assert "Open what lies in submitted/" in rows["essay"]["look_at"]
    assert rows["zone"]["look_at"].startswith("The time zone 'EDT' in timestamp.txt is not known")
    assert "Write when it was handed in into timestamp.txt, then run make grade" in rows["zone"]["look_at"]
    assert rows["ada"]["look_at"].startswith("An answer waits to be read (in-your-own-words)")
    assert (rows["ada"]["unread"], rows["essay"]["unread"]) == ("1", "")


def test_an_unreadable_time_costs_nothing_and_is_reported(rows):
    assert (float(rows["late"]["total"]), rows["late"]["late_hours"]) == (FULL / 2, "24")
    for student, sentence in {
        "words": r"timestamp.txt holds no time ('sorry, I was ill\x1b[31m')",
        "zone": "the time zone 'EDT' in timestamp.txt is not known",
        "piped": "timestamp.txt is a named pipe",
    }.items():
        assert rows[student]["repaired"].startswith(sentence)
        assert (rows[student]["status"], rows[student]["late_hours"]) == ("repaired", "")


def test_the_command_names_what_it_did_not_understand_and_counts_it(said):
    assert (
        "linked: gaussian-mixture: cannot be read: 'gaussian-mixture.ipynb' is a symbolic link to what 'ada'"
        in said
    )
    assert "Not understood: README.md: its name does not say which student handed it in." in said
    assert said.rstrip().splitlines()[-1].endswith("files and folders, named above.")
    assert f": {len(MARKED)} have marks, " in said
    assert f", {len(UNREAD)} have none. {len(MARKED)} were marked now, " in said
    assert "\x1b[31m" not in said


def test_the_records_give_the_reason_and_its_kind(course, said):
    records = {student: record for (_, student), record in read_records(course).items()}
    assert "is a symbolic link to what 'ada' handed in" in records["whole"]["why"]
    assert "has more than 100 MB" in records["bomb"]["why"]
    assert [each["kind"] for each in records["zone"]["remarks"]] == ["unknown zone"]
    assert [each["kind"] for each in records["copied"]["remarks"]] == ["another name", "a worked copy"]


@pytest.mark.parametrize("student", COSTLY)
def test_a_submission_that_costs_too_much_to_read_affects_only_its_own_row(course, said, rows, student):
    says = f"to read it takes more than {COSTLY[student]}. It is far too large for a notebook: in Jupyter"
    assert says in read_records(course)[NAME, student]["why"]
    assert f"Cannot be read: {says}" in rows[student]["look_at"]
    assert f"{student}: {NAME}: cannot be read: {says}" in said


def test_the_report_names_whom_to_look_at_and_unknown_files(course, said):
    page = write_report(course, [NAME]).read_text(encoding="utf-8")
    assert "<code>README.md</code>" in page
    assert "The time zone" in page
    assert "\x1b" not in page
    assert "doejane_1_2" not in page
    assert "README.md" in [each.path for each in read_unclaimed(course)[0]]


def test_a_name_in_another_form_of_unicode_can_be_exported(course, said, rows):
    students = "".join(f"{name}\n" for name in rows)
    (course / "students.csv").write_text(f"student\n{students}", encoding="utf-8")
    assert main(["export", "--moodle", "--anyway", "--course", str(course)]) == 0
    assert f"José,{FULL:g}" in (course / f"moodle-{NAME}.csv").read_text(encoding="utf-8")


def test_nothing_is_added_to_what_students_handed_in(course, said):
    files = {path.name for path in (course / "submitted").iterdir()}
    assert files == {name.split("/")[0] for name in CLASS}


@pytest.mark.long
def test_a_time_that_was_corrected_counts_on_the_next_run(course, said):
    (course / "submitted" / "zone" / STAMP).write_text("2026-01-02 12:00:00 UTC")
    (course / "submitted" / "late" / STAMP).write_text("2026-01-01 11:00:00 UTC")
    assert main(["run", NAME, "--course", str(course), "--student", "zone", "--student", "late"]) == 0
    records = {student: record for (_, student), record in read_records(course).items()}
    assert (records["zone"]["late_hours"], records["late"]["late_hours"]) == (24, 0)
    assert records["late"]["total"] == FULL


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["run", NAME, "--student", "adda"], "there is no student 'adda'; there are: ada, "),
        (
            ["run", "gausian-mixture"],
            "there is no assignment 'gausian-mixture'; there are: gaussian-mixture, ",
        ),
        (["report", "gausian-mixture"], "results.jsonl; there are: gaussian-mixture."),
        (["build", "gausian-mixture"], "there are: gaussian-mixture, "),
        (["export", "--canvas", "--column", "gausian-mixture=1"], "there are: gaussian-mixture."),
        (["export", "--canvas", "--leave-out", "adda"], "there is no student 'adda'; there are: ada, "),
    ],
)
def test_a_mistyped_name_is_answered_with_the_known_ones(course, said, command, sentence, capsys):
    assert main([*command, "--course", str(course)]) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.long
def test_nbgraders_own_commands_treat_these_files_as_hostile_too(course, said, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(course, own, ignore=shutil.ignore_patterns("submitted", "autograded", "feedback", ".g*"))
    students = ("ada", "words", "piped", "linked", "copied")
    put(own / "submitted", {name: data for name, data in CLASS.items() if name.split("/")[0] in students})
    (own / "submitted" / "ada" / NAME / "secret.txt").symlink_to("/etc/passwd")
    os.mkfifo(own / "submitted" / "ada" / NAME / "pipe")
    config = load_config(own)
    config.CourseDirectory.root = str(own)
    api = open_api(config)
    for student in students:
        told = api.autograde(NAME, student)
        assert told["success"], told
    scores = {student: api.get_submission(NAME, student)["score"] for student in students}
    assert scores == {"ada": FULL, "words": FULL, "piped": FULL, "linked": 0, "copied": FULL}
    assert {path.name for path in (own / "autograded" / "ada" / NAME).iterdir()} == {BOOK}
    graded = json.loads((own / "autograded" / "linked" / NAME / BOOK).read_text(encoding="utf-8"))
    assert "is a symbolic link" in graded["metadata"]["grading"]["unreadable"]


def test_a_file_that_disappears_during_marking_still_has_a_row(course, said, tmp_path):
    """The pool removes the second student's file while the first one is marked."""

    class Thief(Here):
        def submit(self, bundle, handed_in):
            if handed_in.student == "ada":
                (tmp_path / "in" / "bob" / NAME / BOOK).unlink(missing_ok=True)
            return finished(Graded(handed_in.key(bundle), "graded"))

    put(tmp_path / "in", {f"{name}/{NAME}/{BOOK}": WORK for name in ("ada", "bob", "cy", "dee", "eve")})
    run = ClassRun(Options([NAME], find_course(course), tmp_path / "in", tmp_path / "out", pool=Thief()))
    run.received.gone.clear()
    read = partial(run.received.read_again, assignment=NAME)
    bundle = Bundle(NAME, b"", b"", {})
    done = [each.student for each, _ in mark_all(Thief(), bundle, ["ada", "cy", "dee", "bob", "eve"], read)]
    assert sorted(done) == ["ada", "cy", "dee", "eve"]
    assert "it is not there any more" in str(run.received.gone[NAME, "bob"])


def finished(graded):
    future = Future()
    future.set_result(graded)
    return future


def test_a_students_csv_that_cannot_be_read_stops_nobody(course, said, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(course, own, ignore=shutil.ignore_patterns("submitted", "autograded", "feedback", ".g*"))
    (own / "students.csv").write_text("Name;Section\nBob;1\n", encoding="utf-8")
    put(own / "submitted", {f"bob/{NAME}/{BOOK}": WORK})
    received = ClassRun(Options([NAME], find_course(own))).received
    assert received.students(NAME) == ["bob"]
    assert received.warning.startswith("students are called as their folders are, because students.csv has")


def test_rows_of_deleted_submissions_are_removed(course, said, tmp_path):
    run = ClassRun(Options([NAME], find_course(course), out=tmp_path))
    gone = {"student": "zoe", "assignment": NAME, "status": "cannot be read", "why": "it is a pipe"}
    run.kept.records = {
        (NAME, "zoe"): gone,
        (NAME, "old"): {**gone, "total": 0.0, "questions": {}, "key": "marked by hand"},
        (NAME, "text"): {**gone, "key": "of a file that is no JSON"},
        (NAME, "pipe"): gone,
    }
    run._forget_rows()
    assert {student for _, student in run.records} == {"old", "pipe"}
