"""Small inputs for hints on `cluster_table`, the simplest first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _images(clusters: Any, labels: Any, num_clusters: int) -> Args:
    return {
        "clusters": np.array(clusters),
        "labels": np.array(labels, np.uint8),
        "num_clusters": num_clusters,
    }


@trial("one image, which shows a 3, and one component")
def _() -> Args:
    """The table has one row and ten columns. The entry in column 3 is 1, and all other entries are 0.

    Each row belongs to a component. Each column belongs to a digit, from 0 to 9.
    """
    return _images([0], [3], 1)


@trial("two images of a 3, both in component 0")
def _() -> Args:
    """Both images count, so the entry in row 0 and column 3 is 2.

    Each image adds 1 to one entry of the table. But `table[k, d] = 1` does not add: it replaces the old
    number.
    """
    return _images([0, 0], [3, 3], 1)


@trial("an image of a 0 in component 0, and an image of a 9 in component 1")
def _() -> Args:
    """Row 0 has a 1 in column 0, and row 1 has a 1 in column 9. All other entries are 0.

    The first digit and the last digit count, too. Each entry of the table starts at 0.
    """
    return _images([0, 1], [0, 9], 2)


@trial("an image of a 2 in component 1, and an image of a 5 in component 0")
def _() -> Args:
    """The 5 is in component 0, so row 0 has a 1 in column 5. The 2 is in component 1, so row 1 has a 1 in
    column 2.

    The entries number n of `clusters` and of `labels` belong to the same image. So do not sort one of these
    two arrays alone.
    """
    return _images([1, 0], [2, 5], 2)


@trial("three images and four components, two of them without an image")
def _() -> Args:
    """The table has four rows. Rows 1 and 3 hold only zeros.

    `num_clusters` is the number of rows. A component without an image has a row, too.
    """
    return _images([0, 2, 2], [5, 1, 5], 4)
