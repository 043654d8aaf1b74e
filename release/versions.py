"""The version is written in pyproject.toml alone; a new release cannot have a lower one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.version import InvalidVersion, Version

LINE = re.compile(r'^version = ".*"$', re.M)


def checked(pyproject: Path, asked: str) -> str:
    """Return this version in its normal form ("1.2.0").

    Raises ValueError if it is no version, or a lower one than that which stands in pyproject.toml.
    """
    version = _version(asked)
    now = Version(tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["version"])
    if version < now:
        raise ValueError(
            f"Version {version} is lower than {now}, which pyproject.toml has: choose a higher one."
        )
    return str(version)


def write(pyproject: Path, version: str) -> None:
    """Write this version into pyproject.toml."""
    text = pyproject.read_text(encoding="utf-8")
    pyproject.write_text(LINE.sub(f'version = "{version}"', text, count=1), encoding="utf-8")


def _version(asked: str) -> Version:
    try:
        return Version(asked)
    except InvalidVersion:
        raise ValueError(
            f"'{asked}' is not a version. Write it like this: make release VERSION=1.2.0"
        ) from None
