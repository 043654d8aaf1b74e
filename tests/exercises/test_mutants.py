"""The checks find nearly all mutants of the reference; for each of the others, the reason is written down."""

import pytest
from ours import COURSE, LESSONS, ROOT

from benchmarks import mutants
from benchmarks.documents import sections
from grading.build.cases import draw_cases

pytestmark = pytest.mark.long


@pytest.fixture(scope="module", params=COURSE.assignments(), ids=lambda each: each.name)
def judged(request):
    drawn = draw_cases(request.param, mutants.SEED, hidden=True)
    found = list(mutants.survivors(request.param, drawn))
    assert len(found) >= (70 if request.param.name in LESSONS else 1)
    return found


def test_every_graded_function_has_mutants():
    for assignment in COURSE.assignments():
        found = {mutant.exercise for mutant in mutants.mutants(assignment)}
        assert found == set(mutants.graded_functions(assignment))


def test_at_least_95_percent_of_mutants_lose_marks(judged):
    alive = [mutant for mutant, survived in judged if survived]
    assert len(alive) <= 0.05 * len(judged)
    assert [mutant.change for mutant in alive if mutant.change not in mutants.EQUIVALENT] == []


def test_every_reason_is_of_a_mutant_that_survives(judged):
    killed = {mutant.change for mutant, survived in judged if not survived}
    assert not killed & set(mutants.EQUIVALENT)


def test_every_mutant_says_what_it_changed(judged):
    assert all(mutant.change for mutant, _ in judged)


def test_the_documents_show_the_current_table():
    for name, text in mutants.measured().items():
        assert sections((ROOT / name).read_text(encoding="utf-8"))["make mutants"] == text
