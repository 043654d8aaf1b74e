"""Wrong answers to the exercises of `bernoulli-digits`: each a mistake that people make."""

import numpy as np
from scipy.special import logsumexp, softmax

from answers.registry import Answers, adder
from helpers import log_bernoullis

WRONG: Answers = {}
add = adder(WRONG)


def joint(X, log_p, log_mix):
    return log_bernoullis(X, log_p) + np.ravel(log_mix)


def rows(table):
    return table - logsumexp(table, axis=1, keepdims=True)


def linear(X, log_p, log_mix, p=None):
    p = np.exp(log_p) if p is None else p
    each = np.prod(np.where(X[:, None] == 1, p, 1 - p), axis=2) * np.exp(np.ravel(log_mix))
    return each / each.sum(axis=1, keepdims=True)


def hard(log_resp):
    return np.eye(log_resp.shape[1])[np.argmax(log_resp, axis=1)]


def off(log_p):
    return np.log1p(-np.exp(log_p))


add(
    "e_step",
    divided_without_the_weights=lambda X, p, m: m + rows(log_bernoullis(X, p)),
    mixing_weights_forgotten=lambda X, p, m: rows(log_bernoullis(X, p)),
    weights_not_in_logs=lambda X, p, m: rows(log_bernoullis(X, p) + np.exp(m)),
    weights_subtracted=lambda X, p, m: rows(log_bernoullis(X, p) - m),
    not_normalised=joint,
    normalised_over_images=lambda X, p, m: joint(X, p, m) - logsumexp(joint(X, p, m), axis=0),
    normalised_over_everything=lambda X, p, m: joint(X, p, m) - logsumexp(joint(X, p, m)),
    divided_by_the_sum_of_logs=lambda X, p, m: joint(X, p, m) / joint(X, p, m).sum(axis=1, keepdims=True),
    pixels_that_are_on_only=lambda X, p, m: rows(X @ p.T + m),
    pixels_that_are_off_only=lambda X, p, m: rows((1 - X) @ off(p).T + m),
    on_and_off_swapped=lambda X, p, m: rows((1 - X) @ p.T + X @ off(p).T + m),
    log_of_one_minus_the_log=lambda X, p, m: rows(X @ p.T + (1 - X) @ np.log1p(-p).T + m),
    logs_undone=lambda X, p, m: np.exp(rows(joint(X, p, m))),
    linear_domain=lambda X, p, m: np.log(linear(X, p, m)),
    one_sided_clipping=lambda X, p, m: rows(
        X @ np.log(np.clip(np.exp(p), 0.1, None)).T + (1 - X) @ off(p).T + m
    ),
    clipped_too_hard=lambda X, p, m: np.log(linear(X, p, m, np.clip(np.exp(p), 0.1, 0.9))),
    hard=lambda X, p, m: np.log(hard(joint(X, p, m)) + 1e-300),
    mean_over_pixels=lambda X, p, m: rows(log_bernoullis(X, p) / X.shape[1] + m),
    squared_distance=lambda X, p, m: rows(-((X[:, None] - np.exp(p)) ** 2).sum(axis=2) + m),
    equal_shares=lambda X, p, m: np.full((len(X), len(p)), -np.log(len(p))),
    the_likelihood=lambda X, p, m: logsumexp(joint(X, p, m), axis=1),
    nothing_returned=lambda X, p, m: None,
)


def m_step(X, log_resp, alpha=1e-8, resp=None, ink=1.0, paper=1.0, mix=1.0, total=None, out=None):
    """The right M-step, with the smoothing counts of ink, paper and components as given."""
    resp = np.exp(log_resp) if resp is None else resp
    counts = resp.sum(axis=0)
    p = (ink * alpha + resp.T @ X) / ((ink + paper) * alpha + counts)[:, None]
    pi = (mix * alpha + counts) / ((mix * alpha + counts).sum() if total is None else total)
    with np.errstate(divide="ignore"):
        return (np.log(p), np.log(pi)) if out is None else out(p, pi)


def varied(**changes):
    """An M-step with a mistake; what depends on the data is given as a function of them."""

    def function(X, log_resp, alpha=1e-8):
        made = {
            name: change(X, log_resp) if callable(change) and name != "out" else change
            for name, change in changes.items()
        }
        return m_step(X, log_resp, **{"alpha": alpha, **made})

    return function


def empty_gets_weight_one(X, log_resp, alpha=1e-8):
    log_p, log_mix = m_step(X, log_resp, alpha)
    return log_p, np.where(np.exp(log_resp).sum(axis=0) < 1e-6, 0.0, log_mix)


add(
    "m_step",
    no_smoothing=varied(alpha=0),
    alpha_ignored=varied(alpha=1e-8),
    prior_of_D_pixels=varied(paper=lambda X, r: X.shape[1] - 1),
    one_alpha_for_both=varied(paper=0),
    two_for_K_in_the_weights=varied(total=lambda X, r: len(X) + 2),
    D_in_the_weights=varied(total=lambda X, r: len(X) + X.shape[1]),
    weights_not_smoothed=varied(mix=0),
    weights_over_K=varied(total=lambda X, r: r.shape[1]),
    weights_not_divided=varied(total=1.0),
    weights_equal=varied(out=lambda p, pi: (np.log(p), np.full(len(pi), -np.log(len(pi))))),
    hard_counts=varied(resp=lambda X, r: hard(r)),
    logs_taken_for_shares=varied(resp=lambda X, r: -r),
    logs_not_taken=varied(out=lambda p, pi: (p, pi)),
    weights_without_log=varied(out=lambda p, pi: (np.log(p), pi)),
    probabilities_over_N=lambda X, r, alpha=1e-8: (
        np.log((alpha + np.exp(r).T @ X) / (2 * alpha + len(X))),
        m_step(X, r, alpha)[1],
    ),
    rows_sum_to_one=varied(out=lambda p, pi: (np.log(p / p.sum(axis=1, keepdims=True)), np.log(pi))),
    mean_of_all_images=lambda X, r, alpha=1e-8: (
        np.log(np.array([X.mean(axis=0) + 1e-9] * r.shape[1])),
        m_step(X, r, alpha)[1],
    ),
    paper_for_ink=varied(out=lambda p, pi: (np.log(1 - p), np.log(pi))),
    empty_component_given_weight_one=empty_gets_weight_one,
    the_other_way_round=varied(out=lambda p, pi: (np.log(pi), np.log(p))),
    transposed=varied(out=lambda p, pi: (np.log(p).T, np.log(pi))),
    probabilities_only=varied(out=lambda p, pi: np.log(p)),
    nothing_returned=varied(out=lambda p, pi: None),
)
add(
    "assign_labels",
    over_images=lambda X, p, m: joint(X, p, m).argmax(axis=0),
    the_least_likely=lambda X, p, m: joint(X, p, m).argmin(axis=1),
    weights_forgotten=lambda X, p, m: log_bernoullis(X, p).argmax(axis=1),
    counted_from_one=lambda X, p, m: joint(X, p, m).argmax(axis=1) + 1,
    the_share_itself=lambda X, p, m: np.exp(rows(joint(X, p, m))).max(axis=1),
    pixels_that_are_on_only=lambda X, p, m: (X @ p.T + m).argmax(axis=1),
    one_hot=lambda X, p, m: hard(joint(X, p, m)),
    the_heaviest_component=lambda X, p, m: np.full(len(X), np.argmax(m)),
    linear_domain=lambda X, p, m: np.prod(
        np.where(X[:, None] == 1, np.exp(p) / 4, (1 - np.exp(p)) / 4), axis=2
    ).argmax(axis=1),
)


def table(clusters, labels, num_clusters):
    counts = np.zeros((num_clusters, 10))
    np.add.at(counts, (clusters, labels), 1)
    return counts


def only_once(clusters, labels, num_clusters):
    counts = np.zeros((num_clusters, 10))
    counts[clusters, labels] += 1  # an index that comes twice is counted once
    return counts


add(
    "cluster_table",
    transposed=lambda c, y, K: table(c, y, K).T,
    counted_once=only_once,
    shares=lambda c, y, K: table(c, y, K) / len(c),
    shares_of_each_row=lambda c, y, K: table(c, y, K) / np.maximum(table(c, y, K).sum(axis=1), 1)[:, None],
    empty_rows_left_out=lambda c, y, K: table(c, y, K)[table(c, y, K).sum(axis=1) > 0],
    missing_digits_left_out=lambda c, y, K: table(c, y, K)[:, np.unique(y)],
    the_commonest_digit=lambda c, y, K: table(c, y, K).argmax(axis=1),
    true_and_false=lambda c, y, K: table(c, y, K) > 0,
    one_row_too_many=lambda c, y, K: table(c, y, K + 1),
    the_last_image_left_out=lambda c, y, K: table(c[:-1], y[:-1], K),
    digits_from_one=lambda c, y, K: np.roll(table(c, y, K), 1, axis=1),
)


def mixed(log_p, scores):
    return softmax(scores) @ np.exp(log_p)


def given(x, seen, log_p, log_mix):
    return log_bernoullis(x[seen][None], log_p[:, seen])[0] + np.ravel(log_mix)


add(
    "complete",
    erased_pixels_read_as_paper=lambda x, s, p, m: np.where(
        s, x, mixed(p, log_bernoullis(x[None], p)[0] + np.ravel(m))
    ),
    the_likeliest_component=lambda x, s, p, m: np.where(s, x, np.exp(p[given(x, s, p, m).argmax()])),
    mixing_weights_only=lambda x, s, p, m: np.where(s, x, np.exp(np.ravel(m)) @ np.exp(p)),
    mixing_weights_forgotten=lambda x, s, p, m: np.where(
        s, x, mixed(p, log_bernoullis(x[s][None], p[:, s])[0])
    ),
    rounded=lambda x, s, p, m: np.where(s, x, mixed(p, given(x, s, p, m)).round()),
    mean_of_logs=lambda x, s, p, m: np.where(s, x, np.exp(softmax(given(x, s, p, m)) @ p)),
    logs_not_undone=lambda x, s, p, m: np.where(s, x, softmax(given(x, s, p, m)) @ p),
    seen_pixels_replaced_too=lambda x, s, p, m: mixed(p, given(x, s, p, m)),
    seen_and_erased_swapped=lambda x, s, p, m: np.where(s, mixed(p, given(x, ~s, p, m)), x),
    one_half=lambda x, s, p, m: np.where(s, x, 0.5),
    the_erased_pixels_only=lambda x, s, p, m: mixed(p, given(x, s, p, m))[~s],
    linear_domain_not_normalised=lambda x, s, p, m: np.where(s, x, np.exp(given(x, s, p, m)) @ np.exp(p)),
)
