"""The wheels that the site has, and the lock in which Pyodide finds them."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

from release.lite.fetching import fetch_compiled, fetch_core, fetch_pure, locked, write
from release.lite.slim import slim

COURSE = "soft-assignments"
BROWSER = "soft-assignments-browser"
# Wheels that are compiled for WebAssembly. micropip is pure Python, but its version belongs to Pyodide.
COMPILED = (
    "contourpy",
    "kiwisolver",
    "matplotlib",
    "micropip",
    "numpy",
    "pillow",
    "scikit-learn",
    "scipy",
)
PURE = (
    "anywidget",
    "asttokens",
    "comm",
    "cycler",
    "executing",
    "ipython",
    "ipython-pygments-lexers",
    "ipywidgets",
    "joblib",
    "lazy-loader",
    "matplotlib-inline",
    "packaging",
    "prompt-toolkit",
    "psygnal",
    "pure-eval",
    "pygments",
    "pyparsing",
    "python-dateutil",
    "six",
    "stack-data",
    "threadpoolctl",
    "tqdm",
    "traitlets",
    "typing-extensions",
    "wcwidth",
)
# The packages that each package needs for the notebooks. Three are left out: fonttools (matplotlib uses it
# only to write PDF), jedi (IPython completes the names of live objects without it) and pytz (nothing uses
# it).
NEEDS = {
    "anywidget": ("ipywidgets", "psygnal", "typing-extensions"),
    "contourpy": ("numpy",),
    "ipykernel": ("comm", "ipython"),
    "ipython": (
        "asttokens",
        "executing",
        "ipython-pygments-lexers",
        "matplotlib-inline",
        "prompt-toolkit",
        "pure-eval",
        "pygments",
        "stack-data",
        "traitlets",
        "typing-extensions",
        "wcwidth",
    ),
    "ipywidgets": ("comm", "ipython", "traitlets"),
    "matplotlib": (
        "contourpy",
        "cycler",
        "kiwisolver",
        "numpy",
        "packaging",
        "pillow",
        "pyparsing",
        "python-dateutil",
        "six",
    ),
    "piplite": ("micropip", "packaging"),
    "pyodide-kernel": ("ipykernel", "piplite", BROWSER),
    "scikit-learn": ("joblib", "scipy", "threadpoolctl"),
    "scipy": ("numpy",),
    COURSE: ("anywidget", "ipywidgets", "lazy-loader", "matplotlib", "numpy", "pillow", "scipy", "tqdm"),
}
IMPORTS = {
    "ipython": ["IPython"],
    "matplotlib": ["matplotlib", "mpl_toolkits"],
    "pillow": ["PIL"],
    "python-dateutil": ["dateutil"],
    "scikit-learn": ["sklearn"],
    COURSE: ["checks", "explorer", "helpers"],
}


def fetch_all(downloads: Path, address: str | None = None) -> list[Path]:
    """Return the public wheels that the site needs."""
    known = locked(fetch_core(downloads))
    compiled = fetch_compiled([known[name] for name in COMPILED], downloads, address)
    return [*compiled, *fetch_pure(PURE, downloads)]


def write_wheels(wheels: list[Path], folder: Path, core: Path, packed: Path) -> None:
    """Write slim copies of the wheels into the folder, and the lock that names them.

    packed: a folder that keeps the copies for the next build, because packing takes a minute.
    """
    described = {}
    for wheel in wheels:
        content = _slim(wheel, packed)
        (folder / wheel.name).write_bytes(content)
        described[normal(metadata(wheel)["Name"])] = entry(wheel, content)
    info = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    lock = {"info": info, "packages": dict(sorted(described.items()))}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")


def _slim(wheel: Path, packed: Path) -> bytes:
    recipe = wheel.read_bytes() + Path(slim.__code__.co_filename).read_bytes()
    kept = packed / f"{hashlib.sha256(recipe).hexdigest()[:16]}.whl"
    if not kept.exists():
        write(kept, slim(wheel))
    return kept.read_bytes()


def entry(wheel: Path, content: bytes) -> dict:
    """Return the lock's entry for a wheel with this content."""
    told = metadata(wheel)
    name = normal(told["Name"])
    return {
        "name": name,
        "version": told["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(content).hexdigest(),
        "package_type": "package",
        "imports": IMPORTS.get(name, [name.replace("-", "_")]),
        "depends": list(NEEDS.get(name, ())),
        "unvendored_tests": False,
    }


def metadata(wheel: Path) -> Message:
    """Return the metadata that the wheel contains."""
    with zipfile.ZipFile(wheel) as opened:
        name = next(each for each in opened.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each))
        return Parser().parsestr(opened.read(name).decode())


def normal(name: str) -> str:
    """Return a package's name in the form that locks use."""
    return re.sub(r"[-_.]+", "-", name).lower()
