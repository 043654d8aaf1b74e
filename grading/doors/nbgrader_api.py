"""nbgrader's own API, set up from this course's nbgrader_config.py."""

from __future__ import annotations

import copy
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import nbgrader.api
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from grading.build.hidden import hidden_folder
from grading.course import Course

LOG = logging.getLogger("grading.nbgrader")
LOG.addHandler(logging.NullHandler())
LOG.propagate = False


def load_config(root: Path) -> Config:
    """Return the settings in nbgrader_config.py."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def open_api(config: Config) -> NbGraderAPI:
    """Return nbgrader's API for the course that `config` describes, quiet on the terminal."""
    return NbGraderAPI(CourseDirectory(config=config, log=LOG), config=config, log=LOG)


def generate_assignment(name: str, config: Config, release_directory: str, keep_cells: bool) -> None:
    """Run `nbgrader generate_assignment`; RuntimeError carries its log if it fails.

    keep_cells: put the assignment's cells into the course's gradebook, which autograding
    needs. Otherwise they go to a gradebook in the release directory.
    """
    config = copy.deepcopy(config)
    config.CourseDirectory.release_directory = release_directory
    if not keep_cells:
        config.CourseDirectory.db_url = f"sqlite:///{release_directory}/gradebook.db"
    finish(open_api(config).generate_assignment(name), f"nbgrader cannot make the release of '{name}'")


def secrets(folders: CourseDirectory, course: Course) -> list[Path]:
    """Return what no submission may read."""
    names = (folders.source_directory, folders.submitted_directory, folders.autograded_directory)
    kept = [Path(folders.root) / name for name in (*names, "attempts", "gradebook.db")]
    return [*kept, hidden_folder(course), Path(__file__).parent]


def finish(result: dict[str, Any], sentence: str) -> None:
    """Raise RuntimeError with what nbgrader said if it did not succeed."""
    if not result["success"]:
        said = result.get("log") or result.get("error") or ""
        raise RuntimeError(f"{sentence}:\n{said.strip()}")


def _find_programs_of_this_environment() -> None:
    # nbgrader starts `alembic` by name, also where .venv was not activated.
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])


def version_of_a_new_gradebook() -> str:
    """What nbgrader asks a program of its own for, which takes four seconds to start."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return ScriptDirectory.from_config(config).get_current_head()


_find_programs_of_this_environment()
ASKED_BY_NBGRADER = nbgrader.api.get_alembic_version
nbgrader.api.get_alembic_version = version_of_a_new_gradebook
# nbgrader 0.9.6 draws these from SQLAlchemy for every new student; they mean nothing here.
warnings.filterwarnings("ignore", category=SAWarning, message="Object of type .* not in session")
