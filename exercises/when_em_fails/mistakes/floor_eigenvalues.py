"""How people get `floor_eigenvalues` wrong."""

import numpy as np

from checks.authors import OURS, mistake


def _rebuilt(values, vectors):
    return np.einsum("kij,kj,klj->kil", vectors, values, vectors)


@mistake("entries raised, not eigenvalues", seen=OURS)
def _(c, floor):
    """You raise every entry that is smaller than the floor. Raise the eigenvalues instead.

    The eigenvalues are the variances along the axes of the component's ellipse. They show whether the
    component has collapsed. An entry off the diagonal is a covariance, and it may be zero or negative.
    Raising it turns the ellipse, and can even make it narrower.

    Take the matrix [[3, 0], [0, 1]] and the floor 2. Its eigenvalues are 3 and 1, so the answer is
    [[3, 0], [0, 2]]. Raising the entries gives [[3, 2], [2, 2]]. Its smaller eigenvalue is 0.44, which is
    still less than the floor.
    """
    return np.maximum(c, floor)


@mistake("only the diagonal raised", seen=OURS)
def _(c, floor):
    """You compare the entries on the diagonal with the floor. Compare the eigenvalues with it.

    The diagonal holds the variances along the coordinate axes. A narrow ellipse that leans has large
    variances along both coordinates, but it is still narrow across. Only the smallest eigenvalue shows this.
    The diagonal holds the eigenvalues only if all other entries are zero.

    Take the matrix [[3, 2], [2, 3]] and the floor 2. Its diagonal is 3 and 3, so your function changes
    nothing. But its eigenvalues are 1 and 5. With 2 and 5 in their place the matrix is
    [[3.5, 1.5], [1.5, 3.5]].
    """
    D = np.shape(c)[-1]
    return np.where(np.eye(D, dtype=bool), np.maximum(c, floor), c)


@mistake("floor added to the diagonal", seen=OURS)
def _(c, floor):
    """You add the floor to the diagonal of every matrix. Raise only the eigenvalues that are too small.

    Adding a number to the diagonal adds it to every eigenvalue. So components that are wide enough become
    wider too, and the log-likelihood falls. Libraries often do this because it is simple. A floor is
    different: it does not change an eigenvalue that is large enough.

    Take eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5. With the floor added
    they are 3 and 7. A matrix with the eigenvalues 4 and 5 should not change at all, but yours has 6 and 7.
    """
    return c + floor * np.eye(np.shape(c)[-1])


@mistake("floor added to small eigenvalues", seen=OURS)
def _(c, floor):
    """You add the floor to eigenvalues that are smaller than it. Set them equal to the floor.

    'Raised to the floor' means that the result is the floor itself, whatever the eigenvalue was. If you add
    the floor, the result still depends on the old eigenvalue. It can even end up larger than an eigenvalue
    that was large enough. Then the narrow direction of the ellipse becomes the wide one.

    Take eigenvalues 1.5 and 3 and the floor 2. The answer has the eigenvalues 2 and 3. With the floor added
    the first is 1.5 + 2 = 3.5, which is larger than the second.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.where(values < floor, values + floor, values), vectors)


@mistake("whole matrix shifted", seen=OURS)
def _(c, floor):
    """You add the same number to all eigenvalues of a matrix, until the smallest one reaches the floor.
    Raise only those that are smaller than the floor.

    A component often collapses in one direction and is wide in another. The wide direction comes from the
    data and is not at fault. The floor should change as little as possible: each eigenvalue is compared
    with it on its own.

    Take eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5. Your function adds 1 to
    both, so they become 2 and 6. The component is then too wide along its long axis.
    """
    missing = np.maximum(floor - np.linalg.eigvalsh(c)[:, 0], 0)
    return c + missing[:, None, None] * np.eye(np.shape(c)[-1])


@mistake("collapsed matrices replaced", seen=OURS)
def _(c, floor):
    """You replace a matrix that has a small eigenvalue by the floor times the identity matrix. Raise only the
    eigenvalues that are smaller than the floor.

    A component may be narrow in just one direction. Its other eigenvalues, and all of its eigenvectors, still
    describe the data. A round matrix loses both the size and the direction of the ellipse.

    Take the matrix [[3, 2], [2, 3]] and the floor 2. Its eigenvalues are 1 and 5. The answer has 2 and 5
    along the same axes, [[3.5, 1.5], [1.5, 3.5]]. Your function gives [[2, 0], [0, 2]]: the 5 is lost, and
    so is the direction.
    """
    small = np.linalg.eigvalsh(c)[:, 0] < floor
    return np.where(small[:, None, None], floor * np.eye(np.shape(c)[-1]), c)


@mistake("eigenvectors lost", seen=OURS)
def _(c, floor):
    """You return diagonal matrices that hold the raised eigenvalues. Put them together with the eigenvectors
    again.

    Eigenvalues say how wide an ellipse is along its axes. The eigenvectors say where these axes point.
    Without the eigenvectors every ellipse is parallel to the coordinate axes. With V for the matrix of
    eigenvectors, the covariance is V diag(values) V^T. If you multiply the rows of V by the eigenvalues, and
    not its columns, V and V^T cancel.

    Take the matrix [[3, 2], [2, 3]] with the eigenvalues 1 and 5, and the floor 2. The answer is
    [[3.5, 1.5], [1.5, 3.5]]. A diagonal matrix with 2 and 5 has the same widths, but along other directions.
    """
    return np.maximum(np.linalg.eigvalsh(c), floor)[:, :, None] * np.eye(np.shape(c)[-1])


@mistake("minimum instead of maximum", seen=OURS)
def _(c, floor):
    """You lower every eigenvalue that is larger than the floor. Raise every eigenvalue that is smaller.

    A floor is a lower limit: what is smaller becomes equal to it. For that, take the larger number of each
    pair of eigenvalue and floor. The smaller number of each pair makes the floor an upper limit. Then all
    components become narrow, and those that have collapsed stay as they are.

    Take eigenvalues 1 and 5 and the floor 2. The larger of 1 and 2 is 2, and the larger of 5 and 2 is 5. So
    the answer has the eigenvalues 2 and 5. Your function gives 1 and 2.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.minimum(values, floor), vectors)


@mistake("small eigenvalues set to zero", seen=OURS)
def _(c, floor):
    """You set eigenvalues that are smaller than the floor to zero. Set them to the floor.

    To set small eigenvalues to zero is right when a matrix is compressed. Here it does harm: a covariance
    with an eigenvalue of zero has no inverse, and its determinant is zero. So the density of the component
    cannot be computed. The floor is meant to prevent this.

    Take eigenvalues 1 and 5 and the floor 2. The answer has the eigenvalues 2 and 5, and its determinant
    is 10. With 0 and 5 the determinant is 0.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.where(values < floor, 0, values), vectors)


@mistake("floor relative to the largest eigenvalue", seen=OURS)
def _(c, floor):
    """You multiply the floor by the largest eigenvalue of each matrix. The floor itself is the limit.

    Some library functions, such as `np.linalg.pinv`, have a limit that is relative to the largest value. The
    floor of this exercise is a variance, in squared units of the data. It is the same for all components. A
    relative limit is too high for a large component, and too low for a small one.

    Take eigenvalues 1 and 6 and the floor 0.5. Both are larger than 0.5, so nothing changes. With a relative
    floor the limit is 0.5 · 6 = 3, and the 1 becomes a 3.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.maximum(values, floor * values[:, -1:]), vectors)


@mistake("eigenvectors read as rows", seen=OURS, worth=0.5)
def _(c, floor):
    """You use the rows of the matrix of eigenvectors when you put a covariance together again. The
    eigenvectors are its columns.

    `np.linalg.eigh` returns the eigenvector of `values[i]` as column i. With V for the matrix of
    eigenvectors, the covariance is V diag(values) V^T. With V^T on the left, each eigenvalue is given to a
    wrong direction. For some 2 × 2 matrices V is symmetric, and then the error does not show.

    Take the diagonal matrix with 5, 1 and 3 and the floor 0.5. Nothing is too small, so the answer has 5, 1
    and 3 on the diagonal again. With rows as eigenvectors you get 3, 5 and 1.
    """
    values, vectors = np.linalg.eigh(c)
    return _rebuilt(np.maximum(values, floor), np.swapaxes(vectors, 1, 2))
