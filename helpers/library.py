"""EM of scikit-learn, called like the EM of the students, and a choice between the two.

Later notebooks use the EM that the students wrote. If it is not ready, the EM of the library runs.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from helpers.likelihood import log_gaussians, log_sum_exp, loglikelihood
from helpers.validate import as_mixture, as_points

Fit = Callable[..., dict[str, Any]]
PATIENCE = 10.0  # seconds that one fit of a student's EM may take if many fits follow
SAME_MEANS, SAME_LOGLIK = 1e-3, 1e-2  # one iteration more or less changes less than that


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
    log-likelihood gains less than thresh, or after maxiter iterations. floor: a number that is added to each
    variance.
    Returns 'weights' (K,), 'means' (K, D), 'covs' (K, D, D), 'resp' (N, K), and 'loglik', the log-likelihood
    in nats at the start and after each iteration. Raises ValueError if maxiter is not at least 1, if floor
    is negative, if there are fewer than two points, or if a component collapses.

    Example:
        >>> found = library_EM([[0.0], [1.0], [5.0], [6.0]], [[0], [5]], [[[1]], [[1]]], [0.5, 0.5])
        >>> found["means"].round(2).tolist()
        [[0.5], [5.5]]
    """
    points = as_points(data)
    if maxiter < 1 or len(points) < 2 or floor < 0:
        raise ValueError(
            f"maxiter is {maxiter}, floor is {floor} and data has shape {points.shape}: allow 1 iteration or "
            "more, a floor of 0 or more, and give 2 points or more."
        )
    wide = np.asarray(init_covariances, dtype=float) + floor * np.eye(points.shape[1])
    start = as_mixture(init_weights, init_means, wide, points.shape[1])
    model, loglik = _model(*start, floor), [loglikelihood(points, *start)]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*did not converge", module="sklearn")
        for _ in range(maxiter):
            loglik.append(_one_iteration(model, points))
            if loglik[-1] - loglik[-2] < thresh:
                break
    parameters = {"weights": model.weights_, "means": model.means_, "covs": model.covariances_}
    return {**parameters, "loglik": loglik, "resp": model.predict_proba(points)}


def _model(
    weights: NDArray[np.float64], means: NDArray[np.float64], covs: NDArray[np.float64], floor: float
) -> Any:
    """Return a model that does one iteration in each call. Each iteration starts where the last one ended."""
    from sklearn.mixture import GaussianMixture  # imported late: other functions need not wait for it

    model = GaussianMixture(len(weights), tol=0, reg_covar=floor, max_iter=1, warm_start=True)
    model.set_params(init_params="random", random_state=0)  # not used, because the whole start is given
    exact = weights / weights.sum()  # scikit-learn accepts only sums that are closer to 1
    return model.set_params(weights_init=exact, means_init=means, precisions_init=np.linalg.inv(covs))


def _one_iteration(model: Any, points: NDArray[np.float64]) -> float:
    """Run one more iteration of the model; return the log-likelihood after it."""
    try:
        return float(model.fit(points).score(points)) * len(points)
    except ValueError:
        raise ValueError(
            "a component has collapsed: its covariance cannot be inverted. Try another start, or a floor."
        ) from None


def own_or_library(
    own: Fit, data: ArrayLike, init_means: ArrayLike, init_covariances: ArrayLike, init_weights: ArrayLike
) -> Fit:
    """Return your EM if it gives the same result as library_EM from this start; otherwise return library_EM.

    own: your EM. It is called like library_EM, without `floor`, and returns the same entries. A printed
    sentence says which of the two EMs is returned, and why. The returned function copies its arguments, and
    returns arrays. Its 'resp' belongs to the final parameters. Raises ValueError if library_EM does not end
    from this start.
    """
    if own is library_EM:
        print("library_EM runs.")
        return _careful(library_EM)
    reason = _why_not(_careful(own), data, init_means, init_covariances, init_weights)
    print(
        f"{reason} So library_EM runs from here on." if reason else "Your EM agrees with library_EM. It runs."
    )
    return _careful(library_EM if reason else own)


def _why_not(own: Fit, *problem: ArrayLike) -> str:
    """Return a sentence that says why the student's EM cannot be used; "" if it can be used."""
    right, began = _careful(library_EM)(*problem), time.perf_counter()
    try:
        found = own(*problem)
    except Exception as error:  # a student's code may raise any error
        return f"Your EM stops with an error, {type(error).__name__}: {error}."
    seconds = time.perf_counter() - began
    slow = f"Your EM takes {seconds:.0f} seconds, and many fits follow." if seconds > PATIENCE else ""
    return _difference(found, right) or slow


def _difference(found: dict[str, Any], right: dict[str, Any]) -> str:
    """Return a sentence that says how the results of the student's EM and of library_EM differ, or ""."""
    theirs, ours = found["loglik"], right["loglik"]
    if not np.isclose(theirs[-1], ours[-1], rtol=0, atol=SAME_LOGLIK):
        ends = f"Your EM ends at {theirs[-1]:.2f} after {len(theirs) - 1} iterations"
        return f"{ends}, and library_EM at {ours[-1]:.2f} after {len(ours) - 1}."
    same = found["means"].shape == right["means"].shape
    if same and np.allclose(found["means"], right["means"], rtol=0, atol=SAME_MEANS):
        return ""
    return "Your EM ends with other means than library_EM, or with the same means in another order."


def _careful(fit: Fit) -> Fit:
    """Return a function that runs EM on copies of its arguments and returns arrays."""

    def run(
        data: ArrayLike, init_means: ArrayLike, init_covs: ArrayLike, init_weights: ArrayLike, **options: Any
    ) -> dict[str, Any]:
        copies = (np.array(each, dtype=float) for each in (data, init_means, init_covs, init_weights))
        found = fit(*copies, **options)
        weights, means, covs = (np.array(found[name], dtype=float) for name in ("weights", "means", "covs"))
        joint = np.log(np.ravel(weights)) + log_gaussians(data, means, covs)
        resp = np.exp(joint - np.asarray(log_sum_exp(joint, axis=1))[:, None])
        loglik = np.ravel(np.array(list(found["loglik"]), dtype=float))
        return {"weights": np.ravel(weights), "means": means, "covs": covs, "loglik": loglik, "resp": resp}

    return run
