"""The environment: Python, packages and this course. A mark also depends on the submission and assignment."""

from __future__ import annotations

import functools
import platform
import re
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import grading
from grading.course import World
from grading.run.bundle import digest
from grading.run.decides import deciding

MADE = {"__pycache__", "node_modules"}  # other programs write to these folders; they decide no mark
UNREAD = {"rubrics.py", "desk"}  # only people who mark by hand use these; they decide no automatic mark
LIBRARIES = ("ipython", "matplotlib-inline", "nbformat")  # they run cells; pyproject does not name them


class OtherEnvironment(RuntimeError):
    """The error of a machine that would not give the same marks; the message says what differs there."""


@functools.cache
def environment(world: World) -> Mapping[str, str]:
    """Return what is installed here: the version of each package, and a hash of the course's files.

    If the course is installed as a distribution, the packages that it needs are included.
    """
    named = [re.match(r"[\w.-]+", each).group(0) for each in _needed(world.name) if ";" not in each]
    versions = {name: metadata.version(name) for name in sorted({*named, *LIBRARIES})}
    return {"python": platform.python_version(), **versions, "course": _course(world)}


def _needed(distribution: str) -> list[str]:
    try:
        return metadata.requires(distribution) or []
    except (metadata.PackageNotFoundError, ValueError):  # a course without a name is not installed
        return []


def environment_key(found: Mapping[str, str]) -> str:
    """Return the hash of an environment."""
    return digest(part for item in sorted(found.items()) for part in item)


def require_environment(asked: Mapping[str, str], world: World) -> None:
    """Raise OtherEnvironment, with the differences, if this is not the required environment."""
    here = environment(world)
    names = [name for name in {**asked, **here} if asked.get(name) != here.get(name)]
    if names:
        what = ", ".join(f"{name} {_short(here, name)} instead of {_short(asked, name)}" for name in names)
        raise OtherEnvironment(f"it has {what}")


def _short(found: Mapping[str, str], name: str) -> str:
    return found.get(name, "none")[:12]


def _course(world: World) -> str:
    """Return the hash of the code and the data on this machine that decide marks."""
    engine = Path(grading.__file__).parent
    ways = {engine: Path.read_bytes} | dict.fromkeys(world.all_folders().values(), deciding)
    found = ((path, read) for folder, read in ways.items() for path in _files(folder))
    return digest(part for path, read in found for part in (path.name, read(path)))


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if _decides(path, folder)]


def _decides(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return path.is_file() and not (MADE | UNREAD) & set(parts) and parts[0] != "report"
