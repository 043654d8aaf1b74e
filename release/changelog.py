"""CHANGELOG.md: the changes from version to version, in sentences for people.

People write below "Unreleased". A release gives this text its version and its date.
"""

from __future__ import annotations

import datetime
import re

UNRELEASED = "## Unreleased\n"
ENTRY = re.compile(r"^## (\S+), (\d{4}-\d{2}-\d{2})$", re.M)
NOTHING = "- Nothing new was noted."


def written(text: str, version: str, today: datetime.date) -> tuple[str, datetime.date]:
    """Return the text of CHANGELOG.md with an entry of this version, and the entry's day.

    If the version already has an entry, it stays and keeps its day. The files of a release have this day as
    their date. So the same release, made again, has the same bytes. Raises ValueError if CHANGELOG.md has no
    place for an entry.
    """
    if day := dict(ENTRY.findall(text)).get(version):
        return text, datetime.date.fromisoformat(day)
    before, found, after = text.partition(UNRELEASED)
    if not found:
        raise ValueError("CHANGELOG.md has no line '## Unreleased': write it above the newest entry.")
    told, below = _split(after)
    entry = f"## {version}, {today}\n\n{told.strip() or NOTHING}\n\n"
    return f"{before}{UNRELEASED}\n{entry}{below}".rstrip() + "\n", today


def _split(after: str) -> tuple[str, str]:
    """Cut the text in two before the next entry."""
    entry = ENTRY.search(after)
    at = entry.start() if entry else len(after)
    return after[:at], after[at:]
