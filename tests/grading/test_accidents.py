"""Submissions that went wrong by accident get fair marks and a sentence."""

import pytest
from submissions.acceptance import (  # noqa: F401
    test_marks_status_and_sentence,
    test_nobody_elses_marks_change,
    test_nothing_is_left_behind,
    test_what_a_student_gets_is_small_and_holds_no_hidden_test,
)
from submissions.accidents import ACCIDENTS
from submissions.calling import CALLING
from submissions.carried import CARRIED
from submissions.elsewhere import ELSEWHERE
from submissions.later import LATER
from submissions.values import VALUES

pytestmark = [pytest.mark.instructor, pytest.mark.box]
# `make test` runs these cases, `make test-all` runs all.
OFTEN = {
    "43",
    "45",
    "49a",
    "51",
    "60",
    "65a",
    "66",
    "80a",
    "156",
    "157",
    "159",
}
CASES = [*ACCIDENTS, *CALLING, *VALUES, *CARRIED, *ELSEWHERE, *LATER]
