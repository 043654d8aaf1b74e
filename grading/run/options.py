"""What a run is asked to do, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from traitlets.config import Config

from grading.course import Assignment, Course, find_course
from grading.doors.nbgrader_api import load_config
from grading.repair import Unreadable
from grading.run.bundle import Bundle
from grading.run.journal import Key, Record
from grading.run.outdated import against
from grading.run.pool import Pool
from grading.status import SubmissionStatus
from grading.submitted.names import shown


@dataclass(frozen=True)
class Options:
    """What to mark, from where, to where, and with what.

    names: of assignments; all if there is none. submitted, out: folders; those of the course if None.
    students: only these. force: also what has not changed since it was marked. pool: what marks.
    """

    names: Sequence[str] = ()
    course: Course = field(default_factory=find_course)
    submitted: Path | None = None
    out: Path | None = None
    box: bool = True
    students: Sequence[str] = ()
    force: bool = False
    pool: Pool | None = None
    jobs: int = 0


class Done(Enum):
    """What a run did with a submission."""

    MARKED = auto()
    UNCHANGED = auto()
    NOT_MARKED = auto()


@dataclass(frozen=True)
class SubmissionResult:
    """How marking one submission went, in a word and, if there is more to say, in a sentence.

    ran: whether this run made its row, or it was graded before and is as it was.
    unread: whether a person has yet to read an answer. kept: what keeps us from marking it now, in a
    sentence, where its marks are those of an earlier run.
    """

    student: str
    assignment: str
    status: SubmissionStatus
    why: str = ""
    ran: bool = True
    unread: bool = False
    kept: str = ""

    def __str__(self) -> str:
        """The line for a terminal."""
        return f"{self.student}: {self.assignment}: {shown(self.kept or f'{self.status}: {self.why}')}"

    @property
    def has_marks(self) -> bool:
        return self.status.has_marks

    @property
    def done(self) -> Done:
        """What this run did with it. What could not be marked has no marks, or those of an earlier run."""
        if self.kept or not self.has_marks:
            return Done.NOT_MARKED
        return Done.MARKED if self.ran else Done.UNCHANGED


@dataclass
class Work:
    """One assignment: who handed in, and what to mark of it."""

    assignment: Assignment
    bundle: Bundle
    missing: dict[str, Unreadable] = field(default_factory=dict)  # students without a notebook, and why
    faults: dict[str, str] = field(default_factory=dict)  # students whose files we could not read, and why
    unchanged: list[str] = field(default_factory=list)
    todo: dict[str, str] = field(default_factory=dict)  # students to mark, and the key of what comes of it

    @cached_property
    def against(self) -> str:
        """What submissions are marked with now, in a word."""
        return against(self.bundle)

    def done(self, records: Mapping[Key, Record]) -> set[str]:
        """Return the students whose records are what a run makes now."""
        made = {
            key[1] for key in self.keys(self.todo) if records.get(key, {}).get("key") == self.todo[key[1]]
        }
        return {*made, *self.unchanged}

    def keys(self, students: Iterable[str]) -> list[tuple[str, str]]:
        """What records of these students are found by."""
        return [(self.assignment.name, student) for student in students]


def config_of(options: Options) -> Config:
    """The course's settings, with the folders that the options name."""
    config = load_config(options.course.root)
    if not options.box:
        config.BoxedExecute.box = False
    if options.submitted:
        config.CourseDirectory.submitted_directory = str(options.submitted.resolve())
    if options.out:
        out = options.out.resolve()
        config.CourseDirectory.autograded_directory = str(out / "autograded")
        config.CourseDirectory.feedback_directory = str(out / "feedback")
        config.CourseDirectory.db_url = f"sqlite:///{out / 'gradebook.db'}"
    return config
