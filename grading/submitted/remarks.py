"""What there is to say of how something was handed in, beside what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Oddity(StrEnum):
    """What was odd about how something lay in submitted/, in a word for programs."""

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
        """Whether the student's own page says it: where a file lay is a matter of who collects them."""
        return self not in (Oddity.PLACE, Oddity.UNTOUCHED, Oddity.UNREADABLE_NOW, Oddity.FAILED_NOW)

    @property
    def is_told(self) -> bool:
        """Whether the report names who it is."""
        return self not in (Oddity.NAME, Oddity.PLACE, Oddity.DOWNLOAD, Oddity.COPY, Oddity.CHECKPOINT)

    @property
    def is_repair(self) -> bool:
        """Whether it was put right before it was marked. Where a platform's own ways are all, nothing was."""
        no_repair = {Oddity.DOWNLOAD, Oddity.LATE_MARK, Oddity.UNTOUCHED}
        return self not in no_repair | {Oddity.UNREADABLE_NOW, Oddity.FAILED_NOW}

    @property
    def hides_time(self) -> bool:
        """Whether nobody knows for it when the submission was handed in."""
        return self in (Oddity.NO_TIME, Oddity.UNKNOWN_ZONE, Oddity.UNCLEAR_TIME)

    @property
    def needs_person(self) -> bool:
        """Whether a person should look: we may have chosen wrongly, or could not know something."""
        return self.is_told and self not in (Oddity.SEVERAL, Oddity.LATE_MARK)


@dataclass(frozen=True)
class Remark:
    """One thing to say of a submission. Raises ValueError for an unknown oddity."""

    kind: Oddity
    says: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", Oddity(self.kind))


def late_mark(platform: str) -> Remark:
    """What is to be said where a platform calls something late."""
    return Remark(Oddity.LATE_MARK, f"{platform} calls it late; nothing is taken off for that")


def names_alike(name: str, why: str) -> Remark:
    """What is to be said of two folders whose names look the same. why: one of them was marked."""
    says = (
        f"it was handed in twice, under two names that look the same, '{name}', but are spelled with "
        f"different characters of Unicode. One of them was marked, because {why}; the other was not"
    )
    return Remark(Oddity.SEVERAL, says)


@dataclass(frozen=True)
class NotUnderstood:
    """A file or folder in submitted/ that belongs to nobody, as far as we can tell."""

    path: str
    why: str
