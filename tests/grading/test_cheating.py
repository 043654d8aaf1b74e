"""A student who earns nothing and tries to forge marks gets no marks."""

import pytest
from submissions.acceptance import (  # noqa: F401
    test_marks_status_and_sentence,
    test_nobody_elses_marks_change,
    test_nothing_is_left_behind,
    test_what_a_student_gets_is_small_and_holds_no_hidden_test,
)
from submissions.cheating import CHEATS

pytestmark = [pytest.mark.instructor, pytest.mark.box]
# `make test` runs these cases, `make test-all` runs all.
OFTEN = {"1", "5", "7", "10", "12", "16", "18", "20", "24", "27", "28"}
CASES = CHEATS
