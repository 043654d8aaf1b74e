"""Archives with the same bytes each time: sorted, dated by the release, without anything of a machine."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from grading import zips


def write_zip(path: Path, files: Mapping[str, bytes], day: datetime.date) -> Path:
    """Write the files (names with slashes to contents) into a zip, below a folder of its name."""
    return zips.write_zip(path, {f"{path.stem}/{name}": content for name, content in files.items()}, day)


def write_folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write the files into a folder in place of those that a release wrote there before.

    A list beside the folder says which these were. Other files stay: a repository's .git, somebody's notes.
    Raises ValueError if one of those has a name that is to be written.
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
    """Return a table of what each file or folder weighs, in megabytes."""
    rows = [(os.path.relpath(path, beside), size(path)) for path in paths]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:{width}}  {weight / 1e6:7.1f} MB" for name, weight in rows)


def size(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
