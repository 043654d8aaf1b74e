"""Small inputs for hints on `compute_soft_counts`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("one point, shared by two components")
def _() -> Args:
    """The counts are the two shares of this point, 0.25 and 0.75.

    A soft count adds up shares. With one point there is nothing to add.
    """
    return {"resp": np.array([[0.25, 0.75]])}


@trial("three points, of which one component has two")
def _() -> Args:
    """Component 0 has two whole points, and component 1 has one. So the counts are 2 and 1.

    Each component has a column. Add up its numbers over all points.
    """
    return {"resp": np.array([[1.0, 0], [0, 1], [1, 0]])}


@trial("two points, shared unequally by three components")
def _() -> Args:
    """The columns sum to 0.7, 0.6 and 0.7. Nothing is rounded, and the counts sum to 2, the number of
    points.

    A soft count need not be a whole number. A small share counts too.
    """
    return {"resp": np.array([[0.2, 0.5, 0.3], [0.5, 0.1, 0.4]])}
