"""nbgrader's own API, set up from this course's nbgrader_config.py."""

from __future__ import annotations

import copy
import logging
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

import grading.doors.programs  # noqa: F401  (nbgrader finds what it starts by name)
from grading.build.hidden import hidden_folder
from grading.course import Course
from grading.submitted.attempts import ATTEMPTS

LOG = logging.getLogger("grading.nbgrader")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False


def load_config(root: Path) -> Config:
    """Return the settings in nbgrader_config.py."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def open_api(config: Config) -> NbGraderAPI:
    """Return nbgrader's API for the course of `config`. It prints nothing on the terminal."""
    return NbGraderAPI(CourseDirectory(config=config, log=LOG), config=config, log=LOG)


def generate_assignment(name: str, config: Config, release_directory: str, keep_cells: bool) -> None:
    """Run `nbgrader generate_assignment`. Raises RuntimeError with its log if it fails.

    keep_cells: whether to put the assignment's cells into the course's gradebook, which autograding needs.
    Otherwise they are put into a gradebook in the release directory.
    """
    config = copy.deepcopy(config)
    config.CourseDirectory.release_directory = release_directory
    if not keep_cells:
        config.CourseDirectory.db_url = f"sqlite:///{release_directory}/gradebook.db"
    finish(open_api(config).generate_assignment(name), f"nbgrader cannot make the release of '{name}'")


def secrets(folders: CourseDirectory, course: Course) -> list[Path]:
    """Return the files and folders that no submission may read."""
    names = (folders.source_directory, folders.submitted_directory, folders.autograded_directory)
    kept = [Path(folders.root) / name for name in (*names, ATTEMPTS, "gradebook.db")]
    return [*kept, hidden_folder(course), Path(__file__).parent]


def finish(result: dict[str, Any], sentence: str) -> None:
    """Raise RuntimeError with nbgrader's message if nbgrader did not succeed."""
    if not result["success"]:
        said = result.get("log") or result.get("error") or ""
        raise RuntimeError(f"{sentence}:\n{said.strip()}")
