"""Wrong answers to `when-em-fails` that are not in the list of mistakes, and the hint that each must draw."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from answers.registry import drawer
from answers.when_em_fails import RIGHT
from helpers import log_gaussians, log_sum_exp

FAILURES = {}  # as FRESH in fresh.py
draws = drawer(FAILURES)
most_probable, chosen_points = (
    next(iter(RIGHT[name].values())) for name in ("map_covariances", "kmeans_plus_plus")
)


def squares(data, means):
    return ((data[:, None] - means) ** 2).sum(axis=2)


@draws("floor_eigenvalues", "another shape")
def eigenvalues_only(covariances, floor):
    return np.maximum(np.linalg.eigvalsh(covariances), floor)


@draws("floor_eigenvalues", "some rows right, others not")
def raised_to_twice_the_floor(covariances, floor):
    values, vectors = np.linalg.eigh(covariances)
    return (vectors * np.where(values < floor, 2 * floor, values)[:, None]) @ vectors.swapaxes(1, 2)


@draws("map_covariances", "a factor for each row")
def prior_without_its_points(data, resp, counts, means, psi, nu):
    return most_probable(data, resp, counts, means, psi, 0 * nu)


@draws("map_covariances", "variances right, covariances not")
def diagonals_alone(data, resp, counts, means, psi, nu):
    return np.array(most_probable(data, resp, counts, means, psi, nu)) * np.eye(len(psi))


@draws("heldout_loglik", "another shape")
def one_number_a_point(data, weights, means, covariances):
    return log_sum_exp(np.log(weights) + log_gaussians(data, means, covariances), axis=1)


@draws("heldout_loglik", "a log of 0")
def without_logs(data, weights, means, covariances):
    return np.log(np.exp(log_gaussians(data, means, covariances)) @ weights).mean()


@draws("kmeans_plus_plus", "every point with the same chance")
def each_draw_alone(data, draws):
    return [int(draw * len(data)) for draw in draws]


@draws("kmeans_plus_plus", "the numbers are wrong")
def counted_from_one(data, draws):
    return np.array(chosen_points(data, draws)) + 1


@draws("best_of", "an argument that is never used")
def sorted_with_nan_last(logliks, widths, floor):
    return int(np.argsort(logliks)[-1])


@draws("match_components", "the partners the other way round")
def from_others_to_means(means, others):
    return linear_sum_assignment(squares(np.asarray(others), np.asarray(means)))[1]


@draws("bic", "the numbers are wrong")
def decimal_logs(loglik, num_points, num_dims, num_components):
    free = num_components * (1 + num_dims + num_dims * (num_dims + 1) // 2) - 1
    return free * np.log10(num_points) - 2 * loglik


@draws("kmeans_step", "the parts of the answer are not as asked")
def labels_alone(data, means):
    return squares(data, means).argmin(axis=1)


@draws("kmeans_step", "some rows right, others not")
def medians(data, means):
    labels, new = squares(data, means).argmin(axis=1), np.array(means)
    for k in set(labels):
        new[k] = np.median(data[labels == k], axis=0)
    return labels, new
