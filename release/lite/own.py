"""Make a wheel of the few files in kernel/, which only the site's Python has."""

from __future__ import annotations

from pathlib import Path

from release.lite.fetching import ROOT
from release.lite.slim import zipped

KERNEL = Path(__file__).resolve().parent / "kernel"
NAME = "soft_assignments_browser"
METADATA = b"""Metadata-Version: 2.4
Name: soft-assignments-browser
Version: 0.1.0
License-Expression: BSD-3-Clause
License-File: LICENSE
"""
TAGS = b"Wheel-Version: 1.0\nGenerator: soft-assignments\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def browser_wheel(folder: Path) -> Path:
    """Write the wheel into the folder and return its path."""
    path, about = folder / f"{NAME}-0.1.0-py3-none-any.whl", f"{NAME}-0.1.0.dist-info"
    files = {f"{NAME}/{each.name}": each.read_bytes() for each in KERNEL.glob("*.py")}
    files[f"{about}/METADATA"], files[f"{about}/WHEEL"] = METADATA, TAGS
    files[f"{about}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    files[f"{about}/RECORD"] = "".join(f"{name},,\n" for name in sorted(files)).encode()
    path.write_bytes(zipped(files))
    return path
