"""The wheel: the student's side with its data, and no instructor's file (pyproject.toml, [tool.hatch])."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def build(root: Path, folder: Path, day: datetime.date) -> Path:
    """Build the wheel of the course in `root` into the folder, and return its path.

    All files in it have this date. Raises ValueError with the builder's message if the build fails.
    """
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC)
    with tempfile.TemporaryDirectory() as room:
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", room],
            cwd=root,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp()))},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise ValueError(f"The wheel could not be built:\n{done.stderr.strip()}")
        (built,) = Path(room).glob("*.whl")
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(built, folder))
