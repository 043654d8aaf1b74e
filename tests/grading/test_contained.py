"""An error with one submission becomes its status. An error that concerns everybody ends the run."""

import csv
import errno
import json
import os

import pytest
from canned import BOOK, Canned, course_with, run
from nbgrader.api import MissingEntry
from sqlalchemy.exc import DataError, OperationalError
from submissions.draft import NAME

from grading.box.process import BoxError
from grading.run import kept
from grading.run.contained import contained
from grading.run.gradebook import MarkBook
from grading.run.journal import read_records
from grading.run.options import Done
from grading.run.pool import Gone
from grading.run.received import Received
from grading.run.schema import is_valid
from grading.run.sound import GradebookError
from grading.run.unmarked import FILE as UNMARKED
from grading.status import SubmissionStatus
from grading.submitted.times import HandedInTime

pytestmark = [pytest.mark.instructor, pytest.mark.box]


def raising(error):
    def step():
        raise error

    return step


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            ValueError("it does not\nfit"),
            "grader failed at what 'bob' handed in (ValueError: it does not fit)",
        ),
        (MemoryError(), "the grader failed at what 'bob' handed in (MemoryError)"),
        (RecursionError("deep"), "(RecursionError: deep)"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), r"'\ud800'"),
        (
            OSError(errno.ENAMETOOLONG, "Too long", "/x/feedback/bob/n/p.html"),
            "'feedback/bob/n/p.html', a file of",
        ),
        (
            OSError(errno.EISDIR, "A folder", "/x/bob/p.html.part"),
            "'x/bob/p.html', a file of 'bob', cannot be",
        ),
        (
            PermissionError(errno.EACCES, "Denied", "p.html"),
            "'p.html', a file of 'bob', cannot be read or written",
        ),
        (TimeoutError("no answer"), "(TimeoutError: no answer)"),
        (MissingEntry("No such submission"), "No such submission"),
        (KeyError("questions"), "KeyError"),
    ],
)
def test_an_error_with_one_submission_becomes_a_sentence(error, says):
    assert says in contained("bob", raising(error), str)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device", "/x/feedback/bob/p.html"),
        OSError(errno.EROFS, "Read-only file system"),
        OSError(errno.EMFILE, "Too many open files"),
        BoxError("there is no box here"),
        Gone("no worker is left"),
        GradebookError("the gradebook cannot be used"),
        KeyboardInterrupt(),
    ],
)
def test_an_error_that_concerns_everybody_is_raised(error):
    with pytest.raises(type(error)):
        contained("bob", raising(error), str)


def test_a_result_without_an_error_is_returned():
    assert contained("bob", lambda: 3, str) == 3


FAULTS = {
    "reading": "(ZeroDivisionError: division by zero)",
    "memory": "(MemoryError)",
    "digest": "(RecursionError: deep)",
    "record": "this is no line of results.jsonl: questions.q.status",
    "page": "'feedback/page/gaussian-mixture', a file of 'page', cannot be read or written (Not a directory)",
    "notebook": "a file of 'notebook', cannot be read or written (Is a directory)",
    "surrogate": "(UnicodeEncodeError: ",
}
GOOD = ("ada", "zoe")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return course_with(tmp_path_factory.mktemp("contained"), *GOOD, *FAULTS)


@pytest.fixture(scope="module")
def results(course):
    """Return how each submission went in a class where each kind of error happens for one student."""
    (course / "feedback").mkdir()
    (course / "feedback" / "page").write_text("a file in a folder's place")
    (course / "autograded" / "notebook" / NAME / BOOK).mkdir(parents=True)
    strange = {"questions": {"q": {"status": "nonsense", "mark": 1, "max": 1}}}
    with pytest.MonkeyPatch.context() as patch:
        read, save = Received.read, MarkBook.save

        def reads(self, student, assignment):
            faults = {"reading": lambda: 1 / 0, "memory": raising(MemoryError())}
            faults.get(student, bool)()
            found = read(self, student, assignment)
            if student == "digest":
                object.__setattr__(found, "key", lambda bundle: raising(RecursionError("deep"))())
            return found

        def saves(self, assignment, student, graded, time: HandedInTime):
            save(self, assignment, "\ud800" if student == "surrogate" else student, graded, time)

        patch.setattr(Received, "read", reads)
        patch.setattr(MarkBook, "save", saves)
        _, found = run(course, Canned(record=strange))
    return found


@pytest.mark.parametrize("student", FAULTS)
def test_each_error_is_the_status_of_that_student(course, results, student):
    record = read_records(course)[NAME, student]
    assert record["status"] == results[student].status == SubmissionStatus.OUR_FAULT
    assert FAULTS[student] in record["why"] == results[student].why
    assert f"'{student}'" in record["why"]
    assert is_valid(record)


def test_all_others_are_marked_and_everybody_has_a_row(course, results):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(results) == {*GOOD, *FAULTS}
    assert {rows[student]["status"] for student in GOOD} == {"graded"}
    assert all(float(rows[student]["total"]) > 30 for student in GOOD)
    assert "Run `make grade` again".replace("`", "") in rows["record"]["look_at"]


def test_the_list_of_unmarked_work_is_not_written(course, results):
    assert not (course / UNMARKED).exists()


def test_the_next_run_marks_them_again_once_the_fault_is_gone(course, results):
    (course / "feedback" / "page").unlink()
    (course / "autograded" / "notebook" / NAME / BOOK).rmdir()
    pool = Canned()
    _, found = run(course, pool)
    assert sorted(pool.marked) == sorted(FAULTS)
    assert {each.status for each in found.values()} == {SubmissionStatus.GRADED}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_ends_the_run(course, results, monkeypatch, number):
    full = raising(OSError(number, os.strerror(number), "p.html"))
    monkeypatch.setattr(kept, "replace_file", lambda path, text: full())
    with pytest.raises(OSError, match=os.strerror(number)):
        run(course, students=["ada"], force=True)


def test_a_folder_of_results_that_cannot_be_written_ends_the_run(course, results, monkeypatch):
    monkeypatch.setattr(kept.os, "access", lambda path, how: "feedback" not in str(path))
    with pytest.raises(PermissionError, match="nothing can be written into .*feedback: change"):
        run(course)


def test_a_gradebook_that_fails_ends_the_run_and_an_odd_value_does_not(course, results, monkeypatch):
    monkeypatch.setattr(MarkBook, "_save_penalty", lambda *_: raising(DataError("", {}, Exception("odd")))())
    ada = run(course, students=["ada"], force=True)[1]["ada"]  # the earlier marks stay
    assert (ada.status, ada.done) == (SubmissionStatus.GRADED, Done.NOT_MARKED)
    assert ada.kept.startswith("the grader failed in this run (the grader failed at what 'ada' handed in (")
    full = OperationalError("", {}, Exception("database or disk is full"))
    monkeypatch.setattr(MarkBook, "_save_penalty", lambda *_: raising(full)())
    with pytest.raises(GradebookError, match="cannot be used .database or disk is full"):
        run(course, students=["ada"], force=True)


def test_no_line_of_a_run_is_invalid(course, results):
    lines = (course / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(is_valid(json.loads(line)) for line in lines)


def test_reader_processes_end_with_the_run(tmp_path):
    made, _ = run(course_with(tmp_path, "ada"))
    assert made.received.inbox._reader._other is None
    assert made.received.inbox.releases._reader._other is None
    assert made.received.read("ada", NAME).student == "ada"
