"""EM as scikit-learn does it, called like the students' own: for notebooks that come after their own EM."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.likelihood import loglikelihood
from helpers.validate import as_mixture, as_points


def library_EM(
    data: ArrayLike,
    init_means: ArrayLike,
    init_covariances: ArrayLike,
    init_weights: ArrayLike,
    maxiter: int = 1000,
    thresh: float = 1e-4,
    floor: float = 0.0,
) -> dict[str, Any]:
    """Fit a mixture of Gaussians from the given start with scikit-learn's GaussianMixture.

    data: (N, D). init_means: (K, D). init_covariances: (K, D, D). init_weights: (K,). It ends when the
    log-likelihood gains less than thresh, or after maxiter iterations. floor: is added to each variance.
    Returns 'weights' (K,), 'means' (K, D), 'covs' (K, D, D), 'resp' (N, K), and 'loglik', the log-likelihood
    in nats at the start and after each iteration. Raises ValueError if maxiter is not at least 1, if there
    are fewer than two points, or if a covariance cannot be inverted.

    Example:
        >>> found = library_EM([[0.0], [1.0], [5.0], [6.0]], [[0], [5]], [[[1]], [[1]]], [0.5, 0.5])
        >>> found["means"].round(2).tolist()
        [[0.5], [5.5]]
    """
    from sklearn.mixture import GaussianMixture  # only here: others need not wait for it

    points = as_points(data)
    if maxiter < 1 or len(points) < 2:
        raise ValueError(
            f"maxiter is {maxiter}, and data has shape {points.shape}: allow 1 iteration or more, "
            "and give 2 points or more."
        )
    weights, means, covs = as_mixture(init_weights, init_means, init_covariances, points.shape[1])
    wide = covs + floor * np.eye(points.shape[1])
    loglik = [loglikelihood(points, weights, means, wide)]
    # One iteration a call, each from the end of the one before: so the log-likelihood is known after each.
    model = GaussianMixture(len(weights), tol=0, reg_covar=floor, max_iter=1, warm_start=True)
    model.set_params(init_params="random", random_state=0)  # not used: the whole start is given
    model.set_params(weights_init=weights, means_init=means, precisions_init=np.linalg.inv(wide))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*did not converge", module="sklearn")
        for _ in range(maxiter):
            model.fit(points)
            loglik.append(model.score(points) * len(points))
            if loglik[-1] - loglik[-2] < thresh:
                break
    parameters = {"weights": model.weights_, "means": model.means_, "covs": model.covariances_}
    return {**parameters, "loglik": loglik, "resp": model.predict_proba(points)}
