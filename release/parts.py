"""The parts of a release: functions that take the release and return the paths that they wrote."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from release import archives, sources, students


@dataclass(frozen=True)
class Release:
    """One release: the copy of the course, its wheel, the folders to use, and what the release is called."""

    root: Path
    wheel: Path
    dist: Path
    downloads: Path
    version: str
    day: datetime.date
    assignments: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return the name with which all archives begin."""
        return f"soft-assignments-{self.version}"


def make_wheel(release: Release) -> list[Path]:
    """Write the wheel of the student's side."""
    release.dist.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copy(release.wheel, release.dist))]


def make_students(release: Release) -> list[Path]:
    """Write the students' zip, and the same files as a folder."""
    files = students.files(release.root, release.wheel, release.version, release.assignments)
    return [
        archives.write_zip(release.dist / f"{release.name}-students.zip", files, release.day),
        archives.write_folder(release.dist / "students", files),
    ]


def make_instructors(release: Release) -> list[Path]:
    """Write the instructors' zip, with all files that git has."""
    files = archives.read(release.root, sources.names(release.root))
    return [archives.write_zip(release.dist / f"{release.name}-instructors.zip", files, release.day)]


def make_site(release: Release) -> list[Path]:
    """Write the site."""
    from release import site  # imported late, because it loads JupyterLite and Sphinx

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "site")
        site.build(release.root, made, release.wheel, release.downloads, release.assignments)
        files = archives.read(made, sources.names(made))
    return [archives.write_folder(release.dist / "site", files)]


PARTS: dict[str, Callable[[Release], list[Path]]] = {
    "wheel": make_wheel,
    "students": make_students,
    "instructors": make_instructors,
    "site": make_site,
}
