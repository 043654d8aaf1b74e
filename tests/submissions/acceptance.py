"""The tests that every class of submissions must pass. A test module has its CASES and imports them."""

import json
import re

from submissions.classes import FIRST, LAST, left_behind
from submissions.draft import points


def test_marks_status_and_sentence(room, case):
    nothing = None if case.status == "needs a person" else 0.0
    expected = {name: nothing if name in case.lost else most for name, most in points().items()}
    expected |= dict(case.earned)
    told = room.told(case.student)
    assert room.marks(case.student) == expected, told["questions"]
    statuses = {told["questions"][name]["status"] for name in case.lost}
    if case.status:
        assert statuses == {case.status}
    assert not statuses & {"passed", "partly", "needs a person"} - {case.status}
    assert case.says in json.dumps([dict(cell) for cell in room.graded(case.student).cells])
    assert not case.whole or room.status(case.student) == case.whole


def test_what_a_student_gets_is_small_and_holds_no_hidden_test(room, case):
    (graded,) = (room.course / "autograded" / case.student).rglob("*.ipynb")
    assert graded.stat().st_size < 1_000_000
    text = re.sub("<[^>]*>", "", room.feedback(case.student))
    assert not re.search(r"cases\s*=\s*hidden|HIDDEN TESTS|from grading import", text)


def test_nobody_elses_marks_change(room):
    for student in (FIRST, LAST):
        assert room.marks(student) == points()
        assert room.status(student) == "graded"


def test_nothing_is_left_behind(room):
    now = left_behind()
    assert now["processes"] - room.before["processes"] == set()
    assert now["mounts"] == room.before["mounts"]
    assert now["files"] - room.before["files"] == set()
    handed_in = room.submitted_files()
    assert {path: handed_in[path] for path in room.handed_in} == room.handed_in
