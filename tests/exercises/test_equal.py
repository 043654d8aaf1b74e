"""A perturbation is counted as equal with every seed of the hidden cases, or with none."""

import pytest
from answers.perturbed import PERTURBED
from test_answers import FULL, HOME, drawn_of

from checks.call import try_case

SEEDS = range(50)
OFF = [
    pytest.param(name, answer, passes, id=f"{FULL[name]}: {words}")
    for name, answers in PERTURBED.items()
    for words, (answer, passes) in answers.items()
]


def keeps_all_marks(name, answer, seed):
    graded = (case for case in drawn_of(name, seed) if case.graded)
    return all(try_case(answer, case).share == 1 for case in graded)


def test_the_list_of_perturbations_is_long():
    assert set(PERTURBED) <= set(HOME)
    assert min(len(answers) for answers in PERTURBED.values()) >= 15
    assert {passes for _, _, passes in (each.values for each in OFF)} == {True, False}


@pytest.mark.long
@pytest.mark.parametrize(("name", "answer", "passes"), OFF)
def test_a_perturbation_passes_for_every_seed_or_for_none(name, answer, passes):
    assert {keeps_all_marks(name, answer, seed) for seed in SEEDS} == {passes}
