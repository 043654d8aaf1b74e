"""Let nbgrader find the programs of its environment, also where .venv was not activated."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

import nbgrader
import nbgrader.api
from sqlalchemy.exc import SAWarning


def find_programs_of_this_environment() -> None:
    """Add the folder of this Python to PATH: nbgrader starts `alembic` by its name, and kernels too."""
    here = str(Path(sys.executable).parent)
    if here not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join([here, os.environ.get("PATH", "")])


def version_of_a_new_gradebook() -> str:
    """Return the version that nbgrader asks a separate program for; that program takes 4 seconds to start."""
    from alembic.config import Config  # half a second, and only a new gradebook needs it
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(nbgrader.__file__).parent / "alembic"))
    return ScriptDirectory.from_config(config).get_current_head()


find_programs_of_this_environment()
ASKED_BY_NBGRADER = nbgrader.api.get_alembic_version
nbgrader.api.get_alembic_version = version_of_a_new_gradebook
# nbgrader 0.9.6 causes these warnings of SQLAlchemy for every new student; they mean nothing here.
warnings.filterwarnings("ignore", category=SAWarning, message="Object of type .* not in session")
