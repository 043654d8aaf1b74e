"""Claims in the text of `when-em-fails` are true of what its cells print. nbval compares each run with it."""

import re

import nbformat
import numpy as np
import pytest
from ours import COURSE

from exercises.when_em_fails.questions import FREE
from helpers import load_earth

ASSIGNMENT = COURSE.assignment("when-em-fails")
NUMBER = r"[-+]?\d+\.?\d*(?:e[-+]?\d+)?"


@pytest.fixture(scope="module")
def said():
    """Return what each code cell prints, with its figures' alt texts, by a part of the cell's source."""
    cells = nbformat.read(ASSIGNMENT.solution, as_version=4).cells
    outputs = {cell.source: _words(cell) for cell in cells if cell.cell_type == "code"}

    def of(part):
        (found,) = [words for source, words in outputs.items() if part in source]
        return found

    return of


@pytest.fixture(scope="module")
def names():
    """Return the notebook's functions, with the students' functions, `fitted` and the pictures."""
    found = ASSIGNMENT.recipe().reference()
    for cell in ASSIGNMENT.cells().cells:
        if "def floored(" in cell.source or "def fitted(" in cell.source:
            exec(re.split(r"\nfor floor|\nhalf, numbers", cell.source)[0], found)
    return found | {"rgb": load_earth().rgb}


def _words(cell):
    return "\n".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs)


def numbers(text, after=""):
    return [float(each) for each in re.findall(NUMBER, text.split(after, 1)[1] if after else text)]


def test_the_bad_start_collapses_on_one_picture(said):
    told = said("broken = fit(")
    assert "ended by an error: True" in told
    assert min(numbers(told.splitlines()[1], "counts: [")[:6]) == pytest.approx(1, abs=0.01)
    assert numbers(told, "lowest")[0] < 1e-9


def test_small_floors_change_nothing_for_a_healthy_fit_and_large_ones_cost_much(said):
    rows = [numbers(line) for line in said("def floored(floor)").splitlines() if line]
    healthy = {floor: loglik for floor, loglik, _ in rows[::2]}
    collapsing = {floor: count for floor, _, count in rows[1::2]}
    assert healthy[1e-10] == healthy[1e-8]
    assert healthy[1e-8] - healthy[1e-6] == pytest.approx(3, abs=0.5)
    assert healthy[1e-8] - healthy[1e-4] > 1000
    assert collapsing[1e-8] == 1
    assert collapsing[1e-6] > 50


@pytest.mark.long
def test_one_random_start_in_sixteen_collapses_and_a_floor_seldom_gives_it_more_pictures(names):
    rgb, fit, start = names["rgb"], names["fit"], names["start"]
    starts = [np.random.default_rng(seed).choice(len(rgb), 6, replace=False) for seed in range(160)]
    collapsing = [chosen for chosen in starts if fit(rgb, *start(rgb, chosen))["ended"]]
    assert len(collapsing) == pytest.approx(len(starts) / 16, abs=3)
    repaired = [fit(rgb, *start(rgb, chosen), names["floored"](1e-6)) for chosen in collapsing]
    few = [run["resp"].sum(axis=0).min() < 3.6 for run in repaired]
    assert sum(few) > len(few) / 2


def test_a_component_on_twenty_pictures_can_be_too_thin(names):
    rgb, start = names["rgb"], names["start"]
    run = names["fit"](rgb, *start(rgb, np.random.default_rng(183).choice(len(rgb), 6, replace=False)))
    assert not run["ended"]
    assert run["loglik"][-1] > 6820.4 + 30
    assert run["resp"].sum(axis=0).min() == pytest.approx(20, abs=1)
    assert run["widths"][-1] < 1e-10


def test_with_a_floor_the_loglikelihood_never_falls(names):
    rgb, start = names["rgb"], names["start"]
    for seed in (1, 10):
        chosen = np.random.default_rng(seed).choice(len(rgb), 6, replace=False)
        run = names["fit"](rgb, *start(rgb, chosen), names["floored"](1e-5), thresh=-np.inf, maxiter=60)
        assert np.diff(run["loglik"][1:]).min() > -1e-9


def test_with_a_prior_the_component_finds_more_pictures_and_the_loglikelihood_falls(said):
    first, second = said("def prior(").splitlines()[:2]
    assert numbers(first, "count")[0] > 40
    trace = numbers(second)
    assert trace == sorted(trace, reverse=True)


def test_from_p_16_on_the_matrix_has_lost_its_smallest_eigenvalue(said):
    kept = dict(zip((4, 8, 12, 16, 20), (numbers(line)[1] for line in said("for p in (").splitlines())))
    assert all(kept[p] == pytest.approx(10.0**-p, rel=0.01) for p in (4, 8, 12))
    assert all(not 0.9 < kept[p] / 10.0**-p < 1.1 for p in (16, 20))


def test_kmeans_plus_plus_is_better_once_and_random_starts_are_better_often(said):
    found = re.findall(r"(\S+) +collapsed +(\d+) .* reached by +(\d+)", said("def random_start("))
    assert found == [("random", "2", "10"), ("k-means++", "0", "1")]
    once = re.findall(rf"from ({NUMBER}) at 1 to ({NUMBER}) at 30", said("The best of n starts"))
    (random, often), (spread, others) = (map(float, each) for each in once)
    assert random < spread
    assert often > others


def test_bic_and_held_out_data_disagree_and_the_last_are_alike(said):
    told = said("BIC chooses")
    assert "BIC chooses 10   held-out data choose 14" in told
    *held_out, error = numbers(told.split("held out:", 1)[1].splitlines()[0])
    assert held_out[-1] - held_out[-3] <= error


def test_with_three_starts_bic_chooses_8(names):
    half, numbers_tried = names["rgb"][::2], [6, 8, 10, 12]  # with 14 components there is no valid run
    logliks = [len(half) * names["heldout_loglik"](half, *names["fitted"](half, K, 3)) for K in numbers_tried]
    values = [names["bic"](loglik, len(half), 3, K) for loglik, K in zip(logliks, numbers_tried)]
    assert numbers_tried[np.argmin(values)] == 8


def test_new_data_favour_a_collapse_only_if_they_contain_copies(said):
    plain, one, copies = (numbers(line, "fitted") for line in said("colours, copies = ").splitlines()[:3])
    assert one[0] == pytest.approx(plain[0] + 0.2, abs=0.05)
    assert one[1] < plain[1] < copies[1]


def test_small_covariances_make_em_the_same_as_kmeans(said):
    apart = {sigma: most for sigma, most in map(numbers, said("for sigma in (").splitlines())}
    assert apart[0.01] == 0
    assert apart[1.0] > 1


def test_a_large_threshold_misses_49_and_longer_steps_are_faster(said):
    early, plain, _, longest = (numbers(line)[1:] for line in said("def relaxed(").splitlines()[:4])
    assert plain[1] - early[1] == pytest.approx(49, abs=0.6)
    assert longest[0] < plain[0] / 2


def test_other_m_steps_never_lower_the_loglikelihood_and_a_nudge_finds_them(said):
    right, old_means, diagonals = (numbers(line) for line in said("def other_m_step").splitlines()[:3])
    assert min(right[2], old_means[2], diagonals[2]) > 0
    assert old_means[1] == pytest.approx(right[1], abs=1e-3)
    assert diagonals[1] < right[1] - 4
    best, *others = (max(numbers(line, "ways:")) for line in said("nudged = [").splitlines()[:3])
    assert best < 0 < min(others)


def test_the_library_agrees_to_rounding_once_it_does_the_same(said):
    other, same = (numbers(line)[-2:] for line in said("library = GaussianMixture").splitlines()[:2])
    assert same[0] < 1e-8
    assert 0.005 < other[0] < 0.02
    assert same[1] - other[1] == pytest.approx(35, abs=0.5)
    (theirs, own) = numbers(said("library = GaussianMixture"), "BIC: ")[:2]
    assert theirs == pytest.approx(own, abs=1e-3)


def test_the_number_of_free_parameters_is_what_the_formula_gives():
    bic = ASSIGNMENT.recipe().reference()["bic"]
    assert bic(0.0, 2.718281828459045, 3, 6) == pytest.approx(FREE)
