"""A class that an ordinary user marks with the command, where there can be no control group.

There, a thread of the grader adds up what a box uses. A mistake still costs only its own marks. Whatever one
submission does, each innocent one keeps its marks.
"""

import re
from functools import partial

import numpy as np
import pytest
from conftest import HIDDEN, asked
from ordinary_user import OrdinaryUser
from ours import ROOT
from submissions.abuse import ABUSES, ESCAPES
from submissions.acceptance import (  # noqa: F401
    test_marks_status_and_sentence,
    test_nobody_elses_marks_change,
    test_nothing_is_left_behind,
    test_what_a_student_gets_is_small_and_holds_no_hidden_test,
)
from submissions.accidents import ACCIDENTS
from submissions.calling import CALLING
from submissions.carried import CARRIED
from submissions.cases import registrar
from submissions.cheating import CHEATS
from submissions.classes import FIRST, LAST, Class
from submissions.colluding import PAIR
from submissions.controls import controls
from submissions.draft import NAME, points
from submissions.elsewhere import ELSEWHERE
from submissions.later import LATER
from submissions.values import VALUES
from test_hostile_class import CLASS, MARKED, UNREAD
from test_submitted import put

from grading.box.totals import Watch
from grading.run.journal import read_records

pytestmark = [pytest.mark.instructor, pytest.mark.box]
WATCHED = []
_, watched = registrar(WATCHED)
MEANS = "test-compute_means"


@watched("151", lost=(MEANS,), status="crashed", says="ended Python itself")
def ends_its_process_when_called(draft):
    draft.answer("compute_means", "import os\ndef compute_means(data, resp, counts): os._exit(1)")


@watched("152", lost=(MEANS,), status="memory limit")
def says_that_memory_is_full(draft):
    draft.answer("compute_means", "def compute_means(data, resp, counts): raise MemoryError")


CASES = [
    *PAIR,
    *WATCHED,
    *ABUSES,
    *ESCAPES,
    *CHEATS,
    *ACCIDENTS,
    *CALLING,
    *VALUES,
    *CARRIED,
    *ELSEWHERE,
    *LATER,
]
OFTEN = {"151", "152", "35", "41"}  # `make test` runs these, `make test-all` runs all
INNOCENT = controls(NAME, wrong=False)[:20]
FEW = 2
SOME = {"ada", "linked", "whole", "pipe", "socket", "bomb", "essay", "README"}  # of all that can be there


@pytest.fixture(scope="module")
def user(tmp_path_factory):
    return OrdinaryUser(tmp_path_factory.mktemp("user"))


@pytest.fixture(scope="module")
def innocent(request):
    """Return twenty ordinary students if the whole corpus is marked; otherwise a few."""
    return INNOCENT if is_whole(request) else INNOCENT[:FEW]


@pytest.fixture(scope="module")
def room(request, user, innocent, tmp_path_factory):
    """Return the class: these cases, the innocent, and all that can be in submitted/.

    The user has marked it.
    """
    made = Class(asked(request), tmp_path_factory.mktemp("class"))
    for control in innocent:
        control.draft().save(made.folder(control.student))
    put(made.course / "submitted", {name: data for name, data in CLASS.items() if lies_there(name, request)})
    made.course = user.takes(made.course)
    return made.marked(partial(user.marks, assignment=NAME))


def lies_there(name, request):
    """Tell whether a student is in the class. In `make test` there are only a few of each kind."""
    return is_whole(request) or re.split("[/.]", name)[0] in SOME


def is_whole(request):
    """Tell whether the whole corpus is marked."""
    return len(asked(request)) > len(OFTEN)


def test_every_innocent_mark_stands(room, innocent):
    for control in innocent:
        marks = room.marks(control.student)
        assert {name: marks[f"test-{name}"] for name in control.chosen} == {
            name: points()[f"test-{name}"] for name in control.chosen
        }


def test_everybody_has_a_row_and_only_unreadable_submissions_have_no_marks(room, innocent, request):
    cases = {case.student for case in asked(request)}
    others = {control.student for control in innocent} | {FIRST, LAST}
    there = {name for name in MARKED | UNREAD if lies_there(name, request)}
    assert set(room.rows) == there | cases | others
    unread = {name for name, row in room.rows.items() if row["status"] == "cannot be read"}
    assert unread - cases == UNREAD & there
    assert not [name for name, row in room.rows.items() if row["status"] == "fault of ours"]


def test_the_way_in_which_memory_is_limited_is_recorded(room):
    boxes = {record.get("box") for record in read_records(room.course).values()} - {None}
    assert boxes == {Watch.in_force}


def test_no_page_shows_arguments_of_a_hidden_case(room):
    """No page has two neighbouring numbers that are neighbours only in a hidden case."""
    secret = pairs_in_cases(HIDDEN) - pairs_in_cases(ROOT / "data")
    pages = [*(room.course / "feedback").rglob("*.html"), *(room.course / "autograded").rglob("*.ipynb")]
    assert len(pages) > len(room.rows)
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not pairs(re.findall(r"-?\d+\.\d{6,}(?:e-?\d+)?", text)) & secret, page
        assert 'printed">REACHED' not in text, page


def test_the_user_leaves_nothing(room, user):
    assert user.leaves() == []


def pairs_in_cases(folder):
    """Return the pairs of neighbours among the numbers of case files, as text shows them."""
    found = set()
    for path in folder.rglob("*.npz"):
        with np.load(path) as stored:
            for numbers in (stored[kind].ravel() for kind in stored if stored[kind].dtype.kind == "f"):
                found |= pairs([str(number) for number in numbers[np.round(numbers, 5) != numbers]])
    return found


def pairs(words):
    """Return the pairs of neighbours, each number cut to the digits that every way of printing shows."""
    short = [word[:8] for word in words]
    return set(zip(short, short[1:]))
