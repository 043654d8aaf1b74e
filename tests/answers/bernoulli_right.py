"""Right answers to the exercises of `bernoulli-digits`, one style each.

A table of responsibilities may be N x K or K x N, mixing weights (K,), (K, 1) or (1, K).
"""

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax, xlog1py, xlogy

from answers.registry import Answers, adder, registrar
from helpers import log_bernoullis

RIGHT: Answers = {}
add, right = adder(RIGHT), registrar(RIGHT)


def scores(X, log_p, log_mix):
    return log_bernoullis(X, log_p) + np.ravel(log_mix)


@right("e_step", "two products")
def _(X, log_p, log_mix):
    log_q = np.log(1 - np.exp(log_p))
    joint = X @ log_p.T + (1 - X) @ log_q.T + log_mix
    return joint - logsumexp(joint, axis=1, keepdims=True)


@right("e_step", "components first, weights in a column")
def _(X, log_p, log_mix):
    log_q = np.log1p(-np.exp(log_p))
    joint = np.reshape(log_mix, (-1, 1)) + log_p @ X.T + log_q @ (1 - X).T
    return joint - logsumexp(joint, axis=0)


@right("e_step", "image by image")
def _(X, log_p, log_mix):
    p, rows = np.exp(log_p), []
    for x in X:
        row = [lm + np.sum(np.log(np.where(x == 1, q, 1 - q))) for lm, q in zip(np.ravel(log_mix), p)]
        rows.append(np.array(row) - logsumexp(row))
    return rows


@right("e_step", "the table of N x K x D")
def _(X, log_p, log_mix):
    p = np.exp(log_p)
    each = xlogy(X[:, None], p) + xlog1py(1 - X[:, None], -p)
    return log_softmax(each.sum(axis=2) + np.ravel(log_mix), axis=1)


@right("e_step", "weights as a row")
def _(X, log_p, log_mix):
    joint = log_bernoullis(X, log_p) + np.reshape(log_mix, (1, -1))
    return joint - np.logaddexp.reduce(joint, axis=1)[:, None]


@right("e_step", "the largest taken out by hand")
def _(X, log_p, log_mix):
    joint = scores(X, log_p, log_mix)
    joint = joint - joint.max(axis=1, keepdims=True)
    return joint - np.log(np.exp(joint).sum(axis=1, keepdims=True))


@right("e_step", "einsum and booleans")
def _(X, log_p, log_mix):
    on = np.asarray(X) > 0.5
    log_q = np.log1p(-np.exp(log_p))
    joint = np.einsum("nd,kd->nk", on, log_p) + np.einsum("nd,kd->nk", ~on, log_q)
    joint += np.ravel(log_mix)
    return joint - logsumexp(joint, axis=1)[:, None]


@right("e_step", "clipped far outside")
def _(X, log_p, log_mix):
    p = np.clip(np.exp(log_p), 1e-12, 1 - 1e-12)
    joint = X @ np.log(p).T + (1 - X) @ np.log(1 - p).T + np.ravel(log_mix)
    return joint - logsumexp(joint, axis=1, keepdims=True)


@right("e_step", "expects the weights in a column")
def _(X, log_p, log_mix):
    joint = log_bernoullis(X, log_p) + log_mix[:, 0]
    return joint - logsumexp(joint, axis=1, keepdims=True)


@right("e_step", "expects the weights in a row, gives K x N")
def _(X, log_p, log_mix):
    joint = log_bernoullis(X, log_p) + log_mix.reshape(1, log_mix.shape[1])
    return (joint - logsumexp(joint, axis=1, keepdims=True)).T


@right("e_step", "overwrites its own copy")
def _(X, log_p, log_mix):
    out = np.array(scores(X, log_p, log_mix))
    out -= logsumexp(out, axis=1, keepdims=True)
    return out


@right("m_step", "in logs throughout")
def _(X, log_resp, alpha=1e-8):
    N, K = log_resp.shape
    with np.errstate(divide="ignore"):
        ink = logsumexp(log_resp[:, :, None], b=X[:, None, :], axis=0)
    counts = logsumexp(log_resp, axis=0)
    log_p = np.logaddexp(ink, np.log(alpha)) - np.logaddexp(counts, np.log(2 * alpha))[:, None]
    return log_p, np.logaddexp(counts, np.log(alpha)) - np.log(N + K * alpha)


@right("m_step", "loops")
def _(X, log_resp, alpha=1e-8):
    resp = np.exp(log_resp)
    N, K = resp.shape
    log_p, log_mix = np.zeros((K, X.shape[1])), np.zeros((K, 1))
    for k in range(K):
        count = resp[:, k].sum()
        for d in range(X.shape[1]):
            log_p[k, d] = np.log((alpha + (resp[:, k] * X[:, d]).sum()) / (2 * alpha + count))
        log_mix[k] = np.log((alpha + count) / (K * alpha + N))
    return log_p, log_mix


@right("m_step", "expects K x N")
def _(X, log_resp, alpha=1e-8):
    K, N = log_resp.shape
    assert len(X) == N
    resp = np.exp(log_resp)
    counts = resp.sum(axis=1, keepdims=True)
    return np.log((alpha + resp @ X) / (2 * alpha + counts)), np.log((alpha + counts) / (K * alpha + N))


@right("m_step", "einsum, weights as a row")
def _(X, log_resp, alpha=1e-8):
    resp = np.exp(log_resp)
    counts = np.einsum("nk->k", resp)
    p = (np.einsum("nk,nd->kd", resp, X) + alpha) / (counts[:, None] + alpha + alpha)
    weights = (counts + alpha)[None] / (counts + alpha).sum()
    return np.log(p), np.log(weights)


@right("m_step", "normalised at the end")
def _(X, log_resp, alpha=1e-8):
    resp = np.exp(np.asarray(log_resp))
    on, off = alpha + resp.T @ X, alpha + resp.T @ (1 - X)
    log_mix = np.log(alpha + resp.sum(axis=0))
    return [np.log(on) - np.log(on + off), log_mix - logsumexp(log_mix)]


add(
    "assign_labels",
    argmax_of_the_scores=lambda X, log_p, log_mix: scores(X, log_p, log_mix).argmax(axis=1),
    argmax_of_the_shares=lambda X, log_p, log_mix: np.argmax(
        softmax(scores(X, log_p, log_mix), axis=1), axis=1
    ),
    a_list=lambda X, log_p, log_mix: [int(row.argmax()) for row in scores(X, log_p, log_mix)],
    components_first=lambda X, log_p, log_mix: scores(X, log_p, log_mix).T.argmax(axis=0),
    a_column=lambda X, log_p, log_mix: scores(X, log_p, log_mix).argmax(axis=1)[:, None],
)


@right("cluster_table", "image by image, as published")
def _(clusters, labels, num_clusters):
    table = np.zeros((num_clusters, 10), dtype=np.uint32)
    for cluster, label in zip(clusters, labels):
        table[cluster][label] += 1
    return table


@right("cluster_table", "one bincount")
def _(clusters, labels, num_clusters):
    cells = 10 * np.asarray(clusters) + np.asarray(labels)
    return np.bincount(cells, minlength=10 * num_clusters).reshape(num_clusters, 10)


@right("cluster_table", "a histogram")
def _(clusters, labels, num_clusters):
    return np.histogram2d(clusters, labels, bins=[np.arange(num_clusters + 1), np.arange(11)])[0]


@right("cluster_table", "comparisons")
def _(clusters, labels, num_clusters):
    mine = np.equal.outer(np.arange(num_clusters), clusters).astype(int)
    return mine @ np.equal.outer(labels, np.arange(10)).astype(int)


@right("cluster_table", "lists")
def _(clusters, labels, num_clusters):
    pairs = list(zip(clusters, labels))
    return [[sum(p == (k, d) for p in pairs) for d in range(10)] for k in range(num_clusters)]


@right("complete", "from the seen columns")
def _(x, seen, log_p, log_mix):
    joint = log_bernoullis(x[seen][None], log_p[:, seen])[0] + np.ravel(log_mix)
    expected = softmax(joint) @ np.exp(log_p)
    expected[seen] = x[seen]
    return expected


@right("complete", "pixel by pixel")
def _(x, seen, log_p, log_mix):
    joint = np.ravel(log_mix).copy()
    for d in np.flatnonzero(seen):
        joint += log_p[:, d] if x[d] == 1 else np.log1p(-np.exp(log_p[:, d]))
    resp = np.exp(joint - logsumexp(joint))
    return [x[d] if seen[d] else float(resp @ np.exp(log_p[:, d])) for d in range(len(x))]


@right("complete", "in logs to the end")
def _(x, seen, log_p, log_mix):
    log_q = np.log1p(-np.exp(log_p))
    joint = np.where(seen, np.where(x == 1, log_p, log_q), 0).sum(axis=1) + np.ravel(log_mix)
    return np.where(seen, x, np.exp(logsumexp(log_p + (joint - logsumexp(joint))[:, None], axis=0)))
