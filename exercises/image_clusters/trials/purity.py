"""Small inputs for hints on `purity`, from the simplest on."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("one cluster with 3 pictures of one category and 1 of another")
def _() -> Args:
    """The cluster is given the larger category, so 3 of 4 pictures are right: 0.75.

    The largest *number* of the row counts, and not its place. It is divided by all pictures.
    """
    return {"table": np.array([[3, 1]])}


@trial("two clusters, with pictures of the first category and of the second")
def _() -> Args:
    """The rows are (2, 0) and (0, 3). All 5 pictures are right: the purity is 1.

    Add the largest number of each row, over all rows. If you use a loop: does it add to the old sum, or
    replace it?
    """
    return {"table": np.array([[2, 0], [0, 3]])}


@trial("the rows (0, 3) and (2, 0)")
def _() -> Args:
    """All 5 pictures are right: the purity is 1. Clusters may have any numbers.

    Each row is given its largest category, wherever that stands. The diagonal has no special part.
    """
    return {"table": np.array([[0, 3], [2, 0]])}


@trial("two clusters with the same largest category, (5, 1) and (4, 0)")
def _() -> Args:
    """Both are given the first category: 5 + 4 of 10 pictures are right, 0.9.

    Two clusters may have the same category.
    """
    return {"table": np.array([[5, 1], [4, 0]])}


@trial("a small and a large cluster, (2, 0) and (50, 48)")
def _() -> Args:
    """2 + 50 of 100 pictures are right, 0.52.

    Each picture counts the same, so each cluster counts by its size. Divide once, by all pictures.
    """
    return {"table": np.array([[2, 0], [50, 48]])}


@trial("three clusters and two categories")
def _() -> Args:
    """The rows are (1, 4), (3, 0) and (2, 2): 4 + 3 + 2 of 12 pictures are right, 0.75.

    There may be more clusters than categories, or fewer.
    """
    return {"table": np.array([[1, 4], [3, 0], [2, 2]])}
