"""How people get `floor_eigenvalues` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _rebuilt(values, vectors):
    return np.einsum("kij,kj,klj->kil", vectors, values, vectors)


@mistake("entries raised, not eigenvalues", seen=OURS)
def _(c, floor):
    """You raise every entry of a matrix that is smaller than the floor. Raise the eigenvalues that are
    smaller than the floor.

    The eigenvalues are the variances along the axes of the component's ellipse. They show whether the
    component has collapsed. An entry off the diagonal is a covariance, and it may be zero or negative. If you
    raise such an entry, the ellipse turns. It can even become narrower.

    Take the matrix [[3, 0], [0, 1]] and the floor 2. Its eigenvalues are 3 and 1, so the answer is [[3, 0],
    [0, 2]]. If you raise the entries, you get [[3, 2], [2, 2]]. The smaller eigenvalue of this matrix is
    0.44, which is still less than the floor.
    """
    return np.maximum(c, floor)


@mistake("only the diagonal raised", seen=OURS)
def _(c, floor):
    """You compare the entries on the diagonal with the floor. Compare the eigenvalues with the floor.

    The diagonal holds the variances along the coordinate axes. A narrow ellipse that leans has large
    variances along both coordinate axes. But its variance along its short axis is small, and only the
    smallest eigenvalue shows this. The diagonal holds the eigenvalues only if all other entries are zero.

    Take the matrix [[3, 2], [2, 3]] and the floor 2. Both entries on the diagonal are 3, so your function
    changes nothing. But the eigenvalues are 1 and 5. If 2 replaces 1, the matrix becomes [[3.5, 1.5], [1.5,
    3.5]].
    """
    D = np.shape(c)[-1]
    return np.where(np.eye(D, dtype=bool), np.maximum(c, floor), c)


@mistake("floor added to the diagonal", seen=OURS)
def _(c, floor):
    """You add the floor to the diagonal of every matrix. Raise only the eigenvalues that are smaller than the
    floor.

    If you add a number to the whole diagonal, every eigenvalue grows by this number. So components that are
    wide enough become wider, too, and the log-likelihood falls. Libraries often add a number to the diagonal,
    because this is simple. But a floor must not change an eigenvalue that is large enough.

    Take the eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5. If you add the
    floor, you get 3 and 7. A matrix with the eigenvalues 4 and 5 must not change, but your function gives 6
    and 7.
    """
    return c + floor * np.eye(np.shape(c)[-1])


@mistake("floor added to small eigenvalues", seen=OURS)
def _(c, floor):
    """You add the floor to each eigenvalue that is smaller than the floor. Replace such an eigenvalue by the
    floor.

    "Raised to the floor" means that the new eigenvalue is the floor itself, whatever the old eigenvalue was.
    If you add the floor, the new eigenvalue still depends on the old eigenvalue. It can even become larger
    than an eigenvalue that was large enough. Then the narrow direction of the ellipse becomes the wide
    direction.

    Take the eigenvalues 1.5 and 3 and the floor 2. The answer has the eigenvalues 2 and 3. If you add the
    floor, the first eigenvalue becomes 1.5 + 2 = 3.5. This is larger than the second eigenvalue, 3.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.where(values < floor, values + floor, values), vectors)


@mistake("all eigenvalues raised together", seen=OURS)
def _(c, floor):
    """You add the same number to all eigenvalues of a matrix, until the smallest eigenvalue reaches the
    floor. Raise only the eigenvalues that are smaller than the floor.

    A component often collapses in one direction but is wide in another direction. The large variance comes
    from the data, and it is correct. The floor should change as little as possible. So compare each
    eigenvalue with the floor separately.

    Take the eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5. Your function adds 1
    to both eigenvalues, so they become 2 and 6. Then the component is too wide along its long axis.
    """
    missing = np.maximum(floor - np.linalg.eigvalsh(c)[:, 0], 0)
    return c + missing[:, None, None] * np.eye(np.shape(c)[-1])


@mistake("collapsed matrices replaced", seen=OURS)
def _(c, floor):
    """If a matrix has a small eigenvalue, you replace the whole matrix by the floor times the identity
    matrix. Raise only the eigenvalues that are smaller than the floor.

    A component may be narrow in only one direction. Its other eigenvalues, and all of its eigenvectors, still
    describe the data. A multiple of the identity matrix is a round component. It loses the widths and the
    direction of the ellipse.

    Take the matrix [[3, 2], [2, 3]] and the floor 2. Its eigenvalues are 1 and 5. The answer has the
    eigenvalues 2 and 5 along the same axes: [[3.5, 1.5], [1.5, 3.5]]. Your function gives [[2, 0], [0, 2]].
    The eigenvalue 5 is lost, and the direction, too.
    """
    small = np.linalg.eigvalsh(c)[:, 0] < floor
    return np.where(small[:, None, None], floor * np.eye(np.shape(c)[-1]), c)


@mistake("eigenvectors lost", seen=OURS)
def _(c, floor):
    """You return diagonal matrices with the raised eigenvalues. Combine the eigenvalues with the eigenvectors
    again: if V is the matrix of eigenvectors, the covariance is V diag(values) V^T.

    Eigenvalues say how wide an ellipse is along its axes. Eigenvectors say in which directions these axes
    point. Without the eigenvectors, the axes of every ellipse are parallel to the coordinate axes. The
    eigenvalues must multiply the columns of V. If they multiply the rows, V and V^T cancel, and you also get
    a diagonal matrix.

    Take the matrix [[3, 2], [2, 3]] with the eigenvalues 1 and 5, and the floor 2. The answer is [[3.5, 1.5],
    [1.5, 3.5]]. A diagonal matrix with 2 and 5 has the same eigenvalues, but along other directions.
    """
    return np.maximum(np.linalg.eigvalsh(c), floor)[:, :, None] * np.eye(np.shape(c)[-1])


@mistake("minimum instead of maximum", seen=OURS)
def _(c, floor):
    """You lower every eigenvalue that is larger than the floor. Raise every eigenvalue that is smaller than
    the floor.

    A floor is a lower limit: each smaller eigenvalue becomes equal to the floor. So compare each eigenvalue
    with the floor, and keep the larger of the two numbers. If you keep the smaller number, the floor becomes
    an upper limit. Then all components become narrow, and collapsed components stay as they are.

    Take the eigenvalues 1 and 5 and the floor 2. The larger of 1 and 2 is 2, and the larger of 5 and 2 is 5.
    So the answer has the eigenvalues 2 and 5. Your function gives 1 and 2.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.minimum(values, floor), vectors)


@mistake("small eigenvalues set to zero", seen=OURS)
def _(c, floor):
    """You set each eigenvalue that is smaller than the floor to zero. Set such an eigenvalue to the floor.

    To compress a matrix, people set its small eigenvalues to zero. In this exercise, a zero does harm. A
    covariance with an eigenvalue of zero has no inverse, and its determinant is zero. So the density of the
    component cannot be computed. The floor should prevent this.

    Take the eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5, and its determinant
    is 2 · 5 = 10. With the eigenvalues 0 and 5, the determinant is 0 · 5 = 0.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.where(values < floor, 0, values), vectors)


@mistake("floor relative to the largest eigenvalue", seen=OURS)
def _(c, floor):
    """You multiply the floor by the largest eigenvalue of each matrix. Use the floor itself as the limit.

    Some library functions, such as `np.linalg.pinv`, have a limit that is relative to the largest value. The
    floor of this exercise is a variance, in squared units of the data. It is the same for all components. A
    relative limit is too high for a large component, and too low for a small component.

    Take the eigenvalues 1 and 6 and the floor 0.5. Both eigenvalues are larger than 0.5, so nothing changes.
    With your relative limit, 0.5 · 6 = 3, the eigenvalue 1 becomes 3.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.maximum(values, floor * values[:, -1:]), vectors)


@mistake("eigenvectors read as rows", seen=OURS, worth=0.5)
def _(c, floor):
    """You use the rows of the matrix of eigenvectors when you compute a covariance from its eigenvalues. The
    eigenvectors are the columns of this matrix.

    `np.linalg.eigh` returns `values` and `vectors`. The eigenvector of `values[i]` is column i of `vectors`.
    If V is this matrix, the covariance is V diag(values) V^T. If you write V^T on the left, you give each
    eigenvalue a wrong direction. Some 2 × 2 matrices have a symmetric V, and then you do not see the mistake.

    Take the diagonal matrix with 5, 1 and 3, and the floor 0.5. No eigenvalue is smaller than the floor, so
    the answer has 5, 1 and 3 on the diagonal. `eigh` sorts the eigenvalues: 1, 3, 5. If you use rows as
    eigenvectors, you get 3, 5 and 1.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.maximum(values, floor), np.swapaxes(vectors, 1, 2))
