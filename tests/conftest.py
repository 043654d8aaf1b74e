"""What all tests share: hidden cases of their own, and a copy of the course to work in."""

import fcntl
import os
import shutil
from pathlib import Path

from ordinary_user import HIDDEN

# An instructor's own hidden cases stay out of the tests, and the tests' out of theirs. They are kept from
# run to run: `build_hidden` draws nothing while all that they are made from is as it was.
os.environ["GRADING_HIDDEN"] = str(HIDDEN)

import grading  # isort: skip  # noqa: F401  (sets the number of threads, so first)

import matplotlib
import pytest
from ours import COURSE, ROOT
from played import address, browser, page_folder, site  # noqa: F401  (fixtures)

from grading.build.cases import build_hidden

matplotlib.use("Agg")


def pytest_configure() -> None:
    """Draw the hidden cases, always from the same seed; of several workers one draws, the others wait."""
    HIDDEN.mkdir(parents=True, exist_ok=True)
    with (HIDDEN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (HIDDEN / "seed.txt").write_text("7")
        build_hidden(COURSE)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are cores: many tests wait, for a browser, a kernel, or a limit of time."""
    return (os.cpu_count() or 1) + 2


LONGEST = [
    "test_hub",
    "test_answers",
    "test_doctor",
    "test_lost_files",
    "test_ordinary_user",
    "test_exchange",
    "test_cluster",
    "test_build",
    "test_abuse",
    "test_cheating",
    "test_hostile_class",
    "test_habits",
    "test_marks",
    "test_alike",
    "test_standing",
    "test_run",
    "test_scorers_time",
    "test_second_course",
    "test_archives",
    "test_watched",
    "test_new",
    "test_browser",
    "bernoulli-digits",
    "when-em-fails",
    "test_explorer_lab",
    "test_figures",
    "test_accidents",
    "test_cleaning",
    "test_report",
    "test_controls",
    "test_marks_everywhere",
    "test_mutants",
    "test_box",
    "test_marking",
    "test_play",
    "test_play_numbers",
    "test_contained",
    "image-clusters",
    "test_measurements",
    "test_whole_notebooks",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules and notebooks that take longest: none of them is waited for at the end."""
    order = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONGEST)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `case` on each of its module's CASES.

    OFTEN has the numbers of those that `make test` runs; without it, all but the variants.
    """
    if "case" in metafunc.fixturenames:
        cases = metafunc.module.CASES
        often = getattr(metafunc.module, "OFTEN", {case.number for case in cases if not case.is_variant})
        marks = [[] if case.number in often else [pytest.mark.long] for case in cases]
        params = [pytest.param(case, id=case.student, marks=mark) for case, mark in zip(cases, marks)]
        metafunc.parametrize("case", params)


@pytest.fixture(scope="module")
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """The class of those of the module's CASES that are asked for, handed in and marked."""
    from submissions.classes import Class

    return Class(asked(request), tmp_path_factory.mktemp("class")).marked()


def asked(request: pytest.FixtureRequest) -> list:
    """Those of a module's CASES that this run of the tests asks for."""
    mine = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    known = [item.callspec.params for item in mine]
    return list(dict.fromkeys(each["case"] for each in known if "case" in each))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of what an instructor's course folder holds, without students."""
    return copy_course(tmp_path)


def copy_course(folder: Path) -> Path:
    """Copy sources, reference, release and settings into the folder, and return it."""
    for part in ("solutions", "notebooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("nbgrader_config.py", "course.py"):
        shutil.copy(ROOT / name, folder)
    return folder
