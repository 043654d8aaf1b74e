"""One submission in a download: whose it is, what it is made of, and which of two is newer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from grading.submitted.platforms import FromPlatform, from_platform
from grading.submitted.tree import Names


@dataclass(frozen=True)
class Order:
    """What tells which of two submissions is newer.

    time: when it was handed in, in seconds, if that is known. platform, item: the platform's own number of
    the file, which grows. changed: when the file was written; in a download, that is the day of the download.
    """

    changed: float = 0.0
    time: float | None = None
    platform: str = ""
    item: int = 0

    def is_newer(self, other: Order) -> bool:
        """Whether this one was handed in later than the other, by the best that is known of both."""
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
    """Where a submission is from: the platform, and the name that it gave to the file or the folder."""

    platform: str = ""
    name: str = ""

    @property
    def told(self) -> FromPlatform | None:
        """What that name says."""
        return from_platform(self.name)

    @classmethod
    def of(cls, platform: str, path: Names) -> Origin:
        """The origin of what lies at a path of a download."""
        names = (each for each in path if platform and from_platform(each))
        return cls(platform, next(names, ""))


@dataclass(frozen=True)
class Attempt:
    """A submission as it lies in a download.

    at: its place among those of the same student. place: where it lies, as people read it. print: the same
    for two that hold the same files. when: the time of handing in, without a zone, in UTC. best: whether
    `make grade` would mark it, of all that this download has of the student. untouched: nobody worked on it.
    left_out: files that are not taken, each with the reason.
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
    """What is not taken from a download, and why."""

    place: str
    why: str
    student: str = ""
    assignment: str = ""


def print_of(files: Mapping[str, bytes]) -> str:
    """What is the same for the same files under the same names, and for no others."""
    return print_of_hashes({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})


def print_of_hashes(hashes: Mapping[str, str]) -> str:
    """The same, of the sha256 of each file."""
    lines = (f"{name}\0{found}\n" for name, found in sorted(hashes.items()))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def seconds(when: datetime | None) -> float | None:
    """A time in UTC without a zone, in seconds."""
    return when.replace(tzinfo=UTC).timestamp() if when else None
