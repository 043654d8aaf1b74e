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
    """Everything comes from one E-step with the start, and one M-step after it. `loglik` has two entries:
    the log-likelihood of the start, and the one of the new parameters.

    Check the order: responsibilities, counts, weights, means, covariances with the new means, and then
    the log-likelihood of all that is new.
    """
    return _start(maxiter=1)


@trial("five points on a line and `maxiter=2`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The second iteration begins with the parameters that the first one found, and `loglik` has three
    entries.

    Each step must use the newest weights, means and covariances. Are all three kept for the next
    iteration, under the names that the E-step uses?
    """
    return _start(maxiter=2)


@trial("five points on a line and `thresh=100`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The first iteration gains less than 100. So it is the last one: `loglik` has two entries, and the
    results are those of this iteration.

    The gain is the newest log-likelihood minus the one before it. If it is smaller than `thresh`, the
    loop ends, after the new parameters have been kept.
    """
    return _start(maxiter=50, thresh=100.0)


@trial("five points on a line and `thresh=0.02`")
def _() -> tuple[Args, Callable[[Args], Any]]:
    """The loop goes on while an iteration gains 0.02 or more, and ends after the first that gains less.

    Print the gain in each iteration beside `thresh`. Which gain should have been the last?
    """
    return _start(maxiter=200, thresh=0.02)
