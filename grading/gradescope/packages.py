"""The part of the lock that marking needs, without the packages for browsers, docs and tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from grading.course import ENGINE, Course

LOCK, PROJECT, EXTRA = "requirements.lock", "pyproject.toml", "instructor"
BLOCK = re.compile(r"^(?=[A-Za-z0-9._-]+==)", re.MULTILINE)
NAME = re.compile(r"[A-Za-z0-9._-]+")
VIA = re.compile(r"^ +#(?: via)? +([A-Za-z0-9._-]+)", re.MULTILINE)


def marking_lock(course: Course) -> str:
    """Return the lock of the packages that mark a course: the course's lock, otherwise the engine's.

    Raises ValueError if the lock lacks a package that is asked for, or a hash.
    """
    root = next(
        each for each in (course.root, ENGINE) if (each / LOCK).is_file() and (each / PROJECT).is_file()
    )
    project = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {})
    asked = [*project.get("dependencies", ()), *extras.get(EXTRA, ())]
    return part_of((root / LOCK).read_text(encoding="utf-8"), asked, root)


def part_of(lock: str, asked: Iterable[str], root: Path = ENGINE) -> str:
    """Return the packages of a lock that are asked for, and those that they need.

    The lock's comments say for which other package each package is there.
    """
    blocks: dict[str, str] = {}  # if a package has one version for each Python, all of its versions
    for each in BLOCK.split(lock)[1:]:
        blocks[_name(each)] = blocks.get(_name(each), "") + each
    needed = {_name(each) for each in asked}
    wrong = sorted(needed - blocks.keys()) or [name for name in blocks if "--hash=" not in blocks[name]]
    if wrong:
        raise ValueError(f"{root / LOCK} has no package '{wrong[0]}' with a hash: run `make lock`.")
    via = {name: {_plain(each) for each in VIA.findall(block)} for name, block in blocks.items()}
    while more := {name for name in blocks if via[name] & needed} - needed:
        needed |= more
    return "".join(block for name, block in blocks.items() if name in needed)


def _name(text: str) -> str:
    """Return the package with which a line of the lock, or a requirement, begins."""
    return _plain(NAME.match(text)[0])


def _plain(name: str) -> str:
    """Return a package's name in the one form that stands for all spellings."""
    return re.sub(r"[-_.]+", "-", name).lower()
