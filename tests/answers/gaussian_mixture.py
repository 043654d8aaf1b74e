"""Correct answers to single exercises of `gaussian-mixture`, each in another style."""

import functools
import warnings

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal

from answers import arrays, loops
from answers.registry import Answers, adder, registrar
from helpers import log_gaussians, loglikelihood

RIGHT: Answers = {}
add, right = adder(RIGHT), registrar(RIGHT)


@right("compute_responsibilities", "frozen distributions")
def _(data, weights, means, covariances):
    frozen = [multivariate_normal(m, c) for m, c in zip(means, covariances)]
    joint = np.transpose([w * each.pdf(data) for w, each in zip(weights, frozen)])
    return joint / joint.sum(axis=1, keepdims=True)


@right("compute_responsibilities", "inverse and determinant by hand")
def _(data, weights, means, covariances):
    rows = []
    for x in data:
        row = []
        for pi, mu, sigma in zip(weights, means, covariances):
            d = np.array(x) - mu
            scale = np.sqrt((2 * np.pi) ** len(d) * np.linalg.det(sigma))
            row.append(pi * np.exp(-0.5 * d @ np.linalg.inv(sigma) @ d) / scale)
        rows.append(np.array(row) / np.sum(row))
    return rows


@right("compute_responsibilities", "components first, then transposed")
def _(data, weights, means, covariances):
    joint = np.array(
        [w * multivariate_normal.pdf(data, m, c) for w, m, c in zip(weights, means, covariances)]
    )
    return (joint / joint.sum(axis=0)).T


@right("compute_responsibilities", "log domain by logaddexp")
def _(data, weights, means, covariances):
    scores = np.log(weights) + log_gaussians(data, means, covariances)
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1)[:, None])


@right("compute_responsibilities", "a list of tuples")
def _(data, weights, means, covariances):
    return [tuple(row) for row in loops.compute_responsibilities(data, weights, means, covariances)]


@right("compute_responsibilities", "rows from a generator")
def _(data, weights, means, covariances):
    return (row for row in arrays.compute_responsibilities(data, weights, means, covariances))


@right("compute_responsibilities", "normalised in place")
def _(data, weights, means, covariances):
    resp = np.empty((len(data), len(weights)))
    for k in range(len(weights)):
        resp[:, k] = weights[k] * multivariate_normal.pdf(data, means[k], covariances[k])
    resp /= resp.sum(1)[:, None]
    return resp


@right("compute_responsibilities", "a guard against division by zero")
def _(data, weights, means, covariances):
    joint = np.transpose(
        [w * multivariate_normal.pdf(data, m, c) for w, m, c in zip(weights, means, covariances)]
    )
    return joint / (joint.sum(axis=1, keepdims=True) + 1e-12)


@right("compute_responsibilities", "values of a dictionary")
def _(data, weights, means, covariances):
    rows = {
        n: map(float, row)
        for n, row in enumerate(arrays.compute_responsibilities(data, weights, means, covariances))
    }
    return rows.values()


@right("compute_responsibilities", "a matrix")
def _(data, weights, means, covariances):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.matrix(arrays.compute_responsibilities(data, weights, means, covariances))


@right("compute_responsibilities", "a warning and a print")
def _(data, weights, means, covariances):
    warnings.warn("careful", stacklevel=1)
    print("working ...")
    return arrays.compute_responsibilities(data, weights, means, covariances)


@right("compute_responsibilities", "arguments overwritten")
def _(data, weights, means, covariances):
    data -= np.mean(means, axis=0)
    means -= np.mean(means, axis=0)
    return arrays.compute_responsibilities(data, weights, means, covariances)


@right("compute_responsibilities", "lists of points only")
def _(data, weights, means, covariances):
    assert isinstance(data, list)
    return loops.compute_responsibilities(data, weights + [], means, covariances)


@right("compute_responsibilities", "one einsum over centred points")
def _(data, weights, means, covariances):
    centred = np.asarray(data)[:, None] - np.asarray(means)
    squares = np.einsum("nki,kij,nkj->nk", centred, np.linalg.inv(covariances), centred)
    constants = np.asarray(weights) / np.sqrt(np.linalg.det(covariances))  # common factors cancel
    joint = constants * np.exp(-0.5 * squares)
    return joint / np.einsum("nk->n", joint)[:, None]


@right("compute_responsibilities", "Cholesky, component by component")
def _(data, weights, means, covariances):
    columns = []
    for pi, mu, sigma in zip(weights, means, covariances):
        factor = np.linalg.cholesky(sigma)
        white = solve_triangular(factor, (np.asarray(data) - mu).T, lower=True)
        columns.append(np.log(pi) - np.log(np.diag(factor)).sum() - 0.5 * (white**2).sum(axis=0))
    return softmax(np.column_stack(columns), axis=1)


@right("compute_responsibilities", "single precision")
def _(data, weights, means, covariances):
    return arrays.compute_responsibilities(data, weights, means, covariances).astype(np.float32)


@right("compute_responsibilities", "in place on copies")
def _(data, weights, means, covariances):
    data, means = np.array(data, dtype=float), np.array(means, dtype=float)
    shift = data.mean(axis=0)
    data -= shift
    means -= shift
    return arrays.compute_responsibilities(data, weights, means, covariances)


class Callable:
    """An object that can be called, without a __name__."""

    def __call__(self, data, weights, means, covariances):
        return arrays.compute_responsibilities(data, weights, means, covariances)


right("compute_responsibilities", "an object that can be called")(Callable())
right("compute_responsibilities", "partial")(functools.partial(arrays.compute_responsibilities))

add(
    "compute_soft_counts",
    array_method=lambda resp: np.array(resp).sum(0),
    a_column=lambda resp: np.sum(resp, axis=0)[:, None],
    product_with_ones=lambda resp: np.ones(len(resp)) @ resp,
    mean_times_n=lambda resp: np.mean(resp, axis=0) * len(resp),
    an_iterator=lambda resp: map(sum, zip(*resp)),
    single_precision=lambda resp: np.sum(resp, axis=0, dtype=np.float32),
)
add(
    "compute_weights",
    list_of_numbers=lambda counts: [c / sum(counts) for c in counts],
    a_column=lambda counts: (counts / np.sum(counts)).reshape(-1, 1),
    a_row=lambda counts: np.atleast_2d(counts / np.sum(counts)),
    a_generator=lambda counts: (c / np.sum(counts) for c in counts),
    in_place=lambda counts: np.divide(counts, np.sum(counts), out=np.asarray(counts)),
)
add(
    "compute_means",
    average=lambda data, resp, counts: [np.average(data, axis=0, weights=r) for r in np.transpose(resp)],
    columns_first=lambda data, resp, counts: (np.transpose(data) @ resp / counts).T,
    counts_again=lambda data, resp, counts: (resp / resp.sum(0)).T @ np.array(data),
    a_list_of_arrays=lambda data, resp, counts: list(loops.compute_means(data, resp, counts)),
    nested_lists=lambda data, resp, counts: arrays.compute_means(data, resp, counts).tolist(),
)


@right("compute_covariances", "np.cov with weights")
def _(data, resp, counts, means):
    return [
        np.cov(data, rowvar=False, aweights=r, bias=True).reshape(len(data[0]), -1)
        for r in np.transpose(resp)
    ]


@right("compute_covariances", "second moment minus the mean's")
def _(data, resp, counts, means):
    second = np.einsum("nk,nd,ne->kde", resp, data, data) / np.asarray(counts)[:, None, None]
    return second - np.einsum("kd,ke->kde", means, means)


@right("compute_covariances", "square roots of the responsibilities")
def _(data, resp, counts, means):
    covs = []
    for k in range(len(counts)):
        part = np.sqrt(resp[:, [k]]) * (np.array(data) - means[k])
        covs.append(part.T @ part / counts[k])
    return tuple(covs)


@right("compute_covariances", "diagonal matrix of responsibilities")
def _(data, resp, counts, means):
    return [
        (np.array(data) - m).T @ np.diag(r) @ (np.array(data) - m) / n
        for r, n, m in zip(resp.T, counts, means)
    ]


@right("compute_covariances", "element by element")
def _(data, resp, counts, means):
    (N, K), D = np.shape(resp), len(data[0])
    covs = np.zeros((K, D, D))
    for k in range(K):
        for i in range(D):
            for j in range(D):
                for n in range(N):
                    covs[k, i, j] += resp[n, k] * (data[n][i] - means[k][i]) * (data[n][j] - means[k][j])
        covs[k] /= counts[k]
    return covs


@right("compute_covariances", "a little on the diagonal")
def _(data, resp, counts, means):
    return arrays.compute_covariances(data, resp, counts, means) + 1e-6 * np.eye(len(data[0]))


@right("compute_covariances", "column vectors")
def _(data, resp, counts, means):
    covs = []
    for k, mean in enumerate(means):
        total = 0
        for n, x in enumerate(data):
            d = (np.array(x) - np.array(mean)).reshape(-1, 1)
            total = total + resp[n, k] * (d @ d.T)
        covs.append((total / counts[k]).tolist())
    return covs


@right("compute_covariances", "single precision")
def _(data, resp, counts, means):
    centred = (np.asarray(data)[:, None] - np.asarray(means)).astype(np.float32)
    return np.einsum("nk,nkd,nke->kde", resp.astype(np.float32), centred, centred) / counts[:, None, None]


def em_with(**parts):
    """Return an EM loop whose parts can be exchanged."""
    e_step = parts.get("e_step", arrays.compute_responsibilities)
    covariances = parts.get("covariances", arrays.compute_covariances)
    finish = parts.get("finish", lambda out: out)
    stop = parts.get("stop", lambda new, old, thresh: new - old < thresh)

    def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
        w, m, c = init_weights, init_means, init_covariances
        trace = [loglikelihood(data, w, m, c)]
        for _ in range(maxiter):
            resp = e_step(data, w, m, c)
            counts = np.sum(resp, axis=0)
            w, m = counts / len(data), arrays.compute_means(data, resp, counts)
            c = covariances(data, resp, counts, m)
            trace.append(loglikelihood(data, w, m, c))
            if stop(trace[-1], trace[-2], thresh):
                break
        return finish({"weights": w, "means": m, "covs": c, "loglik": trace, "resp": resp})

    return EM


add(
    "EM",
    plain=em_with(),
    absolute_gain=em_with(stop=lambda new, old, thresh: abs(new - old) < thresh),
    at_most_the_threshold=em_with(stop=lambda new, old, thresh: new <= old + thresh),
    trace_as_an_array=em_with(finish=lambda out: out | {"loglik": np.array(out["loglik"])}),
    lists_all_over=em_with(finish=lambda out: {k: np.asarray(v).tolist() for k, v in out.items()}),
    weights_as_a_column=em_with(finish=lambda out: out | {"weights": out["weights"][:, None]}),
    more_keys=em_with(finish=lambda out: out | {"iterations": len(out["loglik"]) - 1, "converged": True}),
    in_loops=em_with(e_step=loops.compute_responsibilities, covariances=loops.compute_covariances),
    regularised=em_with(covariances=RIGHT["compute_covariances"]["a little on the diagonal"]),
    a_generator_of_values=em_with(finish=lambda out: out | {"loglik": (v for v in out["loglik"])}),
    trace_as_a_column=em_with(finish=lambda out: out | {"loglik": np.array(out["loglik"])[:, None]}),
    single_precision=em_with(finish=lambda out: {k: np.float32(v) for k, v in out.items()}),
    lists_of_arrays=em_with(finish=lambda out: {k: list(v) for k, v in out.items()}),
    sums_taken_again=em_with(covariances=RIGHT["compute_covariances"]["np.cov with weights"]),
)


@right("EM", "one iteration ahead of the test")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    w, m, c = init_weights, init_means, init_covariances
    old, trace, i = -np.inf, [loglikelihood(data, w, m, c)], 0
    while i < maxiter and trace[-1] - old >= thresh:
        old = trace[-1]
        resp = arrays.compute_responsibilities(data, w, m, c)
        n = resp.sum(axis=0)
        w, m = n / n.sum(), (resp.T @ np.array(data)) / n[:, None]
        c = arrays.compute_covariances(data, resp, n, m)
        trace.append(loglikelihood(data, w, m, c))
        i += 1
    return {"weights": w, "means": m, "covs": c, "loglik": trace, "resp": resp}


@right("EM", "in place on copies")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    data = np.asarray(data)
    w, m, c = (np.array(each, dtype=float) for each in (init_weights, init_means, init_covariances))
    trace = [loglikelihood(data, w, m, c)]
    for _ in range(maxiter):
        r = arrays.compute_responsibilities(data, w, m, c)
        n = r.sum(axis=0)
        w[:] = n / len(data)
        for k in range(len(w)):
            m[k] = r[:, k] @ data / n[k]
            c[k] = (r[:, k] * (data - m[k]).T) @ (data - m[k]) / n[k]
        trace.append(loglikelihood(data, w, m, c))
        if trace[-1] - trace[-2] < thresh:
            break
    return {"weights": w, "means": m, "covs": c, "loglik": trace, "resp": r}


@right("EM", "until a flag is set, E-step last")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    w, m, c = init_weights, init_means, init_covariances
    resp, rounds, done = arrays.compute_responsibilities(data, w, m, c), 0, False
    values = [loglikelihood(data, w, m, c)]
    while not done:
        n = resp.sum(axis=0)
        w, m = arrays.compute_weights(n), arrays.compute_means(data, resp, n)
        c = arrays.compute_covariances(data, resp, n, m)
        resp, rounds = arrays.compute_responsibilities(data, w, m, c), rounds + 1
        values.append(loglikelihood(data, w, m, c))
        done = rounds == maxiter or values[-1] - values[-2] < thresh
    return dict(weights=w, means=m, covs=c, loglik=values, resp=resp)


@right("EM", "log-likelihood from the normaliser, one line")
def _(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
    def score(w, m, c):
        return np.log(w) + np.stack([multivariate_normal.logpdf(data, *mc) for mc in zip(m, c)], axis=1)

    w, m, c = init_weights, init_means, init_covariances
    s = score(w, m, c)
    trace = [logsumexp(s, axis=1).sum()]
    for _ in range(maxiter):
        r = np.exp(s - logsumexp(s, axis=1, keepdims=True))
        w, m = r.mean(axis=0), (r / r.sum(axis=0)).T @ np.array(data)
        c = [
            np.cov(np.transpose(data), aweights=r[:, k], ddof=0).reshape(len(m[0]), -1) for k in range(len(w))
        ]
        s = score(w, m, c)
        trace.append(logsumexp(s, axis=1).sum())
        if trace[-1] - trace[-2] < thresh:
            break
    return {"weights": list(w), "means": list(m), "covs": c, "loglik": trace, "resp": r}


for module in (loops, arrays):
    for name in ("compute_soft_counts", "compute_weights", "compute_means", "compute_covariances", "EM"):
        right(name, module.__name__)(getattr(module, name))
    right("compute_responsibilities", module.__name__)(module.compute_responsibilities)
