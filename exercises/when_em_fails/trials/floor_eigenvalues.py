"""Small inputs for hints on `floor_eigenvalues`. The simplest is first."""

from __future__ import annotations

from typing import Any

import numpy as np

from checks.authors import trial

Args = dict[str, Any]


def _floored(floor: float, *covariances: Any) -> Args:
    return {"covariances": np.array(covariances, dtype=float), "floor": floor}


@trial("the variance 0.5, as a 1 × 1 matrix, and the floor 2")
def _() -> Args:
    """The only eigenvalue is 0.5. It is smaller than the floor, so it becomes 2. The answer is one 1 × 1
    matrix with the entry 2.

    Replace the eigenvalue by the floor. Do not add the floor to the eigenvalue, and do not set the eigenvalue
    to zero.
    """
    return _floored(2.0, [[0.5]])


@trial("the variance 3, as a 1 × 1 matrix, and the floor 2")
def _() -> Args:
    """The only eigenvalue is 3. It is larger than the floor, so it stays 3. The answer is one 1 × 1 matrix
    with the entry 3.

    Which of the numbers 3 and 2 does your function keep? A floor is a lower limit.
    """
    return _floored(2.0, [[3]])


@trial("the matrix with 0.5 and 6 on the diagonal, and the floor 2")
def _() -> Args:
    """The eigenvalues are 0.5 and 6. Only 0.5 is smaller than the floor. So the answer has 2 and 6 on the
    diagonal, and zeros off the diagonal.

    Compare each eigenvalue with the floor separately. The 6 and the zeros do not change.
    """
    return _floored(2.0, [[0.5, 0], [0, 6]])


@trial("the matrix with 6, 0.5 and 4 on the diagonal, and the floor 2")
def _() -> Args:
    """Only the eigenvalue 0.5 is smaller than the floor. So the answer has 6, 2 and 4 on the diagonal, in
    this order.

    `np.linalg.eigh` sorts the eigenvalues: 0.5, 4, 6. If you multiply by the eigenvectors, you get the
    original order again. The eigenvector of each eigenvalue is a column, not a row.
    """
    return _floored(2.0, np.diag([6, 0.5, 4]))


@trial("the matrix [[5, 4], [4, 5]] and the floor 2")
def _() -> Args:
    """The eigenvalues are 1 and 9, along the directions (1, -1) and (1, 1). The eigenvalue 1 becomes 2. So
    the answer is [[5.5, 3.5], [3.5, 5.5]].

    All entries of the matrix are larger than 2, but the eigenvalue 1 is smaller. Does your function compare
    the eigenvalues with the floor? Does it compute the new matrix with the same eigenvectors?
    """
    return _floored(2.0, [[5, 4], [4, 5]])


@trial("two components, [[5, 4], [4, 5]] and [[6, 2], [2, 6]], and the floor 3")
def _() -> Args:
    """The first matrix has the eigenvalues 1 and 9, so it becomes [[6, 3], [3, 6]]. The second matrix has the
    eigenvalues 4 and 8, so it does not change.

    Each component has its own eigenvalues and its own eigenvectors. The answer has the shape (2, 2, 2).
    """
    return _floored(3.0, [[5, 4], [4, 5]], [[6, 2], [2, 6]])
