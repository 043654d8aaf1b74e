"""The two half-steps of EM for Gaussian and for Bernoulli mixtures, and what both climb.

The log-likelihood and the bound are computed here, in the log domain, whoever wrote the
steps: so they can be trusted when a learner's functions cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax, xlogy

from explorer import forms
from explorer.forms import Numbers, Params

SMALLEST = 1e-300  # a probability of 0 has no log; this one's is far below anything that is met
ALPHA = 1e-8  # smoothing, as in the course: what was never seen is unlikely, not impossible


@dataclass(frozen=True)
class Family:
    """What one kind of mixture knows of itself.

    parts: the names of its parameters, in the order of the course's functions. logs: whether
    responsibilities are handed over as logs. read, tell: into `Params` from what an M-step
    returns, out of them for an E-step.
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
    """Return the family of this name; by default Bernoulli for binary data with over two columns."""
    if name is None:
        binary = data.shape[1] > 2 and bool(((data == 0) | (data == 1)).all())
        name = "bernoulli" if binary else "gaussian"
    if name not in FAMILIES:
        raise ValueError(f"model is {name!r}, but must be one of: {', '.join(FAMILIES)}.")
    return FAMILIES[name]


def scores_or_none(family: Family, data: Numbers, params: Params) -> Numbers | None:
    """Return log weight plus log density, (N, K), or None where these parameters are no mixture."""
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

    It is sum_nk r_nk (score_nk - log r_nk) (Bishop 2006, eq. 9.71), for rows that sum to 1:
    they are normalised first, and a fault in their sums is left to the light on rows.
    """
    share = resp / resp.sum(axis=1, keepdims=True)
    weighed = np.multiply(share, scores, out=np.zeros_like(scores), where=share > 0)
    return float(weighed.sum() - xlogy(share, share).sum())


# Our own steps serve where a notebook has none to give. They lean on softmax, numpy.cov and
# numpy.average and take what we keep, scores and `Params`: so none is itself the answer to an exercise,
# since none has the name, the arguments or the pieces that an exercise asks for.
def own_e_step(scores: Numbers, logs: bool) -> Numbers:
    """Return the responsibilities or their logs (Bishop 2006, eq. 9.23 and 9.56)."""
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
    # For all components at once and without checks: the covariances of a learner need not be
    # symmetric, and a light says so.
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
    # Of weights that sum to 1; where a learner's do not, it is the light on weights that says so.
    return np.log(params.weights / params.weights.sum())


def _draw_gaussians(data: Numbers, K: int, seed: int) -> Params:
    """Return means at K random points, each with the covariance of all the data."""
    return Params(np.full(K, 1 / K), _some(data, K, seed), np.array([np.cov(data, rowvar=False)] * K))


def _draw_bernoullis(data: Numbers, K: int, seed: int) -> Params:
    """Return K random images, faded: half as sure of each pixel."""
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
