"""Correct answers to the exercises of `when-em-fails`, in several styles."""

import math

import numpy as np
import scipy.linalg
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from sklearn.mixture import GaussianMixture

from answers.registry import Answers, adder, registrar
from answers.when_em_fails_starts import RIGHT as STARTS
from helpers import log_gaussians, log_sum_exp

RIGHT: Answers = {}
add, right = adder(RIGHT), registrar(RIGHT)


@right("floor_eigenvalues", "a loop and a list")
def _(covariances, floor):
    answer = []
    for covariance in covariances:
        values, vectors = np.linalg.eigh(covariance)
        for i in range(len(values)):
            if values[i] < floor:
                values[i] = floor
        answer.append((vectors @ np.diag(values) @ vectors.T).tolist())
    return answer


@right("floor_eigenvalues", "a sum of outer products")
def _(covariances, floor):
    answer = np.zeros(np.shape(covariances))
    for k, covariance in enumerate(covariances):
        values, vectors = np.linalg.eigh(covariance)
        for value, vector in zip(values, vectors.T):
            answer[k] += max(value, floor) * np.outer(vector, vector)
    return answer


@right("floor_eigenvalues", "only what is missing")
def _(covariances, floor):
    values, vectors = np.linalg.eigh(covariances)
    missing = np.where(values < floor, floor - values, 0)
    return covariances + (vectors * missing[:, None, :]) @ vectors.transpose(0, 2, 1)


@right("floor_eigenvalues", "one einsum")
def _(covariances, floor):
    values, vectors = np.linalg.eigh(covariances)
    return np.einsum("kij,kj,klj->kil", vectors, np.clip(values, floor, None), vectors)


@right("floor_eigenvalues", "roots as factors")
def _(covariances, floor):
    values, vectors = np.linalg.eigh(np.asarray(covariances))
    factors = vectors * np.sqrt(np.maximum(values, floor))[:, None]
    return factors @ factors.swapaxes(-1, -2)


@right("floor_eigenvalues", "polar decomposition")
def _(covariances, floor):
    # max(v, f) = (v + f + |v - f|) / 2, and the polar decomposition of a symmetric matrix gives |M|.
    lowest = floor * np.eye(len(covariances[0]))
    sizes = [scipy.linalg.polar(each - lowest)[1] for each in covariances]
    return [(each + lowest + size) / 2 for each, size in zip(covariances, sizes)]


@right("map_covariances", "point by point")
def _(data, resp, counts, means, psi, nu):
    answer = []
    for k in range(len(means)):
        total = np.array(psi, dtype=float)
        for n in range(len(data)):
            d = data[n] - means[k]
            total = total + resp[n][k] * np.outer(d, d)
        answer.append((total / (nu + counts[k] + len(data[0]) + 1)).tolist())
    return answer


@right("map_covariances", "one einsum")
def _(data, resp, counts, means, psi, nu):
    centred = data[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", resp, centred, centred)
    return (psi + scatter) / (nu + counts + data.shape[1] + 1)[:, None, None]


@right("map_covariances", "a diagonal matrix of shares")
def _(data, resp, counts, means, psi, nu):
    scatters = [(data - m).T @ np.diag(share) @ (data - m) for m, share in zip(means, resp.T)]
    return np.stack([(psi + s) / (nu + n + len(psi) + 1) for s, n in zip(scatters, counts)])


@right("map_covariances", "the maximum likelihood first")
def _(data, resp, counts, means, psi, nu):
    centred = data - means[:, None]  # (K, N, D)
    fitted = (resp.T[:, :, None] * centred).transpose(0, 2, 1) @ centred / counts[:, None, None]
    divisor = nu + counts + np.shape(data)[1] + 1
    return psi / divisor[:, None, None] + fitted * (counts / divisor)[:, None, None]


@right("map_covariances", "the prior as points")
def _(data, resp, counts, means, psi, nu):
    extra = np.linalg.cholesky(psi).T  # the scatter of these rows is psi
    answer = np.empty((len(means), *np.shape(psi)))
    for k in range(len(means)):
        rows = np.vstack([np.sqrt(resp[:, k])[:, None] * (data - means[k]), extra])
        answer[k] = rows.T @ rows / (nu + resp[:, k].sum() + data.shape[1] + 1)
    return answer


add(
    "map_covariances",
    matrices_of_a_list=lambda data, resp, counts, means, psi, nu: [
        np.add(psi, np.dot((data - m).T * resp[:, k], data - m)) / sum((nu, counts[k], m.size, 1))
        for k, m in enumerate(means)
    ],
)


add(
    "heldout_loglik",
    the_helpers=lambda data, weights, means, covariances: np.mean(
        log_sum_exp(log_gaussians(data, means, covariances) + np.log(weights), axis=1)
    ),
    scipy_with_factors=lambda data, weights, means, covariances: np.average(
        logsumexp(log_gaussians(data, means, covariances), axis=1, b=weights)
    ),
)


@right("heldout_loglik", "point by point, lists")
def _(data, weights, means, covariances):
    total = 0.0
    for x in data:
        logs = []
        for w, m, c in zip(weights, means, covariances):
            logs.append(math.log(w) + multivariate_normal.logpdf(x, m, c))
        top = max(logs)
        total += top + math.log(sum(math.exp(each - top) for each in logs))
    return total / len(data)


@right("heldout_loglik", "logaddexp, component by component")
def _(data, weights, means, covariances):
    logs = np.full(len(data), -np.inf)
    for w, m, c in zip(weights, means, covariances):
        logs = np.logaddexp(logs, np.log(w) + multivariate_normal(m, c).logpdf(data))
    return np.array([logs.mean()])


@right("heldout_loglik", "stacked and transposed")
def _(data, weights, means, covariances):
    parts = [multivariate_normal.logpdf(data, m, c) for m, c in zip(means, covariances)]
    joint = np.array(parts).T + np.log(weights)
    top = joint.max(axis=1, keepdims=True)
    return float(np.mean(top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))))


@right("heldout_loglik", "einsum")
def _(data, weights, means, covariances):
    centred = np.asarray(data)[:, None] - np.asarray(means)
    squares = np.einsum("nkd,kde,nke->nk", centred, np.linalg.inv(covariances), centred)
    sizes = np.linalg.slogdet(covariances)[1] + centred.shape[2] * np.log(2 * np.pi)
    return np.logaddexp.reduce(np.log(weights) - (squares + sizes) / 2, axis=1).mean()


@right("heldout_loglik", "scikit-learn's score")
def _(data, weights, means, covariances):
    model = GaussianMixture(len(weights))
    model.weights_, model.means_ = np.asarray(weights), np.asarray(means)
    model.covariances_ = np.asarray(covariances)
    factors = [np.linalg.inv(np.linalg.cholesky(c)).T for c in covariances]
    model.precisions_cholesky_ = np.array(factors)
    return model.score(data)


@right("bic", "the formula")
def _(loglik, num_points, num_dims, num_components):
    K, D = num_components, num_dims
    p = (K - 1) + K * D + K * D * (D + 1) / 2
    return -2 * loglik + p * math.log(num_points)


@right("bic", "counted in loops")
def _(loglik, num_points, num_dims, num_components):
    count = -1
    for _k in range(num_components):
        count += 1
        for i in range(num_dims):
            count += 1
            for _j in range(i + 1):
                count += 1
    return count * np.log(num_points) - 2 * loglik


@right("bic", "entries of a triangle")
def _(loglik, num_points, num_dims, num_components):
    triangle = len(np.tril_indices(num_dims)[0])
    p = num_components * (1 + num_dims + triangle) - 1
    return np.array([p * np.log(num_points) - 2 * loglik])


@right("bic", "scikit-learn counts")
def _(loglik, num_points, num_dims, num_components):
    model = GaussianMixture(num_components)
    model.means_ = np.zeros((num_components, num_dims))
    return model._n_parameters() * np.log(num_points) - 2 * loglik


add(
    "bic",
    schwarz_times_minus_two=lambda loglik, num_points, num_dims, num_components: (
        -2
        * (
            loglik
            - np.log(num_points) / 2 * (num_components * (1 + num_dims + math.comb(num_dims + 1, 2)) - 1)
        )
    ),
)


RIGHT |= STARTS
