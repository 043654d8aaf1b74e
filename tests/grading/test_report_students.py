"""The report's table of each student over all assignments. Work without a mark never counts as 0."""

import re

import pytest
from test_report import html, question, result, rows, text_of, write

from grading.report.page import write_report
from grading.run.unmarked import Unmarked, write_unmarked

pytestmark = pytest.mark.instructor
FIRST, SECOND = "gaussian-mixture", "image-clusters"
CLASS = [
    result("ada", (4.0, 10.0), hand=4.0),
    result("bob", (2.0, 5.0), hand=1.0),
    result("cyd", (4.0, 10.0), hand=3.0),
    result("ada", (4.0, 6.0), name=SECOND),
    result("bob", (0.0, 0.0), name=SECOND, status="cannot be read", total=None, questions={}, max=0.0),
    result("cyd", (1.0, 1.0), name=SECOND),
    result("dan", (0.0, 2.0), name=SECOND, status="out of date", hand=0.0),
]


@pytest.fixture
def page(tmp_path):
    """Write the report of the six in students.csv: eve has handed in nothing, fay is not marked yet."""
    folder = write(tmp_path / "course", CLASS)
    (folder / "students.csv").write_text("student\n" + "\n".join(["ada", "bob", "cyd", "dan", "eve", "fay"]))
    write_unmarked(folder, [Unmarked(SECOND, "fay", "a key")])
    return html(folder)


def row_of(page, student):
    """Return the row of a student in the last table that has one, which is the table of all students."""
    part = page[page.index('id="students"') :]
    return next(row for row in rows(part[part.index("Each student") :]) if row[0] == student)


@pytest.mark.parametrize(
    ("student", "cells"),
    [
        ("ada", ["18 of 18", "10 of 14", "28 of 32", "image-clusters: not final"]),
        ("bob", ["8 of 18", "–", "8 of 18", "image-clusters: no marks"]),
        ("cyd", ["17 of 18", "2 of 14", "19 of 32", "image-clusters: not final"]),
        ("dan", ["–", "2 of 18", "2 of 18", f"{FIRST}: nothing handed in; {SECOND}: out of date"]),
        ("eve", ["–", "–", "–", f"{FIRST}: nothing handed in; {SECOND}: nothing handed in"]),
        ("fay", ["–", "–", "–", f"{FIRST}: nothing handed in; {SECOND}: not marked yet"]),
    ],
)
def test_each_student_has_a_row_that_shows_what_is_missing(page, student, cells):
    assert row_of(page, student)[1:] == cells


def test_the_course_total_counts_students_with_marks_in_all_assignments(page):
    """ada has 18 + 10, cyd 17 + 2.

    In the second assignment 4 marks wait for a person, so it is out of 18 + 14.
    """
    told = text_of(page)
    assert (
        "1 of the 2 students with marks have at least 16 and less than 20 of 32 marks. The median is 23.5"
        in told
    )
    assert "This counts 2 students: those with marks in all 2 assignments." in told


def test_students_who_handed_in_nothing_are_named_for_each_assignment(page):
    told = text_of(page)
    assert f"{FIRST} dan, eve, fay" in told
    assert f"{SECOND} eve " in told


def test_without_a_class_list_nobody_is_called_absent(tmp_path):
    page = html(write(tmp_path / "course", CLASS))
    assert "handed in nothing" not in text_of(page).replace("nothing handed in", "")
    assert "eve" not in page


def test_an_unreadable_class_list_is_reported(tmp_path):
    folder = write(tmp_path / "course", CLASS)
    (folder / "students.csv").write_text("name\nAda\n")
    assert "It is not known who has handed in nothing, because students.csv has no column" in text_of(
        html(folder)
    )


def test_one_assignment_without_a_class_list_has_no_table_of_students(tmp_path):
    assert 'id="students"' not in html(write(tmp_path / "course", CLASS[:3]))


def test_the_table_of_a_large_class_is_closed(tmp_path):
    lines = [result(f"s{n:02}", (4.0, 10.0), name=name) for name in (FIRST, SECOND) for n in range(30)]
    page = html(write(tmp_path / "course", lines))
    assert re.search(r"<summary>30 students</summary>\s*<table", page)


def test_old_marks_do_not_count_for_work_that_was_handed_in_again(tmp_path):
    folder = write(tmp_path / "course", CLASS)
    write_unmarked(folder, [Unmarked(FIRST, "ada", "another key")])
    told = text_of(write_report(folder).read_text())
    assert "1 submission is not marked yet." in told
    assert "2 submissions: 2 graded; " in told


def test_the_share_of_a_mistake_is_relative_to_marked_submissions(tmp_path):
    lines = [result(each, (0.0, 10.0), hints=["divided by N"]) for each in ("ada", "bob")]
    lines += [result(f"u{n}", (0, 0), status="cannot be read", total=None, questions={}) for n in range(5)]
    assert "(2 of 2 students)" in text_of(html(write(tmp_path / "course", lines)))


def test_a_waiting_answer_in_code_keeps_a_student_out_of_the_course_total(tmp_path):
    lines = [result("ada", (4.0, 10.0), name=name, hand=4.0) for name in (FIRST, SECOND)]
    lines += [result("bob", (4.0, 10.0), name=name, hand=4.0) for name in (FIRST, SECOND)]
    lines[-1]["questions"]["test-EM"] = question(None, 10.0, "needs a person")
    told = text_of(html(write(tmp_path / "course", lines)))
    assert "One student has marks: 36 of 36." in told
