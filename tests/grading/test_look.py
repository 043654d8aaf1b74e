"""Whom an instructor must look at: each reason has a sentence and what to do.

Without a reason nothing is said.
"""

import pytest

from grading.roster import as_text
from grading.run.look import FIND, OPEN_FILE, TO_DO, WITHOUT_MARKS, _unusual, reasons
from grading.run.records import _told
from grading.status import SubmissionStatus
from grading.submitted.remarks import Oddity

pytestmark = pytest.mark.instructor


def record(status="graded", remarks=(), questions=(), **more):
    told = {"student": "ada", "assignment": "x", "status": status, "why": "", "repaired": []}
    return {**told, "remarks": list(remarks), "questions": dict(questions), **more}


def unread(why=""):
    return {"status": "needs a person", "mark": None, "max": 4, "by_hand": None, "why": why}


READ = unread() | {"by_hand": 3.0}
NOTE = {"kind": "two notebooks", "says": "two notebooks were worked on"}
RECORDS = {
    "all is well": (record(questions={"words": READ}), []),
    "repaired alone": (record("repaired", repaired=["`EM` was there twice"]), []),
    "a download": (record(remarks=[{"kind": "a download", "says": "from Canvas"}]), []),
    "called late": (record(remarks=[{"kind": "late elsewhere", "says": "late"}]), []),
    "as it was released": (record(remarks=[{"kind": "as released", "says": "untouched"}]), ["untouched"]),
    "of another version": (record(remarks=[{"kind": "unheard of", "says": "?"}]), []),
    "an answer": (record(questions={"words": unread()}), ["an answer waits to be read (`words`)"]),
    "two answers": (
        record(questions={"words": unread(), "test-plot": unread(), "more": READ}),
        ["2 answers wait to be read (`words`, `plot`)"],
    ),
    "elsewhere": (
        record(questions={"words": unread("it stands in cell 3")}),
        ["`words`: it stands in cell 3"],
    ),
    "all at once": (
        record(remarks=[NOTE], questions={"a": unread(), "b": unread("it stands in cell 3")}),
        ["`b`: it stands in cell 3", "two notebooks were worked on", "an answer waits to be read (`a`)"],
    ),
    "cannot be read": (
        record("cannot be read", why="it is empty.", questions={"words": unread()}),
        ["cannot be read: it is empty"],
    ),
    "fault of ours": (record("fault of ours", why="no space"), ["fault of ours: no space"]),
    "without a reason": (record("fault of ours"), ["fault of ours"]),
    "another status": (record("done"), ["its results are from another version of the grader"]),
    "another schema": (record(schema=7), ["its results are from another version of the grader"]),
}


@pytest.mark.parametrize("name", RECORDS)
def test_each_reason_has_a_sentence_and_what_to_do(name):
    told, expected = RECORDS[name]
    assert [each.why for each in reasons(told)] == expected
    assert all(each.to_do for each in reasons(told))


def test_whatever_needs_a_person_says_what_to_do():
    assert set(TO_DO) == {kind for kind in Oddity if kind.needs_person}
    assert set(WITHOUT_MARKS) == {status for status in SubmissionStatus if not status.has_marks}


def test_only_an_answer_to_read_is_an_ordinary_reason():
    assert [each.is_reading for each in reasons(RECORDS["all at once"][0])] == [False, False, True]


def test_a_row_says_why_and_what_to_do_or_is_empty():
    assert _told(RECORDS["all is well"][0])["look_at"] == ""
    row = _told(record(remarks=[NOTE], questions={"a": unread()}))
    assert row["look_at"].replace("`", "") == (
        "Two notebooks were worked on. Open both in submitted/; if the other file should count, delete the "
        "one that was marked, then run make grade again. "
        "An answer waits to be read (a). Read it in the formgrader, and give the mark there."
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "＝1"])
def test_no_spreadsheet_runs_what_a_row_says(text):
    row = _told(record(remarks=[NOTE | {"says": text}], repaired=[text]))
    assert row["look_at"].startswith(f"'{text}")
    assert row["repaired"] == as_text(text) == f"'{text}"


@pytest.mark.parametrize(("spot", "to_do"), [({"file": "a.py"}, OPEN_FILE), ({"cell": 3, "below": ""}, FIND)])
def test_an_answer_that_no_page_shows_must_be_opened_in_its_file(spot, to_do):
    question = {"status": "needs a person", "mark": None, "elsewhere": [spot]}
    (reason,) = _unusual({"status": "graded", "questions": {"test-f": question}})
    assert reason.to_do == to_do
