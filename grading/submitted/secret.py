"""Read the secret of a submission from nbgrader's exchange: everybody who has it can fetch the feedback.

The student's computer wrote its file. So the file may be hostile, and text in another form is not a secret.
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
OF_NBGRADER = (times.FILE, FILE)  # the files that nbgrader puts beside a notebook
FORM = re.compile(rb"[0-9A-Za-z_-]{32,1000}")  # nbgrader writes 128 hexadecimal digits


@dataclass(frozen=True)
class Receipt:
    """The data of nbgrader's exchange about a submission: the time of handing in, in UTC, and the secret."""

    when: datetime | None = None
    secret: str = ""

    def files(self) -> dict[str, str]:
        """Return the files with these data, as nbgrader writes them; "" for a file that must not exist."""
        time = f"{self.when:%Y-%m-%d %H:%M:%S.%f} UTC" if self.when else ""
        return {times.FILE: time, FILE: self.secret}


def read_secret(folder: Path, parts: tuple[str, ...] = ()) -> str:
    """Return the secret in a folder; "" if it has no secret. parts: a path below it, which may be hostile."""
    try:
        data = read_file(folder, (*parts, FILE), MOST_BYTES)
    except Unreadable:
        return ""
    return data.decode() if FORM.fullmatch(data) else ""


def secret_of(submitted: Path, claim: Claim, titles: Titles) -> str:
    """Return the secret beside a student's work, on the disk; "" if there is no secret."""
    found = (read_secret(submitted, parts) for parts in dict.fromkeys(_folders(claim, titles)))
    return next(filter(None, found), "")


def _folders(claim: Claim, titles: Titles) -> Iterator[tuple[str, ...]]:
    """Yield the folders of files that may be marked, and folders with the assignment's name."""
    yield from (each.file.entry.path[:-1] for each in claim.candidates)
    files = (file.entry for lot in claim.lots for file in lot.files if file.entry.path[-1] == FILE)
    for entry in files:
        if len(entry.path) > 1 and titles.named(entry.path[-2]) == claim.assignment:
            yield entry.path[:-1]
