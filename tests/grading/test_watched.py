"""The corpus where no control group can be had, as on the machine of an ordinary user.

There a thread of ours adds up what a box uses. A mistake costs its own marks there, too.
"""

import pytest
from submissions.abuse import ABUSES, ESCAPES
from submissions.acceptance import (  # noqa: F401
    test_marks_status_and_sentence,
    test_nobody_elses_marks_change,
    test_nothing_is_left_behind,
)
from submissions.accidents import ACCIDENTS
from submissions.cases import registrar

from grading.box import parent
from grading.box.totals import Watch

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


CASES = [*WATCHED, *ABUSES, *ESCAPES, *ACCIDENTS]
OFTEN = {"151", "152"}  # in `make test`; all of them in `make test-all`


@pytest.fixture(scope="module", autouse=True)
def _nobody_has_a_control_group():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parent, "open_totals", Watch)
        yield
