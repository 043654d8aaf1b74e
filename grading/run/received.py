"""The submissions that a run takes from submitted/, and the remarks on them."""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from grading.build.given import releases_of
from grading.build.hidden import hidden_folder
from grading.choices import no_such
from grading.collect.lying import late_remarks
from grading.course import Assignment, Course
from grading.policies.read import Policies
from grading.repair import Unreadable
from grading.roster import ROSTER, Row, read_roster, same_text
from grading.run.task import HandedIn
from grading.run.unclaimed import write_unclaimed
from grading.submitted.attempts import ATTEMPTS, attempts_folder
from grading.submitted.delivery import Delivery, attempt_in
from grading.submitted.inbox import Inbox, Inode
from grading.submitted.remarks import NotUnderstood, Remark
from grading.submitted.secret import Receipt, secret_of
from grading.submitted.times import HandedInTime


class Received:
    """The submissions to some assignments of a course.

    students: if given, only their submissions. rows: the class, from students.csv. warning: why students.csv
    is not used, if it cannot be read. Raises ValueError if one of the students handed nothing in, or if the
    folder cannot be read.
    """

    def __init__(
        self,
        course: Course,
        folders: CourseDirectory,
        chosen: Sequence[Assignment],
        students: Sequence[str] = (),
    ):
        folder = Path(folders.format_path(folders.submitted_directory, ".", "."))
        self.attempts = course.root / ATTEMPTS
        ours = functools.cache(lambda: _inodes(course, folders))
        self.rows, self.warning = _roster(course.root / ROSTER)
        self.inbox = Inbox(folder, releases_of(course), self.rows, ours)
        self.instead: dict[tuple[str, str], Path] = {}  # paths of earlier attempts that are marked instead
        self.inbox.place_unclear([each.name for each in chosen])
        there = {student for each in chosen for student in self.inbox.students(each.name)}
        self.only = {_one_of(there, each) for each in students}
        self.remarks: dict[tuple[str, str], tuple[Remark, ...]] = {}
        self.times: dict[tuple[str, str], HandedInTime] = {}
        self.gone: dict[tuple[str, str], Unreadable] = {}

    def students(self, assignment: str) -> list[str]:
        """Return the chosen students who handed something in for an assignment, sorted."""
        return [each for each in self.inbox.students(assignment) if not self.only or each in self.only]

    @property
    def there(self) -> set[tuple[str, str]]:
        """All submissions that are there, by assignment and student; also those of students not chosen."""
        return set(self.inbox.claims.found)

    def use_attempts(self, root: Path, policies: Policies) -> None:
        """From now on read the earlier attempts that policies choose, not the files in submitted/."""
        self.instead = {
            (name, student): attempts_folder(root, student, name) / str(choice.use)
            for name, policy in policies.by_assignment.items()
            for student, choice in policy.attempts.items()
        }

    def _delivery(self, student: str, assignment: str) -> Delivery:
        """Return what is marked: the files in submitted/, or an earlier attempt. Raises Unreadable."""
        at = self.instead.get((assignment, student))
        if at is None:
            return self.inbox.read(student, assignment)
        return attempt_in(at, student, assignment, self.inbox.releases)

    def read(self, student: str, assignment: str) -> HandedIn:
        """Return what a student handed in. Raises Unreadable with one sentence."""
        made = self._delivery(student, assignment)
        if not made.time.when:
            late = late_remarks(self.attempts / student / assignment, made.data)
            made = replace(made, remarks=(*made.remarks, *late))
        self.remarks[assignment, student], self.times[assignment, student] = made.remarks, made.time
        return _handed_in(made)

    def read_again(self, student: str, assignment: str) -> HandedIn | None:
        """Return the submission again, to mark it; None if it can no longer be read (`gone` says why)."""
        try:
            return self.read(student, assignment)
        except Unreadable as error:
            self.gone[assignment, student] = error
            return None

    def receipt(self, student: str, assignment: str) -> Receipt:
        """Return the data that nbgrader's exchange needs to return feedback: the time, and the secret."""
        key = (assignment, student)
        when = self.times.get(key, HandedInTime()).when
        claim, titles = self.inbox.claims.found[key], self.inbox.releases.titles
        return Receipt(when, secret_of(self.inbox.folder, claim, titles))

    def close(self) -> None:
        """End the process that reads. If something is read later, another process begins."""
        self.inbox.close()

    @property
    def not_understood(self) -> list[NotUnderstood]:
        return self.inbox.not_understood()

    @property
    def same_file(self) -> list[str]:
        """A sentence for each student who has exactly the same file as somebody else."""
        return [remark.says for remark, _ in self.inbox.same_file()]

    def write(self, folder: Path) -> None:
        """Write what belongs to nobody into the folder; no file if there is nothing."""
        write_unclaimed(folder, self.not_understood, self.same_file)


def _handed_in(made: Delivery) -> HandedIn:
    return HandedIn(made.student, made.data, made.repairs, made.pictures, made.written, made.unsaid)


def _roster(path: Path) -> tuple[list[Row], str]:
    """Return the class, and why students.csv cannot be read, if so: marking does not need this file."""
    try:
        return (read_roster(path) if path.exists() else []), ""
    except (ValueError, OSError) as error:
        return [], f"students are called as their folders are, because {str(error).rstrip('.')}"


def _one_of(there: set[str], name: str) -> str:
    found = next((each for each in there if same_text(each) == same_text(name)), None)
    if found is None:
        raise ValueError(no_such("student", name, there))
    return found


def _inodes(course: Course, folders: CourseDirectory) -> frozenset[Inode]:
    """Return the files that no submission may be: solutions, hidden cases, and what students got back."""
    names = (folders.source_directory, folders.autograded_directory, folders.feedback_directory)
    tops = [*(Path(folders.root) / name for name in names), hidden_folder(course)]
    files = (Path(at) / name for top in tops for at, _, names in os.walk(top) for name in names)
    told = (each.stat(follow_symlinks=False) for each in files)
    return frozenset((each.st_dev, each.st_ino) for each in told)
