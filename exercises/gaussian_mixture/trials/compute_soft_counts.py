"""Small inputs for hints on `compute_soft_counts`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("one point, shared by two components")
def _() -> Args:
    """There is one point. The counts are its two shares, 0.25 and 0.75.

    A soft count adds the shares of all points. With one point there is nothing to add.
    """
    return {"resp": np.array([[0.25, 0.75]])}


@trial("three points, of which one component has two")
def _() -> Args:
    """Component 0 has two whole points, and component 1 has one. So the counts are 2 and 1.

    Each component has a column. Add the numbers of this column over all points.
    """
    return {"resp": np.array([[1.0, 0], [0, 1], [1, 0]])}


@trial("two points, shared unequally by three components")
def _() -> Args:
    """The columns sum to 0.7, 0.6 and 0.7. Nothing is rounded. The counts sum to 2, the number of points.

    A soft count need not be a whole number. Small shares count, too.
    """
    return {"resp": np.array([[0.2, 0.5, 0.3], [0.5, 0.1, 0.4]])}
