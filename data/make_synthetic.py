"""Draw the points of the first assignment again and write data/synthetic.csv.

They are drawn as the published assignment says, seed and legacy generator included, so
that the reference values that go about for it hold. One of its three matrices is not
symmetric; numpy warns and samples through an SVD. See synthetic.md.
"""

import warnings

import numpy as np
from sources import HERE, write

MEANS = [[5, 0], [1, 1], [0, 5]]
MATRICES = [[[0.5, 0], [0, 0.5]], [[1, 0.7], [0, 0.7]], [[0.5, 0], [0, 0.5]]]
WEIGHTS = [0.25, 0.5, 0.25]


def draw_points() -> np.ndarray:
    """Return the (100, 2) points; the order of the draws is part of the recipe."""
    legacy = np.random.RandomState(4)

    def draw() -> np.ndarray:
        k = legacy.choice(3, 1, p=WEIGHTS)[0]
        return legacy.multivariate_normal(MEANS[k], MATRICES[k])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the matrix that is no covariance
        return np.array([draw() for _ in range(100)])


def main() -> None:
    # Twelve decimals: what comes after depends on the machine's linear algebra.
    rows = "\n".join(f"{x:.12f},{y:.12f}" for x, y in draw_points())
    write(HERE / "synthetic.csv", f"x,y\n{rows}\n".encode())


if __name__ == "__main__":
    main()
