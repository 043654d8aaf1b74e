"""A class of students with many habits is marked without a person, except for what really needs a person."""

import csv

import pytest
from conftest import copy_course
from nbgrader.api import Gradebook
from submissions.answering import WRITTEN
from submissions.draft import NAME
from submissions.habits import class_of, hand_in
from submissions.layouts import PLATFORMS
from submissions.names import DUE

from grading.roster import of_text
from grading.run.course import grade_course
from grading.run.journal import read_records
from grading.run.pool import Here
from grading.status import Status, SubmissionStatus
from grading.submitted.remarks import Oddity

pytestmark = [pytest.mark.instructor, pytest.mark.box]


def test_a_few_of_the_class_get_the_expected_marks(tmp_path):
    works = class_of(3, assignments=[NAME])
    assert differences(works, marked(works, tmp_path, pool=Here())) == []


@pytest.mark.long
def test_the_whole_class_gets_the_expected_marks(tmp_path):
    works = class_of(300)
    wrong = differences(works, marked(works, tmp_path))
    assert not wrong, f"{len(wrong)} things are not as they must be:\n" + "\n".join(wrong)


def test_the_class_contains_every_habit():
    works = class_of()
    did = {word for work in works for word in work.did}
    assert {"right", "half", "mistakes", "slow", "full", "lean", "colab", "cut off", "plain"} <= did
    assert all(any(word.startswith(platform) for word in did) for platform in PLATFORMS)
    assert len({(work.name, work.assignment) for work in works}) == len(works) == 300
    assert len({work.name for work in works}) < 300


def marked(works, folder, **options):
    """Mark the class as a run of the class runner does; return the course's folder."""
    course = copy_course(folder)
    hand_in(works, course / "submitted")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for assignment in sorted({work.assignment for work in works}):
            gradebook.update_or_create_assignment(assignment, duedate=DUE)
    list(grade_course([], course, **options))
    return course


def differences(works, course):
    """Return how each student's results differ from those expected, and rows that nobody expects."""
    with (course / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {(of_text(row["student"]), row["assignment"]): row for row in csv.DictReader(file)}
    records, mine = read_records(course), {(work.student, work.assignment): work for work in works}
    records = {(student, assignment): record for (assignment, student), record in records.items()}
    strange = [f"{key}: nobody of that name handed this in" for key in rows if key not in mine]
    return [line for key, work in mine.items() for line in _wrong(key, work, rows, records)] + strange


def _wrong(key, work, rows, records):
    who = f"{key} ({'; '.join(work.did)})"
    if key not in rows or key not in records:
        yield f"{who}: has no row"
        return
    got = _got(work, rows[key], records[key])
    for what, value in _expected(work).items():
        if value != got[what]:
            told = records[key].get("why", "")
            yield f"{who}: {what}: expected {value}, got {got[what]} {told}"


def _expected(work):
    """Return the expected results of a submission. Results that may vary are left out."""
    status = SubmissionStatus.REPAIRED if work.repaired else SubmissionStatus.GRADED
    status = status if work.readable else SubmissionStatus.UNREADABLE
    told = {} if work.readable and work.repaired is None else {"status": status}
    waits = {WRITTEN} if work.readable and (work.written or work.layout.text) else set()
    return {**_rounded(work.marks), **told, "late": work.late, "waits": waits, "looks": work.look}


def _got(work, row, record):
    marks = _rounded({name: float(row[name]) if row[name] else None for name in work.marks})
    told = record.get("questions", {}) if SubmissionStatus(record["status"]).has_marks else {}
    waits = {name for name, each in told.items() if each["status"] == Status.NEEDS_PERSON}
    looks = any(Oddity(each["kind"]).needs_person for each in record.get("remarks", ()))
    late = float(row["late_hours"] or 0)
    return {**marks, "late": late, "waits": waits, "looks": looks, "status": record["status"]}


def _rounded(marks):
    return {name: mark if mark is None else round(mark, 2) for name, mark in marks.items()}
