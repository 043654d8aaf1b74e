"""What a run is asked to do, and what it reports about each submission."""

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
    """What to mark, from which folder, to which folder, and with which pool.

    names: the names of assignments; if there are no names, all assignments are marked.
    course: the course; by default the one of the working folder.
    submitted, out: the folders of submissions and of results; if None, the course's folders.
    box: whether submissions run in a box.
    students: if given, only these students are marked.
    force: whether to mark submissions again that have not changed since they were marked.
    pool: the pool that marks; if None, processes on this machine.
    jobs: the number of these processes; if 0, one for each core.
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
    """How marking one submission went: in a word and, if there is more to say, in a sentence.

    ran: whether this run made its row; if not, the row of an earlier run has not changed.
    unread: whether a person must still read an answer.
    kept: a sentence that says why it could not be marked now, if its marks are those of an earlier run.
    """

    student: str
    assignment: str
    status: SubmissionStatus
    why: str = ""
    ran: bool = True
    unread: bool = False
    kept: str = ""

    def __str__(self) -> str:
        """Return the line for a terminal."""
        return f"{self.student}: {self.assignment}: {shown(self.kept or f'{self.status}: {self.why}')}"

    @property
    def has_marks(self) -> bool:
        return self.status.has_marks

    @property
    def done(self) -> Done:
        """The action of this run. If it could not mark, there are no marks, or those of an earlier run."""
        if self.kept or not self.has_marks:
            return Done.NOT_MARKED
        return Done.MARKED if self.ran else Done.UNCHANGED


@dataclass
class Work:
    """One assignment: the students who handed in, and whose submissions to mark."""

    assignment: Assignment
    bundle: Bundle
    missing: dict[str, Unreadable] = field(default_factory=dict)  # students without a notebook, and why
    faults: dict[str, str] = field(default_factory=dict)  # students for whom the grader failed, and why
    unchanged: list[str] = field(default_factory=list)
    todo: dict[str, str] = field(default_factory=dict)  # students to mark, and the key of the result

    @cached_property
    def against(self) -> str:
        """A hash of everything with which submissions are marked now."""
        return against(self.bundle)

    def done(self, records: Mapping[Key, Record]) -> set[str]:
        """Return the students whose records are up to date."""
        made = {
            key[1] for key in self.keys(self.todo) if records.get(key, {}).get("key") == self.todo[key[1]]
        }
        return {*made, *self.unchanged}

    def keys(self, students: Iterable[str]) -> list[tuple[str, str]]:
        """Return the keys of the records of these students."""
        return [(self.assignment.name, student) for student in students]


def config_of(options: Options) -> Config:
    """Return the course's settings, with the folders that the options name."""
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
