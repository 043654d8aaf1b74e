"""A student who uses too much, or tries to leave the box, loses marks of that question and nothing else."""

import pytest
from hostile_html import parsed
from submissions.abuse import ABUSES, ESCAPES
from submissions.acceptance import (  # noqa: F401
    test_marks_status_and_sentence,
    test_nobody_elses_marks_change,
    test_nothing_is_left_behind,
    test_what_a_student_gets_is_small_and_holds_no_hidden_test,
)

pytestmark = [pytest.mark.instructor, pytest.mark.box]
# `make test` runs these cases, `make test-all` runs all.
OFTEN = {"29", "33", "37a", "38d", "39", "94"}
CASES = [*ABUSES, *ESCAPES]


def test_nothing_outside_is_reached_and_no_hidden_case_gets_out(room):
    for case in (case for case in ESCAPES if case.student in room.rows):
        cells = [cell for cell in room.graded(case.student).cells if cell.cell_type == "code"]
        shown = str([output for cell in cells for output in cell.outputs])
        assert "REACHED" not in shown
        assert "CARRIED" not in shown.replace("SHOWN", "") or case.number != "94"


def test_no_answer_covers_the_page_or_closes_a_part_of_it(room):
    for case in (case for case in ESCAPES if case.student in room.rows):
        page = parsed(room.feedback(case.student))
        assert [each.tag for each in page.find("body")] == ["main"]
        assert page.find("body/main/footer") is not None
        styles = " ".join(each.attrib.get("style", "") for each in page.iter() if each.tag is not None)
        assert "position" not in styles
        assert not [each for each in page.iter() if "onclick" in each.attrib]
