"""One submission in a download: its student, its files, and which of two submissions is newer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from grading.submitted.platforms import FromPlatform, from_platform
from grading.submitted.tree import Names


@dataclass(frozen=True)
class Order:
    """The facts that tell which of two submissions is newer.

    time: the time of handing in, in seconds, if it is known.
    platform, item: the platform's own number of the file, which grows.
    changed: the time when the file was written; in a download, that is the day of the download.
    """

    changed: float = 0.0
    time: float | None = None
    platform: str = ""
    item: int = 0

    def is_newer(self, other: Order) -> bool:
        """Tell whether this one was handed in after the other, by the best fact that is known of both."""
        mine, its = self._best(other), other._best(self)
        return mine > its

    def _best(self, other: Order) -> float:
        if self.time is not None and other.time is not None:
            return self.time
        if self.item and other.item and self.platform == other.platform:
            return self.item
        return self.changed


@dataclass(frozen=True)
class Origin:
    """The origin of a submission: the platform, and the name that it gave to the file or the folder."""

    platform: str = ""
    name: str = ""

    @property
    def told(self) -> FromPlatform | None:
        """Return the facts in that name, such as the student and the number of the file."""
        return from_platform(self.name)

    @classmethod
    def of(cls, platform: str, path: Names) -> Origin:
        """Return the origin of the file or the folder at a path of a download."""
        names = (each for each in path if platform and from_platform(each))
        return cls(platform, next(names, ""))


@dataclass(frozen=True)
class Attempt:
    """A submission in a download.

    at: the number of the submission among those of the same student.
    place: its path, as people read it.
    print: a hash of its files; the same for two submissions with the same files.
    when: the time of handing in, in UTC, without a zone.
    best: whether `make grade` would mark it, of all submissions of the student in this download.
    untouched: whether nobody worked on it.
    notebook: whether it has a notebook.
    left_out: the files that are not taken, each with the reason.
    """

    student: str
    assignment: str
    at: int
    place: str
    print: str
    order: Order
    origin: Origin = Origin()
    when: datetime | None = None
    late: bool = False
    best: bool = False
    untouched: bool = False
    notebook: bool = True
    left_out: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.assignment, self.student


@dataclass(frozen=True)
class NotTaken:
    """A file or a submission that is not taken from a download, and the reason."""

    place: str
    why: str
    student: str = ""
    assignment: str = ""


def print_of(files: Mapping[str, bytes]) -> str:
    """Return a hash that is the same only for the same files under the same names."""
    return print_of_hashes({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})


def print_of_hashes(hashes: Mapping[str, str]) -> str:
    """Return the same hash, from the sha256 of each file."""
    lines = (f"{name}\0{found}\n" for name, found in sorted(hashes.items()))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def seconds(when: datetime | None) -> float | None:
    """Return a time in UTC without a zone, in seconds."""
    return when.replace(tzinfo=UTC).timestamp() if when else None
