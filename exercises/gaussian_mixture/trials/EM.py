"""Small inputs for hints on `EM`, from the simplest on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from checks.authors import trial
from exercises.gaussian_mixture.em_cases import em_answers

Args = dict[str, Any]


def _start(**more: Any) -> tuple[Args, Callable[[Args], Any]]:
    args = {
        "data": np.array([[-3.0], [-1], [1], [2], [4]]),
        "init_means": np.array([[-1.0], [2]]),
        "init_covariances": np.array([[[1.0]], [[2]]]),
        "init_weights": np.array([0.4, 0.6]),
        **more,
    }
    return args, lambda reference: em_answers(reference, args, {})


@trial("five points on a line and `maxiter=1`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """All results come from one E-step with the start, and from one M-step after it. `loglik` has two
    entries: the log-likelihood of the start, and the log-likelihood of the new parameters.

    Check the order: responsibilities, counts, weights, means, covariances with the new means. Then comes the
    log-likelihood of all the new parameters.
    """
    return _start(maxiter=1)


@trial("five points on a line and `maxiter=2`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The second iteration begins with the parameters that the first iteration found. So `loglik` has three
    entries.

    Each step must use the newest weights, means and covariances. Do you keep all three for the next
    iteration? Do they have the names that the E-step uses?
    """
    return _start(maxiter=2)


@trial("five points on a line and `thresh=100`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The first iteration gains less than 100. So it is the last iteration. `loglik` has two entries, and all
    results come from this iteration.

    The gain is the newest log-likelihood minus the one before. If the gain is smaller than `thresh`, the loop
    ends. Keep the new parameters before the loop ends.
    """
    return _start(maxiter=50, thresh=100.0)


@trial("five points on a line and `thresh=0.02`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The loop continues while an iteration gains 0.02 or more. It ends after the first iteration that gains
    less.

    In each iteration, print the gain and `thresh`. Which gain should be the last?
    """
    return _start(maxiter=200, thresh=0.02)
