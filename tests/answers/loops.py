"""Answers with loops over points and lists of components, without logs, as the published notebook asks."""

import numpy as np
from scipy.stats import multivariate_normal

from helpers import loglikelihood


def compute_responsibilities(data, weights, means, covariances):
    num_data = len(data)
    num_clusters = len(means)
    resp = np.zeros((num_data, num_clusters))
    for i in range(num_data):
        for k in range(num_clusters):
            resp[i, k] = weights[k] * multivariate_normal.pdf(data[i], mean=means[k], cov=covariances[k])
    row_sums = resp.sum(axis=1)[:, np.newaxis]
    resp = resp / row_sums
    return resp


def compute_soft_counts(resp):
    return np.sum(resp, axis=0)


def compute_weights(counts):
    weights = [0.0] * len(counts)
    for k in range(len(counts)):
        weights[k] = counts[k] / np.sum(counts)
    return weights


def compute_means(data, resp, counts):
    means = [np.zeros(len(data[0]))] * len(counts)
    for k in range(len(counts)):
        weighted_sum = 0.0
        for i in range(len(data)):
            weighted_sum += resp[i][k] * data[i]
        means[k] = weighted_sum / counts[k]
    return means


def compute_covariances(data, resp, counts, means):
    num_dim = len(data[0])
    covariances = [np.zeros((num_dim, num_dim))] * len(counts)
    for k in range(len(counts)):
        weighted_sum = np.zeros((num_dim, num_dim))
        for i in range(len(data)):
            weighted_sum += resp[i][k] * np.outer(data[i] - means[k], data[i] - means[k])
        covariances[k] = weighted_sum / counts[k]
    return covariances


def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    means = init_means[:]
    covariances = init_covariances[:]
    weights = init_weights[:]
    ll = loglikelihood(data, weights, means, covariances)
    ll_trace = [ll]
    for it in range(maxiter):
        if it % 5 == 0:
            print("Iteration %s" % it)
        resp = compute_responsibilities(data, weights, means, covariances)
        counts = compute_soft_counts(resp)
        weights = compute_weights(counts)
        means = compute_means(data, resp, counts)
        covariances = compute_covariances(data, resp, counts, means)
        ll_latest = loglikelihood(data, weights, means, covariances)
        ll_trace.append(ll_latest)
        if (ll_latest - ll) < thresh and ll_latest > -np.inf:
            break
        ll = ll_latest
    if it % 5 != 0:
        print("Iteration %s" % it)
    return {"weights": weights, "means": means, "covs": covariances, "loglik": ll_trace, "resp": resp}
