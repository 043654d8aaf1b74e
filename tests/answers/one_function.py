"""Answers in which one EM does everything and overwrites its arguments. The small functions have one line."""

import numpy as np
from scipy.stats import multivariate_normal

from helpers import loglikelihood


def compute_responsibilities(data, weights, means, covariances):
    table = [
        [w * multivariate_normal.pdf(x, m, c) for w, m, c in zip(weights, means, covariances)] for x in data
    ]
    return [[value / sum(row) for value in row] for row in table]


def compute_soft_counts(resp):
    return [sum(column) for column in zip(*resp)]


def compute_weights(counts):
    return [count / sum(counts) for count in counts]


def compute_means(data, resp, counts):
    columns = zip(*resp)
    return [sum(r * np.array(x) for r, x in zip(rs, data)) / n for rs, n in zip(columns, counts)]


def compute_covariances(data, resp, counts, means):
    def outer(x, m):
        return np.outer(np.subtract(x, m), np.subtract(x, m))

    together = zip(zip(*resp), counts, means)
    return [sum(r * outer(x, m) for r, x in zip(rs, data)) / n for rs, n, m in together]


def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    means = init_means[:]
    covariances = init_covariances[:]
    weights = init_weights[:]
    num_data, num_dim, num_clusters = len(data), len(data[0]), len(means)
    resp = np.zeros((num_data, num_clusters))
    ll = loglikelihood(data, weights, means, covariances)
    ll_trace = [ll]
    for i in range(maxiter):
        for j in range(num_data):
            for k in range(num_clusters):
                resp[j, k] = weights[k] * multivariate_normal.pdf(data[j], means[k], covariances[k])
        resp = resp / resp.sum(axis=1)[:, np.newaxis]
        counts = np.sum(resp, axis=0)
        for k in range(num_clusters):
            weights[k] = counts[k] / num_data
            weighted_sum = 0
            for j in range(num_data):
                weighted_sum += resp[j, k] * data[j]
            means[k] = weighted_sum / counts[k]
            weighted_sum = np.zeros((num_dim, num_dim))
            for j in range(num_data):
                weighted_sum += resp[j, k] * np.outer(data[j] - means[k], data[j] - means[k])
            covariances[k] = weighted_sum / counts[k]
        ll_latest = loglikelihood(data, weights, means, covariances)
        ll_trace.append(ll_latest)
        if (ll_latest - ll) < thresh and ll_latest > -np.inf:
            break
        ll = ll_latest
    return {"weights": weights, "means": means, "covs": covariances, "loglik": ll_trace, "resp": resp}
