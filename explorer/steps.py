"""The half-steps of EM for Gaussian and Bernoulli mixtures, with the log-likelihood and the bound.

The log-likelihood and the bound are always computed here, in the log domain, even if a learner's functions do
the steps. So these two numbers are correct even if the learner's functions are wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax, xlogy

from explorer import forms
from explorer.forms import Numbers, Params

SMALLEST = 1e-300  # replaces a probability of 0, which has no log; all real probabilities are much larger
ALPHA = 1e-8  # smoothing, as in the course: a pixel that never had ink is unlikely to, but may have ink


@dataclass(frozen=True)
class Family:
    """A kind of mixture, with the functions that only this kind has.

    parts: the names of its parameters, in the order of the course's functions.
    logs: whether the course's functions take and return responsibilities as logs.
    scores, weigh, draw: functions for the E-step, for the M-step and for a random start.
    read: converts the result of an M-step to `Params`. tell: converts `Params` to arguments for an E-step.
    """

    name: str
    parts: tuple[str, ...]
    logs: bool
    scores: Callable[[Numbers, Params], Numbers]
    weigh: Callable[[Numbers, Numbers], Params]
    draw: Callable[[Numbers, int, int], Params]
    read: Callable[[Any, int, int], Params]
    tell: Callable[[Params], list[Numbers]]


def family_of(name: str | None, data: Numbers) -> Family:
    """Return the family with this name. By default, binary data with more than two columns are Bernoulli."""
    if name is None:
        binary = data.shape[1] > 2 and bool(((data == 0) | (data == 1)).all())
        name = "bernoulli" if binary else "gaussian"
    if name not in FAMILIES:
        raise ValueError(f"model is {name!r}, but must be one of: {', '.join(FAMILIES)}.")
    return FAMILIES[name]


def scores_or_none(family: Family, data: Numbers, params: Params) -> Numbers | None:
    """Return the log weight plus log density, (N, K), or None if these parameters are not a mixture."""
    with np.errstate(all="ignore"):
        try:
            scores = family.scores(data, params)
        except (np.linalg.LinAlgError, ValueError):  # not positive definite, or not finite
            return None
    return None if np.isnan(scores).any() else scores


def loglikelihood_of(scores: Numbers) -> float:
    """Return the log-likelihood: the sum over points of the log of the sum over components."""
    return float(logsumexp(scores, axis=1).sum())


def bound_of(scores: Numbers, resp: Numbers) -> float:
    """Return the lower bound on the log-likelihood that these responsibilities give.

    It is sum_nk r_nk (score_nk - log r_nk) (Bishop 2006, eq. 9.71), for rows that sum to 1. So the rows are
    normalised first. If they did not sum to 1, the light for rows reports this.
    """
    share = resp / resp.sum(axis=1, keepdims=True)
    weighed = np.multiply(share, scores, out=np.zeros_like(scores), where=share > 0)
    return float(weighed.sum() - xlogy(share, share).sum())


# The explorer's own steps are used if a notebook does not give any. They must not be the answer to an
# exercise. So they use softmax, numpy.cov and numpy.average, and take scores and `Params`. Their names,
# arguments and parts differ from those that an exercise asks for.
def own_e_step(scores: Numbers, logs: bool) -> Numbers:
    """Return the responsibilities, or their logs (Bishop 2006, eq. 9.23 and 9.56)."""
    return (log_softmax if logs else softmax)(scores, axis=1)


def _weigh_gaussians(data: Numbers, resp: Numbers) -> Params:
    shares = (resp / resp.sum(axis=0)).T
    means = np.array([np.average(data, axis=0, weights=share) for share in shares])
    weights = resp.sum(axis=0) / resp.sum()
    return Params(weights, means, np.array([np.cov(data.T, aweights=s, ddof=0) for s in shares]))


def _weigh_bernoullis(data: Numbers, resp: Numbers) -> Params:
    held = ALPHA + resp.sum(axis=0)
    return Params(held / held.sum(), (ALPHA + resp.T @ data) / (ALPHA + held)[:, None])


def _gaussian_scores(data: Numbers, params: Params) -> Numbers:
    # The densities of all components together, without checks: a learner's covariances may be asymmetric, and
    # a light reports this.
    factors = np.linalg.cholesky(params.covariances)
    white = np.linalg.inv(factors) @ (data.T - params.means[:, :, None])
    log_det = 2 * np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)
    constant = data.shape[1] * np.log(2 * np.pi) + log_det
    return _log_weights(params) - 0.5 * (constant + np.einsum("kdn,kdn->nk", white, white))


def _bernoulli_scores(data: Numbers, params: Params) -> Numbers:
    on = np.log(np.maximum(params.means, SMALLEST))
    off = np.log1p(-np.minimum(params.means, 1 - 2**-53))
    return _log_weights(params) + data @ (on - off).T + off.sum(axis=1)


def _log_weights(params: Params) -> Numbers:
    # The weights are normalised. If a learner's weights do not sum to 1, the light for weights reports this.
    return np.log(params.weights / params.weights.sum())


def _draw_gaussians(data: Numbers, K: int, seed: int) -> Params:
    """Return means at K random points, each with the covariance of all the data."""
    return Params(np.full(K, 1 / K), _some(data, K, seed), np.array([np.cov(data, rowvar=False)] * K))


def _draw_bernoullis(data: Numbers, K: int, seed: int) -> Params:
    """Return K random images as means, with probabilities of ink 0.25 and 0.75 instead of 0 and 1."""
    return Params(np.full(K, 1 / K), 0.25 + 0.5 * _some(data, K, seed))


def _some(data: Numbers, K: int, seed: int) -> Numbers:
    return data[np.random.default_rng(seed).choice(len(data), K, replace=False)]


GAUSSIAN = Family(
    "gaussian",
    forms.PARTS["gaussian"],
    logs=False,
    scores=_gaussian_scores,
    weigh=_weigh_gaussians,
    draw=_draw_gaussians,
    read=forms.read_gaussians,
    tell=forms.tell_gaussians,
)
BERNOULLI = Family(
    "bernoulli",
    forms.PARTS["bernoulli"],
    logs=True,
    scores=_bernoulli_scores,
    weigh=_weigh_bernoullis,
    draw=_draw_bernoullis,
    read=forms.read_bernoullis,
    tell=forms.tell_bernoullis,
)
FAMILIES = {family.name: family for family in (GAUSSIAN, BERNOULLI)}
