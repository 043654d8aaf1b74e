"""Read a download: a folder, an archive or a notebook, as `make grade` would read it in submitted/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from grading.apart import Apart, TooCostly
from grading.collect.attempts import Attempt, NotTaken, Order, Origin, print_of, seconds
from grading.collect.taken import Taken, taken_of
from grading.repair.decode import Unreadable
from grading.roster import Row
from grading.submitted.choose import Choice
from grading.submitted.claims import Candidate, Claim
from grading.submitted.delivery import choose
from grading.submitted.endings import is_unpacked
from grading.submitted.files import FileKind
from grading.submitted.inbox import Inbox
from grading.submitted.layout import Lot
from grading.submitted.platforms import CANVAS
from grading.submitted.released import Releases
from grading.submitted.remarks import Oddity
from grading.submitted.stamps import stamp_of
from grading.submitted.times import time_of
from grading.submitted.tree import Entry, archive_tree, entry_of, tree_of

LOOK, READ = "look", "read"
Key = tuple[str, str, int]  # the assignment, the student, and the index of one of the student's lots


def tree_at(path: Path) -> Entry:
    """Return the content of a download, as a folder. Raises Unreadable with one sentence."""
    if path.is_dir():
        return tree_of(path)
    if is_unpacked(path.name):
        return archive_tree(path.parent, path.name)
    entry = entry_of(path.parent, path.name)
    return Entry((), FileKind.FOLDER, below=(entry,) if entry else ())


class Pile:
    """The content of one download. A lot is a set of files that a student handed in together.

    of: the assignment of the whole download, if the instructor names it. numbers: Canvas's number of each
    student, as far as earlier downloads gave it. Raises Unreadable if the download itself cannot be read.
    """

    def __init__(
        self,
        path: Path,
        releases: Releases,
        rows: Sequence[Row] = (),
        of: str = "",
        numbers: Mapping[str, str] | None = None,
    ):
        self.path, self.releases = path, releases
        self.inbox = Inbox(path.parent, releases, rows, tree=tree_at(path), of=of, numbers=numbers)
        names = {of} if of else {name for name, _ in self.inbox.claims.found}
        if len(names) == 1:
            self.inbox.place_unclear(sorted(names))
        self._reader = Apart(self._answer)

    def close(self) -> None:
        """End the process that reads."""
        self._reader.close()
        self.inbox.close()

    def found(self) -> Iterator[Attempt | NotTaken]:
        """Yield every submission in the download, and everything that cannot be taken."""
        for (assignment, student), claim in sorted(self.inbox.claims.found.items()):
            for at, lot in enumerate(_lots(claim)):
                try:
                    yield self._reader.ask((LOOK, (assignment, student, at)))
                except (Unreadable, TooCostly, TimeoutError) as error:
                    yield NotTaken(lot.place, str(error), student, assignment)
        claimed = {lot.place for claim in self.inbox.claims.found.values() for lot in claim.lots}
        for each in self.inbox.not_understood():
            if each.path not in claimed:
                yield NotTaken(each.path, each.why)

    def files(self, attempt: Attempt) -> dict[str, bytes]:
        """Return the files of a submission by their names in submitted/. Raises Unreadable."""
        try:
            return self._reader.ask((READ, (attempt.assignment, attempt.student, attempt.at)))
        except (TooCostly, TimeoutError) as error:
            raise Unreadable(str(error)) from None

    def _answer(self, asked: tuple[str, Key]) -> Attempt | dict[str, bytes]:
        return (self._look if asked[0] == LOOK else self._files)(asked[1])

    def _files(self, key: Key) -> dict[str, bytes]:
        return self._taken(key)[1].read()

    def _taken(self, key: Key) -> tuple[Choice | None, Taken]:
        claim = self.inbox.claims.found[key[:2]]
        lot = _lots(claim)[key[2]]
        mine = Claim(claim.student, claim.assignment, [c for c in claim.candidates if c.lot is lot], [lot])
        others = [each for each in self.inbox.claims.found.values() if each is not claim]
        choice = _chosen(mine, self.releases)
        return choice, taken_of(lot, choice.candidate if choice else None, mine, others)

    def _look(self, key: Key) -> Attempt:
        claim = self.inbox.claims.found[key[:2]]
        lot = _lots(claim)[key[2]]
        choice, taken = self._taken(key)
        if not taken.files:
            raise Unreadable(taken.left_out[0] if taken.left_out else "the folder is empty")
        kinds = {each.kind for each in (choice.remarks if choice else ())}
        first = choice.candidate.file.entry if choice else next(iter(taken.files.values()))
        origin, when = Origin.of(lot.platform, first.path), _handed_in(lot, choice)
        return Attempt(
            claim.student,
            claim.assignment,
            key[2],
            first.place,
            print_of(taken.read()),
            _order(first, origin, when),
            origin,
            when,
            late=any(each.kind is Oddity.LATE_MARK for each in lot.remarks),
            best=_is_best(claim, lot, self.releases),
            untouched=Oddity.UNTOUCHED in kinds,
            notebook=choice is not None,
            left_out=tuple(taken.left_out),
        )


def _lots(claim: Claim) -> list[Lot]:
    """Return the lots that each are a submission: those with a notebook, or all lots if none has one."""
    whole = {id(each.lot): each.lot for each in claim.candidates}
    return list(whole.values()) or claim.lots


def _chosen(claim: Claim, releases: Releases) -> Choice | None:
    """Return the notebook of a lot, or None. A lot without a notebook still gets a row in the marks."""
    try:
        return choose(claim, releases)
    except Unreadable:
        for each in claim.candidates:
            each.file.entry.refuse()
        return None


def _is_best(claim: Claim, lot: Lot, releases: Releases) -> bool:
    if not claim.candidates:
        return lot is claim.lots[-1]
    return choose(claim, releases).candidate.lot is lot


def _order(entry: Entry, origin: Origin, when: datetime | None) -> Order:
    item = origin.told.item if origin.told and origin.platform == CANVAS else 0
    return Order(entry.changed, seconds(when), origin.platform, item)


def _handed_in(lot: Lot, choice: Choice | None) -> datetime | None:
    """Return the time that the platform gives.

    In a download without a platform, this is the time in timestamp.txt, if the file was not in an archive
    that the student packed.
    """
    if lot.platform or lot.time:
        return time_of(lot.time.encode()).when if lot.time else None
    if choice is None or _is_packed(choice.candidate):
        return None
    return stamp_of(choice.candidate).when


def _is_packed(candidate: Candidate) -> bool:
    own = candidate.lot.own
    return bool(own and own.archive) or any(is_unpacked(each) for each in candidate.file.path[:-1])
