"""Find the assignment of each notebook of a student.

A claim has all files that a student may have handed in for one assignment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from grading.submitted.endings import NOTEBOOK, without_archive
from grading.submitted.layout import Lot, LotFile
from grading.submitted.platforms import MOODLE
from grading.submitted.released import Releases
from grading.submitted.remarks import NotUnderstood
from grading.submitted.times import FILE as TIMESTAMP
from grading.submitted.tree import CHECKPOINTS, Entry

MOST_READ = 10  # notebooks of a lot that are read to find their assignment
NO_ASSIGNMENT = "it is not clear which assignment it is for"
MEND_IT = "Repair it, move it to submitted/<student>/<assignment>/, or ask for it again"
UNCLAIMED = "it belongs to no assignment"


@dataclass(frozen=True)
class Candidate:
    """A file that a student may have handed in for an assignment."""

    lot: Lot
    file: LotFile

    @property
    def folders(self) -> tuple[str, ...]:
        """Return the folders around the file, below its lot; archives without their ending."""
        return tuple(map(without_archive, self.file.path[:-1]))

    @property
    def name(self) -> str:
        return self.file.path[-1]

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0] or self.name

    @property
    def is_checkpoint(self) -> bool:
        """Tell whether JupyterLab has saved the file automatically."""
        return CHECKPOINTS in self.folders

    @property
    def is_notebook(self) -> bool:
        return NOTEBOOK in self.name.lower()

    @property
    def place(self) -> str:
        return self.file.entry.place


@dataclass
class Claim:
    """All files that a student may have handed in for one assignment. lots: also lots without a notebook."""

    student: str
    assignment: str
    candidates: list[Candidate] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)

    def add(self, lot: Lot, *candidates: Candidate) -> None:
        self.candidates += candidates
        self.lots += [] if lot in self.lots else [lot]


def stamp_for(lot: Lot, assignment: str) -> Entry | None:
    """Return the timestamp.txt that is the only file in an assignment's folder; None without such a file.

    It counts only on the disk, in the student's own folder: not in another person's archive or in a section.
    """
    if lot.own is None or lot.own.archive or lot.inner or lot.of or lot.platform:
        return None
    folders = (each for each in lot.own.below if each.path[-1] == assignment and not each.archive)
    found = (each.below[0] for each in folders if len(each.below) == 1)
    return next((each for each in found if each.path[-1] == TIMESTAMP), None)


def _by_number(lot: Lot) -> Lot:
    """Return the lot, with a student's name that includes the platform's number."""
    return replace(lot, student=f"{lot.student}_{lot.number}") if lot.number else lot


class Claims:
    """The claims by assignment and student. unclear: the lots whose assignment cannot be found."""

    def __init__(self, releases: Releases):
        self.releases, self.titles = releases, releases.titles
        self.found: dict[tuple[str, str], Claim] = {}
        self.unclear: list[Lot] = []
        self.not_understood: list[NotUnderstood] = []

    def take(self, lot: Lot) -> None:
        """Find the assignments of a lot."""
        candidates = [Candidate(lot, file) for file in lot.files]
        notebooks = [each for each in candidates if each.is_notebook and not each.is_checkpoint]
        notebooks += [each for each in candidates if each.is_checkpoint and each.is_notebook]
        left = [each for each in notebooks if not self._claimed(each, self._by_place(each))]
        readable, rest = left[:MOST_READ], left[MOST_READ:]
        left = [
            each for each in readable if not self._claimed(each, self.releases.of_entry(each.file.entry))
        ] + rest
        for name in self._empty(lot, candidates):
            self._claim(lot, name)
        mine = [claim for claim in self.found.values() if lot in claim.lots]
        if not mine:
            self.unclear.append(lot)
        else:
            self.not_understood += self._unclaimed(lot, left, mine)

    def part_namesakes(self) -> None:
        """Separate students with the same name: for one assignment, Moodle gives them different numbers."""
        for key, claim in list(self.found.items()):
            numbers = {lot.number for lot in claim.lots if lot.platform == MOODLE}
            if len(numbers) > 1:
                del self.found[key]
                for lot in claim.lots:
                    its = _by_number(lot)
                    mine = (Candidate(its, each.file) for each in claim.candidates if each.lot is lot)
                    self._claim(its, claim.assignment, *mine)

    def _claimed(self, candidate: Candidate, name: str) -> bool:
        if name:
            self._claim(candidate.lot, name, candidate)
        return bool(name)

    def _claim(self, lot: Lot, name: str, *candidates: Candidate) -> None:
        key = (name, lot.student)
        self.found.setdefault(key, Claim(lot.student, name)).add(lot, *candidates)

    def _by_place(self, candidate: Candidate) -> str:
        """Return the assignment that the names of a file, and of the folders around it, mean; or ""."""
        near = [each for each in reversed(candidate.folders) if each != CHECKPOINTS]
        exact = (self.titles.named(each) for each in near)
        own = (candidate.lot.of, self.titles.named(candidate.stem), self.titles.inside(candidate.stem))
        nearly = (found for each in near for found in (self.titles.inside(each), self.titles.like(each)))
        return next((each for each in (*exact, *own, *nearly, self.titles.like(candidate.stem)) if each), "")

    def _empty(self, lot: Lot, candidates: Sequence[Candidate]) -> list[str]:
        """Return the assignments for which there is a folder or a file, but no notebook."""
        folders = [each.name for each in (lot.own.below if lot.own else ()) if each.is_folder]
        named = {self.titles.named(each) or self.titles.like(each) for each in folders}
        named |= {self._by_place(each) for each in candidates if each.name != TIMESTAMP}
        stamped = {each for each in named if each and stamp_for(lot, each)}
        return [each for each in sorted(named) if each in stamped or each and not self._is_found(lot, each)]

    def _is_found(self, lot: Lot, name: str) -> bool:
        return (name, lot.student) in self.found

    def _unclaimed(
        self, lot: Lot, left: Sequence[Candidate], mine: Sequence[Claim]
    ) -> Iterator[NotUnderstood]:
        """Yield entries of a student's folder that fit no assignment: at its first level, or notebooks."""
        taken = [each.file.path for claim in mine for each in claim.candidates if each.lot is lot]
        used = {path[0] for path in taken}
        beside = any(len(path) == 1 for path in taken)
        for entry in () if beside or not lot.own else lot.own.below:
            means = self.titles.named(entry.name) or self.titles.like(entry.name)
            if entry.path[-1] not in used and not means and entry.name != TIMESTAMP:
                yield NotUnderstood(entry.place, UNCLAIMED)
        for each in left:
            if each.file.path[0] in used and not each.is_checkpoint:
                yield NotUnderstood(each.place, UNCLAIMED)
