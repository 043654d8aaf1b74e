"""What all tests share: hidden cases of their own, and a copy of the course to work in."""

from __future__ import annotations

import os

# The arrays here are tiny: a second thread of linear algebra only waits for the first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import shutil
import tempfile
from pathlib import Path

import matplotlib
import pytest

ROOT = Path(__file__).resolve().parent.parent
HIDDEN_SEED = "7"

matplotlib.use("Agg")


def pytest_configure(config: pytest.Config) -> None:
    """Keep an instructor's own hidden cases out of the tests, and the tests' out of theirs."""
    folder = Path(tempfile.mkdtemp(prefix="soft-assignments-"))
    (folder / "seed.txt").write_text(HIDDEN_SEED)
    os.environ["SOFT_ASSIGNMENTS_HIDDEN"] = str(folder)
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    from grading.cases import build_hidden

    build_hidden()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of what an instructor's course folder holds, without students."""
    for part in ("solutions", "notebooks"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path
