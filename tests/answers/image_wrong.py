"""Wrong answers to the exercises of `image-clusters`: each a mistake that people make."""

import numpy as np
from scipy.stats import multivariate_normal, norm

from answers.registry import Answers, adder

WRONG: Answers = {}
add = adder(WRONG)


def densities(data, means, covs):
    return np.transpose([multivariate_normal.pdf(data, m, c) for m, c in zip(means, covs)])


add(
    "mean_rgb",
    not_scaled=lambda picture: np.mean(picture, axis=(0, 1)),
    over_256=lambda picture: np.mean(picture, axis=(0, 1)) / 256,
    sum_in_bytes=lambda picture: np.sum(picture, axis=(0, 1), dtype=np.uint8) / 255 / picture[..., 0].size,
    one_number=lambda picture: np.mean(picture) / 255,
    rows_only=lambda picture: np.mean(picture, axis=0) / 255,
    blue_first=lambda picture: np.mean(picture, axis=(0, 1))[::-1] / 255,
    median=lambda picture: np.median(picture, axis=(0, 1)) / 255,
    the_middle_pixel=lambda picture: picture[len(picture) // 2, len(picture[0]) // 2] / 255,
    as_if_square=lambda picture: np.sum(picture, axis=(0, 1)) / len(picture) ** 2 / 255,
    whole_numbers=lambda picture: np.mean(picture, axis=(0, 1)).astype(np.uint8) / 255,
    scaled_to_its_own_maximum=lambda picture: np.mean(picture, axis=(0, 1)) / np.max(picture),
)


def start(data, chosen, means=None, cov=None, weights=None):
    K = len(chosen)
    cov = np.diag(np.var(data, axis=0)) if cov is None else cov
    means = data[chosen] if means is None else means
    return means, np.array([cov] * K), np.full(K, 1 / K) if weights is None else weights


add(
    "initialise",
    the_whole_covariance=lambda x, i: start(x, i, cov=np.atleast_2d(np.cov(x, rowvar=False, bias=True))),
    standard_deviations=lambda x, i: start(x, i, cov=np.diag(np.std(x, axis=0))),
    identity=lambda x, i: start(x, i, cov=np.eye(x.shape[1])),
    one_variance_for_all=lambda x, i: start(x, i, cov=np.var(x) * np.eye(x.shape[1])),
    variances_of_the_chosen=lambda x, i: start(x, i, cov=np.diag(np.var(x[i], axis=0))),
    uncentred=lambda x, i: start(x, i, cov=np.diag(np.mean(x**2, axis=0))),
    over_N_twice=lambda x, i: start(x, i, cov=np.diag(np.var(x, axis=0)) / len(x)),
    vectors_of_variances=lambda x, i: (x[i], [np.var(x, axis=0)] * len(i), np.full(len(i), 1 / len(i))),
    one_covariance=lambda x, i: (x[i], np.diag(np.var(x, axis=0)), np.full(len(i), 1 / len(i))),
    weights_of_one=lambda x, i: start(x, i, weights=np.ones(len(i))),
    weights_over_N=lambda x, i: start(x, i, weights=np.full(len(i), 1 / len(x))),
    the_first_K=lambda x, i: start(x, i, means=x[: len(i)]),
    own_draw=lambda x, i: start(x, i, means=x[np.random.default_rng(1).choice(len(x), len(i))]),
    the_numbers_instead_of_the_points=lambda x, i: start(x, i, means=i),
    the_mean_of_all=lambda x, i: start(x, i, means=np.array([x.mean(axis=0)] * len(i))),
    another_order=lambda x, i: start(x, i)[::-1],
    a_dictionary=lambda x, i: dict(zip("mcw", start(x, i))),
    means_only=lambda x, i: start(x, i)[0],
)
add(
    "compute_scores",
    logs=lambda x, m, c: np.log(densities(x, m, c)),
    normalised=lambda x, m, c: densities(x, m, c) / densities(x, m, c).sum(axis=1, keepdims=True),
    equal_weights=lambda x, m, c: densities(x, m, c) / len(m),
    transposed=lambda x, m, c: densities(x, m, c).T,
    diagonal_only=lambda x, m, c: densities(x, m, [np.diag(np.diag(each)) for each in c]),
    variance_taken_for_sigma=lambda x, m, c: np.array(
        [[np.prod(norm.pdf(p, mu, np.diag(s))) for mu, s in zip(m, c)] for p in x]
    ),
    without_the_constant=lambda x, m, c: np.array(
        [[np.exp(-0.5 * (p - mu) @ np.linalg.inv(s) @ (p - mu)) for mu, s in zip(m, c)] for p in x]
    ),
    the_first_covariance_for_all=lambda x, m, c: densities(x, m, [c[0]] * len(c)),
    the_best_only=lambda x, m, c: densities(x, m, c).max(axis=1),
    the_last_component_only=lambda x, m, c: densities(x, m, c)[:, -1],
    distances=lambda x, m, c: np.linalg.norm(x[:, None] - m, axis=2),
)
add(
    "assign",
    over_points=lambda s: (s.argmax(axis=0), s.max(axis=0)),
    the_worst=lambda s: (s.argmin(axis=1), s.min(axis=1)),
    counted_from_one=lambda s: (s.argmax(axis=1) + 1, s.max(axis=1)),
    clusters_only=lambda s: s.argmax(axis=1),
    the_other_way_round=lambda s: (s.max(axis=1), s.argmax(axis=1)),
    shares=lambda s: (s.argmax(axis=1), s.max(axis=1) / s.sum(axis=1)),
    sums=lambda s: (s.argmax(axis=1), s.sum(axis=1)),
    the_best_of_all=lambda s: (s.argmax(), s.max()),
    one_hot=lambda s: (np.eye(s.shape[1])[s.argmax(axis=1)], s.max(axis=1)),
    pairs=lambda s: list(zip(s.argmax(axis=1), s.max(axis=1))),
)


def top(assignments, members, k, order=-1):
    scores = assignments["score"][members]
    return assignments["picture"][members[np.argsort(order * scores)[:k]]]


def of(assignments, cluster):
    return np.flatnonzero(assignments["cluster"] == cluster)


add(
    "get_top_images",
    the_lowest=lambda a, c, k=5: top(a, of(a, c), k, order=1),
    not_sorted=lambda a, c, k=5: a["picture"][of(a, c)][:k],
    best_last=lambda a, c, k=5: top(a, of(a, c), k)[::-1],
    of_all_clusters=lambda a, c, k=5: top(a, np.arange(len(a["score"])), k),
    always_five=lambda a, c, k=5: top(a, of(a, c), 5),
    all_of_them=lambda a, c, k=5: top(a, of(a, c), None),
    one_too_few=lambda a, c, k=5: top(a, of(a, c), k - 1),
    rows_instead_of_pictures=lambda a, c, k=5: of(a, c)[np.argsort(-a["score"][of(a, c)])[:k]],
    places_within_the_cluster=lambda a, c, k=5: np.argsort(-a["score"][of(a, c)])[:k],
    scores_instead_of_pictures=lambda a, c, k=5: np.sort(a["score"][of(a, c)])[::-1][:k],
    filled_up_from_others=lambda a, c, k=5: a["picture"][
        np.argsort(-np.where(a["cluster"] == c, a["score"], -1))[:k]
    ],
    the_first_cluster=lambda a, c, k=5: top(a, of(a, 0), k),
)
add(
    "mahalanobis",
    squared=lambda x, m, c: (x - m) @ np.linalg.inv(c) @ (x - m),
    by_ruler=lambda x, m, c: np.linalg.norm(x - m),
    covariance_for_precision=lambda x, m, c: np.sqrt((x - m) @ c @ (x - m)),
    diagonal_only=lambda x, m, c: np.sqrt(((x - m) ** 2 / np.diag(c)).sum()),
    variance_taken_for_sigma=lambda x, m, c: np.linalg.norm((x - m) / np.diag(c)),
    half=lambda x, m, c: np.sqrt((x - m) @ np.linalg.inv(c) @ (x - m) / 2),
    log_density=lambda x, m, c: -multivariate_normal.logpdf(x, m, c),
    not_centred=lambda x, m, c: np.sqrt(x @ np.linalg.inv(c) @ x),
    entry_by_entry_inverse=lambda x, m, c: np.sqrt(np.abs((x - m) @ (1 / c) @ (x - m))),
    each_coordinate=lambda x, m, c: np.linalg.solve(np.linalg.cholesky(c), x - m),
)
add(
    "purity",
    over_categories=lambda t: t.max(axis=0).sum() / t.sum(),
    mean_of_the_clusters=lambda t: np.mean(t.max(axis=1) / t.sum(axis=1)),
    the_diagonal=lambda t: np.trace(t) / t.sum(),
    per_cluster=lambda t: t.max(axis=1) / t.sum(axis=1),
    percent=lambda t: 100 * t.max(axis=1).sum() / t.sum(),
    the_number_right=lambda t: t.max(axis=1).sum(),
    over_K=lambda t: t.max(axis=1).sum() / len(t),
    impurity=lambda t: 1 - t.max(axis=1).sum() / t.sum(),
    the_largest_cell=lambda t: t.max() / t.sum(),
)
