"""Small inputs for hints on `best_of`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _runs(*runs: tuple[float, float]) -> Args:
    logliks, widths = zip(*runs)
    return {"logliks": np.array(logliks), "widths": np.array(widths), "floor": 0.1}


@trial("one run with the log-likelihood -50 and the width 2")
def _() -> Args:
    """The width 2 is larger than the floor, 0.1, so the run did not collapse. It is the only run, so it is
    the best run. The answer is 0.

    Count the runs from 0. Log-likelihoods may be negative, so a loop must not start with 0 as the highest
    log-likelihood.
    """
    return _runs((-50.0, 2.0))


@trial("three runs with the log-likelihoods -50, -30 and -40")
def _() -> Args:
    """The widths are 2, 1 and 3, all larger than the floor, 0.1. So all runs count. The highest
    log-likelihood is -30, so the answer is 1.

    Do you return the number of the run, and not its log-likelihood? The widths only say which runs count.
    """
    return _runs((-50.0, 2.0), (-30.0, 1.0), (-40.0, 3.0))


@trial("the log-likelihoods -30, -50 and 90 with the widths 2, 3 and 0.001")
def _() -> Args:
    """Run 2 has collapsed: its width, 0.001, is smaller than the floor, 0.1. Runs 0 and 1 count, and -30 is
    higher than -50. So the answer is 0.

    Leave out all collapsed runs first. Then look for the highest log-likelihood among the other runs.
    """
    return _runs((-30.0, 2.0), (-50.0, 3.0), (90.0, 0.001))


@trial("the log-likelihoods 90, -50 and -30 with the widths 0.001, 3 and 2")
def _() -> Args:
    """Run 0 has collapsed: its width, 0.001, is smaller than the floor, 0.1. Runs 1 and 2 count, with -50 and
    -30. So the answer is 2.

    Is your answer the number of the run among all runs? In an array without the collapsed runs, the positions
    are different.
    """
    return _runs((90.0, 0.001), (-50.0, 3.0), (-30.0, 2.0))


@trial("the log-likelihoods -50, NaN and -30, all with large widths")
def _() -> Args:
    """Run 1 does not count, because its log-likelihood is NaN. Runs 0 and 2 count, with -50 and -30. So the
    answer is 2.

    What does your function do with NaN? `np.argmax` treats NaN as the highest number. Leave out a run with
    NaN first.
    """
    return _runs((-50.0, 2.0), (np.nan, 4.0), (-30.0, 3.0))


@trial("the log-likelihoods 90 and 70 with the widths 0.001 and 0.002")
def _() -> Args:
    """Both widths are smaller than the floor, 0.1, so both runs have collapsed. No run counts, so the answer
    is -1.

    First test whether any run counts. `np.argmax` returns 0 if all numbers are -inf, and stops with an error
    for an empty array.
    """
    return _runs((90.0, 0.001), (70.0, 0.002))


@trial("the log-likelihoods NaN and 90 with the widths 3 and 0.001")
def _() -> Args:
    """Run 0 does not count, because its log-likelihood is NaN. Run 1 does not count, because it has
    collapsed. So the answer is -1.

    A run counts only if two things are true: its log-likelihood is a number, and its width is large enough.
    """
    return _runs((np.nan, 3.0), (90.0, 0.001))


@trial("the log-likelihoods -30 and -50 with the widths 0.1 and 2")
def _() -> Args:
    """The floor is 0.1. The width of run 0 equals the floor, so it is not smaller than the floor. Run 0
    counts, and -30 is higher than -50. So the answer is 0.

    Leave out a run only if its width is smaller than the floor. EM with a floor often ends with a width that
    equals the floor.
    """
    return _runs((-30.0, 0.1), (-50.0, 2.0))
