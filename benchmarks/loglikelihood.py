"""`helpers.loglikelihood` against a double loop as it was published, scipy and scikit-learn."""

from __future__ import annotations

import timeit
from collections.abc import Callable

import numpy as np
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from exercises.pieces.draw import Mixture, draw_mixture
from helpers import loglikelihood

NUM_POINTS, NUM_COMPONENTS, NUM_DIMS = 1500, 4, 3
RUNS = 7


def double_loop(data, weights, means, covs) -> float:
    """Compute the log-likelihood in its published form: an inverse and a determinant for every point and
    component.
    """
    total = 0.0
    for x in data:
        scores = np.zeros(len(means))
        for k in range(len(means)):
            delta = np.array(x) - means[k]
            distance = np.dot(delta.T, np.dot(np.linalg.inv(covs[k]), delta))
            log_det = np.log(np.linalg.det(covs[k]))
            scores[k] = np.log(weights[k]) - 0.5 * (len(x) * np.log(2 * np.pi) + log_det + distance)
        total += scores.max() + np.log(np.exp(scores - scores.max()).sum())
    return total


def by_scipy(data, weights, means, covs) -> float:
    """Compute the log-likelihood from sums of weighted densities, so in the linear domain."""
    parts = [w * multivariate_normal.pdf(data, m, c) for w, m, c in zip(weights, means, covs)]
    return np.log(np.sum(parts, axis=0)).sum()


def by_sklearn(data, weights, means, covs) -> float:
    """Compute the log-likelihood with scikit-learn's score, which needs Cholesky factors of the
    precisions.
    """
    model = GaussianMixture(len(weights))
    model.weights_, model.means_, model.covariances_ = weights, means, covs
    model.precisions_cholesky_ = np.array([np.linalg.cholesky(np.linalg.inv(c)) for c in covs])
    return model.score_samples(data).sum()


PEERS = {"double loop": double_loop, "scipy, linear": by_scipy, "scikit-learn": by_sklearn}


def seconds(function: Callable[..., float], problem: Mixture) -> float:
    """Return the median time of one call."""
    timer = timeit.Timer(lambda: function(*problem))
    number, _ = timer.autorange()
    return float(np.median(timer.repeat(RUNS, number))) / number


def measure() -> dict[str, float]:
    """Return the time of each other function as a multiple of the time of `helpers.loglikelihood`.

    All are measured on the same points in the same run.
    """
    drawn = draw_mixture(np.random.default_rng(1), NUM_COMPONENTS, NUM_DIMS, NUM_POINTS)
    ours = loglikelihood(*drawn)
    for name, peer in PEERS.items():
        np.testing.assert_allclose(peer(*drawn), ours, rtol=1e-8, err_msg=name)
    base = seconds(loglikelihood, drawn)
    return {name: seconds(peer, drawn) / base for name, peer in PEERS.items()}


def table() -> str:
    """Return the ratios as Markdown."""
    head = f"Log-likelihood at N = {NUM_POINTS}, K = {NUM_COMPONENTS}, D = {NUM_DIMS}"
    rows = [f"| {name} | {ratio:.1f} |" for name, ratio in measure().items()]
    return "\n".join([head, "", "| peer | times as long as helpers.loglikelihood |", "|---|---|", *rows])
