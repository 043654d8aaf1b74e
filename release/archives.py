"""Archives that have the same bytes on every machine: files are sorted and have the date of the release."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from grading import zips


def write_zip(path: Path, files: Mapping[str, bytes], day: datetime.date) -> Path:
    """Write the files (contents by names with slashes) into a zip, inside a folder with the zip's name."""
    return zips.write_zip(path, {f"{path.stem}/{name}": content for name, content in files.items()}, day)


def write_folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files into a folder, and remove the files that an earlier release wrote there.

    A list next to the folder names these earlier files. Other files stay, such as a repository's .git or
    somebody's notes. Raises ValueError if a new file has the name of such a file.
    """
    listed = path.with_name(f".{path.name}-files.txt")
    before = set(listed.read_text(encoding="utf-8").splitlines()) if listed.exists() else set()
    if strange := sorted(name for name in files if name not in before and (path / name).exists()):
        raise ValueError(f"{path / strange[0]} was not written by a release: move it away, then try again.")
    path.mkdir(parents=True, exist_ok=True)
    listed.write_text("".join(f"{name}\n" for name in sorted(before | files.keys())), encoding="utf-8")
    for name in before - files.keys():
        (path / name).unlink(missing_ok=True)
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def read(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return these files of a folder, by name."""
    return {name: (root / name).read_bytes() for name in names}


def weights(paths: Iterable[Path], beside: Path) -> str:
    """Return a table with the size of each file or folder in MB. Their names are relative to `beside`."""
    rows = [(os.path.relpath(path, beside), size(path)) for path in paths]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:{width}}  {weight / 1e6:7.1f} MB" for name, weight in rows)


def size(path: Path) -> int:
    """Return the number of bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
