"""What all tests share: hidden cases of their own, and a copy of the course to work in."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# An instructor's own hidden cases stay out of the tests, and the tests' out of theirs.
HIDDEN = Path(tempfile.mkdtemp(prefix="soft-assignments-"))
os.environ["SOFT_ASSIGNMENTS_HIDDEN"] = str(HIDDEN)
atexit.register(shutil.rmtree, HIDDEN, ignore_errors=True)

from grading.cases import build_hidden  # isort: skip  (sets the number of threads, so first)

import matplotlib
import pytest

ROOT = Path(__file__).resolve().parent.parent

matplotlib.use("Agg")


def pytest_configure() -> None:
    """Draw the hidden cases, always from the same seed."""
    (HIDDEN / "seed.txt").write_text("7")
    build_hidden()


LONGEST = [
    "test_abuse",
    "test_cheating",
    "test_accidents",
    "test_marks",
    "test_marks_everywhere",
    "test_browser",
    "test_answers",
    "test_build",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest: side by side, none of them is waited for at the end."""
    order = {f"test_{name}": n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONGEST)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `case` on every one of its module's CASES."""
    if "case" in metafunc.fixturenames:
        cases = metafunc.module.CASES
        metafunc.parametrize("case", cases, ids=[case.student for case in cases])


@pytest.fixture(scope="module")
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """The class of the module's CASES, handed in and marked."""
    from submissions.classes import Class

    return Class(request.module.CASES, tmp_path_factory.mktemp("class"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of what an instructor's course folder holds, without students."""
    return copy_course(tmp_path)


def copy_course(folder: Path) -> Path:
    """Copy sources, reference, release and settings into the folder, and return it."""
    for part in ("solutions", "notebooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder
