"""Fetch the public files that the site is made from, and refuse every file that is not the expected one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import tarfile
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from data.sources import fetch_npm, fetch_wheel, fetch_wheels

ROOT = Path(__file__).resolve().parent.parent.parent
CORE = "pyodide@314.0.3"  # Python 3.14 in WebAssembly; Pyodide's lock names the wheels that belong to it
PYTHON = "3.14"
# This wheel contains Pyodide's wheels. Only these are used.
BUNDLE = "open-webui==0.12.4"
BUNDLE_SHA256 = "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
INSIDE = "open_webui/frontend/pyodide/"

Locked = dict[str, dict]


def fetch_core(downloads: Path) -> Path:
    """Return the folder of Pyodide's core. It is fetched only if the folder is not there yet."""
    return _once(downloads / CORE.replace("@", "-"), _fetch_core) / "package"


def locked(core: Path) -> Locked:
    """Return the entries of Pyodide's lock, by each package's name in small letters."""
    packages = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    return {name.lower(): each for name, each in packages.items()}


def fetch_compiled(entries: list[dict], downloads: Path, address: str | None = None) -> list[Path]:
    """Return the compiled wheels of these lock entries; each has the sha256 that the lock states."""
    return [_compiled(each, downloads, address) for each in entries]


def fetch_pure(names: tuple[str, ...], downloads: Path) -> list[Path]:
    """Return the pure wheels of these packages, in the versions of requirements.lock."""
    asked = "".join(locked_lines(names, (ROOT / "requirements.lock").read_text(encoding="utf-8")))
    folder = downloads / f"pure-{hashlib.sha256(asked.encode()).hexdigest()[:12]}"
    return sorted(_once(folder, lambda new: _fetch_pure(asked, new)).glob("*.whl"))


def locked_lines(names: tuple[str, ...], lock: str) -> list[str]:
    """Return each package's line of the lock, with its hashes; SystemExit if the lock has no such line."""
    found = {}
    for block in re.findall(r"^\S.*(?:\n .*)*\n", lock, re.MULTILINE):
        found[re.split(r"[=\s]", block, maxsplit=1)[0]] = re.sub(r" ;.*(?= \\)", "", block, count=1)
    missing = [name for name in names if name not in found]
    if missing:
        raise SystemExit(
            f"requirements.lock has no {', '.join(missing)}: add it to pyproject.toml, then make lock."
        )
    return [found[name] for name in names]


def _compiled(entry: dict, downloads: Path, address: str | None) -> Path:
    path = downloads / "compiled" / entry["file_name"]
    if not path.exists():
        write(path, expected(_read(entry["file_name"], downloads, address), entry))
    expected(path.read_bytes(), entry)
    return path


def expected(content: bytes, entry: dict) -> bytes:
    """Return the content of a wheel; SystemExit if the lock describes another content."""
    found = hashlib.sha256(content).hexdigest()
    if found != entry["sha256"]:
        raise SystemExit(
            f"{entry['file_name']} has sha256 {found}, but the lock of {CORE} says {entry['sha256']}. "
            "The file was not used: remove it from the folder of downloads, then run the command again."
        )
    return content


def _read(name: str, downloads: Path, address: str | None) -> bytes:
    if address is None:
        with zipfile.ZipFile(_bundle(downloads)) as bundle:
            return bundle.read(INSIDE + name)
    with urllib.request.urlopen(f"{address.rstrip('/')}/{name}", timeout=300) as answer:
        return answer.read()


def _bundle(downloads: Path) -> Path:
    folder = downloads / BUNDLE.replace("==", "-")
    options = ("--python-version", "3.12")  # one of the Python versions that this wheel declares
    return next(_once(folder, lambda new: fetch_wheel(BUNDLE, BUNDLE_SHA256, new, *options)).glob("*.whl"))


def _fetch_pure(asked: str, folder: Path) -> None:
    options = ("--python-version", PYTHON, "--platform", "any", "--implementation", "py", "--abi", "none")
    fetch_wheels(asked, folder, "wheels for the site", *options)


def _fetch_core(folder: Path) -> None:
    with tarfile.open(fetch_npm(CORE, folder)) as archive:
        archive.extractall(folder, filter="data")


def _once(folder: Path, fill: Callable[[Path], object]) -> Path:
    """Return the folder. If it does not exist, fill a new folder, and rename it only when it is complete."""
    if not folder.exists():
        with _beside(folder) as new:
            fill(new)
            new.rename(folder)
    return folder


@contextlib.contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    """Write a file so that its name exists only when its content is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(content)
    new.replace(path)
