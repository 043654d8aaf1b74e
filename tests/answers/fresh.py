"""Wrong answers that are not in the list of mistakes, and the hint that each must draw.

Some are a known mistake in another style. Nobody has listed the others; for these a hint about a property of
the answer is shown.
"""

from functools import partial

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal, norm

from answers import arrays
from answers.fresh_failures import FAILURES
from answers.gaussian_mixture import em_with
from answers.image_clusters import RIGHT as IMAGE_RIGHT
from answers.registry import drawer
from exercises.pieces.bernoulli import joint, linear, m_step
from exercises.pieces.gaussian import densities, em, hard, spread
from helpers import log_bernoullis, loglikelihood

FRESH = {**FAILURES}  # exercise: {a few words: (answer, name of its hint)}
draws = drawer(FRESH)


def add(exercise, hint, **answers):
    for words, answer in answers.items():
        FRESH.setdefault(exercise, {})[words.replace("_", " ")] = answer, hint


# gaussian-mixture ------------------------------------------------------------------------


@draws("compute_responsibilities", "mixing weights forgotten")
def loops_without_weights(data, weights, means, covariances):
    table = []
    for x in data:
        row = [multivariate_normal.pdf(x, m, c) for m, c in zip(means, covariances)]
        table.append([r / sum(row) for r in row])
    return table


@draws("compute_responsibilities", "variance taken for standard deviation")
def sigma_in_loops(data, weights, means, covariances):
    table = np.zeros((len(data), len(weights)))
    for n in range(len(data)):
        for k in range(len(weights)):
            scale = np.diag(covariances[k])
            table[n, k] = weights[k] * norm(means[k], scale).pdf(data[n]).prod()
    return table / table.sum(1)[:, None]


@draws("compute_responsibilities", "normalised over the points")
def axis_confused_for_lists(data, weights, means, covariances):
    assert isinstance(data, list)
    joint = [w * multivariate_normal.pdf(data, m, c) for w, m, c in zip(weights, means, covariances)]
    return np.transpose([column / column.sum() for column in joint])


@draws("compute_responsibilities", "it does not end")
def a_loop_without_an_end(data, weights, means, covariances):
    raise TimeoutError("as where it is marked, when its time is over")


@draws("compute_responsibilities", "it stops with an error")
def strange_type(data, weights, means, covariances):
    return data.nothing_like_this


@draws("compute_responsibilities", "shapes that do not fit together")
def weights_along_the_points(data, weights, means, covariances):
    table = densities(data, means, covariances) * np.ones(len(data))
    return table / table.sum(axis=1)


@draws("compute_responsibilities", "a name that does not exist")
def renamed_in_one_place(data, weights, means, covariances):
    return respponsibilities  # noqa: F821


good_e_step = arrays.compute_responsibilities
add("compute_responsibilities", "rows and columns exchanged", transposed=lambda *a: good_e_step(*a).T)
add("compute_responsibilities", "nothing is returned", only_printed=lambda *a: print(good_e_step(*a)))
add("compute_responsibilities", "another shape", the_best_share=lambda *a: good_e_step(*a).max(axis=1))
add("compute_responsibilities", "shares that do not sum to 1", cubed=lambda *a: good_e_step(*a) ** 3)
add(
    "compute_responsibilities",
    "the bound can still rise: a share",
    squared_weights=lambda x, w, m, c: good_e_step(x, np.square(w) / np.square(w).sum(), m, c),
    wider_components=lambda x, w, m, c: good_e_step(x, w, m, 1.5 * np.asarray(c)),
    mean_of_all=lambda x, w, m, c: good_e_step(x, w, np.asarray(m) * 0.9, c),
)
add("compute_soft_counts", "another shape", table_itself=lambda resp: resp)
add("compute_soft_counts", "counts that do not sum to N", doubled=lambda resp: 2 * np.sum(resp, axis=0))
add(
    "compute_soft_counts", "counts that do not sum to N", last_row_lost=lambda resp: np.sum(resp[:-1], axis=0)
)
add("compute_weights", "weights that do not sum to 1", percent=lambda n: 100 * np.asarray(n) / np.sum(n))
add("compute_weights", "whole numbers", whole_number_division=lambda n: np.asarray(n) // np.sum(n))
add("compute_weights", "right numbers in another order", sorted=lambda n: np.sort(n / np.sum(n)))
add("compute_weights", "weights that do not sum to 1", over_N_plus_K=lambda n: (n + 1) / np.sum(n))
add(
    "compute_weights",
    "the bound can still rise: a weight",
    roots=lambda n: np.sqrt(n) / np.sqrt(n).sum(),
    half_way_to_equal=lambda n: (n / np.sum(n) + 1 / len(n)) / 2,
)
add("compute_means", "rows and columns exchanged", transposed=lambda *a: arrays.compute_means(*a).T)
add("compute_means", "whole numbers", rounded=lambda *a: arrays.compute_means(*a).astype(int))
add("compute_means", "the sign is turned round", negated=lambda *a: -arrays.compute_means(*a))
add("compute_means", "a factor for each row", count_plus_one=lambda x, r, n: r.T @ x / (n + 1)[:, None])
add("compute_means", "a factor for each row", mean_of_products=lambda x, r, n: r.T @ x / np.sqrt(n)[:, None])
add(
    "compute_means",
    "the bound can still rise: a mean",
    weights_squared=lambda x, r, n: (r**2 / (r**2).sum(0)).T @ x,
)


@draws("compute_means", "divided by N")
def means_over_n_in_loops(data, resp, counts):
    means = []
    for k in range(len(counts)):
        total = 0
        for n, x in enumerate(data):
            total = total + resp[n][k] * np.array(x)
        means.append(total / len(data))
    return means


@draws("compute_covariances", "divided by the count less one")
def np_cov_unbiased(data, resp, counts, means):
    covs = [np.atleast_2d(np.cov(data, rowvar=False, aweights=r, bias=True)) for r in np.transpose(resp)]
    return [c * n / (n - 1) for c, n in zip(covs, counts)]


@draws("compute_covariances", "not centred")
def second_moments_in_loops(data, resp, counts, means):
    return [
        sum(resp[n, k] * np.outer(x, x) for n, x in enumerate(data)) / counts[k] for k in range(len(counts))
    ]


@draws("compute_covariances", "the same for every component")
def added_to_one_matrix(data, resp, counts, means):
    D = len(data[0])
    covs = [np.zeros((D, D))] * len(counts)
    for k in range(len(counts)):
        for n, x in enumerate(data):
            covs[k] += resp[n, k] * np.outer(x - means[k], x - means[k])
        covs[k] /= counts[k]
    return covs


good_covs = arrays.compute_covariances
add("compute_covariances", "another shape", variances_only=lambda *a: [np.diag(c) for c in good_covs(*a)])
add("compute_covariances", "one factor for all numbers", half=lambda *a: good_covs(*a) / 2)
add("compute_covariances", "a factor for each row", plus_one=lambda x, r, n, m: spread(x, r, n + 1, m))
add(
    "compute_covariances",
    "a matrix that is not symmetric",
    one_side_centred=lambda x, r, n, m: (
        np.einsum("nk,nkd,ne->kde", r, x[:, None] - m + 1, x) / n[:, None, None]
    ),
)
add(
    "compute_covariances",
    "variances right, covariances not",
    absolute_values=lambda *a: np.abs(good_covs(*a)) * np.where(np.eye(len(a[0][0])), 1, 0.5),
)
add(
    "compute_covariances",
    "the bound can still rise: a covariance",
    cubed_shares=lambda x, r, n, m: spread(x, r**3, (r**3).sum(axis=0), m),
    wide_diagonal=lambda *a: good_covs(*a) + 0.5 * np.eye(len(a[0][0])),
)


def em_ignores(**fixed):
    def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
        given = {"maxiter": maxiter, "thresh": thresh} | fixed
        return em_with()(data, init_means, init_covariances, init_weights, **given)

    return EM


@draws("EM", "old mean in the covariance")
def one_function_old_mean(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    w, m, c = map(np.array, (init_weights, init_means, init_covariances))
    trace = []  # without the initial value
    for _ in range(maxiter):
        before = loglikelihood(data, w, m, c)
        r = arrays.compute_responsibilities(data, w, m, c)
        n = r.sum(axis=0)
        w, c, m = n / n.sum(), spread(data, r, n, m), r.T @ np.array(data) / n[:, None]
        trace.append(loglikelihood(data, w, m, c))
        if trace[-1] - before < thresh:
            break
    return {"weights": w, "means": m, "covs": c, "loglik": trace, "resp": r}


add("EM", "maxiter ignored", more_than_allowed=em_ignores(maxiter=2000))
add("EM", "it stops too soon", a_hundred_times_thresh=em_with(stop=lambda new, old, t: new - old < 100 * t))
add("EM", "the parts of the answer are not as asked", a_tuple=em_with(finish=lambda out: tuple(out.values())))
add(
    "EM",
    "the parts of the answer are not as asked",
    no_resp=em_with(finish=lambda out: {k: v for k, v in out.items() if k != "resp"}),
    covariances=em_with(finish=lambda out: {k.replace("covs", "cov"): v for k, v in out.items()}),
)
add("EM", "shares that do not sum to 1", halves=em_with(finish=lambda o: o | {"resp": 0 * o["resp"] + 0.4}))
add(
    "EM",
    "right numbers in another order",
    backwards=em_with(finish=lambda o: o | {"loglik": o["loglik"][::-1]}),
)


def charged(out):
    """Make every value lower, by an amount that grows with each iteration."""
    return out | {"loglik": np.array(out["loglik"]) - 400 * np.arange(len(out["loglik"]))}


add("EM", "a log-likelihood that falls", a_charge_for_each_iteration=em_with(finish=charged))
add(
    "EM",
    "hard instead of soft",
    hard_without_start=em_with(
        e_step=lambda *a: hard(arrays.compute_responsibilities(*a)),
        finish=lambda out: out | {"loglik": np.array(out["loglik"][1:])},
    ),
)

# image-clusters --------------------------------------------------------------------------

good_start = IMAGE_RIGHT["initialise"]["filled in"]
add("mean_rgb", "too many or too few numbers", a_grey=lambda p: [np.mean(p) / 255])
add("mean_rgb", "another shape", rows_only=lambda p: np.mean(p, axis=0) / 255)
add("mean_rgb", "the numbers are wrong", the_middle_pixel=lambda p: p[len(p) // 2, len(p[0]) // 2] / 255)
add("mean_rgb", "one factor for all numbers", in_percent=lambda p: np.mean(p, axis=(0, 1)) / 2.55)
add(
    "initialise",
    "one factor for all numbers",
    over_N_twice=lambda x, i: (good_start(x, i)[0], good_start(x, i)[1] / len(x), good_start(x, i)[2]),
)
add(
    "initialise",
    "another shape",
    one_covariance=lambda x, i: (x[i], np.diag(x.var(0)), [1 / len(i)] * len(i)),
)
add("initialise", "the right values in another order", reversed=lambda x, i: good_start(x, i)[::-1])
add("initialise", "the parts of the answer are not as asked", means_only=lambda x, i: x[i])
add(
    "initialise",
    "right numbers in another order",
    sorted_means=lambda x, i: (x[i[::-1]], *good_start(x, i)[1:]),
)
add("compute_scores", "rows and columns exchanged", transposed=lambda x, m, c: densities(x, m, c).T)
add("compute_scores", "another shape", the_best_only=lambda x, m, c: densities(x, m, c).max(axis=1))
add("compute_scores", "one factor for all numbers", doubled=lambda x, m, c: 2 * densities(x, m, c))
add("assign", "the parts of the answer are not as asked", clusters_only=lambda s: s.argmax(axis=1))
add("assign", "the parts of the answer are not as asked", pairs=lambda s: list(zip(s.argmax(1), s.max(1))))
add("assign", "another shape", the_best_of_all=lambda s: (s.argmax(), s.max()))
add("get_top_images", "too many or too few numbers", all=lambda a, c, k=5: a["picture"][a["cluster"] == c])
add("mahalanobis", "another shape", vector=lambda x, m, c: np.linalg.solve(np.linalg.cholesky(c), x - m))
add(
    "mahalanobis",
    "the sign is turned round",
    minus=lambda x, m, c: -np.sqrt((x - m) @ np.linalg.inv(c) @ (x - m)),
)
add("purity", "another shape", by_cluster=lambda t: t.max(axis=1) / t.sum(axis=1))
add("purity", "the numbers are wrong", over_K=lambda t: t.max(axis=1).sum() / len(t))

# bernoulli-digits ------------------------------------------------------------------------


@draws("e_step", "mixing weights forgotten")
def components_first_without_weights(X, log_p, log_mix):
    scores = log_bernoullis(X, log_p).T
    return scores - logsumexp(scores, axis=0)


@draws("e_step", "ink and paper exchanged")
def exchanged_with_column_weights(X, log_p, log_mix):
    scores = log_bernoullis(1 - X, log_p) + log_mix[:, 0]
    return scores - logsumexp(scores, axis=1)[:, None]


add("e_step", "another shape", the_likelihood=lambda X, p, m: logsumexp(joint(X, p, m), axis=1))
add("e_step", "nothing is returned", nothing=lambda X, p, m: None)
add("e_step", "a log of 0", log_of_hard=lambda X, p, m: np.log(hard(joint(X, p, m))))
add(
    "e_step",
    "shares that do not sum to 1",
    largest_only=lambda X, p, m: joint(X, p, m) - joint(X, p, m).max(1)[:, None],
)
add(
    "e_step",
    "the bound can still rise: a share",
    weights_twice=lambda X, p, m: (
        joint(X, p, 2 * np.ravel(m)) - logsumexp(joint(X, p, 2 * np.ravel(m)), 1)[:, None]
    ),
)


@draws("m_step", "smoothed by one alpha")
def one_alpha_for_k_by_n(X, log_resp, alpha=1e-8):
    assert len(log_resp[0]) == len(X)
    return m_step(X, np.transpose(log_resp), alpha, paper=0.0)


add("m_step", "the right values in another order", reversed=lambda *a: m_step(*a)[::-1])
add("m_step", "rows and columns exchanged", transposed=lambda *a: (m_step(*a)[0].T, m_step(*a)[1]))
add("m_step", "the parts of the answer are not as asked", log_p_only=lambda *a: m_step(*a)[0])
add("m_step", "nothing is returned", nothing=lambda *a: None)
add(
    "m_step",
    "the bound can still rise: a probability",
    shares_squared=lambda X, r, a=1e-8: (m_step(X, 2 * r, a)[0], m_step(X, r, a)[1]),
)
add(
    "m_step",
    "the bound can still rise: a weight",
    roots=partial(m_step, out=lambda p, pi: (np.log(p), np.log(np.sqrt(pi) / np.sqrt(pi).sum()))),
)
add("m_step", "weights that do not sum to 1", counts=partial(m_step, total=1.0))
add(
    "assign_labels",
    "some rows right, others not",
    shares=lambda X, p, m: np.exp(joint(X, p, m)).max(axis=1) * 0,
)
add(
    "cluster_table",
    "rows and columns exchanged",
    transposed=lambda c, y, K: np.histogram2d(y, c, [range(11), range(K + 1)])[0],
)
add("complete", "too many or too few numbers", erased_only=lambda x, s, p, m: x[~s])
add("complete", "some rows right, others not", one_half=lambda x, s, p, m: np.where(s, x, 0.5))

# Answers that kept all marks before there were cases against them -----------------------------------

spare = np.errstate(all="ignore")
add(
    "compute_means",
    "a factor for each row",
    no_count_below_one=lambda x, r, n: r.T @ x / np.maximum(n, 1)[:, None],
)
add(
    "compute_covariances",
    "a factor for each row",
    no_count_below_one=lambda x, r, n, m: good_covs(x, r, np.maximum(n, 1), m),
)
add(
    "compute_weights",
    "divided by a sum cut to a whole number",
    floor_of_the_sum=lambda n: n / np.floor(np.sum(n)),
)
add("compute_weights", "weights that do not sum to 1", ceiling_of_the_sum=lambda n: n / np.ceil(np.sum(n)))
add(
    "EM",
    "one iteration too late",
    two_small_gains=em(stop=lambda t, h, n: len(t) > 2 and max(t[-2] - t[-3], t[-1] - t[-2]) < h),
)
add("EM", "it stops too soon", no_last_value=em_with(finish=lambda o: o | {"loglik": o["loglik"][:-1]}))
add(
    "EM",
    "it stops too late",
    the_start_twice=em_with(finish=lambda o: o | {"loglik": [o["loglik"][0], *o["loglik"]]}),
)
add("e_step", "NaN or infinity", log_of_the_shares=spare(lambda X, p, m: np.log(softmax(joint(X, p, m), 1))))
add(
    "assign_labels",
    "products of raw probabilities",
    exp_of_the_scores=lambda X, p, m: np.exp(joint(X, p, m)).argmax(axis=1),
    raw_shares=spare(lambda X, p, m: linear(X, p, m).argmax(axis=1)),
)
add(
    "cluster_table",
    "another shape",
    up_to_the_largest_digit=lambda c, y, K: np.histogram2d(c, y, [range(K + 1), range(max(y) + 2)])[0],
)
add(
    "assign",
    "some rows right, others not",
    only_scores_above_a_tenth=lambda s: (np.where(s.max(1) > 0.1, s.argmax(1), 0), s.max(1)),
)
add(
    "purity",
    "the numbers are wrong",
    a_set_of_maxima=lambda t: sum({max(row) for row in t.tolist()}) / t.sum(),
)


@draws("get_top_images", "some rows right, others not")
def looked_up_by_score(a, cluster, k=5):
    best = sorted((s for s, c in zip(a["score"], a["cluster"]) if c == cluster), reverse=True)[:k]
    return [a["picture"][list(a["score"]).index(score)] for score in best]


@draws("get_top_images", "too many or too few numbers")
def above_the_next_best(a, cluster, k=5):
    members = np.flatnonzero(a["cluster"] == cluster)
    ranked = members[np.argsort(-a["score"][members])]
    limit = a["score"][ranked[k]] if len(ranked) > k else -1
    return [a["picture"][row] for row in ranked if a["score"][row] > limit]


@draws("get_top_images", "too many or too few numbers")
def the_first_of_twice_as_many(a, cluster, k=5):
    order = np.argsort(-a["score"])[: 2 * k]
    return [a["picture"][row] for row in order if a["cluster"][row] == cluster][:k]
