"""Many runs of EM that are computed together find what separate runs would find."""

import numpy as np
import pytest
from ours import COURSE

from exercises.gaussian_mixture.em_cases import find_starts, move_starts
from exercises.gaussian_mixture.em_starts import random_start, slow_start, start_from
from exercises.pieces.draw import draw_mixture
from exercises.pieces.many import first_that, runs, traces
from exercises.pieces.sized import draw_counts, sums_just_beside


@pytest.fixture(scope="module")
def reference():
    return COURSE.assignment("gaussian-mixture").reference()


def all_of(many):
    return [True] * len(many)


@pytest.mark.parametrize(("num_components", "num_dims"), [(3, 2), (2, 1)])
def test_many_runs_of_em_are_those_of_the_reference(reference, num_components, num_dims):
    rng = np.random.default_rng(3)
    drawn = [draw_mixture(rng, num_components, num_dims, 20).data for _ in range(5)]
    starts = [start_from(data, rng.choice(20, num_components, replace=False)) for data in drawn]
    for trace, start in zip(traces(starts, 15), starts):
        run = reference["EM"](*start.values(), maxiter=15, thresh=-np.inf)
        np.testing.assert_allclose(trace, run["loglik"], rtol=1e-8)


def test_a_collapsed_run_is_nan_from_there_on(reference):
    near = np.array([[0.0], [0.0], [0.0], [5.0], [6.0], [8.0]])
    trace = traces([start_from(near, [0, 4]), start_from(near + [[0], [1], [2], [0], [0], [0]], [0, 4])], 60)
    assert np.isfinite(trace[0, :3]).all()
    assert np.isnan(trace[0, -1])
    assert np.isfinite(trace[1]).all()  # the other run goes on


def test_a_search_in_blocks_finds_and_draws_the_same_as_one_by_one():
    rng, other = np.random.default_rng(5), np.random.default_rng(5)
    found = first_that(rng, lambda: rng.integers(1000), all_of, lambda drawn: drawn % 100 == 7)
    while (drawn := other.integers(1000)) % 100 != 7:
        pass
    assert found == drawn
    assert rng.normal() == other.normal()


def test_only_likely_draws_are_tested_in_full():
    rng, looked = np.random.default_rng(5), []
    draw, likely = (lambda: int(rng.integers(1000))), (lambda many: [each > 900 for each in many])
    first_that(rng, draw, likely, lambda drawn: looked.append(drawn) or drawn > 950)
    assert min(looked) > 900


@pytest.mark.parametrize("seed", range(3))
def test_starts_have_the_promised_number_of_iterations(reference, seed):
    rng = np.random.default_rng(seed)
    plane = reference["EM"](*random_start(reference, rng, 3, 2, 45, least=21).values())
    assert 21 < len(plane["loglik"]) < 62
    slow = reference["EM"](*slow_start(reference, rng, 104, 1e-8).values(), maxiter=109, thresh=0)
    assert len(slow["loglik"]) == 110
    assert np.diff(slow["loglik"]).min() > 1e-6


@pytest.mark.parametrize("side", [-1, 1])
def test_sums_are_just_above_or_below_the_number_of_points(side):
    rng = np.random.default_rng(2)
    for _ in range(20):
        counts = draw_counts(rng, 3, 12)
        resp = sums_just_beside(rng, counts, side)
        assert side * (resp.sum(axis=0).sum() - 12) > 0
        np.testing.assert_allclose(resp.sum(axis=0), counts, rtol=1e-10)
        np.testing.assert_allclose(resp.sum(axis=1), 1, rtol=1e-14)


@pytest.mark.parametrize("num_dims", [1, 2])
def test_em_with_old_means_reaches_the_same_end_more_slowly(num_dims):
    rng = np.random.default_rng(4)
    start = start_from(draw_mixture(rng, 2, num_dims, 30).data, [3, 17])
    right, slower = (runs([start], 400, [old]) for old in (False, True))
    np.testing.assert_allclose(right.means[-1], slower.means[-1], atol=1e-6)
    assert slower.traces[0, 5] < right.traces[0, 5]


@pytest.mark.parametrize("seed", range(2))
def test_moved_starts_have_other_numbers_and_stop_after_as_many_iterations(reference, seed):
    shared = find_starts(reference, np.random.default_rng(3), hidden=True)
    found = move_starts(reference, np.random.default_rng(seed), shared)
    for name, thresh in (("plane", 1e-4), ("line", 0.01)):
        before, after = getattr(shared, name), getattr(found, name)
        one, other = (reference["EM"](*each.values(), thresh=thresh) for each in (before, after))
        assert abs(len(one["loglik"]) - len(other["loglik"])) < 6
        for key in ("data", "init_means"):
            assert not np.isin(after[key], before[key]).any()
        # Somebody who undoes the change of units still finds other numbers, by more than the tolerance.
        spread = [np.std(each["data"], axis=0) for each in (before, after)]
        back = (other["means"] - after["data"].mean(axis=0)) * spread[0] / spread[1]
        off = np.abs(back + before["data"].mean(axis=0) - one["means"]).max()
        assert off > 2e-4 * np.abs(one["means"]).max()
