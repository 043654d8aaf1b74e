"""The submissions of one student for one assignment that are in submitted/ and attempts/ already.

`.collected.json` in attempts/<student>/<assignment>/ remembers every submission that was collected: its
platform, its name there, and the time of handing in. Only `collect` writes in attempts/, so no student can
have written this file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from grading.collect.attempts import Attempt, Order, Origin, print_of_hashes, seconds
from grading.files import read_json
from grading.repair.decode import Unreadable
from grading.submitted.files import FileKind, list_folder, read_file
from grading.submitted.remarks import Remark, late_mark
from grading.submitted.times import FILE as TIMESTAMP
from grading.submitted.times import MOST_BYTES, time_of
from grading.submitted.tree import is_left_over

COLLECTED = ".collected.json"
MOST_OF_A_FILE = 200_000_000


@dataclass(frozen=True)
class Remembered:
    """The facts that are remembered of a submission that was collected."""

    origin: Origin
    order: Order
    late: bool = False
    notebook: str = ""  # the sha256 of the notebook alone

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Remembered:
        """Read a `record`. Raises KeyError, TypeError or ValueError if the data are anything else."""
        platform, time = str(told["platform"]), told["time"]
        order = Order(
            float(told["changed"]), None if time is None else float(time), platform, int(told["item"])
        )
        return cls(Origin(platform, str(told["name"])), order, bool(told["late"]), str(told["notebook"]))

    @property
    def record(self) -> dict[str, Any]:
        """Return the data that are written to the file."""
        order, origin = self.order, self.origin
        told = {"platform": origin.platform, "name": origin.name, "item": order.item, "time": order.time}
        return told | {"changed": order.changed, "late": self.late, "notebook": self.notebook}

    @classmethod
    def from_attempt(cls, attempt: Attempt, notebook: bytes) -> Remembered:
        return cls(attempt.origin, attempt.order, attempt.late, hashlib.sha256(notebook).hexdigest())


def remembered_in(folder: Path) -> dict[str, Remembered]:
    """Return the facts in a folder of attempts, by each submission's print (hash); {} if it is broken."""
    return read_json(folder / COLLECTED, _read, {})


def late_remarks(folder: Path, data: bytes) -> tuple[Remark, ...]:
    """Return the remarks about a notebook that the platform called late when it was collected.

    folder: the folder of the student's earlier attempts.
    """
    print_ = hashlib.sha256(data).hexdigest()
    found = (each for each in remembered_in(folder).values() if each.late and each.notebook == print_)
    return tuple(late_mark(each.origin.platform) for each in found)[:1]


def _read(told: Any) -> dict[str, Remembered]:
    return {str(key): Remembered.of(each) for key, each in told.items()}


@dataclass(frozen=True)
class OnDisk:
    """One submission on the disk: its folder, and its print (a hash of its files)."""

    root: Path
    parts: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return self.root.joinpath(*self.parts)

    @cached_property
    def print(self) -> str:
        return print_of_hashes(dict(_hashes(self.root, self.parts)))

    def order(self, remembered: Mapping[str, Remembered]) -> Order:
        """Return the time when it was handed in, as far as anything is known."""
        known = remembered[self.print].order if self.print in remembered else Order()
        files = (each for each in _all(self.root, self.parts) if each.name != TIMESTAMP)
        changed = max((each.changed for each in files), default=0.0)
        time = self._time()
        return Order(
            known.changed or changed, known.time if time is None else time, known.platform, known.item
        )

    def _time(self) -> float | None:
        try:
            return seconds(time_of(read_file(self.root, (*self.parts, TIMESTAMP), MOST_BYTES)).when)
        except Unreadable:
            return None


@dataclass(frozen=True)
class Lying:
    """Everything that is there of one student and one assignment. Raises Unreadable if it cannot be read."""

    submitted: Path
    attempts: Path
    student: str
    assignment: str
    parts: tuple[str, str] = field(init=False, default=("", ""))

    def __post_init__(self) -> None:
        object.__setattr__(self, "parts", (self.student, self.assignment))

    @property
    def place(self) -> Path:
        """Return the folder of the submission that is marked."""
        return self.submitted.joinpath(*self.parts)

    @property
    def kept_in(self) -> Path:
        """Return the folder of the earlier attempts."""
        return self.attempts.joinpath(*self.parts)

    @cached_property
    def current(self) -> OnDisk | None:
        """Return the submission that is marked now; None if its folder has no files, or only a timestamp.

        The grader reads such a folder in the same way.
        """
        _require_folder(self.submitted, self.parts)
        there = [each.name for each in _all(self.submitted, self.parts)]
        return OnDisk(self.submitted, self.parts) if set(there) - {TIMESTAMP} else None

    @cached_property
    def earlier(self) -> list[OnDisk]:
        """Return the earlier attempts, in the order of their numbers."""
        _require_folder(self.attempts, self.parts)
        return [OnDisk(self.attempts, (*self.parts, str(number))) for number in self.numbers]

    @cached_property
    def numbers(self) -> list[int]:
        names = [each.name for each in _listed(self.attempts, self.parts) if each.kind is FileKind.FOLDER]
        return sorted(int(each) for each in names if each.isascii() and each.isdecimal())

    @cached_property
    def remembered(self) -> dict[str, Remembered]:
        return remembered_in(self.kept_in)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the prints of all submissions that were collected, or that are here now."""
        here = [each.print for each in (*self.earlier, *([self.current] if self.current else []))]
        return frozenset((*here, *self.remembered))


def _require_folder(root: Path, parts: tuple[str, ...]) -> None:
    """Raise Unreadable if a part of a path is a link or a file: nothing is written through it."""
    for at in range(1, len(parts) + 1):
        path = root.joinpath(*parts[:at])
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            what = "a link" if path.is_symlink() else "a file"
            name = "/".join((root.name, *parts[:at]))
            raise Unreadable(f"'{name}' is {what}, but must be a folder: move it away")


def _listed(root: Path, parts: tuple[str, ...]) -> list:
    if not root.joinpath(*parts).exists():
        return []
    return [each for each in list_folder(root, parts) if not is_left_over(each.name)]


def _all(root: Path, parts: tuple[str, ...]) -> Iterator:
    for each in _listed(root, parts):
        if each.kind is FileKind.FOLDER:
            yield from _all(root, (*parts, each.name))
        else:
            yield each


def _hashes(root: Path, parts: tuple[str, ...], inside: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield the path and the sha256 of each file; for links and other kinds, the sha256 of the kind."""
    for each in _listed(root, (*parts, *inside)):
        path = (*inside, each.name)
        if each.kind is FileKind.FOLDER:
            yield from _hashes(root, parts, path)
        elif path != (TIMESTAMP,):
            is_file = each.kind is FileKind.FILE
            data = read_file(root, (*parts, *path), MOST_OF_A_FILE) if is_file else str(each.kind).encode()
            yield "/".join(path), hashlib.sha256(data).hexdigest()
