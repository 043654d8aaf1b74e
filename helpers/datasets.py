"""Data for the assignments: files from `data/`, and points drawn from a known mixture."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from checks.texts import say
from helpers.validate import as_mixture

HERE = Path(__file__).resolve().parent
# The wheel has the data inside helpers/. In a folder of the course, data/ is next to helpers/.
DATA = HERE / "data" if (HERE / "data").exists() else HERE.parent / "data"


def data_path(name: str) -> Path:
    """Return the path of a file in `data/`; FileNotFoundError says what is missing."""
    path = DATA / name
    if not path.exists() and not (sys.platform == "emscripten" and _fetched(name, path)):
        raise FileNotFoundError(
            say(
                "the data file '{name}' is missing from {data}: install the course again, from its "
                "wheel, or from its folder with `pip install .`.",
                name=name,
                data=DATA,
            )
        )
    return path


def _fetched(name: str, path: Path) -> bool:
    """Fetch a large file of the site, if Python runs in a browser. Tell whether the file is there now."""
    from soft_assignments_browser import fetch  # from release/lite/kernel: only the site in a browser has it

    return fetch(name, path)


def load_synthetic() -> NDArray[np.float64]:
    """Return the 100 synthetic points of the first assignment, shape (100, 2).

    They are read from data/synthetic.csv, and never drawn again. A new draw would depend on the signs of
    a matrix decomposition, and so on the machine. data/synthetic.md says where the points come from.
    """
    return np.loadtxt(data_path("synthetic.csv"), delimiter=",", skiprows=1)


def load_digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the 70,000 handwritten digits of MNIST: images (70000, 784) and labels (70000,).

    Grey levels go from 0 (paper) to 255 (ink), in 28 rows of 28 pixels. The first 60,000 images are the
    published training set. data/digits.md says what is wrong with the images. In a browser, which is
    slow, there are fewer images, and a printed sentence says how many.
    """
    with np.load(data_path("digits.npz")) as stored:
        images, labels = stored["images"], stored["labels"]
    if len(images) < 70_000:
        print(f"In the browser you work with the first {len(images):,} of the 70,000 images, to save time.")
    return images, labels


def generate_mog_data(
    num_data: int, means: ArrayLike, covariances: ArrayLike, weights: ArrayLike, seed: int
) -> NDArray[np.float64]:
    """Draw points from a mixture of Gaussians.

    For each point, a component is chosen by the mixing weights. Then the point is drawn from that
    component. num_data: how many points, at least 1. means: (K, D). covariances: (K, D, D).
    weights: (K,). seed: for numpy's default_rng; the same seed gives the same points.
    Returns an (num_data, D) array. Raises ValueError with one sentence on bad input.
    """
    if num_data != int(num_data) or num_data < 1:
        raise ValueError(
            say("num_data is {num_data}, but must be a whole number of at least 1.", num_data=num_data)
        )
    pi, mu, sigma = as_mixture(weights, means, covariances)
    rng = np.random.default_rng(seed)
    chosen = rng.choice(len(pi), size=int(num_data), p=pi / pi.sum())
    noise = rng.standard_normal((int(num_data), mu.shape[1]))
    # With cov = L L', L times a standard normal vector has covariance cov.
    return mu[chosen] + np.einsum("nij,nj->ni", np.linalg.cholesky(sigma)[chosen], noise)
