"""Hidden cases for the tests alone, a copy of the course to work in, and settings that all tests share."""

import fcntl
import os
import shutil
from pathlib import Path

from ordinary_user import HIDDEN

# The tests have separate hidden cases, so that they neither use nor change those of an instructor. The cases
# are kept from run to run: `build_hidden` draws nothing while all that they are made from is unchanged.
os.environ["GRADING_HIDDEN"] = str(HIDDEN)

import grading  # isort: skip  # noqa: F401  (sets the number of threads, so first)

import matplotlib
import pytest
from ours import COURSE, ROOT
from played import address, browser, page_folder, site  # noqa: F401  (fixtures)

from grading.build.cases import build_hidden

matplotlib.use("Agg")


def pytest_configure() -> None:
    """Draw the hidden cases, always from the same seed. One of several workers draws, the others wait."""
    HIDDEN.mkdir(parents=True, exist_ok=True)
    with (HIDDEN / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (HIDDEN / "seed.txt").write_text("7")
        build_hidden(COURSE)


def pytest_xdist_auto_num_workers() -> int:
    """Use two workers more than there are cores, because many tests wait for a browser or a kernel."""
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
    """Begin with the modules and notebooks that take longest, so that nobody waits for them at the end."""
    order = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(LONGEST)))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a `case` once for each of its module's CASES.

    The module's OFTEN has the numbers of the cases that `make test` runs. Without it, these are all but the
    variants.
    """
    if "case" in metafunc.fixturenames:
        cases = metafunc.module.CASES
        often = getattr(metafunc.module, "OFTEN", {case.number for case in cases if not case.is_variant})
        marks = [[] if case.number in often else [pytest.mark.long] for case in cases]
        params = [pytest.param(case, id=case.student, marks=mark) for case, mark in zip(cases, marks)]
        metafunc.parametrize("case", params)


@pytest.fixture(scope="module")
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Return the class of those CASES of the module that this run asks for, handed in and marked."""
    from submissions.classes import Class

    return Class(asked(request), tmp_path_factory.mktemp("class")).marked()


def asked(request: pytest.FixtureRequest) -> list:
    """Return those of a module's CASES that this run of the tests asks for."""
    mine = [item for item in request.session.items if item.path == request.path and hasattr(item, "callspec")]
    known = [item.callspec.params for item in mine]
    return list(dict.fromkeys(each["case"] for each in known if "case" in each))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of an instructor's course folder, without students."""
    return copy_course(tmp_path)


def copy_course(folder: Path) -> Path:
    """Copy sources, reference, release and settings into the folder; return the folder."""
    for part in ("solutions", "notebooks"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("nbgrader_config.py", "course.py"):
        shutil.copy(ROOT / name, folder)
    return folder
