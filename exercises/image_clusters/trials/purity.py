"""Small inputs for hints on `purity`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


@trial("one cluster with 3 pictures of one category and 1 picture of another category")
def _() -> Args:
    """The cluster gets the larger category. So 3 of 4 pictures are in the category of their cluster, and
    the purity is 0.75.

    Use the largest *number* of the row, not the position of this number. Divide it by the number of all
    pictures.
    """
    return {"table": np.array([[3, 1]])}


@trial("two clusters: one has only the first category, the other only the second")
def _() -> Args:
    """The rows are (2, 0) and (0, 3). All 5 pictures are in the category of their cluster, so the purity is
    1.

    Add the largest numbers of all rows. If you use a loop: does each round add to the old sum, or does it
    replace the old sum?
    """
    return {"table": np.array([[2, 0], [0, 3]])}


@trial("the rows (0, 3) and (2, 0)")
def _() -> Args:
    """All 5 pictures are in the category of their cluster, so the purity is 1. The clusters may be numbered
    in any order.

    Each row gets its largest category, in whatever column this category is. The diagonal has no special
    role.
    """
    return {"table": np.array([[0, 3], [2, 0]])}


@trial("two clusters with the same largest category, (5, 1) and (4, 0)")
def _() -> Args:
    """Both clusters get the first category. So 5 + 4 of 10 pictures are in the category of their cluster,
    and the purity is 0.9.

    Two clusters may have the same category.
    """
    return {"table": np.array([[5, 1], [4, 0]])}


@trial("a small and a large cluster, (2, 0) and (50, 48)")
def _() -> Args:
    """Of 100 pictures, 2 + 50 are in the category of their cluster. So the purity is 0.52.

    Each picture has the same weight, so a large cluster counts more than a small cluster. Divide once, by
    the number of all pictures.
    """
    return {"table": np.array([[2, 0], [50, 48]])}


@trial("three clusters and two categories")
def _() -> Args:
    """The rows are (1, 4), (3, 0) and (2, 2). Of 12 pictures, 4 + 3 + 2 are in the category of their
    cluster. So the purity is 0.75.

    There may be more clusters than categories, or fewer.
    """
    return {"table": np.array([[1, 4], [3, 0], [2, 2]])}
