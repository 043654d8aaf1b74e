"""The log-likelihood agrees with trusted libraries, and gives a number where their formulas underflow."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import bernoulli, multivariate_normal
from sklearn.mixture import GaussianMixture

from helpers import (
    bernoulli_loglikelihood,
    log_bernoullis,
    log_gaussians,
    log_sum_exp,
    loglikelihood,
    one_row_each,
)


def draw_problem(seed):
    rng = np.random.default_rng(seed)
    D, K = 1 + seed % 8, 1 + (seed // 8) % 6
    spread = rng.normal(size=(K, D, D + 1))
    covs = spread @ spread.transpose(0, 2, 1) + 0.2 * np.eye(D)
    weights = rng.dirichlet(np.ones(K))
    data = rng.normal(scale=2, size=(K + int(rng.integers(1, 40)), D))
    return data, weights, rng.normal(scale=2, size=(K, D)), covs


def by_scipy(data, weights, means, covs):
    parts = [w * multivariate_normal(m, c).pdf(data) for w, m, c in zip(weights, means, covs)]
    return np.log(np.sum(parts, axis=0)).sum()


def by_sklearn(data, weights, means, covs):
    model = GaussianMixture(len(weights))
    model.weights_, model.means_, model.covariances_ = weights, means, covs
    model.precisions_cholesky_ = np.array([np.linalg.cholesky(np.linalg.inv(c)) for c in covs])
    return model.score_samples(data).sum()


@pytest.mark.parametrize("peer", [by_scipy, by_sklearn])
def test_loglikelihood_agrees_with_a_trusted_library_on_200_problems(peer):
    problems = [draw_problem(seed) for seed in range(200)]
    assert {(p[0].shape[1], len(p[1])) for p in problems} >= {(1, 1), (8, 6), (1, 6), (8, 1)}
    mine = [loglikelihood(*problem) for problem in problems]
    np.testing.assert_allclose(mine, [peer(*problem) for problem in problems], rtol=1e-8)


def test_lists_and_arrays_give_the_same():
    problem = draw_problem(60)
    assert loglikelihood(*[part.tolist() for part in problem]) == loglikelihood(*problem)
    assert loglikelihood(problem[0], problem[1][:, None], *problem[2:]) == loglikelihood(*problem)


def test_a_point_far_outside_has_a_finite_loglikelihood():
    value = loglikelihood([[1000.0, 0], [0, 0]], [0.5, 0.5], [[0, 0], [0, 1]], [np.eye(2)] * 2)
    by_hand = -np.log(2 * np.pi) + np.log(0.5) - 1000**2 / 2 + np.log1p(np.exp(-0.5))
    near = np.log(0.5 * (1 + np.exp(-0.5)) / (2 * np.pi))
    assert value == pytest.approx(by_hand + near, rel=1e-12)


def test_a_weight_of_zero_leaves_its_component_out():
    data, means, covs = [[0.0], [1.0]], [[0.0], [5.0]], [[[1.0]], [[1.0]]]
    assert loglikelihood(data, [1, 0], means, covs) == pytest.approx(
        loglikelihood(data, [1], means[:1], covs[:1])
    )


def test_log_gaussians_has_a_column_for_each_component():
    data, _, means, covs = draw_problem(60)
    scores = log_gaussians(data, means, covs)
    assert scores.shape == (len(data), len(means))
    np.testing.assert_allclose(scores[:, 1], multivariate_normal(means[1], covs[1]).logpdf(data))


def test_inputs_are_not_changed():
    problem = draw_problem(60)
    copies = [part.copy() for part in problem]
    loglikelihood(*problem)
    for part, copy in zip(problem, copies):
        np.testing.assert_array_equal(part, copy)


def test_log_sum_exp():
    assert log_sum_exp([0, 0]) == pytest.approx(np.log(2))
    assert log_sum_exp([-5000, -5000]) == pytest.approx(-5000 + np.log(2))
    assert log_sum_exp([-np.inf, 3]) == pytest.approx(3)
    assert log_sum_exp([-np.inf, -np.inf]) == -np.inf
    np.testing.assert_allclose(log_sum_exp([[0, 0], [800, 800]], axis=1), np.log(2) + np.array([0, 800]))


@pytest.mark.parametrize(("Z", "words"), [([], "empty"), ([1, np.nan], "NaN")])
def test_log_sum_exp_refuses(Z, words):
    with pytest.raises(ValueError, match=words):
        log_sum_exp(Z)


BITS = np.random.default_rng(3).integers(0, 2, (7, 5)).astype(float)
LOG_P = np.log(np.random.default_rng(4).uniform(0.05, 0.95, (3, 5)))
LOG_MIX = np.log([0.2, 0.3, 0.5])


def test_log_bernoullis_agree_with_scipy():
    each = bernoulli.logpmf(BITS[:, None], np.exp(LOG_P)).sum(axis=2)
    np.testing.assert_allclose(log_bernoullis(BITS, LOG_P), each)
    total = logsumexp(each + LOG_MIX, axis=1).sum()
    assert bernoulli_loglikelihood(BITS, LOG_P, LOG_MIX) == pytest.approx(total)


@pytest.mark.parametrize("shape", [(3,), (3, 1), (1, 3)])
@pytest.mark.parametrize("kind", [np.uint8, bool, np.float32, list])
def test_bernoulli_weights_and_images_in_any_form(shape, kind):
    images = BITS.tolist() if kind is list else BITS.astype(kind)
    total = bernoulli_loglikelihood(images, LOG_P, LOG_MIX.reshape(shape))
    assert total == pytest.approx(bernoulli_loglikelihood(BITS, LOG_P, LOG_MIX))


def test_a_thousand_pixels_do_not_underflow():
    images = np.ones((2, 1000))
    log_p = np.log(np.full((2, 1000), 0.01))
    assert bernoulli_loglikelihood(images, log_p, np.log([0.5, 0.5])) == pytest.approx(2000 * np.log(0.01))


def test_a_weight_of_zero_and_a_rounded_one_are_allowed():
    log_p = np.array([[0.0, -1], [-1, -2]])
    alone = bernoulli_loglikelihood([[1, 0]], log_p[:1], [0.0])
    assert alone == pytest.approx(np.log1p(-np.exp(-1)))
    assert bernoulli_loglikelihood([[1, 0]], log_p, [0.0, -np.inf]) == pytest.approx(alone)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"X": 255 * BITS}, "X goes from 0 to 255, but must stay between 0 and 1: binarise it"),
        ({"X": BITS[0]}, r"X has shape \(5,\)"),
        ({"X": np.where(BITS == 1, np.nan, 0)}, "X is not finite"),
        ({"log_p": LOG_P[:, :4]}, r"log_p has shape \(3, 4\), but must be \(K, 5\)"),
        ({"log_p": np.where(LOG_P[1, 2] == LOG_P, -np.inf, LOG_P)}, r"log_p is -inf at \[1, 2\].*Smooth"),
        ({"log_p": np.exp(LOG_P)}, r"log_p is above 0 at \[0, 0\]"),
        ({"log_mix": np.exp(LOG_MIX)}, r"exp\(log_mix\) sum to"),
        ({"log_mix": np.log([0.5, 0.5])}, "2 weights but 3 rows of log_p"),
    ],
)
def test_bad_input_of_the_bernoulli_loglikelihood_is_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        bernoulli_loglikelihood(**{"X": BITS, "log_p": LOG_P, "log_mix": LOG_MIX} | changes)


@pytest.mark.parametrize("turned", [False, True])
def test_a_table_is_turned_so_that_each_point_has_one_row(turned):
    table = np.arange(10.0).reshape(5, 2)
    np.testing.assert_array_equal(one_row_each(table.T if turned else table, 5), table)


def test_a_table_with_another_number_of_points_is_refused():
    with pytest.raises(
        ValueError, match=r"shape \(5, 2\), but must have one row or one column for each of 4"
    ):
        one_row_each(np.zeros((5, 2)), 4)
