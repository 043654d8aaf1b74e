"""Correct answers to the exercises of `bernoulli-digits`, each in another style.

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


@right("e_step", "odds and a bias, as published, repaired")
def _(X, log_p, log_mix):
    log_q = np.log1p(-np.exp(log_p))
    joint = X @ (log_p - log_q).T + (log_q.sum(axis=1) + np.ravel(log_mix))
    return joint - logsumexp(joint, axis=1, keepdims=True)


@right("e_step", "component by component, filled in")
def _(X, log_p, log_mix):
    out = np.empty((len(X), len(log_p)))
    for k, (row, weight) in enumerate(zip(np.exp(log_p), np.ravel(log_mix))):
        out[:, k] = weight + np.log(np.abs(1 - np.asarray(X) - row)).sum(axis=1)
    out -= np.log(np.exp(out - out.max(1)[:, None]).sum(1))[:, None] + out.max(1)[:, None]
    return out


@right("e_step", "pixel by pixel")
def _(X, log_p, log_mix):
    joint = np.tile(np.ravel(log_mix), (len(X), 1))
    for d in range(len(log_p[0])):
        on = np.asarray(X)[:, d, None] == 1
        joint = joint + np.where(on, log_p[:, d], np.log1p(-np.exp(log_p[:, d])))
    return log_softmax(joint, axis=1)


@right("e_step", "a log of the ordinary shares")
def _(X, log_p, log_mix):
    shares = softmax(scores(X, log_p, log_mix), axis=1)
    return (
        np.log(np.maximum(shares, 1e-300))
        if shares.min() > 1e-290
        else log_softmax(scores(X, log_p, log_mix), axis=1)
    )


def e_step(X, log_p, log_mix):
    return log_softmax(scores(X, log_p, log_mix), axis=1)


add(
    "e_step",
    nested_lists=lambda *given: e_step(*given).tolist(),
    tuples=lambda *given: tuple(map(tuple, e_step(*given))),
    rows_from_a_generator=lambda *given: (row for row in e_step(*given)),
    single_precision=lambda *given: e_step(*given).astype(np.float32),
    components_first_as_lists=lambda *given: e_step(*given).T.tolist(),
    in_fortran_order=lambda *given: np.asfortranarray(e_step(*given)),
)


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


def m_step(X, log_resp, alpha=1e-8):
    resp = np.exp(log_resp)
    counts = resp.sum(axis=0)
    return np.log(alpha + resp.T @ X) - np.log(2 * alpha + counts)[:, None], np.log(
        (alpha + counts) / (len(log_resp[0]) * alpha + len(X))
    )


def shaped(shape):
    """Return an M-step whose values come in another form."""
    return lambda *given: shape(*m_step(*given))


add(
    "m_step",
    as_a_list=shaped(lambda p, mix: [p, mix]),
    from_a_generator=shaped(lambda p, mix: (each for each in (p, mix))),
    nested_lists=shaped(lambda p, mix: (p.tolist(), mix.tolist())),
    weights_in_a_column=shaped(lambda p, mix: (p, mix[:, None])),
    weights_in_a_row=shaped(lambda p, mix: (p, mix[None])),
    single_precision=shaped(lambda p, mix: (np.float32(p), np.float32(mix))),
    values_of_a_dictionary=shaped(lambda p, mix: {"p": p, "mix": mix}.values()),
    rows_from_a_map=shaped(lambda p, mix: (map(list, p), map(float, mix))),
)


@right("m_step", "component by component")
def _(X, log_resp, alpha=1e-8):
    rows, weights = [], []
    for shares in np.exp(np.transpose(log_resp)):
        rows.append(np.log((alpha + shares @ X) / (2 * alpha + shares.sum())))
        weights.append(alpha + shares.sum())
    return rows, np.log(np.array(weights) / np.sum(weights))


@right("m_step", "image by image")
def _(X, log_resp, alpha=1e-8):
    K, D = len(log_resp[0]), len(X[0])
    ink, counts = np.full((K, D), alpha), np.zeros(K)
    for x, row in zip(X, np.exp(log_resp)):
        ink += np.outer(row, x)
        counts += row
    return np.log(ink / (2 * alpha + counts)[:, None]), np.log((alpha + counts) / (alpha + counts).sum())


@right("m_step", "in place on a copy")
def _(X, log_resp, alpha=1e-8):
    resp = np.array(log_resp)
    np.exp(resp, out=resp)
    log_p = np.tensordot(resp, np.asarray(X, dtype=float), axes=(0, 0))
    log_p += alpha
    log_p /= (2 * alpha + resp.sum(axis=0))[:, None]
    np.log(log_p, out=log_p)
    return log_p, np.log((alpha + resp.sum(axis=0)) / (resp.shape[1] * alpha + len(X)))


@right("m_step", "averages with weights")
def _(X, log_resp, alpha=1e-8):
    X = np.vstack([X, np.ones(len(X[0])), np.zeros(len(X[0]))])  # smoothing: a black image and a white one
    resp = np.vstack([np.exp(log_resp), np.full((2, len(log_resp[0])), alpha)])
    p = [np.average(X, axis=0, weights=shares) for shares in resp.T]
    counts = resp[:-1].sum(axis=0)
    return np.log(p), np.log(counts) - np.log(counts.sum())


@right("m_step", "expects K x N, gives a column")
def _(X, log_resp, alpha=1e-8):
    K, N = np.shape(log_resp)
    assert len(X) == N
    counts = np.exp(log_resp).sum(axis=1, keepdims=True)
    return np.log((np.exp(log_resp) @ X + alpha) / (counts + 2 * alpha)), np.log(counts + alpha) - np.log(
        N + K * alpha
    )


@right("m_step", "smoothed shares of ink and paper")
def _(X, log_resp, alpha=1e-8):
    table = np.stack([1 - np.asarray(X), X])  # paper, ink
    counts = alpha + np.einsum("bnd,nk->bkd", table, np.exp(log_resp))
    log_mix = np.log(alpha + np.exp(log_resp).sum(axis=0))
    return np.log(counts[1] / counts.sum(axis=0)), log_mix - logsumexp(log_mix)


@right("m_step", "masked sums")
def _(X, log_resp, alpha=1e-8):
    resp, on = np.exp(log_resp), np.asarray(X) > 0.5
    ink = np.array([resp[column].sum(axis=0) for column in on.T]).T
    counts = resp.sum(axis=0)
    log_mix = np.log1p(counts / alpha) + np.log(alpha) - np.log(len(X) + len(counts) * alpha)
    return np.log(ink + alpha) - np.log(counts[:, None] + 2 * alpha), log_mix


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
