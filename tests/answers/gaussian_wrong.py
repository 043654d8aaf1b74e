"""Wrong answers to the exercises of `gaussian-mixture`: each a mistake that people make."""

import numpy as np
from scipy.stats import multivariate_normal, norm

from answers import arrays
from answers.gaussian_right import em_with
from answers.registry import Answers, adder
from helpers import loglikelihood

WRONG: Answers = {}
add = adder(WRONG)


def densities(data, means, covs):
    return np.transpose([multivariate_normal.pdf(data, m, c) for m, c in zip(means, covs)])


def rows(table):
    return table / table.sum(axis=1, keepdims=True)


def spread(data, resp, divisor, centre):
    centred = np.asarray(data)[:, None] - np.asarray(centre)
    return np.einsum("nk,nkd,nke->kde", resp, centred, centred) / np.reshape(divisor, (-1, 1, 1))


def diagonal(covs):
    return np.array([np.diag(np.diag(c)) for c in covs])


def hard(resp):
    return np.eye(np.shape(resp)[1])[np.argmax(resp, axis=1)]


def variances_as_sigmas(data, means, covs):
    table = [[np.prod(norm.pdf(x, m, np.diag(c))) for m, c in zip(means, covs)] for x in np.asarray(data)]
    return np.array(table)


add(
    "compute_responsibilities",
    mixing_weights_forgotten=lambda x, w, m, c: rows(densities(x, m, c)),
    not_normalised=lambda x, w, m, c: w * densities(x, m, c),
    normalised_over_points=lambda x, w, m, c: w * densities(x, m, c) / (w * densities(x, m, c)).sum(axis=0),
    normalised_over_everything=lambda x, w, m, c: w * densities(x, m, c) / (w * densities(x, m, c)).sum(),
    normalised_without_the_weights=lambda x, w, m, c: w * rows(densities(x, m, c)),
    weights_added=lambda x, w, m, c: rows(w + densities(x, m, c)),
    hard=lambda x, w, m, c: hard(w * densities(x, m, c)),
    diagonal_covariances=lambda x, w, m, c: rows(w * densities(x, m, diagonal(c))),
    variance_taken_for_sigma=lambda x, w, m, c: rows(w * variances_as_sigmas(x, m, c)),
    inverse_covariance=lambda x, w, m, c: rows(w * densities(x, m, np.linalg.inv(c))),
    logs_not_undone=lambda x, w, m, c: np.log(w * densities(x, m, c)),
    logs_normalised=lambda x, w, m, c: rows(np.log(w * densities(x, m, c))),
    same_covariance_for_all=lambda x, w, m, c: rows(w * densities(x, m, [c[0]] * len(c))),
    transposed=lambda x, w, m, c: rows(w * densities(x, m, c)).T,
    equal_shares=lambda x, w, m, c: np.full((len(x), len(w)), 1 / len(w)),
    nothing_returned=lambda x, w, m, c: None,
)
add(
    "compute_soft_counts",
    over_components=lambda resp: np.sum(resp, axis=1),
    of_everything=lambda resp: np.sum(resp),
    hard_counts=lambda resp: hard(resp).sum(axis=0),
    means=lambda resp: np.mean(resp, axis=0),
    table_itself=lambda resp: resp,
    whole_numbers=lambda resp: np.sum(resp, axis=0).astype(int),
    above_one_half=lambda resp: np.sum(np.asarray(resp) > 0.5, axis=0),
)
add(
    "compute_weights",
    over_K=lambda counts: np.asarray(counts) / len(counts),
    equal=lambda counts: np.full(len(counts), 1 / len(counts)),
    over_the_largest=lambda counts: np.asarray(counts) / np.max(counts),
    counts_themselves=lambda counts: counts,
    softmax=lambda counts: np.exp(counts) / np.exp(counts).sum(),
    euclidean_norm=lambda counts: counts / np.linalg.norm(counts),
    percent=lambda counts: 100 * np.asarray(counts) / np.sum(counts),
    whole_number_division=lambda counts: np.asarray(counts) // np.sum(counts),
    a_hundred_points=lambda counts: np.asarray(counts) / 100,
)
add(
    "compute_means",
    over_N=lambda x, r, n: r.T @ x / len(x),
    over_K=lambda x, r, n: r.T @ x / len(n),
    not_divided=lambda x, r, n: r.T @ x,
    unweighted=lambda x, r, n: np.array([np.mean(x, axis=0)] * len(n)),
    hard=lambda x, r, n: hard(r).T @ x / np.maximum(hard(r).sum(axis=0), 1)[:, None],
    same_for_all=lambda x, r, n: np.array([(r.T @ x / n[:, None])[-1]] * len(n)),
    transposed=lambda x, r, n: (r.T @ x / n[:, None]).T,
    one_too_few=lambda x, r, n: r.T @ x / (n - 1)[:, None],
    last_point_left_out=lambda x, r, n: r[:-1].T @ x[:-1] / n[:, None],
    whole_numbers=lambda x, r, n: (r.T @ x / n[:, None]).astype(int),
)
add(
    "compute_covariances",
    over_N=lambda x, r, n, m: spread(x, r, len(x), m),
    over_K=lambda x, r, n, m: spread(x, r, len(n), m),
    over_count_less_one=lambda x, r, n, m: spread(x, r, n - 1, m),
    not_divided=lambda x, r, n, m: spread(x, r, 1.0, m),
    uncentred=lambda x, r, n, m: spread(x, r, n, 0 * np.asarray(m)),
    centred_on_the_mean_of_all=lambda x, r, n, m: spread(x, r, n, [np.mean(x, axis=0)] * len(n)),
    diagonal_only=lambda x, r, n, m: diagonal(spread(x, r, n, m)),
    variances_only=lambda x, r, n, m: np.array([np.diag(c) for c in spread(x, r, n, m)]),
    hard=lambda x, r, n, m: spread(x, hard(r), np.maximum(hard(r).sum(axis=0), 1), m),
    hard_over_soft_counts=lambda x, r, n, m: spread(x, hard(r), n, m),
    responsibilities_squared=lambda x, r, n, m: spread(x, r**2, n, m),
    same_for_all=lambda x, r, n, m: np.array([spread(x, r, n, m)[-1]] * len(n)),
    unweighted=lambda x, r, n, m: np.array([np.atleast_2d(np.cov(x, rowvar=False))] * len(n)),
    summed_over_components=lambda x, r, n, m: spread(x, r, n, m).sum(axis=0),
    standard_deviations=lambda x, r, n, m: np.sqrt(np.abs(spread(x, r, n, m))),
    inner_products=lambda x, r, n, m: np.trace(spread(x, r, n, m), axis1=1, axis2=2),
)


def em_old_mean(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    w, m, c = init_weights, init_means, init_covariances
    trace = [loglikelihood(data, w, m, c)]
    for _ in range(maxiter):
        r = arrays.compute_responsibilities(data, w, m, c)
        n = r.sum(axis=0)
        c = spread(data, r, n, m)
        w, m = n / n.sum(), r.T @ np.asarray(data) / n[:, None]
        trace.append(loglikelihood(data, w, m, c))
        if trace[-1] - trace[-2] < thresh:
            break
    return {"weights": w, "means": m, "covs": c, "loglik": trace, "resp": r}


def em_calls_twice(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    good = em_with()
    return good(data, init_means, init_covariances, init_weights, maxiter=maxiter + 1, thresh=thresh)


def em_rename(old, new):
    return em_with(finish=lambda out: {new if key == old else key: value for key, value in out.items()})


def em_ignores(**fixed):
    def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
        given = {"maxiter": maxiter, "thresh": thresh} | fixed
        return em_with()(data, init_means, init_covariances, init_weights, **given)

    return EM


def forgotten_weights(data, weights, means, covs):
    return rows(densities(data, means, covs))


add(
    "EM",
    old_mean_in_the_covariance=em_old_mean,
    mixing_weights_forgotten=em_with(e_step=forgotten_weights),
    hard_assignment=em_with(e_step=lambda *given: hard(arrays.compute_responsibilities(*given))),
    diagonal_only=em_with(covariances=lambda x, r, n, m: diagonal(spread(x, r, n, m))),
    count_less_one=em_with(covariances=lambda x, r, n, m: spread(x, r, n - 1, m)),
    covariances_over_N=em_with(covariances=lambda x, r, n, m: spread(x, r, len(x), m)),
    weights_over_K=em_with(finish=lambda out: out | {"weights": out["weights"] * len(out["resp"]) / 3}),
    one_iteration_too_many=em_calls_twice,
    maxiter_ignored=em_ignores(maxiter=1000),
    thresh_ignored=em_ignores(thresh=1e-4),
    stops_at_exact_equality=em_ignores(thresh=1e-13),
    stops_only_at_maxiter=em_ignores(thresh=-np.inf, maxiter=100),
    stops_after_one=em_ignores(maxiter=1),
    tested_on_an_alias=em_with(stop=lambda new, old, thresh: new - new < thresh),
    mean_loglik=em_with(finish=lambda out: out | {"loglik": np.array(out["loglik"]) / len(out["resp"])}),
    loglik_without_log=em_with(finish=lambda out: out | {"loglik": np.exp(out["loglik"])}),
    loglik_as_one_number=em_with(finish=lambda out: out | {"loglik": out["loglik"][-1]}),
    loglik_negated=em_with(finish=lambda out: out | {"loglik": [-v for v in out["loglik"]]}),
    a_tuple=em_with(finish=lambda out: tuple(out.values())),
    a_missing_key=em_with(finish=lambda out: {k: v for k, v in out.items() if k != "resp"}),
    another_name=em_rename("covs", "covariances"),
    responsibilities_of_the_start=em_with(finish=lambda out: out | {"resp": np.full_like(out["resp"], 0.3)}),
    the_start_returned=lambda data, means, covs, weights, maxiter=1, thresh=1: {
        "weights": weights,
        "means": means,
        "covs": covs,
        "loglik": [loglikelihood(data, weights, means, covs)],
        "resp": np.full((len(data), len(weights)), 1 / len(weights)),
    },
)
