"""A run of EM: its numbers agree with other libraries, and it can take all that functions return or raise."""

import numpy as np
import pytest
from em_steps import (
    BIT_START,
    BITS,
    DATA,
    START,
    broken,
    covariances_of,
    means_of,
    right_bit_e,
    right_bit_m,
    right_e,
    right_m,
    run,
    run_bits,
    soft_counts,
    unwritten,
    weights_of,
)
from scipy.special import logsumexp
from scipy.stats import bernoulli
from sklearn.mixture import GaussianMixture

from explorer.forms import Params
from explorer.history import Why
from explorer.steps import GAUSSIAN, bound_of, scores_or_none
from explorer.words import end_in_words
from helpers import loglikelihood


def one_iteration_of_sklearn(params):
    weights, means, covs = params
    model = GaussianMixture(3, max_iter=1, reg_covar=0, tol=0, init_params="random")
    model.set_params(weights_init=weights, means_init=means, precisions_init=np.linalg.inv(covs))
    model.fit(DATA)
    return model.weights_, model.means_, model.covariances_


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_each_iteration_agrees_with_scikit_learn():
    expected = START
    for frame in [frame for frame in run().frames if frame.half == "M"]:
        expected = one_iteration_of_sklearn(expected)
        for mine, theirs in zip(frame.params, expected):
            np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)
        assert frame.loglik == pytest.approx(loglikelihood(DATA, *expected), rel=1e-9)


def test_known_numbers_of_the_course():
    history = run()
    assert history.iterations == 30
    assert history.loglik[0] == pytest.approx(-541.0970071216, abs=1e-8)
    assert history.loglik[-1] == pytest.approx(-318.8765087910, abs=1e-8)
    assert [frame.half for frame in history.frames[:5]] == ["start", "E", "M", "E", "M"]
    assert end_in_words(history.ending).startswith("Converged: iteration 30 changed")


def test_bernoulli_follows_the_formulas():
    history = run_bits(maxiter=5)
    p, weights = np.exp(BIT_START[0]), np.exp(BIT_START[1])
    for e, m in zip(history.frames[1::2], history.frames[2::2]):
        scores = np.log(weights) + bernoulli.logpmf(BITS[:, None], p).sum(axis=2)
        assert e.loglik == pytest.approx(logsumexp(scores, axis=1).sum(), rel=1e-9)
        resp = np.exp(scores - logsumexp(scores, axis=1)[:, None])
        np.testing.assert_allclose(e.resp, resp, atol=1e-9)
        p = (1e-8 + resp.T @ BITS) / (2e-8 + resp.sum(axis=0))[:, None]
        weights = (1e-8 + resp.sum(axis=0)) / (3e-8 + len(BITS))
        np.testing.assert_allclose(m.params.means, p, atol=1e-9)
        np.testing.assert_allclose(m.params.weights, weights, atol=1e-9)


@pytest.mark.parametrize("make", [run, run_bits])
def test_the_bound_equals_the_loglikelihood_after_e_and_rises_with_m(make):
    frames = make().frames
    assert np.isnan(frames[0].bound)
    for e, m in zip(frames[1::2], frames[2::2]):
        assert e.bound == pytest.approx(e.loglik, rel=1e-12)
        assert e.bound <= m.bound + 1e-9 * abs(e.bound)
        assert m.bound <= m.loglik + 1e-9 * abs(m.bound)


def test_the_bound_is_the_loglikelihood_less_the_divergence():
    resp = np.random.default_rng(3).dirichlet([1, 1, 1], len(DATA))
    scores = scores_or_none(GAUSSIAN, DATA, Params(*START))
    posterior = right_e(DATA, *START)
    divergence = (resp * np.log(resp / posterior)).sum()
    assert bound_of(scores, resp) == pytest.approx(loglikelihood(DATA, *START) - divergence)


def test_a_run_uses_the_learners_own_functions():
    calls = []

    def counted(*args):
        calls.append(len(args))
        return right_e(*args)

    assert run(counted).loglik == pytest.approx(run().loglik, abs=1e-9)
    assert calls == [4] * 30


def test_a_run_uses_the_four_functions_of_the_course():
    history = run(None, [soft_counts, weights_of, means_of, covariances_of])
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    assert not broken(history)


def as_lists(data, resp):
    weights, means, covs = right_m(data, resp)
    return weights.tolist(), list(means), [cov.tolist() for cov in covs]


def with_rows(data, resp):
    weights, means, covs = right_m(data, resp)
    return weights[None, :], means, covs


@pytest.mark.parametrize("m_step", [as_lists, with_rows])
def test_lists_and_rows_are_fine(m_step):
    history = run(None, m_step)
    assert history.loglik == pytest.approx(run().loglik, abs=1e-9)
    assert not broken(history)


@pytest.mark.parametrize(
    ("e_step", "m_step"),
    [
        (lambda *args: right_bit_e(*args).T, lambda X, log_resp: right_bit_m(X, log_resp.T)),
        (right_bit_e, lambda *args: (right_bit_m(*args)[0], right_bit_m(*args)[1][:, None])),
        (right_bit_e, lambda *args: (right_bit_m(*args)[0].tolist(), right_bit_m(*args)[1][None, :])),
        (lambda *args: right_bit_e(*args).tolist(), None),
    ],
)
def test_steps_for_digits_may_have_every_form(e_step, m_step):
    history = run_bits(e_step, m_step)
    assert history.loglik == pytest.approx(run_bits().loglik, abs=1e-9)
    assert not broken(history)


def test_return_values_are_read_in_either_order():
    frames = run_bits(None, lambda X, log_resp: right_bit_m(X, log_resp)[::-1], maxiter=2).frames
    np.testing.assert_allclose(frames[2].params.means, run_bits(maxiter=1).frames[2].params.means)


def test_arrays_that_a_function_keeps_and_changes_do_not_change_history():
    kept = []

    def forgetful(data, resp):
        for array in kept:
            array *= 0
        kept[:] = right_m(data, resp)
        return kept

    assert run(None, forgetful).loglik == pytest.approx(run().loglik, abs=1e-9)


def raises_later(data, resp):
    if resp[0, 0] > 0.9:
        return data @ resp
    return right_m(data, resp)


def test_an_exception_is_shown_with_the_learners_line_and_the_history_stays():
    history = run(None, raises_later)
    assert len(history.frames) > 2
    assert history.error.line == "return data @ resp"
    assert history.error.where == "line 3 of raises_later"
    assert history.error.sentence.startswith("raises_later raised ValueError: matmul")
    assert history.frames[-1].half == "E"


def test_an_error_in_a_comprehension_is_reported_in_its_function():
    def within(data, resp):
        counts = resp.sum(axis=0)
        return list(unknown * count for count in counts)  # noqa: F821

    error = run(m_step=within).error
    assert error.where == "line 3 of within"
    assert error.line.startswith("return list(unknown")


def test_of_four_functions_the_one_that_raised_is_named():
    def counts(resp):
        return undefined_name  # noqa: F821

    history = run(None, [counts, weights_of, means_of, covariances_of])
    assert history.error.sentence == "counts raised NameError: name 'undefined_name' is not defined"
    assert history.error.where == "line 2 of counts"


def test_a_function_that_is_not_written_yet_is_reported():
    history = run(None, unwritten)
    assert history.error.sentence == "unwritten is not written yet."
    assert len(history.frames) == 2


def test_an_interrupt_keeps_the_frames_so_far():
    def impatient(data, resp):
        raise KeyboardInterrupt

    ending = run(None, impatient).ending
    assert ending.why is Why.INTERRUPTED
    assert end_in_words(ending) == "The run was interrupted here."
