"""The site: a front page, the course in a browser tab, the explorer without a kernel, and the docs."""

from __future__ import annotations

from pathlib import Path

from release import lite, play
from release.site import docs, front


def build(root: Path, folder: Path, wheel: Path, downloads: Path, assignments: tuple[str, ...]) -> Path:
    """Write the site into the folder, which must be new, and return the folder. Any web server can serve it.

    root: the folder of the course. wheel: the wheel of the student's side. downloads: a folder that keeps
    fetched public files.
    """
    front.build(root, folder, assignments)
    docs.build(root, folder / "docs")
    play.build(folder / "play")
    lite.build(folder / "course", wheel, downloads, assignments)
    return folder
