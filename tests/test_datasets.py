"""The data files are what their cards say, and drawn points have the law that was asked for."""

import hashlib
import re

import numpy as np
import pytest
from conftest import ROOT

from helpers import generate_mog_data, load_synthetic
from helpers.datasets import DATA, data_path

MEANS = [[5.0, 0], [-1, 2]]
COVS = [[[1.0, 0.6], [0.6, 2]], [[0.5, 0], [0, 0.1]]]
WEIGHTS = [0.3, 0.7]


@pytest.mark.parametrize("card", sorted(DATA.glob("*.md")), ids=lambda path: path.stem)
def test_files_have_the_checksum_of_their_card(card):
    (stated,) = re.findall(r"sha256 \| `([0-9a-f]{64})`", card.read_text(encoding="utf-8"))
    file = card.with_suffix(".csv")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == stated


def test_every_data_file_has_a_card():
    files = {path.stem for path in DATA.iterdir() if path.suffix in (".csv", ".npz", ".npy")}
    assert files == {path.stem for path in DATA.glob("*.md")}


def test_synthetic_points():
    data = load_synthetic()
    assert data.shape == (100, 2)
    assert data.dtype == np.float64


@pytest.mark.instructor
def test_the_recipe_draws_the_same_points(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "data")
    from make_synthetic import MATRICES, draw_points

    np.testing.assert_allclose(draw_points(), load_synthetic(), rtol=1e-12)
    _, s, v = np.linalg.svd(MATRICES[1])
    np.testing.assert_allclose(v.T @ np.diag(s) @ v, [[0.925, 0.381], [0.381, 0.914]], atol=1e-3)


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match="'nothing.csv' is missing.*pip install -e"):
        data_path("nothing.csv")


def test_drawn_points_have_the_moments_of_the_mixture():
    data = generate_mog_data(200_000, MEANS, COVS, WEIGHTS, seed=0)
    mean = np.average(MEANS, axis=0, weights=WEIGHTS)
    second = [np.array(c) + np.outer(m, m) for m, c in zip(MEANS, COVS)]
    cov = np.average(second, axis=0, weights=WEIGHTS) - np.outer(mean, mean)
    np.testing.assert_allclose(data.mean(axis=0), mean, atol=0.03)
    np.testing.assert_allclose(np.cov(data, rowvar=False), cov, atol=0.06)


def test_one_component_has_its_own_covariance():
    data = generate_mog_data(200_000, MEANS[:1], COVS[:1], [1], seed=0)
    np.testing.assert_allclose(np.cov(data, rowvar=False), COVS[0], atol=0.03)


def test_the_seed_decides():
    first, again, other = (generate_mog_data(9, MEANS, COVS, WEIGHTS, seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
