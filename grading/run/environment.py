"""What a mark depends on beside the submission and the assignment: Python, packages, this course."""

from __future__ import annotations

import functools
import platform
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import grading
import helpers
from grading.run.bundle import digest
from helpers.datasets import DATA

COURSE = "soft-assignments"
LIBRARIES = ("ipython", "matplotlib-inline", "nbformat")  # what runs cells, beside what pyproject names


class OtherEnvironment(RuntimeError):
    """A machine that would not give the same marks; the message says what is different there."""


@functools.cache
def environment() -> Mapping[str, str]:
    """Return what is installed here: the version of each package, and what stands for the course's files."""
    named = [
        re.match(r"[\w.-]+", each).group(0) for each in metadata.requires(COURSE) or () if ";" not in each
    ]
    versions = {name: metadata.version(name) for name in sorted({*named, *LIBRARIES})}
    return {"python": platform.python_version(), **versions, "course": _course()}


def environment_key(found: Mapping[str, str]) -> str:
    """Return the hash of an environment."""
    return digest(part for item in sorted(found.items()) for part in item)


def require_environment(asked: Mapping[str, str]) -> None:
    """Raise OtherEnvironment, with the differences, if this is not the environment asked for."""
    here = environment()
    names = [name for name in {**asked, **here} if asked.get(name) != here.get(name)]
    if names:
        what = ", ".join(f"{name} {_short(here, name)} instead of {_short(asked, name)}" for name in names)
        raise OtherEnvironment(f"it has {what}")


def _short(found: Mapping[str, str], name: str) -> str:
    return found.get(name, "none")[:12]


def _course() -> str:
    """The hash of the code and the data that decide marks, as they lie here."""
    folders = [Path(grading.__file__).parent, Path(helpers.__file__).parent, DATA]
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if _decides(path, folder))
    return digest(part for path in files for part in (path.name, path.read_bytes()))


def _decides(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.is_file() and "__pycache__" not in parts and parts[0] not in ("hidden", "report")
