"""Remarks on how work was handed in, not on its content."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Oddity(StrEnum):
    """A word for programs that says what was unusual about how work was handed in."""

    NAME = "another name"
    PLACE = "another place"
    DOWNLOAD = "a download"
    LATE_MARK = "late elsewhere"
    COPY = "a worked copy"
    CHECKPOINT = "only a checkpoint"
    TWO_WORKED = "two notebooks"
    SEVERAL = "several submissions"
    NO_TIME = "no time"
    UNKNOWN_ZONE = "unknown zone"
    UNCLEAR_TIME = "unclear time"
    SHARED = "shared file"
    NOT_READ = "not read"
    UNTOUCHED = "as released"
    UNREADABLE_NOW = "cannot be read now"
    FAILED_NOW = "failed now"

    @property
    def is_for_student(self) -> bool:
        """Tell whether the student's page has it. The place of a file matters only to people who collect."""
        return self not in (Oddity.PLACE, Oddity.UNTOUCHED, Oddity.UNREADABLE_NOW, Oddity.FAILED_NOW)

    @property
    def is_told(self) -> bool:
        """Tell whether the report names the student."""
        return self not in (Oddity.NAME, Oddity.PLACE, Oddity.DOWNLOAD, Oddity.COPY, Oddity.CHECKPOINT)

    @property
    def is_repair(self) -> bool:
        """Tell whether it was repaired before marking. The usual names of a platform need no repair."""
        no_repair = {Oddity.DOWNLOAD, Oddity.LATE_MARK, Oddity.UNTOUCHED}
        return self not in no_repair | {Oddity.UNREADABLE_NOW, Oddity.FAILED_NOW}

    @property
    def hides_time(self) -> bool:
        """Tell whether, because of it, the time of handing in is not known."""
        return self in (Oddity.NO_TIME, Oddity.UNKNOWN_ZONE, Oddity.UNCLEAR_TIME)

    @property
    def needs_person(self) -> bool:
        """Tell whether a person should look: the grader may have chosen wrongly, or lacks a fact."""
        return self.is_told and self not in (Oddity.SEVERAL, Oddity.LATE_MARK)


@dataclass(frozen=True)
class Remark:
    """One remark on a submission. Raises ValueError for an unknown oddity."""

    kind: Oddity
    says: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Oddity(self.kind))


def late_mark(platform: str) -> Remark:
    """Return the remark for work that a platform calls late."""
    return Remark(Oddity.LATE_MARK, f"{platform} calls it late; nothing is taken off for that")


def names_alike(name: str, why: str) -> Remark:
    """Return the remark for two folders with names that look the same. why: why one of them was marked."""
    says = (
        f"it was handed in twice, under two names that look the same, '{name}', but are spelled with "
        f"different characters of Unicode. One of them was marked, because {why}; the other was not"
    )
    return Remark(Oddity.SEVERAL, says)


@dataclass(frozen=True)
class NotUnderstood:
    """A file or folder in submitted/ for which no student or no assignment was found."""

    path: str
    why: str
