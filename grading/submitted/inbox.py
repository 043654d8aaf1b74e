"""The one place that reads submitted/: it finds each student's work, and files that belong to nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from grading.apart import Apart, TooCostly
from grading.repair.read import Unreadable
from grading.roster import Row
from grading.submitted.claims import MEND_IT, NO_ASSIGNMENT, Claim, Claims
from grading.submitted.delivery import Delivery, choose, delivery
from grading.submitted.files import FileKind
from grading.submitted.layout import Lot, Owners
from grading.submitted.names import shown
from grading.submitted.people import People
from grading.submitted.released import Releases
from grading.submitted.remarks import NotUnderstood, Oddity, Remark
from grading.submitted.tree import Entry, tree_of

Inode = tuple[int, int]


class Inbox:
    """The work in a folder of submissions, by assignment and student.

    releases: the released notebook of each assignment. rows: the rows of students.csv.
    ours: a function that returns the grader's own files, by device and inode. No submission may be another
    name (a hard link) of one of them.
    tree: the content of the folder, if it was listed before.
    of: the assignment of all files, if that is known.
    numbers: Canvas's numbers by student, as earlier downloads have shown them.
    Raises Unreadable if the folder itself cannot be read.
    """

    def __init__(
        self,
        folder: Path,
        releases: Releases,
        rows: Sequence[Row] = (),
        ours: Callable[[], Collection[Inode]] = tuple,
        tree: Entry | None = None,
        of: str = "",
        numbers: Mapping[str, str] | None = None,
    ):
        self.folder, self.releases, self.ours = folder, releases, ours
        layout, self.claims = Owners(releases, People(rows, numbers)), Claims(releases)
        tree = tree or (tree_of(folder) if folder.is_dir() else Entry((), FileKind.FOLDER))
        for lot in layout.lots(tree, of):
            try:
                self.claims.take(lot)
            except Exception:  # no file in one student's folder may end a run
                self.claims.unclear.append(lot)
        self.claims.part_namesakes()
        releases.close()
        self._reader = Apart(self._read)  # its process begins when all claims are known
        self._not_understood = {*layout.not_understood, *self.claims.not_understood}
        self.names = {key: names for key, names in _shared(self.claims).items() if len(names) > 1}

    def students(self, assignment: str) -> list[str]:
        """Return the students who handed in something for an assignment, in order."""
        return sorted(student for name, student in self.claims.found if name == assignment)

    def place_unclear(self, assignments: Sequence[str]) -> None:
        """Give a row to each student who handed in something without a clear assignment.

        assignments: the assignments that are marked. The student gets a row in each of them for which other
        students handed in work; if there is no such assignment, in all of them.
        """
        found = {name for name, _ in self.claims.found}
        likely = [each for each in assignments if each in found or not found]
        for lot in self.claims.unclear:
            if not any((name, lot.student) in self.claims.found for name in assignments):
                for name in likely:
                    self.claims.found[name, lot.student] = Claim(lot.student, name, lots=[lot])

    def not_understood(self) -> list[NotUnderstood]:
        """Return the files and folders for which no student or no assignment was found."""
        unclear = [
            NotUnderstood(lot.place, why) for lot in self.claims.unclear if (why := self._unclear(lot))
        ]
        return sorted({*self._not_understood, *unclear}, key=lambda each: each.path)

    def _unclear(self, lot: Lot) -> str:
        """Return why a lot is not understood; "" if the student's row says that it could not be opened."""
        ours = next((file.entry.ours for file in lot.files if file.entry.ours), None)
        if not ours:
            return f"{NO_ASSIGNMENT}. {MEND_IT}"
        has_row = any(lot in claim.lots for claim in self.claims.found.values())
        return "" if has_row else ours.with_mend

    def read(self, student: str, assignment: str) -> Delivery:
        """Return a student's work. Raises Unreadable with one sentence for any fault in it."""
        try:
            left, delivered = self._reader.ask((assignment, student))
        except TooCostly as error:
            raise Unreadable(str(error)) from None
        self._not_understood |= left
        if isinstance(delivered, Unreadable):
            raise delivered
        return delivered

    def close(self) -> None:
        """End the process that reads. A new process begins if something is read again."""
        self._reader.close()

    def _read(self, key: tuple[str, str]) -> tuple[set[NotUnderstood], Delivery | Unreadable]:
        """Return unclaimed lots beside the work, and the work itself, or the error that it cannot be read."""
        left: set[NotUnderstood] = set()
        try:
            return left, self._chosen(self.claims.found[key], left)
        except MemoryError:
            raise  # the code that sets the limit also says what it is
        except Unreadable as error:
            return left, error
        except Exception as error:  # no file in one student's folder may end a run
            return left, Unreadable(f"it trips the reader ({type(error).__name__})")

    def _chosen(self, claim: Claim, left: set[NotUnderstood]) -> Delivery:
        if not claim.candidates:
            lots = [lot for lot in claim.lots if lot in self.claims.unclear]
            if lots:
                raise self._why_unclear(lots[0])
            for file in (file for lot in claim.lots for file in lot.files):
                self._refuse(file.entry, claim.student)
        choice = choose(claim, self.releases)
        left |= set(choice.left)
        self._refuse(choice.candidate.file.entry, claim.student)
        return delivery(choice, claim, self.releases)

    def _refuse(self, entry: Entry, student: str) -> None:
        """Raise Unreadable for a link, and for another name of one of the grader's files."""
        if entry.kind is FileKind.LINK:
            whose = self._target(entry)
            to = f" to what '{whose}' handed in" if whose and whose != student else ""
            raise Unreadable(f"'{shown(entry.path[-1])}' is a symbolic link{to}, and is not read")
        if entry.inode and entry.inode in self.ours():
            raise Unreadable(
                "it is another name of a file of the instructor's (a hard link), and is not read"
            )

    def _target(self, entry: Entry) -> str:
        """Return the student to whose lot a link leads; "" if it leads to another place."""
        try:
            path = self.folder.joinpath(*entry.path)
            to = os.path.normpath(path.parent.resolve() / os.readlink(path))
            first = Path(to).relative_to(self.folder.resolve()).parts[0]
        except (OSError, ValueError, IndexError, RuntimeError):
            return ""
        lots = (lot for claim in self.claims.found.values() for lot in claim.lots)
        return next((lot.student for lot in lots if lot.files and lot.files[0].entry.path[0] == first), "")

    def _why_unclear(self, lot: Lot) -> Unreadable:
        for file in lot.files:
            self._refuse(file.entry, lot.student)
            file.entry.refuse()
        there = ", ".join(file.entry.place for file in lot.files[:10] if not _is_empty(file.entry))
        if not there:
            return Unreadable("the folder is empty")
        return Unreadable(f"there is no notebook, and {NO_ASSIGNMENT} (there is: {there})")

    def same_file(self) -> Iterator[tuple[Remark, list[str]]]:
        """Yield the students who share one file by two names of it: one student has linked to the other's."""
        for names in self.names.values():
            says = f"{' and '.join(names)} have the very same file, which has two names (a hard link)"
            yield Remark(Oddity.SHARED, says), names


def _is_empty(entry: Entry) -> bool:
    return entry.is_folder and not entry.below


def _shared(claims: Claims) -> dict[Inode, list[str]]:
    """Return for each file, by its inode, the students whose notebooks are names of it."""
    found: dict[Inode, list[str]] = {}
    for claim in claims.found.values():
        for each in claim.candidates:
            inode = each.file.entry.inode
            if inode and claim.student not in found.setdefault(inode, []):
                found[inode].append(claim.student)
    return found
