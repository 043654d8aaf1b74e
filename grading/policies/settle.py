"""Write the marks that count by an assignment's policies into nbgrader's own columns of the gradebook.

Then the formgrader, nbgrader's exports and our own pages agree. The ledger keeps the values from before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select, update

from grading.policies.counted import CountedMark, FoundMark, counted
from grading.policies.ledger import Ledger, Slot, Underneath
from grading.policies.policy import NO_POLICY, Extension, Policy

AUTO, MANUAL, WAITS, POINTS = "auto_score", "manual_score", "needs_manual_grade", "max_score"
DUE, EXTENSION = "duedate", "extension"
HasMarks = Callable[[str], bool]  # whether a student's submission could be marked at all


class GradeRow(NamedTuple):
    """A question of a submission, as the gradebook has it."""

    id: str
    cell: str
    question: str
    student: str
    auto: float | None
    given: float | None
    waits: bool


class Settling:
    """One assignment of a gradebook, to be settled within a transaction of the caller.

    has_marks: tells whether a student has marks that a policy can change.
    points: the points in the notebook, by question; by default the last known points.
    is_new: whether the automatic marks have just been written, so that no policy has changed them.
    """

    def __init__(
        self,
        book: Gradebook,
        ledger: Ledger,
        assignment: str,
        policy: Policy,
        has_marks: HasMarks,
        points: Mapping[str, float] | None = None,
        is_new: bool = False,
    ):
        self.book, self.ledger, self.policy, self.has_marks = book, ledger, policy, has_marks
        self.is_new, points = is_new, points or {}
        self.of: Assignment = book.find_assignment(assignment)
        self.kept: dict[Slot, Underneath | None] = {}
        self.before = {cell.id: ledger.shown((cell.id, POINTS), cell.max_score) for cell in self._cells()}
        own = {cell.id: ledger.own((cell.id, POINTS), cell.max_score) for cell in self._cells()}
        self.most = own | {cell.id: points[cell.name] for cell in self._cells() if cell.name in points}

    def settle(self, students: Collection[str] | None = None) -> None:
        """Write the values that count.

        students: only for these; by default for all. The points and the due date are always written.
        """
        self._points()
        self._due()
        self._extensions(students)
        for row in self.rows(students):
            self._grade(row)
        self.book.db.flush()
        self.ledger.keep(self.kept)
        self.book.db.expire_all()

    def rows(self, students: Collection[str] | None = None) -> Iterator[GradeRow]:
        """Yield the questions of all submissions, or only those of these students."""
        marks = Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade
        asked = select(Grade.id, Grade.cell_id, BaseCell.name, SubmittedAssignment.student_id, *marks)
        asked = asked.join(BaseCell, Grade.cell_id == BaseCell.id)
        asked = asked.join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        asked = asked.join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        asked = asked.where(SubmittedAssignment.assignment_id == self.of.id)
        if students is not None:
            asked = asked.where(SubmittedAssignment.student_id.in_(students))
        yield from (GradeRow(*row) for row in self.book.db.execute(asked).all())

    def found(self, row: GradeRow) -> FoundMark:
        """Return the marks of a question without policies."""
        most = self.most[row.cell]
        given, of = self.ledger.own((row.id, MANUAL), row.given), self.ledger.of((row.id, MANUAL), row.given)
        if of is None:  # a person has typed it since: out of the points that the formgrader showed
            of = self.before[row.cell] or self.policy.points_of(row.question, most)
        auto = row.auto if self.is_new else self.ledger.own((row.id, AUTO), row.auto)
        return FoundMark(auto, most, given, of)

    def counted(self, row: GradeRow, found: FoundMark) -> CountedMark:
        """Return the marks of a question that count; without marks, policies change nothing yet."""
        if not self.has_marks(row.student):
            return CountedMark(found.mark, found.given, found.most)
        return counted(self.policy, row.student, row.question, found)

    def _grade(self, row: GradeRow) -> None:
        found = self.found(row)
        counts = self.counted(row, found)
        waits = self._waits(row, found)
        is_settled = counts.mark is not None and found.mark is None and found.given is None
        shown = {AUTO: counts.auto, MANUAL: counts.given, WAITS: waits and not is_settled}
        own = {AUTO: found.mark, MANUAL: found.given, WAITS: waits}
        for name, value in shown.items():
            of = _of(found, counts) if name == MANUAL else None
            self._note((row.id, name), own[name], value, of)
        if (counts.auto, counts.given, shown[WAITS]) != (row.auto, row.given, row.waits):
            self.book.db.execute(update(Grade.__table__).where(Grade.__table__.c.id == row.id).values(shown))

    def _waits(self, row: GradeRow, found: FoundMark) -> bool:
        """Tell whether a person still has to look at the answer, without policies.

        The code that writes new automatic marks flags each mark that a person gave. A mark that a policy
        gave is not flagged.
        """
        if self.is_new and found.given is None:
            return found.mark is None
        return self.ledger.own((row.id, WAITS), row.waits)

    def _points(self) -> None:
        for cell in self._cells():
            most = self.policy.points_of(cell.name, self.most[cell.id])
            self._set(cell, POINTS, 0.0 if cell.name in self.policy.dropped else most)

    def _due(self) -> None:
        own = self.ledger.own((self.of.id, DUE), _text(self.of.duedate))
        when = self.policy.due.when if self.policy.due else _time(own)
        self._note((self.of.id, DUE), own, _text(when))
        if self.of.duedate != when:
            self.of.duedate = when

    def _extensions(self, students: Collection[str] | None) -> None:
        for each in self.of.submissions:
            slot = (each.id, EXTENSION)
            is_concerned = slot in self.ledger.known or each.student_id in self.policy.extensions
            if not is_concerned or (students is not None and each.student_id not in students):
                continue
            now = each.extension and each.extension.total_seconds()
            own = self.ledger.own(slot, now)
            longer = self._longer(self.policy.extensions.get(each.student_id))
            seconds = own if longer is None else longer
            self._note(slot, own, seconds)
            if now != seconds:
                each.extension = None if seconds is None else _seconds(seconds)

    def _longer(self, extension: Extension | None) -> float | None:
        """Return how many seconds later the due date is for a student; None if no policy changes it."""
        if extension is None or extension.until is None or self.of.duedate is None:
            return None
        return (extension.until.when - self.of.duedate).total_seconds()

    def _set(self, row: Any, name: str, value: float) -> None:
        self._note((row.id, name), self.most[row.id], value)
        if getattr(row, name) != value:
            setattr(row, name, value)

    def _note(self, slot: Slot, own: Any, shown: Any, of: float | None = None) -> None:
        self.kept[slot] = Underneath(own, shown, of) if own != shown or of is not None else None

    def _cells(self) -> list[Any]:
        notebooks: list[Notebook] = self.of.notebooks
        return [cell for each in notebooks for cell in (*each.grade_cells, *each.task_cells)]


def _of(found: FoundMark, counts: CountedMark) -> float | None:
    """Return the points out of which a person's mark was given, if they must be remembered."""
    is_plain = found.given == counts.given and found.given_of == found.most
    return None if found.given is None or is_plain else found.given_of


def is_idle(ledger: Ledger, policy: Policy) -> bool:
    """Tell whether there is nothing to settle: no policy, and no policy that was undone."""
    return policy == NO_POLICY and not ledger.known


def _text(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _seconds(seconds: float) -> Any:
    return timedelta(seconds=seconds)
