"""The one place that looks at what lies in submitted/: who handed in what, and what nobody can tell."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grading.choices import no_such
from grading.repair.read import Unreadable
from grading.roster import Row, same_text
from grading.submitted.archive import MOST_BYTES
from grading.submitted.choose import Choice, Chooser
from grading.submitted.claims import NO_ASSIGNMENT, Claim, Claims
from grading.submitted.files import FileKind
from grading.submitted.layout import Layout, Lot
from grading.submitted.people import People
from grading.submitted.pictures import pictures_of
from grading.submitted.released import Releases
from grading.submitted.remarks import NotUnderstood, Oddity, Remark
from grading.submitted.stamps import stamp_of
from grading.submitted.times import HandedInTime
from grading.submitted.tree import Entry, tree_of

Inode = tuple[int, int]


@dataclass(frozen=True)
class Delivery:
    """What a student handed in for an assignment, read. remarks: what is to be said of how it lay there."""

    student: str
    data: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    time: HandedInTime = HandedInTime()


class Inbox:
    """What lies in a folder of submissions, by assignment and student.

    releases: what students were given of each assignment. rows: of students.csv. ours: files that no
    submission may be another name of, by device and inode. Raises Unreadable if the folder cannot be read.
    """

    def __init__(
        self, folder: Path, releases: Releases, rows: Sequence[Row] = (), ours: Collection[Inode] = ()
    ):
        self.folder, self.releases, self.ours = folder, releases, ours
        layout, self.claims = Layout(releases.titles, People(rows)), Claims(releases)
        tree = tree_of(folder) if folder.is_dir() else Entry((), FileKind.FOLDER)
        for lot in layout.lots(tree):
            self.claims.take(lot)
        self._not_understood = [*layout.not_understood, *self.claims.not_understood]
        self.names = {key: names for key, names in _shared(self.claims).items() if len(names) > 1}

    def students(self, assignment: str) -> list[str]:
        """Who handed something in for an assignment, in order."""
        return sorted(student for name, student in self.claims.found if name == assignment)

    def place_unclear(self, assignments: Sequence[str]) -> None:
        """Give who handed in something for no assignment that can be told a row in each that it may be for."""
        found = {name for name, _ in self.claims.found}
        likely = [each for each in assignments if each in found] or list(assignments)
        for lot in self.claims.unclear:
            for name in likely:
                key = (name, lot.student)
                if key not in self.claims.found:
                    self.claims.found[key] = Claim(lot.student, name, lots=[lot])

    def not_understood(self) -> list[NotUnderstood]:
        """What belongs to nobody, or to no assignment, as far as we can tell."""
        unclear = [NotUnderstood(lot.place, NO_ASSIGNMENT) for lot in self.claims.unclear]
        return sorted({*self._not_understood, *unclear}, key=lambda each: each.path)

    def read(self, student: str, assignment: str) -> Delivery:
        """Return what a student handed in. Raises Unreadable with one sentence, whatever is wrong with it."""
        try:
            return self._read(self.claims.found[assignment, student])
        except Unreadable:
            raise
        except Exception as error:  # nothing that lies in one student's folder ends a run
            raise Unreadable(f"it cannot be read: it trips the reader ({type(error).__name__})") from None

    def require(self, student: str) -> str:
        """Return the student of this name. Raises ValueError that says who there is."""
        known = {same_text(each): each for _, each in self.claims.found}
        found = known.get(same_text(student))
        if found is None:
            raise ValueError(no_such("student", student, known.values()))
        return found

    def _read(self, claim: Claim) -> Delivery:
        lots = [lot for lot in claim.lots if lot in self.claims.unclear]
        if lots and not claim.candidates:
            raise Unreadable(self._why_unclear(lots[0]))
        choice = self._chosen(claim)
        entry, path = choice.candidate.file.entry, choice.candidate.file.path
        self._refuse(entry, claim)
        data = entry.read(MOST_BYTES)
        beside = {
            "/".join(each.path[len(path) - 1 :]): each.entry
            for each in choice.candidate.lot.files
            if each.path[: len(path) - 1] == path[:-1]
        }
        time = stamp_of(choice.candidate)
        remarks = [*choice.remarks, *([time.remark] if time.remark else [])]
        return Delivery(claim.student, data, pictures_of(data, beside), tuple(remarks), time)

    def _chosen(self, claim: Claim) -> Choice:
        chooser = Chooser(claim.assignment, self.releases.titles, self.releases[claim.assignment])
        choice = chooser.choose(claim)
        self._not_understood += [each for each in choice.left if each not in self._not_understood]
        return choice

    def _refuse(self, entry: Entry, claim: Claim) -> None:
        """Raise Unreadable for a link, and for another name of one of our files."""
        if entry.kind is FileKind.LINK:
            whose = self._target(entry)
            to = f" to what '{whose}' handed in" if whose and whose != claim.student else ""
            raise Unreadable(f"'{entry.place.split('/')[-1]}' is a symbolic link{to}, and is not read")
        if entry.inode and entry.inode in self.ours:
            raise Unreadable(
                "it is another name of a file of the instructor's (a hard link), and is not read"
            )

    def _target(self, entry: Entry) -> str:
        """The student to whose lot a link leads; "" if it leads elsewhere."""
        try:
            path = self.folder.joinpath(*entry.path)
            to = os.path.normpath(path.parent.resolve() / os.readlink(path))
            first = Path(to).relative_to(self.folder.resolve()).parts[0]
        except (OSError, ValueError, IndexError, RuntimeError):
            return ""
        lots = (lot for claim in self.claims.found.values() for lot in claim.lots)
        return next((lot.student for lot in lots if lot.files and lot.files[0].entry.path[0] == first), "")

    def _why_unclear(self, lot: Lot) -> str:
        for file in lot.files:
            self._refuse(file.entry, Claim(lot.student, ""))
            if file.entry.why:
                return file.entry.why
        there = ", ".join(file.entry.place for file in lot.files[:10])
        return f"there is no notebook, and {NO_ASSIGNMENT} (there is: {there or 'nothing'})"

    def same_file(self) -> Iterator[tuple[Remark, list[str]]]:
        """Students who have the very same file, by two names of it: one has linked to the other's."""
        for names in self.names.values():
            says = f"{' and '.join(names)} have the very same file, which has two names (a hard link)"
            yield Remark(Oddity.SHARED, says), names


def _shared(claims: Claims) -> dict[Inode, list[str]]:
    """Whose notebooks are names of one file."""
    found: dict[Inode, list[str]] = {}
    for claim in claims.found.values():
        for each in claim.candidates:
            inode = each.file.entry.inode
            if inode and claim.student not in found.setdefault(inode, []):
                found[inode].append(claim.student)
    return found
