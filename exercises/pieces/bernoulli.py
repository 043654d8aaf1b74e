"""Functions from which the known mistakes about Bernoulli mixtures are built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from helpers import log_bernoullis

Numbers = NDArray[np.float64]


def joint(X: Any, log_p: Any, log_mix: Any) -> Numbers:
    """Return the log weight plus the log probability of each image under each component, (N, K)."""
    return log_bernoullis(X, log_p) + np.ravel(log_mix)


def rows(table: Any) -> Numbers:
    """Return the table with each row normalised, in logs."""
    return table - logsumexp(table, axis=1, keepdims=True)


def off(log_p: Any) -> Numbers:
    """Return the log probabilities of paper."""
    return np.log1p(-np.exp(log_p))


def linear(X: Any, log_p: Any, log_mix: Any, p: Any = None) -> Numbers:
    """Return shares from products of probabilities without logs. With many pixels, these products
    underflow.
    """
    p = np.exp(log_p) if p is None else p
    each = np.prod(np.where(np.asarray(X)[:, None] == 1, p, 1 - p), axis=2) * np.exp(np.ravel(log_mix))
    with np.errstate(invalid="ignore"):
        return each / each.sum(axis=1, keepdims=True)


def m_step(
    X: Any,
    log_resp: Any,
    alpha: float = 1e-8,
    resp: Any = None,
    ink: float = 1.0,
    paper: float = 1.0,
    mix: float = 1.0,
    total: float | None = None,
    out: Callable[[Numbers, Numbers], Any] = lambda p, pi: (np.log(p), np.log(pi)),
) -> Any:
    """Return the correct M-step, unless an argument changes its shares, its smoothing counts or its
    output.
    """
    resp = np.exp(log_resp) if resp is None else resp
    counts = resp.sum(axis=0)
    p = (ink * alpha + resp.T @ X) / ((ink + paper) * alpha + counts)[:, None]
    smoothed = mix * alpha + counts
    with np.errstate(divide="ignore", invalid="ignore"):
        return out(p, smoothed / (smoothed.sum() if total is None else total))
