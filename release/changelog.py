"""CHANGELOG.md: what changed from version to version, in words for people.

People write below "Unreleased"; a release gives that text its number and its day. Where nothing is
written there, the subjects of the commits stand in.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

UNRELEASED = "## Unreleased\n"
ENTRY = re.compile(r"^## (\S+), (\d{4}-\d{2}-\d{2})$", re.M)


def write(path: Path, version: str, subjects: Sequence[str]) -> datetime.date:
    """Write the entry of this version, unless it is there, and return its day.

    subjects: of the commits since the last release. The files of a release bear that day, so making it
    again gives the same bytes. Raises ValueError where there is nothing to say.
    """
    text = path.read_text(encoding="utf-8")
    if (day := dict(ENTRY.findall(text)).get(version)) is None:
        day = datetime.date.today().isoformat()
        path.write_text(_with_entry(text, f"## {version}, {day}\n", subjects), encoding="utf-8")
    return datetime.date.fromisoformat(day)


def _with_entry(text: str, heading: str, subjects: Sequence[str]) -> str:
    before, found, after = text.partition(UNRELEASED)
    if not found:
        raise ValueError("CHANGELOG.md has no line '## Unreleased': write it above the newest entry.")
    told, below = _split(after)
    told = told.strip() or "\n".join(f"- {each}" for each in subjects)
    if not told:
        raise ValueError(
            "There are no commits since the last release: write below '## Unreleased' what is new."
        )
    return f"{before}{UNRELEASED}\n{heading}\n{told}\n\n{below}".rstrip() + "\n"


def _split(after: str) -> tuple[str, str]:
    """Cut the text in two before the next entry."""
    entry = ENTRY.search(after)
    at = entry.start() if entry else len(after)
    return after[:at], after[at:]
