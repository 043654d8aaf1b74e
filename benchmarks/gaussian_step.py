"""One iteration of EM for a Gaussian mixture: the reference, a faster form, scikit-learn.

All three start from the same parameters. After some iterations their log-likelihoods must agree, with a
relative error of at most 1e-8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.processes import Measured, measure

SIZES = [(100_000, 3, 4), (1_000_000, 3, 4), (100_000, 16, 8)]  # N, D, K
BLOCK = 8192
Iterate = Callable[[int], float]
Parameters = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def _problem(num_points: int, num_dims: int, num_components: int) -> tuple[NDArray[np.float64], Parameters]:
    """Return points in overlapping groups, and a start as in the assignment: random points as means."""
    rng = np.random.default_rng(1)
    centres = 2.5 * rng.normal(size=(num_components, num_dims))
    data = centres[rng.integers(0, num_components, num_points)] + rng.normal(size=(num_points, num_dims))
    spread = np.array([np.diag(data.var(axis=0))] * num_components)
    return data, (np.full(num_components, 1 / num_components), data[:num_components], spread)


def _runner(step: Callable[..., Any], data: NDArray[np.float64], start: Parameters) -> Iterate:
    def run(iterations: int) -> float:
        parameters = start
        for _ in range(iterations):
            *parameters, loglik = step(data, *parameters)
        return float(loglik)  # it belongs to the parameters before the last iteration

    return run


def reference(source: str, size: list[int]) -> Iterate:
    """Prepare the step given in `bernoulli-digits`: points whitened by Cholesky factors, block by block."""
    names: dict[str, Any] = {"np": np}
    exec(source, names)
    return _runner(names["em_step"], *_problem(*size))


def fast(size: list[int]) -> Iterate:
    """Prepare the step with quadratic features: one product in each half-step, block by block."""
    return _runner(fast_step, *_problem(*size))


def sklearn(size: list[int]) -> Iterate:
    """Prepare scikit-learn's GaussianMixture."""
    from sklearn.mixture import GaussianMixture

    data, (weights, means, covariances) = _problem(*size)
    start = {
        "weights_init": weights,
        "means_init": means,
        "precisions_init": np.linalg.inv(covariances),
        "init_params": "random_from_data",
        "random_state": 0,
    }

    def run(iterations: int) -> float:
        model = GaussianMixture(len(weights), tol=0, reg_covar=0, max_iter=iterations, **start)
        return float(model.fit(data).lower_bound_) * len(data)

    return run


def fast_step(
    data: NDArray[np.float64],
    weights: NDArray[np.float64],
    means: NDArray[np.float64],
    covariances: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """Return the parameters after one iteration, and the log-likelihood before it.

    A Gaussian's log density is linear in the features 1, x_i and x_i x_j. The sums of the M-step are linear
    in them, too. So each half-step is one matrix product. Far from the origin, squares lose digits. So the
    mixture's mean is subtracted from the points.

    data: (N, D). weights: (K,). means: (K, D). covariances: (K, D, D).
    """
    origin = weights @ means
    table = _coefficients(weights, means - origin, covariances)
    sums, loglik, room = np.zeros_like(table), 0.0, np.ones((table.shape[1], BLOCK))
    for begin in range(0, len(data), BLOCK):
        features = _features(data[begin : begin + BLOCK] - origin, room)
        scores = table @ features
        top = scores.max(axis=0)
        resp = np.exp(scores - top)
        total = resp.sum(axis=0)
        resp /= total
        sums += resp @ features.T
        loglik += (top + np.log(total)).sum()
    return (*_moments(sums, origin), loglik)


def _features(points: NDArray[np.float64], room: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the features 1, x_i, and x_i x_j for i <= j, one row for each feature.

    They are written into `room`, whose first row is already 1.
    """
    num_dims, features = points.shape[1], room[:, : len(points)]
    features[1 : 1 + num_dims] = points.T
    row = 1 + num_dims
    for i in range(num_dims):
        rest = num_dims - i
        np.multiply(features[1 + i], features[1 + i : 1 + num_dims], out=features[row : row + rest])
        row += rest
    return features


def _coefficients(
    weights: NDArray[np.float64], means: NDArray[np.float64], covariances: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return each feature's coefficient in the log weight plus log density, one row for each component."""
    num_dims = means.shape[1]
    precisions = np.linalg.inv(covariances)
    linear = np.einsum("kde,ke->kd", precisions, means)
    log_det = np.linalg.slogdet(covariances)[1]
    constant = np.log(weights) - 0.5 * (num_dims * np.log(2 * np.pi) + log_det + (linear * means).sum(axis=1))
    i, j = np.triu_indices(num_dims)
    squares = -0.5 * precisions[:, i, j] * np.where(i == j, 1, 2)
    return np.column_stack([constant, linear, squares])


def _moments(sums: NDArray[np.float64], origin: NDArray[np.float64]) -> Parameters:
    num_dims = len(origin)
    counts, means = sums[:, 0], sums[:, 1 : 1 + num_dims] / sums[:, :1]
    i, j = np.triu_indices(num_dims)
    squares = np.empty((len(sums), num_dims, num_dims))
    squares[:, i, j] = squares[:, j, i] = sums[:, 1 + num_dims :] / sums[:, :1]
    return counts / counts.sum(), means + origin, squares - means[:, :, None] * means[:, None, :]


def compare(source: str) -> list[tuple[tuple[int, int, int], dict[str, Measured]]]:
    """Return the measurements of the three contenders, for each size."""
    here, rows = "benchmarks.gaussian_step", []
    for size in SIZES:
        three = {
            "reference": measure(f"{here}:reference", source=source, size=size),
            "fast form": measure(f"{here}:fast", size=size),
            "scikit-learn": measure(f"{here}:sklearn", size=size),
        }
        for each in three.values():
            np.testing.assert_allclose(each.value, three["scikit-learn"].value, rtol=1e-8)
        rows.append((size, three))
    return rows
