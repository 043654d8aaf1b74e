"""Functions from which the known mistakes about Gaussian mixtures are built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from helpers import log_gaussians, loglikelihood

Numbers = NDArray[np.float64]


def densities(data: Any, means: Any, covs: Any) -> Numbers:
    """Return the density of each point under each component, (N, K)."""
    return np.exp(log_gaussians(data, means, covs))


def sigma_densities(data: Any, means: Any, covs: Any) -> Numbers:
    """Return densities that use each variance as a standard deviation, one coordinate at a time."""
    rows = [[np.prod(norm.pdf(x, m, np.diag(c))) for m, c in zip(means, covs)] for x in np.asarray(data)]
    return np.array(rows)


def unscaled_densities(data: Any, means: Any, covs: Any) -> Numbers:
    """Return densities without the constant in front of the exponential."""
    centred = np.asarray(data)[:, None] - np.asarray(means)
    return np.exp(-0.5 * np.einsum("nkd,kde,nke->nk", centred, np.linalg.inv(covs), centred))


def rows(table: Any) -> Numbers:
    """Return the table with each row divided by its sum."""
    return table / np.sum(table, axis=1, keepdims=True)


def responsibilities(data: Any, weights: Any, means: Any, covs: Any) -> Numbers:
    return rows(np.asarray(weights) * densities(data, means, covs))


def hard(resp: Numbers) -> Numbers:
    """Return shares that give each point completely to the component with the largest share."""
    return np.eye(np.shape(resp)[1])[np.argmax(resp, axis=1)]


def diagonal(covs: Any) -> Numbers:
    return np.array([np.diag(np.diag(c)) for c in covs])


def spread(data: Any, resp: Numbers, divisor: Any, centre: Any) -> Numbers:
    """Return the sums of weighted outer products about each centre, divided by `divisor`, (K, D, D)."""
    centred = np.asarray(data)[:, None] - np.asarray(centre)
    return np.einsum("nk,nkd,nke->kde", resp, centred, centred) / np.reshape(divisor, (-1, 1, 1))


def em(
    e_step: Callable[..., Any] = responsibilities,
    m_step: Callable[..., Any] | None = None,
    stop: Callable[[list[float], float, int], bool] = lambda trace, thresh, n: trace[-1] - trace[-2] < thresh,
    finish: Callable[[dict[str, Any]], Any] = lambda out: out,
) -> Callable[..., Any]:
    """Return an EM loop in which some parts are replaced.

    m_step takes data, resp and the old parameters, and returns the new parameters.
    stop takes the log-likelihoods, the threshold and the number of points.
    """

    def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
        data = np.asarray(data)
        parameters = init_weights, init_means, init_covariances
        trace = [loglikelihood(data, *parameters)]
        for _ in range(maxiter):
            resp = e_step(data, *parameters)
            parameters = (m_step or new_parameters)(data, resp, *parameters)
            trace.append(loglikelihood(data, *parameters))
            if stop(trace, thresh, len(data)):
                break
        weights, means, covs = parameters
        return finish({"weights": weights, "means": means, "covs": covs, "loglik": trace, "resp": resp})

    return EM


def new_parameters(data: Numbers, resp: Numbers, *old: Any, **changed: Any) -> tuple[Any, Any, Any]:
    """Return the parameters of the correct M-step. Values in `changed` replace its values."""
    counts = changed.get("counts", resp.sum(axis=0))
    means = changed.get("means", resp.T @ data / counts[:, None])
    covs = changed.get("covs", spread(data, resp, counts, means))
    return changed.get("weights", counts / counts.sum()), means, covs
