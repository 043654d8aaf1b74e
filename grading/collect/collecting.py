"""One run of `collect`: read the downloads, decide about each submission, and write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from grading.build.given import releases_of
from grading.collect.attempts import Attempt, NotTaken
from grading.collect.lying import Lying
from grading.collect.numbers import numbers_in
from grading.collect.piles import Pile
from grading.collect.plan import Plan, alike, grouped, plan_of, refused_as
from grading.collect.worksheet import timed
from grading.collect.writing import make_folder, write_plan
from grading.course import Course
from grading.doors.nbgrader_api import load_config
from grading.repair.decode import Unreadable
from grading.roster import ROSTER, Row, read_roster
from grading.run.alone import alone
from grading.submitted.attempts import ATTEMPTS
from grading.submitted.inbox import Inbox
from grading.submitted.people import People


@dataclass
class Seen:
    """The result of reading the downloads.

    plans: the decisions about each student and assignment.
    refused: the submissions that are not taken.
    unknown: the students who are not in students.csv; None if there is no such file.
    elsewhere: places in submitted/, outside of the student's folder, with work of these students. The
    grader will have to choose between them.
    namesakes: for an unknown name, the students whom it could mean.
    """

    plans: list[Plan] = field(default_factory=list)
    refused: list[NotTaken] = field(default_factory=list)
    unknown: list[str] | None = None
    elsewhere: list[str] = field(default_factory=list)
    namesakes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def to_write(self) -> list[Plan]:
        return [each for each in self.plans if each.is_written]


class Collecting:
    """The collection of some downloads for a course.

    of: the assignment of all downloads, if their names do not give it.
    Raises ValueError if a download is not there or cannot be read, and if students.csv is wrong.
    """

    def __init__(self, course: Course, paths: Sequence[Path], of: str = ""):
        self.course = course
        folders = CourseDirectory(config=load_config(course.root))
        self.submitted = Path(folders.format_path(folders.submitted_directory, ".", ".")).absolute()
        self.attempts = course.root / ATTEMPTS
        self.releases = releases_of(course)
        path = course.root / ROSTER
        self.rows: list[Row] | None = read_roster(path) if path.exists() else None
        self.of = of
        self.piles = [self._pile(each.expanduser().absolute()) for each in paths]
        self._of: dict[Attempt, Pile] = {}

    def _pile(self, path: Path) -> Pile:
        if not path.exists():
            raise ValueError(
                f"there is no {path}: write the path of the file or the folder that you downloaded."
            )
        if path == self.submitted or self.submitted in path.parents or path in self.submitted.parents:
            raise ValueError(f"{path} is where collected work goes: write the path of the download.")
        try:
            return Pile(path, self.releases, self.rows or (), self.of, numbers_in(self.attempts))
        except Unreadable as error:
            raise ValueError(f"{path.name} cannot be read: {error}.") from None

    def close(self) -> None:
        """End the processes that read."""
        for each in self.piles:
            each.close()

    def look(self, times: Mapping[str, datetime] | None = None) -> Seen:
        """Read the downloads, and decide about each submission. Nothing is written.

        times: the time when each of Moodle's participants handed in, by the participant's number.
        """
        found = [(pile, each) for pile in self.piles for each in pile.found()]
        self._of = {timed(each, times or {}): pile for pile, each in found if isinstance(each, Attempt)}
        seen = Seen(refused=[each for _, each in found if isinstance(each, NotTaken)])
        other = alike({each.student for each in self._of}, self._folders())
        for attempts in grouped(self._of).values():
            self._plan(attempts, seen, other)
        if self.rows is not None:
            known, people = {row["student"] for row in self.rows}, People(self.rows)
            seen.unknown = sorted({each.student for each in self._of} - known)
            seen.namesakes = {each: found for each in seen.unknown if (found := people.namesakes(each))}
        seen.elsewhere = sorted(self._elsewhere({each.key for each in self._of}))
        return seen

    def _plan(self, attempts: Sequence[Attempt], seen: Seen, other: dict[str, str]) -> None:
        student, assignment = attempts[0].student, attempts[0].assignment
        if student in other:
            why = (
                f"'{student}' and '{other[student]}' differ only in capitals or spelling. On some disks they "
                f"would be the same folder. Write both students into {ROSTER}, with different names"
            )
            seen.refused += refused_as(attempts, why)
            return
        try:
            seen.plans.append(plan_of(Lying(self.submitted, self.attempts, student, assignment), attempts))
        except Unreadable as error:
            seen.refused += refused_as(attempts, error.with_mend)

    def write(self, plans: Sequence[Plan]) -> Iterator[Plan | NotTaken]:
        """Write the submissions of some plans; yield each plan that is written, or the reason why not.

        Raises OSError if the disk is full or cannot be written to: everything that was written before
        stays, whole. Raises RuntimeError if another command of the grader is running in the course.
        """
        make_folder(self.attempts, self.attempts.parent)
        with self._alone():
            for plan in plans:
                try:
                    write_plan(plan, lambda attempt: self._of[attempt].files(attempt))
                    yield plan
                except Unreadable as error:
                    first = plan.decisions[0].attempt
                    yield NotTaken(first.place, str(error), first.student, first.assignment)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with ExitStack() as stack:
            try:
                stack.enter_context(alone(self.course.root))
            except RuntimeError:
                raise RuntimeError(
                    f"another command of the grader is running in {self.course.root}. Wait until it ends."
                ) from None
            yield

    def _folders(self) -> list[str]:
        return [each.name for each in self.submitted.iterdir()] if self.submitted.is_dir() else []

    def _elsewhere(self, keys: set[tuple[str, str]]) -> Iterator[str]:
        with closing(Inbox(self.submitted, self.releases, self.rows or ())) as inbox:
            for key in keys & set(inbox.claims.found):
                for each in inbox.claims.found[key].candidates:
                    path = each.file.entry.path
                    if path[:2] != (key[1], key[0]) and not each.is_checkpoint:
                        yield each.place
