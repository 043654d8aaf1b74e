"""Answers without a loop over points or components: einsum, broadcasting, Cholesky, logs."""

import numpy as np
from scipy.special import logsumexp, softmax


def log_scores(data, weights, means, covariances):
    factors = np.linalg.cholesky(np.asarray(covariances))
    centred = np.asarray(data)[None] - np.asarray(means)[:, None]
    white = np.linalg.solve(factors, centred.transpose(0, 2, 1))
    log_det = np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)
    D = centred.shape[-1]
    return (np.log(weights) - log_det - D / 2 * np.log(2 * np.pi)) - 0.5 * np.square(white).sum(axis=1).T


def compute_responsibilities(data, weights, means, covariances):
    return softmax(log_scores(data, weights, means, covariances), axis=1)


def compute_soft_counts(resp):
    return np.einsum("nk->k", resp)


def compute_weights(counts):
    return counts / np.linalg.norm(counts, 1)


def compute_means(data, resp, counts):
    return np.einsum("nk,nd->kd", resp, data) / np.reshape(counts, (-1, 1))


def compute_covariances(data, resp, counts, means):
    centred = np.subtract(np.asarray(data)[:, None], np.asarray(means)[None])
    return np.einsum("nk,nkd,nke->kde", resp, centred, centred) / np.reshape(counts, (-1, 1, 1))


def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    def total(*parameters):
        return logsumexp(log_scores(data, *parameters), axis=1).sum()

    state = (init_weights, init_means, init_covariances)
    trace = [total(*state)]
    while len(trace) <= maxiter:
        resp = compute_responsibilities(data, *state)
        counts = compute_soft_counts(resp)
        means = compute_means(data, resp, counts)
        state = (compute_weights(counts), means, compute_covariances(data, resp, counts, means))
        trace += [total(*state)]
        if abs(trace[-1] - trace[-2]) < thresh:
            break
    weights, means, covs = state
    resp = compute_responsibilities(data, *state)
    return dict(weights=weights, means=means, covs=covs, loglik=np.array(trace), resp=resp)
