"""Search random problems: run EM on many starts together, to find the few that the reference should try.

A start that is good for a case is rare: about one in fifty. The reference takes seconds for each start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Drawn = TypeVar("Drawn")
AT_ONCE = 48
THIN = 1e-8  # a component with a smaller variance has collapsed


def first_that(
    rng: Generator,
    draw: Callable[[], Drawn],
    likely: Callable[[Sequence[Drawn]], Sequence[bool]],
    fits: Callable[[Drawn], bool],
) -> Drawn:
    """Draw until a result fits, and return it. Draws after this one are undone in `rng`.

    draw: draws one result from `rng`.
    likely: tells of many results together, quickly, which may fit.
    fits: tells whether one result fits.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> even = lambda drawn: drawn % 2 == 0
        >>> first_that(rng, lambda: int(rng.integers(100)), lambda many: [even(each) for each in many], even)
        26
    """
    while True:
        drawn = [(draw(), rng.bit_generator.state) for _ in range(AT_ONCE)]
        for may_fit, (each, state) in zip(likely([each for each, _ in drawn]), drawn):
            if may_fit and fits(each):
                rng.bit_generator.state = state
                return each


class Runs(NamedTuple):
    """Many runs of EM: log-likelihoods (B, T + 1), and parameters at each iteration (T + 1, B, ...).

    B: the number of runs. T: the number of iterations. The log-likelihoods are NaN after a component has
    collapsed.
    """

    traces: Numbers
    weights: Numbers
    means: Numbers
    covs: Numbers


def traces(starts: Sequence[dict[str, Any]], iterations: int) -> Numbers:
    """Return the log-likelihoods of EM from many starts of one shape, (B, iterations + 1)."""
    return runs(starts, iterations).traces


def runs(starts: Sequence[dict[str, Any]], iterations: int, old_means: Sequence[bool] = (False,)) -> Runs:
    """Run EM from many starts of one shape.

    starts: the arguments of `EM` for each start, by their names. old_means: which runs compute covariances
    about the means of the iteration before. This is a mistake, but such a run ends at the same result.
    """
    old = np.array(old_means)[:, None, None]
    data, means, covs, weights = (
        np.array([list(start.values())[place] for start in starts], dtype=float) for place in range(4)
    )
    trace = np.full((len(starts), iterations + 1), np.nan)
    whole, path = np.ones(len(starts), dtype=bool), []
    for i in range(iterations + 1):
        thin = np.linalg.eigvalsh(covs).min(axis=(1, 2)) < THIN
        whole &= ~thin & np.isfinite(means).all(axis=(1, 2))
        covs = np.where(whole[:, None, None, None], covs, np.eye(covs.shape[-1]))
        scores = np.log(weights)[:, None] + _log_densities(data, np.nan_to_num(means), covs)
        total = np.logaddexp.reduce(scores, axis=2, keepdims=True)
        trace[whole, i] = total.sum(axis=(1, 2))[whole]
        path.append((weights, means, covs))
        weights, means, covs = _new_parameters(data, np.exp(scores - total), means, old)
    return Runs(trace, *map(np.array, zip(*path)))


def _log_densities(data: Numbers, means: Numbers, covs: Numbers) -> Numbers:
    """Return the log density of each point under each component, (B, N, K)."""
    centred = data[:, :, None] - means[:, None]
    distances = (np.einsum("bnkd,bkde->bnke", centred, np.linalg.inv(covs)) * centred).sum(axis=-1)
    sizes = data.shape[-1] * np.log(2 * np.pi) + np.linalg.slogdet(covs).logabsdet
    return -0.5 * (distances + sizes[:, None])


def _new_parameters(
    data: Numbers, resp: Numbers, before: Numbers, old: NDArray[np.bool_]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the parameters of the M-step. old: the runs with covariances about the means before."""
    counts = np.maximum(resp.sum(axis=1), 1e-300)
    means = np.einsum("bnk,bnd->bkd", resp, data) / counts[..., None]
    centred = data[:, :, None] - np.where(old, before, means)[:, None]
    covs = np.einsum("bnkd,bnke->bkde", resp[..., None] * centred, centred) / counts[..., None, None]
    return counts / counts.sum(axis=1, keepdims=True), means, covs
