"""`python -m grading doctor` reports what is lost or broken among the results, and repairs it."""

import datetime
import json
import shutil
import sqlite3
import subprocess
import sys

import pytest
from canned import WORDS, Canned, course_with, marked_by_hand, run
from nbgrader.api import Gradebook
from often import often
from submissions.draft import NAME
from test_lost_files import cut_in_half, foreign, said, totals

from grading.run.journal import read_records
from grading.run.sound import GradebookError
from grading.run.unmarked import Unmarked, read_unmarked, write_unmarked

pytestmark = [pytest.mark.instructor, pytest.mark.box]
STUDENTS = ["ada", "bob", "zoe"]
COMMENT = "Well put, but which point?"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Return a class that was marked; ada has a mark and a comment by hand."""
    return marked_by_hand(tmp_path_factory.mktemp("marked"), *STUDENTS, comment=COMMENT)


@pytest.fixture
def again(marked, tmp_path):
    """Return a copy of that class, in which a test can break something."""
    return shutil.copytree(marked, tmp_path / "again")


def book_of(course):
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def doctor(capsys, course):
    return said(capsys, "doctor", "--course", str(course))


def marks_in_book(course):
    """Return by student: marks, marks by hand, comments, and whether a person must look."""
    with book_of(course) as book:
        return {
            each.student.id: [
                *((g.name, g.auto_score, g.manual_score, g.needs_manual_grade) for g in one.grades),
                *((c.name, c.auto_comment, c.manual_comment) for c in one.comments),
            ]
            for each in book.find_assignment(NAME).submissions
            for one in each.notebooks
        }


def in_order(told):
    return {name: sorted(each, key=str) for name, each in told.items()}


def test_if_nothing_is_broken_doctor_says_that(again, capsys):
    before = marks_in_book(again)
    ended, told = doctor(capsys, again)
    assert (ended, told.splitlines()[0]) == (0, "Nothing is broken.")
    assert marks_in_book(again) == before


@pytest.mark.parametrize("how", often(["damaged", "deleted", "emptied", "foreign"]))
def test_a_gradebook_that_was_lost_is_made_from_the_results_with_marks_by_hand(again, capsys, how):
    before, table, path = in_order(marks_in_book(again)), totals(again), again / "gradebook.db"
    {
        "deleted": lambda: path.unlink(),
        "emptied": lambda: path.write_bytes(b""),
        "damaged": lambda: cut_in_half(path),
        "foreign": lambda: foreign(path),
    }[how]()
    broken = path.read_bytes() if how in ("damaged", "foreign") else b""
    (again / "marks.csv").unlink()
    ended, told = doctor(capsys, again)
    assert ended == 1  # the due dates must be set again
    assert "the marks and comments of these were put back from results.jsonl: ada, bob, zoe." in told
    assert "Left to do: if there were due dates, they are lost: set them again" in told
    if broken:
        assert "gradebook.db was damaged and is kept as gradebook.damaged1.db" in told
        assert (again / "gradebook.damaged1.db").read_bytes() == broken
    assert "Made whole: a new gradebook.db was made." in told
    assert in_order(marks_in_book(again)) == before
    assert totals(again) == table
    pool = Canned()
    ran, _ = run(again, pool)
    assert (pool.marked, ran.said, totals(again)) == ([], [], table)
    assert doctor(capsys, again)[0] == 0


def test_one_removed_student_is_put_back_and_the_others_do_not_change(again, capsys):
    with book_of(again) as book:
        book.find_grade("test-EM", NAME, NAME, "bob").manual_score = 1  # after the last run
        book.db.commit()
        book.remove_student("ada")
    ended, told = doctor(capsys, again)
    assert ended == 0  # there are due dates, those of the others
    assert "were put back from results.jsonl: ada." in told
    with book_of(again) as book:
        assert book.find_grade("test-EM", NAME, NAME, "bob").manual_score == 1
        assert book.find_grade(WORDS, NAME, NAME, "ada").manual_score == 3
        assert book.find_comment(WORDS, NAME, NAME, "ada").manual_comment == COMMENT


LOSSES = {
    "some marks": "DELETE FROM grade WHERE rowid IN (SELECT min(rowid) FROM grade GROUP BY notebook_id)",
    "all marks": "DELETE FROM grade",
    "comments": "DELETE FROM comment",
    "notebooks": "DELETE FROM grade; DELETE FROM comment; DELETE FROM submitted_notebook",
    "numbers": "UPDATE grade SET auto_score = NULL",
    "the right numbers": "UPDATE grade SET auto_score = 99 WHERE auto_score > 5",
    "what a row is about": "UPDATE grade SET cell_id = 'nothing' WHERE auto_score = 10",
}


@pytest.fixture(params=often(LOSSES, 3))
def holes(request, again):
    """Return that class with a gradebook that can be read but has lost rows."""
    with sqlite3.connect(again / "gradebook.db") as book:
        book.executescript(LOSSES[request.param])
    return again


def test_rows_that_a_sound_gradebook_has_lost_are_put_back(marked, holes, capsys):
    whole, table = in_order(marks_in_book(marked)), totals(marked)
    ended, told = doctor(capsys, holes)
    assert ended == 0
    assert "were put back from results.jsonl: ada, bob, zoe." in told
    assert in_order(marks_in_book(holes)) == whole
    assert totals(holes) == table


def test_a_run_marks_students_again_whose_rows_were_lost(marked, holes):
    pool = Canned()
    ran, _ = run(holes, pool)
    assert sorted(pool.marked) == STUDENTS
    assert any("the gradebook has lost submissions" in each for each in ran.said)
    kept = {student: rows for student, rows in in_order(marks_in_book(marked)).items() if student != "ada"}
    assert {student: in_order(marks_in_book(holes))[student] for student in kept} == kept


TORN = {
    "a question": "DELETE FROM base_cell WHERE name = 'test-EM'",
    "what is graded": "DELETE FROM grade_cells",
    "a notebook": "DELETE FROM notebook",
    "a table of questions": "DROP TABLE base_cell",
    "a table beside": "DROP TABLE solution_cells",
}


@pytest.mark.parametrize("lost", often(TORN, 2))
def test_a_gradebook_that_has_lost_an_assignment_is_damaged(again, capsys, lost):
    before, table = in_order(marks_in_book(again)), totals(again)
    with sqlite3.connect(again / "gradebook.db") as book:
        book.executescript(TORN[lost])
    ended, told = said(capsys, "run", NAME, "--course", str(again))
    assert (ended, "Traceback" in told) == (1, False)
    assert "cannot be used (" in told
    assert "python -m grading doctor" in told
    _, told = doctor(capsys, again)
    assert "gradebook.db was damaged and is kept as gradebook.damaged1.db" in told
    assert (in_order(marks_in_book(again)), totals(again)) == (before, table)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE grade SET manual_score = 9e999 WHERE manual_score = 3", "has inf as the mark of"),
        ("UPDATE grade SET manual_score = 'abc' WHERE manual_score = 3", "has 'abc' as the mark of"),
        ("UPDATE comment SET manual_comment = x'00ff' WHERE manual_comment <> ''", "as the comment of"),
    ],
)
def test_a_mark_that_is_no_number_is_named_and_nothing_is_written(again, capsys, change, what):
    with sqlite3.connect(again / "gradebook.db") as book:
        book.execute(change)
    files = [(again / name).read_bytes() for name in ("results.jsonl", "marks.csv")]
    for command in (["run", NAME], ["doctor"]):
        ended, told = said(capsys, *command, "--course", str(again))
        assert (ended, what in told, "for 'ada'" in told) == (1, True, True)
    assert files == [(again / name).read_bytes() for name in ("results.jsonl", "marks.csv")]


def test_a_line_of_another_version_that_is_replaced_is_kept(again, capsys):
    """The line may have marks by hand, and the gradebook is lost."""
    path = again / "results.jsonl"
    path.write_text(
        path.read_text().replace('"schema": 1, "student": "ada"', '"schema": 2, "student": "ada"')
    )
    (again / "gradebook.db").unlink()
    (line,) = [each for each in path.read_text().splitlines() if '"ada"' in each]
    ran, _ = run(again)
    assert any("marks by hand and comments were lost with the gradebook: ada" in each for each in ran.said)
    assert line in (again / "results.jsonl.not-understood").read_text().splitlines()


def test_students_who_lose_a_penalty_with_the_due_date_are_named(again, capsys):
    with book_of(again) as book:
        book.find_assignment(NAME).duedate = datetime.datetime(2020, 1, 1)
        book.db.commit()
    lines = [json.loads(line) for line in (again / "results.jsonl").read_text().splitlines()]
    lines[1]["penalty"] = 2.0
    (again / "results.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    (again / "gradebook.db").unlink()
    _, told = doctor(capsys, again)
    assert "Until then nothing is taken off for being late; this concerns bob." in told


def test_lines_that_are_not_understood_are_kept_and_pages_are_made_again(again, capsys):
    (again / "results.jsonl").open("a").write("hello\n")
    (again / "feedback" / "bob" / NAME / f"{NAME}.html").unlink()
    ended, told = doctor(capsys, again)
    assert ended == 0
    assert "Made whole: 1 line of results.jsonl cannot be read. Such lines are kept in" in told
    assert (again / "results.jsonl.not-understood").read_text() == "hello\n"
    assert "feedback pages that were gone or broken are made again: bob." in told
    assert "</html>" in (again / "feedback" / "bob" / NAME / f"{NAME}.html").read_text()


def test_doctor_leaves_to_a_run_what_only_a_run_can_make(again, capsys):
    (again / "autograded" / "zoe" / NAME / f"{NAME}.ipynb").unlink()
    lines = (again / "results.jsonl").read_text().splitlines(keepends=True)
    (again / "results.jsonl").write_text("".join(line for line in lines if '"bob"' not in line))
    ended, told = doctor(capsys, again)
    assert ended == 1
    assert "Left to do: graded notebooks are gone or broken. `make grade` marks these again: zoe." in told
    assert "some in the gradebook have no line in results.jsonl. `make grade` marks these again: bob." in told
    assert set(totals(again)) == set(STUDENTS)  # marks.csv has all students of the gradebook
    pool = Canned()
    run(again, pool)
    assert sorted(pool.marked) == ["bob", "zoe"]
    assert set(name for _, name in read_records(again)) == set(STUDENTS)


def test_in_a_folder_without_results_there_is_nothing_to_do(tmp_path, capsys):
    course = course_with(tmp_path / "course", "ada")
    assert doctor(capsys, course) == (0, "Nothing is broken.\n")
    assert not (course / "gradebook.db").exists()


LATE = """
import os, sqlite3, sys
book = sqlite3.connect(sys.argv[1])
book.execute("PRAGMA cache_size = 1")
book.execute("UPDATE grade SET manual_score = 99")
book.execute("CREATE TABLE large AS SELECT zeroblob(300000)")
os.kill(os.getpid(), 9)
"""


def test_a_writer_that_was_killed_leaves_no_damage(again, capsys):
    """SQLite itself undoes the incomplete change, with the journal beside the gradebook."""
    with book_of(again) as book:
        book.find_grade("test-EM", NAME, NAME, "bob").manual_score = 1  # after the last run
        book.db.commit()
    subprocess.run([sys.executable, "-c", LATE, again / "gradebook.db"], check=False)
    assert (again / "gradebook.db-journal").stat().st_size
    ended, told = doctor(capsys, again)
    assert (ended, told.splitlines()[0]) == (0, "Nothing is broken.")
    with book_of(again) as book:
        assert book.find_grade("test-EM", NAME, NAME, "bob").manual_score == 1
        assert book.find_grade(WORDS, NAME, NAME, "ada").manual_score == 3


def test_a_gradebook_without_a_table_is_damaged_and_nothing_is_lost(again, capsys):
    before = in_order(marks_in_book(again))
    with sqlite3.connect(again / "gradebook.db") as book:
        book.execute("DROP TABLE grade")
    book.close()
    with pytest.raises(GradebookError, match="its table 'grade' is lost"):
        run(again)
    doctor(capsys, again)
    assert in_order(marks_in_book(again)) == before


def test_a_gradebook_that_may_not_be_opened_is_not_damaged(again, capsys, monkeypatch):
    monkeypatch.setattr("grading.run.sound.os.access", lambda path, how: False)
    ended, told = doctor(capsys, again)
    assert (ended, "is read-only" in told) == (1, True)
    assert not list(again.glob("gradebook.damaged*"))


def test_an_odd_notebook_does_not_stop_doctor(again, capsys):
    odd = again / "autograded" / "bob" / NAME / f"{NAME}.ipynb"
    odd.write_text(json.dumps({"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    for name in ("bob", "zoe"):
        (again / "feedback" / name / NAME / f"{NAME}.html").unlink()
    (again / "gradebook.db").unlink()
    _, told = doctor(capsys, again)
    assert "were put back from results.jsonl: ada, bob, zoe." in told
    assert "feedback pages that were gone or broken are made again: zoe." in told


def test_lines_that_cannot_be_read_are_kept_and_notebooks_without_a_line_are_named(again, capsys):
    (again / "results.jsonl").write_text("hello\n")
    (again / "gradebook.db").unlink()
    ended, told = doctor(capsys, again)
    assert ended == 1
    assert (again / "results.jsonl.not-understood").read_text() == "hello\n"
    said = "graded notebooks have no line in results.jsonl. `make grade` marks these again: ada, bob, zoe."
    assert said in told


def test_students_on_the_list_of_unmarked_work_stay_there(again, capsys):
    write_unmarked(again, [Unmarked(NAME, "carl", "key")])
    doctor(capsys, again)
    assert [each.student for each in read_unmarked(again, {})] == ["carl"]
