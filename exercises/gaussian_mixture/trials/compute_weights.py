"""Small inputs for hints on `compute_weights`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("the counts 1 and 3")
def _() -> Args:
    """Together the counts are 4 points. So the weights are 1/4 and 3/4.

    Divide each count by the number of all points. This number is the sum of the counts.
    """
    return {"counts": np.array([1.0, 3])}


@trial("the counts 0.5, 1.5 and 8")
def _() -> Args:
    """Together the counts are 10 points. So the weights are 0.05, 0.15 and 0.8.

    Divide all counts by the same number. If you use a loop, this number must not change inside the loop.
    """
    return {"counts": np.array([0.5, 1.5, 8])}


@trial("the counts 1, 1 and 1")
def _() -> Args:
    """Together the counts are 3 points. So each weight is 1/3, which is 0.3333...

    Do not round the weights.
    """
    return {"counts": np.array([1.0, 1, 1])}
