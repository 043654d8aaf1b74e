"""A run names what it leaves to a person: submissions without marks, answers to read, limits, odd cases."""

import pytest

from grading.run.needs_person import FORMGRADER, MOST_NAMED, NOTHING_TO_DO, needs_person

pytestmark = pytest.mark.instructor
A, B = "gaussian-mixture", "image-clusters"


def record(status="graded", mark=None, by_hand=None, limit="", **more):
    """Return a line of results.jsonl with one question in code, and one that a person reads."""
    written = {"status": "needs a person", "mark": mark, "max": 4.0, "by_hand": by_hand, "why": ""}
    code = {"status": limit or "passed", "mark": 1.0, "max": 1.0, "by_hand": None, "why": ""}
    asked = {"test-EM": code, "words": written} if status not in ("cannot be read", "fault of ours") else {}
    return {"schema": 1, "status": status, "questions": asked, "remarks": [], **more}


def said(**by_student):
    records = {(A, student): each for student, each in by_student.items()}
    return needs_person(records, list(records))


def test_nothing_is_said_where_nobody_is_needed():
    assert said(ada=record(by_hand=3.0)) == []


def test_each_kind_is_one_line_with_names():
    lines = said(
        ada=record(),
        bob=record("cannot be read"),
        cyd=record("fault of ours"),
        dee=record("limit hit", by_hand=1.0, limit="time limit"),
        eve=record(by_hand=0.0, remarks=[{"kind": "two notebooks", "says": "two were worked on"}]),
    )
    assert lines == [
        f"No marks: {A}: bob, cyd. `marks.csv` says why, and what to do.",
        f"To read: {A}: 1 answer of ada. {FORMGRADER}",
        f"Limits hit: {A}: dee (`EM`: time limit). {NOTHING_TO_DO}",
        f"To look at: {A}: eve. `make report` says why, and what to do.",
    ]


def test_answers_of_all_assignments_are_in_one_line():
    records = {(A, "ada"): record(), (A, "bob"): record(), (B, "ada"): record(by_hand=None)}
    (line,) = needs_person(records, list(records))
    assert line == f"To read: {A}: 2 answers of ada, bob; {B}: 1 answer of ada. {FORMGRADER}"


def test_of_many_names_only_the_first_are_shown():
    (line,) = said(**{f"s{n:02}": record() for n in range(MOST_NAMED + 3)})
    assert f"{MOST_NAMED + 3} answers of s00, " in line
    assert "s07 and 3 others." in line


def test_only_the_requested_students_are_named_and_no_lines_of_another_version():
    records = {(A, "ada"): record(), (A, "bob"): record(), (A, "cyd"): record(schema=99)}
    (line,) = needs_person(records, [(A, "ada"), (A, "cyd"), (A, "nobody")])
    assert "1 answer of ada." in line
