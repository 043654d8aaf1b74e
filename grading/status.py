"""How a question and a submission can come out, each in one word, and what others must know of that word.

The words stand in results.jsonl, in marks.csv and on pages. A word that is not here is a ValueError where
it is written. `known` reads a word that another version may have written.
"""

from __future__ import annotations

from typing import NamedTuple

from checks.texts import later, text
from grading.protocol.words import Word


class Looks(NamedTuple):
    """How a status is shown on a page: its sign, its words, and the class of its colour."""

    sign: str
    words: str
    colour: str


class Status(Word):
    """How one question came out, or what stopped a cell."""

    PASSED = "passed"
    PARTLY = "partly"
    FAILED = "failed"
    ERROR = "error"
    NOT_ATTEMPTED = "not attempted"
    NEEDS_PERSON = "needs a person"
    BY_HAND = "by hand"  # on pages only: where a person has given the mark
    DROPPED = "counts for nobody"  # likewise: where a policy says that it counts for nobody
    FULL_MARKS = "full marks for all"  # likewise: where a policy gives them to all
    TIME_LIMIT = "time limit"
    MEMORY_LIMIT = "memory limit"
    PROCESS_LIMIT = "process limit"
    FILE_LIMIT = "file limit"
    OUTPUT_LIMIT = "output limit"
    CRASHED = "crashed"

    @property
    def is_limit(self) -> bool:
        """Whether the code was stopped: it hit a limit, or it ended its own process."""
        return self in STOPPED

    @property
    def looks(self) -> Looks:
        """How it is shown on a page."""
        return LOOKS.get(self) or Looks("✗", text("stopped: {limit}", limit=text(self.value)), "bad")


STOPPED = frozenset(
    {
        Status.TIME_LIMIT,
        Status.MEMORY_LIMIT,
        Status.PROCESS_LIMIT,
        Status.FILE_LIMIT,
        Status.OUTPUT_LIMIT,
        Status.CRASHED,
    }
)
LOOKS = {
    Status.PASSED: Looks("✓", later("passed"), "good"),
    Status.PARTLY: Looks("◐", later("partly"), "part"),
    Status.FAILED: Looks("✗", later("failed"), "bad"),
    Status.ERROR: Looks("✗", later("error"), "bad"),
    Status.NOT_ATTEMPTED: Looks("○", later("not attempted"), "soft"),
    Status.NEEDS_PERSON: Looks("…", later("a person reads this"), "person"),
    Status.BY_HAND: Looks("✎", later("marked by a person"), "person"),
    Status.DROPPED: Looks("–", later("does not count"), "soft"),
    Status.FULL_MARKS: Looks("✓", later("full marks for all"), "good"),
}


class SubmissionStatus(Word):
    """How marking a whole submission ended."""

    GRADED = "graded"
    REPAIRED = "repaired"
    LIMIT_HIT = "limit hit"
    OUT_OF_DATE = "out of date"  # its marks are of an earlier form of the assignment, or of the grader
    UNREADABLE = "cannot be read"
    OUR_FAULT = "fault of ours"

    @property
    def has_marks(self) -> bool:
        """Whether there are marks; without them, a person must look at the submission first."""
        return self not in (SubmissionStatus.UNREADABLE, SubmissionStatus.OUR_FAULT)
