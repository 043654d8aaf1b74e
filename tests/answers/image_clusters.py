"""Correct answers to the exercises of `image-clusters`, each in another style."""

import heapq
import math

import numpy as np
from scipy.spatial.distance import mahalanobis as scipy_mahalanobis
from scipy.stats import multivariate_normal

from answers.registry import Answers, adder, registrar
from helpers import log_gaussians

RIGHT: Answers = {}
add, right = adder(RIGHT), registrar(RIGHT)

add(
    "mean_rgb",
    one_mean_over_two_axes=lambda picture: np.mean(picture, axis=(0, 1)) / 255,
    channel_by_channel=lambda picture: [np.mean(picture[:, :, c] / 255.0) for c in range(3)],
    average_of_rows=lambda picture: np.mean(np.mean(picture, axis=0), axis=0) / 255,
    single_precision=lambda picture: (np.asarray(picture, np.float32) / 255).mean(axis=(0, 1)),
    einsum=lambda picture: np.einsum("hwc->c", picture / 255) / (len(picture) * len(picture[0])),
    a_column=lambda picture: np.mean(picture, axis=(0, 1))[:, None] / 255,
)


@right("mean_rgb", "pixel by pixel")
def _(picture):
    total, count = [0.0, 0.0, 0.0], 0
    for row in picture:
        for pixel in row:
            for c in range(3):
                total[c] += int(pixel[c])
            count += 1
    return [t / (255 * count) for t in total]


@right("initialise", "lists, as published")
def _(data, chosen):
    means = [data[x] for x in chosen]
    K = len(means)
    cov = np.diag([np.var(column) for column in zip(*data)])
    return means, [cov] * K, [1.0 / K] * K


@right("initialise", "variances over N - 1")
def _(data, chosen):
    cov = np.diag(np.var(data, axis=0, ddof=1))
    return data[list(chosen)], np.tile(cov, (len(chosen), 1, 1)), np.ones(len(chosen)) / len(chosen)


@right("initialise", "the diagonal of np.cov")
def _(data, chosen):
    cov = np.atleast_2d(np.cov(data, rowvar=False))
    return (
        data[chosen].copy(),
        np.array([cov * np.eye(len(cov)) for _ in chosen]),
        [1 / len(chosen)] * len(chosen),
    )


@right("initialise", "filled in")
def _(data, chosen):
    K, D = len(chosen), len(data[0])
    covs = np.zeros((K, D, D))
    for d in range(D):
        covs[:, d, d] = np.mean((data[:, d] - data[:, d].mean()) ** 2)
    return np.vstack([data[i] for i in chosen]), covs, np.full((K, 1), 1 / K)


@right("compute_scores", "point by point, as published")
def _(data, means, covariances):
    scores = np.zeros((len(data), len(means)))
    for i in range(len(data)):
        for k in range(len(means)):
            scores[i, k] = multivariate_normal.pdf(data[i], means[k], covariances[k])
    return scores


@right("compute_scores", "by hand")
def _(data, means, covariances):
    rows = []
    for x in data:
        row = []
        for m, c in zip(means, covariances):
            d = np.asarray(x) - m
            size = math.sqrt((2 * math.pi) ** len(d) * np.linalg.det(c))
            row.append(math.exp(-0.5 * d @ np.linalg.inv(c) @ d) / size)
        rows.append(row)
    return rows


add(
    "compute_scores",
    transposed_at_the_end=lambda data, means, covariances: (
        np.array([multivariate_normal.pdf(data, m, c) for m, c in zip(means, covariances)]).T
    ),
    exp_of_the_logs=lambda data, means, covariances: np.exp(log_gaussians(data, means, covariances)),
    frozen=lambda data, means, covariances: np.stack(
        [multivariate_normal(m, c).pdf(data) for m, c in zip(means, covariances)], axis=-1
    ),
)
add(
    "assign",
    argmax_and_max=lambda scores: (np.argmax(scores, axis=1), np.max(scores, axis=1)),
    lists=lambda scores: [[int(np.argmax(row)) for row in scores], [max(row) for row in scores]],
    by_index=lambda scores: (scores.argmax(1), scores[np.arange(len(scores)), scores.argmax(1)]),
    sorted=lambda scores: (np.argsort(scores, axis=1)[:, -1], np.sort(scores, axis=1)[:, -1]),
    one_array=lambda scores: np.array([scores.argmax(axis=1), scores.max(axis=1)]),
    numbers_as_floats=lambda scores: (scores.argmax(axis=1).astype(float), scores.max(axis=1)),
)


@right("assign", "a loop that remembers the best")
def _(scores):
    clusters, best = [], []
    for row in scores:
        k, top = 0, row[0]
        for j, value in enumerate(row):
            if value > top:
                k, top = j, value
        clusters.append(k)
        best.append(top)
    return clusters, best


@right("get_top_images", "sorted tuples")
def _(assignments, cluster, k=5):
    rows = zip(assignments["score"], assignments["picture"], assignments["cluster"])
    mine = sorted(((s, p) for s, p, c in rows if c == cluster), reverse=True)
    return [p for s, p in mine[:k]]


@right("get_top_images", "a heap")
def _(assignments, cluster, k=5):
    mine = [i for i, c in enumerate(assignments["cluster"]) if c == cluster]
    best = heapq.nlargest(k, mine, key=lambda i: assignments["score"][i])
    return np.array([assignments["picture"][i] for i in best])


@right("get_top_images", "the others' scores struck out")
def _(assignments, cluster, k=5):
    mine = np.asarray(assignments["cluster"]) == cluster
    scores = np.where(mine, assignments["score"], -np.inf)
    order = np.argsort(scores)[::-1][: min(k, int(mine.sum()))]
    return np.asarray(assignments["picture"])[order]


@right("get_top_images", "a mask")
def _(assignments, cluster, k=5):
    mask = assignments["cluster"] == cluster
    pictures, scores = assignments["picture"][mask], assignments["score"][mask]
    return pictures[scores.argsort()[::-1]][:k].tolist()


add(
    "mahalanobis",
    the_inverse=lambda x, m, c: np.sqrt((x - m) @ np.linalg.inv(c) @ (x - m)),
    cholesky=lambda x, m, c: np.linalg.norm(np.linalg.solve(np.linalg.cholesky(c), x - m)),
    scipy=lambda x, m, c: scipy_mahalanobis(x, m, np.linalg.inv(c)),
    columns=lambda x, m, c: np.sqrt((x - m)[None] @ np.linalg.inv(c) @ (x - m)[:, None]),
    eigenvectors=lambda x, m, c: math.sqrt(
        sum((v @ (x - m)) ** 2 / w for w, v in zip(np.linalg.eigh(c)[0], np.linalg.eigh(c)[1].T))
    ),
)
add(
    "purity",
    sum_of_row_maxima=lambda table: sum(max(row) for row in table) / np.sum(table),
    weighted_by_size=lambda table: np.average(
        [max(row) / max(sum(row), 1) for row in table], weights=[sum(row) for row in table]
    ),
    floats=lambda table: np.asarray(table, float).max(axis=1).sum() / np.asarray(table, float).sum(),
    shares=lambda table: (table / table.sum()).max(axis=1).sum(),
)
