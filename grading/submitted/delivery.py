"""Read a student's work: the chosen notebook, the pictures beside it, and the time of handing in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grading.apart import TooCostly, call_apart
from grading.places import FileBeside
from grading.repair.read import Unreadable, cells_of, read_content
from grading.submitted.archive import MOST_BYTES
from grading.submitted.choose import Choice, Chooser
from grading.submitted.claims import Candidate, Claim
from grading.submitted.files import FileKind
from grading.submitted.layout import Lot, LotFile
from grading.submitted.pictures import pictures_of
from grading.submitted.released import Releases
from grading.submitted.remarks import Oddity, Remark
from grading.submitted.stamps import stamp_of, written_time
from grading.submitted.times import HandedInTime
from grading.submitted.tree import Entry, entry_of
from grading.submitted.written import written_beside

MORE_ALIKE = 4  # a notebook belongs to another assignment if it shares so many times more cells with it


@dataclass(frozen=True)
class Delivery:
    """A student's work for an assignment. remarks: the remarks on how it was handed in.

    written: the files beside the notebook that may have an answer.
    """

    student: str
    data: bytes
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    time: HandedInTime = HandedInTime()
    written: tuple[FileBeside, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """Return the remarks as sentences."""
        return tuple(each.says for each in self.remarks)

    @property
    def repairs(self) -> tuple[str, ...]:
        """Return those remarks that say what was repaired."""
        return tuple(each.says for each in self.remarks if each.kind.is_repair)

    @property
    def unsaid(self) -> tuple[str, ...]:
        """Return those remarks that the student is not told: they matter only to people who collect."""
        return tuple(each.says for each in self.remarks if not each.kind.is_for_student)


def choose(claim: Claim, releases: Releases) -> Choice:
    """Return the file of a claim that is marked. Raises Unreadable if there is no such file."""
    return Chooser(claim.assignment, releases.titles, releases[claim.assignment]).choose(claim)


def _refuse_another(data: bytes, assignment: str, releases: Releases) -> None:
    """Raise Unreadable for the notebook of another assignment: otherwise it would get 0 marks here."""
    try:
        cells = cells_of(read_content(data))
    except (Unreadable, RecursionError):
        return  # the code that reads the notebook says why it cannot be read
    own, other = releases[assignment].likeness(cells), releases.of(data)
    if other and other != assignment and releases[other].likeness(cells) > MORE_ALIKE * own:
        raise Unreadable(f"it is the notebook of '{other}', not of '{assignment}'")


def delivery(choice: Choice, claim: Claim, releases: Releases) -> Delivery:
    """Read the chosen file, and the files beside it. Raises Unreadable with one sentence."""
    chosen = choice.candidate
    data, written = chosen.file.entry.read(MOST_BYTES), written_time(claim)
    time = written if written.when or written.remark else stamp_of(chosen)
    _refuse_another(data, claim.assignment, releases)
    remarks = (*_without_late_mark(choice.remarks, written), *([time.remark] if time.remark else []))
    beside = _beside(chosen)
    return Delivery(claim.student, data, pictures_of(data, beside), remarks, time, written_beside(beside))


def _without_late_mark(remarks: Sequence[Remark], written: HandedInTime) -> list[Remark]:
    """Return the remarks, without a platform's remark on lateness if the instructor wrote the time."""
    return [each for each in remarks if each.kind is not Oddity.LATE_MARK or not written.when]


def _beside(chosen: Candidate) -> dict[str, Entry]:
    """Return the other files in the notebook's folder and below, by their paths from that folder."""
    folder = chosen.file.path[:-1]
    others = (each for each in chosen.lot.files if each is not chosen.file)
    found = (each for each in others if each.path[: len(folder)] == folder)
    return {"/".join(each.path[len(folder) :]): each.entry for each in found}


def delivery_in(submitted: Path, student: str, assignment: str, releases: Releases) -> Delivery:
    """Return the work in submitted/<student>/<assignment>/, and in no other place. Raises Unreadable."""
    return _delivered_apart(lambda: _claim_in(submitted, student, assignment), releases)


def attempt_in(folder: Path, student: str, assignment: str, releases: Releases) -> Delivery:
    """Return the work in the folder of an earlier attempt. Raises Unreadable."""
    return _delivered_apart(lambda: _claim_of_attempt(folder, student, assignment), releases)


def _delivered_apart(claimed: Callable[[], Claim], releases: Releases) -> Delivery:
    """Read a claim in a separate process, so that a hostile file can only harm that process."""
    try:
        return call_apart(lambda: _delivered(claimed, releases))
    except TooCostly as error:
        raise Unreadable(str(error)) from None


def _delivered(claimed: Callable[[], Claim], releases: Releases) -> Delivery:
    try:
        claim = claimed()
        return delivery(choose(claim, releases), claim, releases)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # any other error: the file has no marks until a person looks
        raise Unreadable(f"it trips the reader ({type(error).__name__})") from None


def _claim_in(submitted: Path, student: str, assignment: str) -> Claim:
    own = entry_of(submitted, student)
    at = next((each for each in own.below if each.path[-1] == assignment), own) if own else None
    if at:
        at.refuse()
    if at is None or at.kind is not FileKind.FOLDER:
        raise Unreadable("there is no folder")
    files = tuple(LotFile(each.path[1:], each) for each in at.files() if each is not own)
    return _claim_of(student, assignment, own, files)


def _claim_of_attempt(folder: Path, student: str, assignment: str) -> Claim:
    """Return the claim for an attempt's folder, as if its files were in the assignment's folder."""
    own = entry_of(folder.parent, folder.name) if folder.parent.is_dir() else None
    if own is None or own.kind is not FileKind.FOLDER:
        raise Unreadable(f"there is no folder of this attempt, {folder.name}")
    own.refuse()
    files = tuple(LotFile((assignment, *each.path[1:]), each) for each in own.files())
    return _claim_of(student, assignment, own, files)


def _claim_of(student: str, assignment: str, own: Entry, files: tuple[LotFile, ...]) -> Claim:
    if not files:
        raise Unreadable("the folder is empty")
    lot = Lot(student, own.place, files, own=own)
    candidates = [each for each in (Candidate(lot, file) for file in files) if each.is_notebook]
    return Claim(student, assignment, candidates, [lot])
