"""Small inputs for hints on `cluster_table`, from the simplest on."""

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


@trial("one image, of a 3, and one component")
def _() -> Args:
    """The table has one row and ten columns. In column 3 stands 1, elsewhere 0.

    A row is a component and a column is a digit, from 0 to 9.
    """
    return _images([0], [3], 1)


@trial("two images of a 3, both in component 0")
def _() -> Args:
    """In column 3 stands 2: both images count.

    Each image adds 1 to one place of the table. `table[k, d] = 1` does not add.
    """
    return _images([0, 0], [3, 3], 1)


@trial("images of a 0 and of a 9, in components 0 and 1")
def _() -> Args:
    """Row 0 has a 1 in column 0, and row 1 has a 1 in column 9. All other places are 0.

    The first and the last digit count too. Each place of the table starts with the count 0.
    """
    return _images([0, 1], [0, 9], 2)


@trial("images of a 2 and of a 5, in components 1 and 0")
def _() -> Args:
    """The 2 is in component 1, and the 5 is in component 0. So row 0 has a 1 in column 5, and row 1 has a 1
    in column 2.

    `clusters` and `labels` belong together, image by image. Do not sort one of them by itself.
    """
    return _images([1, 0], [2, 5], 2)


@trial("three images and four components, of which two have no image")
def _() -> Args:
    """The table has four rows. Rows 1 and 3 hold zeros.

    `num_clusters` says how many rows there are. A component without an image has a row as well.
    """
    return _images([0, 2, 2], [5, 1, 5], 4)
