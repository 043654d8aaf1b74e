"""Correct answers with a small known error: which errors still count as equal, and which do not.

Such a perturbation keeps all marks with every seed of the cases, or loses some with every seed. docs/equal.md
says where the limit is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.special import logsumexp, softmax
from scipy.stats import multivariate_normal

from answers import arrays
from answers.bernoulli_digits import RIGHT as DIGITS
from answers.gaussian_mixture import RIGHT as GAUSSIAN
from answers.gaussian_mixture import em_with
from answers.image_clusters import RIGHT as PICTURES

Answer = Callable[..., Any]


class Perturbed(NamedTuple):
    """An answer with a small error, and whether it counts as equal."""

    answer: Answer
    passes: bool


PERTURBED: dict[str, dict[str, Perturbed]] = {}
EXACT: dict[str, Answer] = {
    "compute_responsibilities": arrays.compute_responsibilities,
    "compute_soft_counts": arrays.compute_soft_counts,
    "compute_weights": arrays.compute_weights,
    "compute_means": arrays.compute_means,
    "compute_covariances": arrays.compute_covariances,
    "EM": em_with(),
    "m_step": DIGITS["m_step"]["normalised at the end"],
    "e_step": DIGITS["e_step"]["weights as a row"],
    "complete": DIGITS["complete"]["from the seen columns"],
    "mean_rgb": PICTURES["mean_rgb"]["one mean over two axes"],
    "initialise": PICTURES["initialise"]["filled in"],
    "compute_scores": PICTURES["compute_scores"]["frozen"],
    "assign": PICTURES["assign"]["argmax and max"],
    "mahalanobis": PICTURES["mahalanobis"]["the inverse"],
    "purity": PICTURES["purity"]["floats"],
}


def add(exercise: str, words: str, answer: Answer, passes: bool) -> None:
    PERTURBED.setdefault(exercise, {})[words] = Perturbed(answer, passes)


def changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return an answer in which every number is changed."""
    if isinstance(value, dict):
        return {key: changed(item, change) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [changed(item, change) for item in value]
    return change(np.asarray(value, dtype=float))


def afterwards(exercise: str, change: Callable[[Any], Any]) -> Answer:
    """Return the exact answer of an exercise, with every number changed at the end."""
    return lambda *args, **kwargs: changed(EXACT[exercise](*args, **kwargs), change)


# Changes that can be made to any answer -----------------------------------------------------

for name in EXACT:
    for decimals, passes in {10: True, 8: True, 6: True, 4: False, 3: False}.items():
        add(
            name,
            f"rounded to {decimals} decimals",
            afterwards(name, lambda v, d=decimals: v.round(d)),
            passes,
        )
    for share, passes in {1e-12: True, 1e-9: True, 1e-7: True, 1e-6: True, 1e-5: False, 1e-4: False}.items():
        add(name, f"times 1 + {share:g}", afterwards(name, lambda v, s=share: v * (1 + s)), passes)
    for epsilon, passes in {1e-300: True, 1e-12: True, 1e-9: True, 1e-7: True}.items():
        add(name, f"plus {epsilon:g}", afterwards(name, lambda v, e=epsilon: v + e), passes)
    add(name, "in single precision", afterwards(name, lambda v: v.astype(np.float32)), True)
for name in ("compute_responsibilities", "compute_weights", "compute_covariances", "complete", "mean_rgb"):
    for epsilon, passes in {1e-6: True, 1e-5: False, 1e-4: False}.items():
        add(name, f"plus {epsilon:g}", afterwards(name, lambda v, e=epsilon: v + e), passes)

# A little on the diagonal of a covariance -----------------------------------------------------

RIDGES = {1e-12: True, 1e-9: True, 1e-8: True, 1e-7: True, 1e-6: True, 1e-5: False, 1e-4: False, 1e-3: False}
SMALL_RIDGES = {1e-12: True, 1e-10: True, 1e-9: True, 1e-8: False, 1e-6: False, 1e-4: False}


def wider(covariances: Any, ridge: float) -> Any:
    return np.asarray(covariances) + ridge * np.eye(np.shape(covariances)[-1])


def covariances_with(ridge: float) -> Answer:
    return lambda *args: wider(arrays.compute_covariances(*args), ridge)


def initialise_with(ridge: float) -> Answer:
    def initialise(data: Any, chosen: Any) -> Any:
        means, covariances, weights = EXACT["initialise"](data, chosen)
        return means, wider(covariances, ridge), weights

    return initialise


for ridge, passes in RIDGES.items():
    words = f"covariance + {ridge:g} I"
    add("compute_covariances", words, covariances_with(ridge), passes)
    add("EM", words, em_with(covariances=covariances_with(ridge)), passes)
    add("initialise", words, initialise_with(ridge), passes)
    add(
        "compute_responsibilities",
        words,
        lambda x, w, m, c, e=ridge: arrays.compute_responsibilities(x, w, m, wider(c, e)),
        passes,
    )
    add("mahalanobis", words, lambda x, m, c, e=ridge: EXACT["mahalanobis"](x, m, wider(c, e)), passes)
for ridge, passes in SMALL_RIDGES.items():
    words = f"covariance + {ridge:g} I"
    add("compute_scores", words, lambda x, m, c, e=ridge: EXACT["compute_scores"](x, m, wider(c, e)), passes)

# A guard against division by 0 ----------------------------------------------------------------

GUARDS = {1e-300: True, 1e-16: True, 1e-12: True, 1e-10: True, 1e-8: True, 1e-7: True, 1e-6: True}
GUARDS |= {1e-4: False, 1e-3: False}


def em_of(**steps: Answer) -> Answer:
    """Return an EM loop with these steps instead of the correct ones."""

    def EM(data, init_means, init_covariances, init_weights, maxiter=1000, thresh=1e-4):
        share, count, weigh, centre, spread = (
            steps.get(name, getattr(arrays, name))
            for name in (
                "compute_responsibilities",
                "compute_soft_counts",
                "compute_weights",
                "compute_means",
                "compute_covariances",
            )
        )
        w, m, c = init_weights, init_means, init_covariances
        trace = [loglikelihood(data, w, m, c)]
        for _ in range(maxiter):
            resp = share(data, w, m, c)
            counts = count(resp)
            w, m = weigh(counts), centre(data, resp, counts)
            c = spread(data, resp, counts, m)
            trace.append(loglikelihood(data, w, m, c))
            if trace[-1] - trace[-2] < thresh:
                break
        return {"weights": w, "means": m, "covs": c, "loglik": trace, "resp": resp}

    return EM


def loglikelihood(data: Any, *parameters: Any) -> float:
    return float(logsumexp(arrays.log_scores(data, *parameters), axis=1).sum())


def linear_responsibilities(
    data: Any, weights: Any, means: Any, covariances: Any, guard: float = 0.0, more: float = 0.0
) -> Any:
    triples = zip(weights, means, covariances)
    joint = np.transpose([w * multivariate_normal.pdf(data, m, c) for w, m, c in triples]) + more
    return joint / (joint.sum(axis=1, keepdims=True) + guard)


def guarded_digits(X: Any, log_resp: Any, guard: float, alpha: float = 1e-8) -> Any:
    counts = np.exp(log_resp).sum(axis=0)
    ink = (alpha + np.exp(log_resp).T @ X) / (2 * alpha + counts + guard)[:, None]
    return np.log(ink), np.log((alpha + counts) / (alpha + counts).sum())


for guard, passes in GUARDS.items():
    words = f"divided by a count + {guard:g}"
    means = lambda x, r, n, e=guard: arrays.compute_means(x, r, n + e)  # noqa: E731
    spread = lambda x, r, n, m, e=guard: arrays.compute_covariances(x, r, n + e, m)  # noqa: E731
    weights = lambda n, e=guard: n / (np.sum(n) + e)  # noqa: E731
    add("compute_means", words, means, passes)
    add("compute_covariances", words, spread, passes)
    add("compute_weights", words, weights, passes)
    if guard <= 1e-6 or guard >= 1e-3:
        add("EM", words, em_of(compute_means=means, compute_covariances=spread), passes)
PRODUCTS = {1e-300: True, 1e-16: True, 1e-12: True, 1e-11: True, 1e-10: True}
PRODUCTS |= {1e-9: False, 1e-8: False, 1e-6: False}
for guard, passes in PRODUCTS.items():
    for words, given in {
        f"divided by a sum + {guard:g}": {"guard": guard},
        f"weight times density + {guard:g}": {"more": guard},
    }.items():
        share = lambda *a, g=given: linear_responsibilities(*a, **g)  # noqa: E731
        add("compute_responsibilities", words, share, passes)
        add("EM", words, em_of(compute_responsibilities=share), passes)

# A little added to each share ------------------------------------------------------------------


def digits_m_step(change: Callable[[Any], Any]) -> Answer:
    """Return an M-step of digits that counts with changed shares."""
    return lambda X, r, alpha=1e-8: EXACT["m_step"](X, np.log(change(np.exp(r))), alpha)


def digits_e_step(change: Callable[[Any], Any]) -> Answer:
    """Return an E-step of digits with changed shares, in logs."""
    return lambda *args: np.log(change(np.exp(EXACT["e_step"](*args))))


for epsilon in (1e-300, 1e-16, 1e-12, 1e-10, 1e-9):
    for words, change in {
        f"resp + {epsilon:g}": lambda r, e=epsilon: r + e,
        f"resp + {epsilon:g}, normalised again": lambda r, e=epsilon: softmax(np.log(r + e), axis=1),
    }.items():
        share = lambda *a, f=change: f(arrays.compute_responsibilities(*a))  # noqa: E731
        add("compute_responsibilities", words, share, True)
        add("EM", words, em_of(compute_responsibilities=share), True)
        add("e_step", words, digits_e_step(change), False)
        if epsilon <= 1e-10:
            add("m_step", words, digits_m_step(change), True)
for floor, passes in {1e-300: True, 1e-16: True, 1e-12: True, 1e-10: True}.items():
    share = lambda *a, e=floor: np.clip(arrays.compute_responsibilities(*a), e, 1 - e)  # noqa: E731
    words = f"resp clipped to {floor:g}"
    add("compute_responsibilities", words, share, passes)
    add("EM", words, em_of(compute_responsibilities=share), passes)
    add("e_step", words, digits_e_step(lambda r, e=floor: np.clip(r, e, 1)), False)

# A little inside a log, or away from 0 and 1 ----------------------------------------------------


def scores_of(X: Any, ink: Any, paper: Any, log_mix: Any) -> Any:
    joint = X @ np.log(ink).T + (1 - X) @ np.log(paper).T + np.ravel(log_mix)
    return joint - logsumexp(joint, axis=1, keepdims=True)


def ink_plus(epsilon: float) -> Answer:
    def e_step(X, log_p, log_mix):
        p = np.exp(log_p)
        return scores_of(X, p + epsilon, 1 - p + epsilon, log_mix)

    return e_step


def clipped(edge: float) -> Answer:
    def e_step(X, log_p, log_mix):
        p = np.clip(np.exp(log_p), edge, 1 - edge)
        return scores_of(X, p, 1 - p, log_mix)

    return e_step


INSIDE = {
    1e-300: True,
    1e-16: True,
    1e-12: True,
    1e-10: True,
    1e-9: True,
    1e-8: False,
    1e-6: False,
    1e-3: False,
}
CLIPS = {1e-16: True, 1e-12: True, 1e-10: True, 1e-8: True, 1e-6: True, 1e-3: False, 1e-2: False}
for epsilon, passes in INSIDE.items():
    add("e_step", f"log(p + {epsilon:g})", ink_plus(epsilon), passes)
for edge, passes in CLIPS.items():
    add("e_step", f"p clipped to {edge:g}", clipped(edge), passes)
add(
    "e_step", "log(softmax + 1e-300)", lambda *a: np.log(softmax(EXACT["e_step"](*a), axis=1) + 1e-300), False
)
for epsilon, passes in {
    1e-300: True,
    1e-16: True,
    1e-12: False,
    1e-10: False,
    1e-8: False,
    1e-6: False,
}.items():
    add(
        "m_step",
        f"log(p + {epsilon:g})",
        lambda X, r, alpha=1e-8, e=epsilon: [np.log(np.exp(v) + e) for v in EXACT["m_step"](X, r, alpha)],
        passes,
    )
for other in (1e-12, 1e-10, 1e-9, 1e-7, 1e-6, 1e-4):
    add("m_step", f"alpha={other:g}", lambda X, r, alpha=other: EXACT["m_step"](X, r, alpha), False)
for guard, passes in {1e-300: True, 1e-16: True, 1e-12: True, 1e-10: True, 1e-8: True, 1e-3: False}.items():
    add(
        "m_step",
        f"divided by a count + {guard:g}",
        lambda X, r, alpha=1e-8, e=guard: guarded_digits(X, r, e, alpha),
        passes,
    )

# Single precision all the way ---------------------------------------------------------------------


def single(value: Any) -> Any:
    """Return an argument in single precision, if it holds fractions."""
    array = np.asarray(value)
    return array.astype(np.float32) if array.dtype.kind == "f" and array.ndim else value


for name in EXACT:
    if name != "EM":
        exact = lambda *a, n=name, **k: EXACT[n](*map(single, a), **k)  # noqa: E731
        add(name, "arguments in single precision", exact, True)
add(
    "compute_covariances",
    "np.cov, divided by the count less one",
    lambda x, r, n, m: (
        GAUSSIAN["compute_covariances"]["np.cov with weights"](x, r, n, m) * (n / (n - 1))[:, None, None]
    ),
    False,
)
