"""Marks of an earlier run remain if the files in submitted/ can no longer be read, or not be marked again."""

import csv
import json
import os
import shutil
from collections import Counter

import pytest
from canned import BOOK, ONCE, WORDS, Canned, marked_by_hand, run
from nbgrader.api import Gradebook
from often import often
from submissions.draft import NAME

from grading.doors.export import class_totals
from grading.doors.told import told_of
from grading.report.page import write_report
from grading.run.journal import read_records
from grading.run.options import Done
from grading.run.said import at_the_end
from grading.run.unmarked import read_unmarked
from grading.status import SubmissionStatus
from grading.submitted.remarks import Oddity

pytestmark = [pytest.mark.instructor, pytest.mark.box]
COMMENT = "Well said."
SAYS = "what lies in submitted/ now cannot be read ({}); the marks are those of an earlier run"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a class of Ada, with a mark and a comment by hand, and Bob."""
    return marked_by_hand(tmp_path_factory.mktemp("standing"), "ada", "bob", comment=COMMENT)


@pytest.fixture
def course(marked, tmp_path):
    """Return a copy of that class."""
    return shutil.copytree(marked, tmp_path / "course")


@pytest.fixture
def lock(monkeypatch):
    """Return two functions: one lets nobody open a student's folder, the other one allows it again."""
    locked, opened = set(), os.open

    def open_if_allowed(path, flags, *more, dir_fd=None):
        if path in locked and dir_fd is not None:
            raise PermissionError(13, "Permission denied", path)
        return opened(path, flags, *more, dir_fd=dir_fd)

    monkeypatch.setattr("grading.submitted.files.os.open", open_if_allowed)
    return locked.add, locked.discard


def row_of(course, student):
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        return next((row for row in csv.DictReader(file) if row["student"] == student), None)


def lines(ran, found=()):
    counts = Counter(each for result in found for each in (result.status, result.done))
    return at_the_end(ran, counts)


def record(course, student="ada"):
    return read_records(course)[NAME, student]


def given(told):
    """Return the parts of a record that must never be lost."""
    names = ("status", "why", "key", "questions", "total", "max", "comments", "repaired")
    return {name: told[name] for name in names}


def pipe(folder):
    (folder / BOOK).unlink()
    os.mkfifo(folder / BOOK)


def link(folder):
    (folder / BOOK).unlink()
    (folder / BOOK).symlink_to("/etc/passwd")


BROKEN = {
    "a pipe": (pipe, "is a named pipe"),
    "a link": (link, "is a symbolic link"),
    "an empty folder": (lambda folder: (folder / BOOK).unlink(), "the folder is empty"),
}


@pytest.mark.parametrize("kind", often(["locked", *BROKEN], 2))
def test_marks_remain_everywhere_if_a_submission_can_no_longer_be_read(course, lock, kind):
    before, row = record(course), row_of(course, "ada")
    page = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_bytes()
    break_it, why = BROKEN.get(kind, (lambda folder: lock[0]("ada"), "you may not read submitted/ada"))
    break_it(course / "submitted" / "ada" / NAME)
    pool = Canned()
    ran, found = run(course, pool)
    assert pool.marked == []
    assert given(record(course)) == given(before)
    assert record(course)["questions"][WORDS]["by_hand"] == 3
    assert record(course)["comments"] == {WORDS: COMMENT}
    (remark,) = [each for each in record(course)["remarks"] if each["kind"] == Oddity.UNREADABLE_NOW]
    assert why in remark["says"]
    assert {**row_of(course, "ada"), "look_at": ""} == {**row, "look_at": ""}
    assert remark["says"][1:] in row_of(course, "ada")["look_at"]
    assert (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_bytes() == page
    assert str(found["ada"]) == f"ada: {NAME}: {remark['says']}"
    assert (found["ada"].done, found["bob"].done) == (Done.NOT_MARKED, Done.UNCHANGED)
    assert "those of an earlier run" in write_report(course, [NAME]).read_text(encoding="utf-8")
    why = "because the work that is in submitted/ now cannot"
    told = f"Look at this: {NAME}: 1 total is from an earlier run, {why}"
    assert [each for each in told_of(course, class_totals(course)) if each.startswith(told)]
    assert "2 submissions: 2 have marks, 0 have none. 0 were marked now" in lines(ran, found.values())[-1]
    assert lines(ran)[-1].count("Not understood") == 0
    assert read_unmarked(course, read_records(course)) == []


def test_the_remark_goes_when_the_submission_can_be_read_again(course, lock):
    before = record(course)
    lock[0]("ada")
    run(course)
    run(course)
    assert [each["kind"] for each in record(course)["remarks"]].count(Oddity.UNREADABLE_NOW) == 1
    assert record(course)["mend"] == "run `chmod -R u+rX submitted/ada`"
    lock[1]("ada")
    _, found = run(course)
    assert found["ada"].done is Done.UNCHANGED
    assert record(course) == before


def test_a_mark_given_meanwhile_is_counted(course, lock):
    lock[0]("ada")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.find_grade(WORDS, NAME, NAME, "ada").manual_score = 2
        book.db.commit()
    run(course)
    assert record(course)["questions"][WORDS]["by_hand"] == 2
    assert record(course)["total"] == float(row_of(course, "ada")["total"])


@pytest.mark.parametrize("status", often([SubmissionStatus.UNREADABLE, SubmissionStatus.OUR_FAULT]))
def test_marks_remain_if_a_submission_cannot_be_marked_again(course, status):
    before, row = record(course), row_of(course, "ada")
    nothing = {"status": status, "why": "it is nothing", "notebook": "", "questions": {}}
    _, found = run(course, Canned(ada=nothing), force=True)
    assert given(record(course)) == given(before)
    assert {**row_of(course, "ada"), "look_at": ""} == {**row, "look_at": ""}
    assert "the marks are those of an earlier run" in row_of(course, "ada")["look_at"]
    assert "(it is nothing)" in found["ada"].kept
    pool = Canned()
    run(course, pool)
    assert pool.marked == (["ada"] if status is SubmissionStatus.OUR_FAULT else [])
    assert given(record(course)) == given(before)


def test_marks_remain_if_a_page_cannot_be_written(course, monkeypatch):
    before = record(course)
    shutil.rmtree(course / "feedback" / "ada")
    (course / "feedback" / "ada").write_text("in the way")
    _, found = run(course)
    assert given(record(course)) == given(before)
    assert found["ada"].kept.startswith("the grader failed in this run (")
    told = told_of(course, class_totals(course))
    assert [each for each in told if "because the grader failed in the last run: ada." in each]


def test_an_unreadable_submission_without_earlier_marks_has_none(course, lock):
    shutil.copytree(course / "submitted" / "bob", course / "submitted" / "eve")
    lock[0]("eve")
    ran, found = run(course)
    assert record(course, "eve")["status"] == "cannot be read"
    assert str(found["eve"]).endswith(
        "cannot be read: you may not read submitted/eve. Run `chmod -R u+rX submitted/eve`"
    )
    look_at = row_of(course, "eve")["look_at"]
    assert look_at.startswith(
        "Cannot be read: you may not read submitted/eve. Run chmod -R u+rX submitted/eve"
    )
    assert ran.received.not_understood == []
    page = (course / "feedback" / "eve" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "The problem is on the marking computer. You do not need to do anything." in page
    assert "No marks yet" in page
    assert "What to do" not in page
    assert "chmod" not in page


def test_marks_by_hand_are_kept_if_the_gradebook_is_lost_while_a_folder_is_locked(course, lock):
    lock[0]("ada")
    run(course)
    (course / "gradebook.db").unlink()
    ran, _ = run(course)
    sentence = "not marked, because their files in submitted/ cannot be read: ada. results.jsonl has their"
    assert [each for each in ran.said if sentence in each]
    assert record(course)["questions"][WORDS]["by_hand"] == 3
    lock[1]("ada")
    ran, _ = run(course, students=["ada"])
    assert [
        each for each in ran.said if "marks by hand and comments were lost with the gradebook: ada." in each
    ]
    kept = [json.loads(line) for line in (course / "results.before1.jsonl").read_text().splitlines()]
    (ada,) = [each for each in kept if each["student"] == "ada"]
    assert (ada["questions"][WORDS]["by_hand"], ada["comments"]) == (3, {WORDS: COMMENT})


def test_marked_students_whose_files_are_gone_are_named(course):
    shutil.rmtree(course / "submitted" / "ada")
    ran, _ = run(course)
    assert "In marks.csv, but no longer in submitted/: ada." in lines(ran)
    assert row_of(course, "ada")["total"]
    (course / "gradebook.db").unlink()
    ran, _ = run(course)
    sentence = (
        "lost with the gradebook, and not marked, because they have no file in submitted/: ada. "
        "results.jsonl has their last marks: keep a copy of it, or put their files back"
    )
    assert sentence in ran.said
    assert record(course)["questions"][WORDS]["by_hand"] == 3
    assert not [each for each in ran.said if "`make grade` marks all" in each]
    assert "In marks.csv, but" not in "".join(lines(run(course, students=["bob"])[0]))


@pytest.mark.parametrize("in_book", [True, False])
def test_a_row_of_a_file_that_was_no_notebook_goes_with_the_file(course, in_book):
    (result,) = ONCE.values()
    none = {name: {**each, "mark": None} for name, each in result.questions.items()}
    unread = {"status": SubmissionStatus.UNREADABLE, "why": "it is a web page", "questions": none}
    shutil.copytree(course / "submitted" / "bob", course / "submitted" / "eve")
    run(course, Canned(eve=unread if in_book else {**unread, "notebook": ""}))
    assert record(course, "eve")["key"]
    shutil.rmtree(course / "submitted" / "eve")
    ran, _ = run(course)
    assert (NAME, "eve") not in read_records(course)
    assert row_of(course, "eve") is None
    assert not (course / "feedback" / "eve" / NAME / f"{NAME}.html").exists()
    assert "no longer in submitted/" not in "".join(lines(ran))
    assert given(record(course))["total"] == float(row_of(course, "ada")["total"])


def test_the_run_says_that_the_box_is_enough_and_ends_with_a_plain_line(course):
    ran, found = run(course)
    ran.in_force = "memory is added up (no control group could be had)"
    *others, last = lines(ran, found.values())
    assert (
        "The box: memory is added up (no control group could be had). This is enough; you need do nothing."
    ) in others
    same = "0 were marked now, 2 had not changed since the run before. "
    assert last.startswith(f"2 submissions: 2 have marks, 0 have none. {same}")
