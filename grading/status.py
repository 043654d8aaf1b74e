"""The status of a question and of a submission, each in one word, with what other code must know about it.

The words are in results.jsonl, in marks.csv and on pages. To write an unknown word raises ValueError. `known`
reads a word that another version may have written.
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
    """The result of one question, or what stopped a cell."""

    PASSED = "passed"
    PARTLY = "partly"
    FAILED = "failed"
    ERROR = "error"
    NOT_ATTEMPTED = "not attempted"
    NEEDS_PERSON = "needs a person"
    BY_HAND = "by hand"  # only on pages: a person has given the mark
    DROPPED = "counts for nobody"  # only on pages: a policy says that the question counts for nobody
    FULL_MARKS = "full marks for all"  # only on pages: a policy gives full marks to all
    TIME_LIMIT = "time limit"
    MEMORY_LIMIT = "memory limit"
    PROCESS_LIMIT = "process limit"
    FILE_LIMIT = "file limit"
    OUTPUT_LIMIT = "output limit"
    CRASHED = "crashed"

    @property
    def is_limit(self) -> bool:
        """Whether the code was stopped: it reached a limit, or it ended its own process."""
        return self in STOPPED

    @property
    def looks(self) -> Looks:
        """How the status is shown on a page."""
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
    OUT_OF_DATE = "out of date"  # the assignment or the grader has changed since it was marked
    UNREADABLE = "cannot be read"
    OUR_FAULT = "fault of ours"

    @property
    def has_marks(self) -> bool:
        """Whether there are marks. If not, a person must look at the submission first."""
        return self not in (SubmissionStatus.UNREADABLE, SubmissionStatus.OUR_FAULT)
