"""The secret of a submission that came through nbgrader's exchange: whoever has it can fetch the feedback.

It is a file that the student's computer wrote. So it is read as hostile, and what has another form is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grading.repair.decode import Unreadable
from grading.submitted import times
from grading.submitted.claims import Claim
from grading.submitted.files import read_file
from grading.submitted.titles import Titles

FILE, MOST_BYTES = "submission_secret.txt", 1_000
OF_NBGRADER = (times.FILE, FILE)  # what nbgrader puts beside a notebook
FORM = re.compile(rb"[0-9A-Za-z_-]{32,1000}")  # nbgrader writes 128 hexadecimal digits


@dataclass(frozen=True)
class Receipt:
    """What nbgrader's exchange knows of a submission: when it came, in UTC, and its secret."""

    when: datetime | None = None
    secret: str = ""

    def files(self) -> dict[str, str]:
        """Return the files that carry it, as nbgrader writes them; "" for one that must not be there."""
        time = f"{self.when:%Y-%m-%d %H:%M:%S.%f} UTC" if self.when else ""
        return {times.FILE: time, FILE: self.secret}


def read_secret(folder: Path, parts: tuple[str, ...] = ()) -> str:
    """Return the secret in a folder; "" if there is none. parts: a path below it, which may be anything."""
    try:
        data = read_file(folder, (*parts, FILE), MOST_BYTES)
    except Unreadable:
        return ""
    return data.decode() if FORM.fullmatch(data) else ""


def secret_of(submitted: Path, claim: Claim, titles: Titles) -> str:
    """Return the secret beside what a student handed in, on the disk; "" if there is none."""
    found = (read_secret(submitted, parts) for parts in dict.fromkeys(_folders(claim, titles)))
    return next(filter(None, found), "")


def _folders(claim: Claim, titles: Titles) -> Iterator[tuple[str, ...]]:
    """The folders of what may be marked, and those that are named like the assignment."""
    yield from (each.file.entry.path[:-1] for each in claim.candidates)
    files = (file.entry for lot in claim.lots for file in lot.files if file.entry.path[-1] == FILE)
    for entry in files:
        if len(entry.path) > 1 and titles.named(entry.path[-2]) == claim.assignment:
            yield entry.path[:-1]
