"""The parts of a release, each a function from the release to the paths that it wrote."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from release import archives, sources, students, wheel


@dataclass(frozen=True)
class Release:
    """One release: the copy of the course that it is made from, where to, and its number and day."""

    root: Path
    dist: Path
    downloads: Path
    version: str
    day: datetime.date
    assignments: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that its archives begin with."""
        return f"soft-assignments-{self.version}"


def make_wheel(release: Release) -> list[Path]:
    """Write the wheel of the student's side."""
    return [wheel.build(release.root, release.dist, release.day)]


def make_students(release: Release) -> list[Path]:
    """Write the students' zip, and the same as a folder."""
    with tempfile.TemporaryDirectory() as folder:
        built = wheel.build(release.root, Path(folder), release.day)
        files = students.files(release.root, built, release.version, release.assignments)
    return [
        archives.write_zip(release.dist / f"{release.name}-students.zip", files, release.day),
        archives.write_folder(release.dist / "students", files),
    ]


def make_instructors(release: Release) -> list[Path]:
    """Write the instructors' zip: all that git has."""
    files = archives.read(release.root, sources.names(release.root))
    return [archives.write_zip(release.dist / f"{release.name}-instructors.zip", files, release.day)]


def make_site(release: Release) -> list[Path]:
    """Write the site."""
    from release import site  # which loads JupyterLite and Sphinx: not before it is needed

    with tempfile.TemporaryDirectory() as folder:
        built = wheel.build(release.root, Path(folder), release.day)
        made = Path(folder, "site")
        site.build(release.root, made, built, release.downloads, release.assignments)
        files = archives.read(made, sources.names(made))
    return [archives.write_folder(release.dist / "site", files)]


PARTS: dict[str, Callable[[Release], list[Path]]] = {
    "wheel": make_wheel,
    "students": make_students,
    "instructors": make_instructors,
    "site": make_site,
}
