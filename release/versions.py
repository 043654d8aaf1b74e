"""The version of the course: only pyproject.toml has it, and a new release cannot have a lower version."""

from __future__ import annotations

import re
import tomllib

from packaging.version import Version

LINE = re.compile(r'^version = ".*"$', re.M)
PLAIN = re.compile(r"\d+(\.\d+){1,3}")


def written(pyproject: str, version: str) -> str:
    """Return the text of pyproject.toml with this version in it.

    Raises ValueError if the text is not a version, or if pyproject.toml already has a higher version.
    """
    if not PLAIN.fullmatch(version):
        raise ValueError(f"'{version}' is not a version. Write it like this: make release VERSION=1.2.0")
    now = tomllib.loads(pyproject)["project"]["version"]
    if Version(version) < Version(now):
        raise ValueError(
            f"Version {version} is lower than {now}, which pyproject.toml has: choose a higher one. "
            f"If {now} was a mistake: git checkout pyproject.toml CHANGELOG.md"
        )
    return LINE.sub(f'version = "{version}"', pyproject, count=1)
