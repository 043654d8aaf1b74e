"""Choose which of a student's files is marked, and make the remarks about the choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from grading.repair.read import Unreadable
from grading.submitted.claims import Candidate, Claim
from grading.submitted.endings import NOTEBOOK
from grading.submitted.layout import Lot
from grading.submitted.looked import Looked
from grading.submitted.names import shown
from grading.submitted.platforms import CANVAS
from grading.submitted.released import Released, Worked
from grading.submitted.remarks import NotUnderstood, Oddity, Remark, names_alike
from grading.submitted.secret import OF_NBGRADER
from grading.submitted.stamps import stamp_of
from grading.submitted.titles import Titles

MOST_LOOKED_AT = 8  # files of one claim that are read
A_PERSON = "the instructor decides which of them counts"


@dataclass(frozen=True)
class Choice:
    """The file that is marked. left: other lots, which another person may have made in the student's name."""

    candidate: Candidate
    remarks: tuple[Remark, ...]
    left: tuple[NotUnderstood, ...] = ()


class Chooser:
    """A chooser for one assignment.

    Of a student's lots, the newest lot with work in it counts. In this lot, the notebook with work counts.
    Of two such notebooks, the notebook in the right place counts, then that with the right name.
    """

    def __init__(self, assignment: str, titles: Titles, released: Released):
        self.assignment, self.titles, self.released = assignment, titles, released
        self.right = f"{assignment}.ipynb"

    def choose(self, claim: Claim) -> Choice:
        """Return the file that is marked. Raises Unreadable if there is no such file."""
        looked = [Looked(each, self.released) for each in claim.candidates or self._others(claim)]
        looked = sorted(looked, key=self._by_names, reverse=True)[:MOST_LOOKED_AT]
        if not claim.candidates:
            looked = [each for each in looked if each.cells and each.worked is not Worked.ELSE]
        if not looked:
            for each in self._others(claim):
                each.file.entry.refuse()
            raise _no_notebook(claim)
        best = looked[0] if len(looked) == 1 else self._best(looked)
        many = _too_many(len(claim.candidates))
        about = [*best.candidate.lot.remarks, *self._about(best, looked), *_lots(best, looked), *many]
        remarks = [*about, *_untouched(best)]
        return Choice(best.candidate, tuple(remarks), tuple(_left(best, looked)))

    def _others(self, claim: Claim) -> list[Candidate]:
        """Return files without a notebook's ending; they may still be notebooks."""
        files = [Candidate(lot, file) for lot in claim.lots for file in lot.files]
        return [each for each in files if self._is_in_place(each) and each.name not in OF_NBGRADER]

    def _is_in_place(self, candidate: Candidate) -> bool:
        folders = candidate.folders
        return not folders or self.assignment in map(self.titles.named, folders)

    def _best(self, looked: Sequence[Looked]) -> Looked:
        lots = {id(each.candidate.lot): each.candidate.lot for each in looked}
        firsts = [max(_of_lot(looked, lot), key=self._rank) for lot in lots.values()]
        return max(firsts, key=_rank_of_lot)

    def _rank(self, looked: Looked) -> tuple:
        """Return a key to sort by: work counts more than a name. A file that cannot be read may have work.

        So an untouched original never replaces a damaged copy of it. A checkpoint without work does not count
        as handed in.
        """
        ours = self.titles.inside(looked.candidate.stem) == self.assignment
        odd = looked.worked is Worked.UNREADABLE and not ours
        if odd or looked.candidate.is_checkpoint and looked.worked < Worked.CHANGED:
            return (Worked.ELSE, *self._by_names(looked))
        return (looked.worked, *self._by_names(looked))

    def _by_names(self, looked: Looked) -> tuple:
        each = looked.candidate
        where = (self.assignment,) == each.folders, (self.assignment in each.folders) or not each.folders
        name = self._is_right(each), self.titles.named(each.stem) == self.assignment
        newest = each.file.item, each.file.entry.changed
        return (not each.is_checkpoint, *where, *name, *newest, each.place)

    def _is_right(self, candidate: Candidate) -> bool:
        return candidate.name == self.right

    def _is_numbered(self, candidate: Candidate) -> bool:
        """Tell whether Canvas has put a number after the right name, because it was handed in again."""
        number = candidate.stem.removeprefix(f"{self.assignment}-")
        return candidate.lot.platform == CANVAS and number.isdecimal() and candidate.name.endswith(NOTEBOOK)

    def _about(self, best: Looked, looked: Sequence[Looked]) -> Iterator[Remark]:
        """Yield remarks on the file in its lot: its place, its name, and the other files there."""
        chosen, others = best.candidate, [each for each in looked if each.candidate.lot is best.candidate.lot]
        yield from self._about_place(chosen)
        if not (self._is_right(chosen) or self._is_numbered(chosen) or chosen.is_checkpoint):
            says = f"the notebook was called '{shown(chosen.name)}' instead of '{self.right}'"
            yield Remark(Oddity.NAME, says)
        for each in others:
            if each is not best and not each.candidate.is_checkpoint:
                yield from self._about_other(best, each)
        if chosen.is_checkpoint:
            yield _about_checkpoint([each for each in others if not each.candidate.is_checkpoint])

    def _about_place(self, chosen: Candidate) -> Iterator[Remark]:
        folders = tuple(each for each in chosen.folders if not each.startswith(".ipynb"))
        if chosen.lot.platform:
            says = f"it was taken from a download of {chosen.lot.platform}: '{chosen.place}'"
            yield Remark(Oddity.DOWNLOAD, says)
        if _is_expected(chosen.lot, folders) or folders == (self.assignment,):
            return
        if len(folders) == 1 and self.titles.named(folders[0]) == self.assignment:
            says = f"the folder was called '{shown(folders[0])}' instead of '{self.assignment}'"
            yield Remark(Oddity.NAME, says)
        else:
            right = f"{chosen.lot.place}/{self.assignment}"
            says = f"it lay in '{'/'.join(chosen.place.split('/')[:-1])}' instead of '{right}'"
            yield Remark(Oddity.PLACE, says)

    def _about_other(self, best: Looked, other: Looked) -> Iterator[Remark]:
        """Yield a remark on a file that is not marked, if it matters."""
        if best.candidate.is_checkpoint:
            return
        mine, its = _name_of(best.candidate, other.candidate), _name_of(other.candidate, best.candidate)
        if other.worked is Worked.UNREADABLE and (
            self._is_right(other.candidate) or best.worked < Worked.CHANGED
        ):
            yield Remark(Oddity.NOT_READ, f"'{its}' cannot be read, so '{mine}' was marked; {A_PERSON}")
        elif other.worked >= Worked.CHANGED and other.texts != best.texts:
            marked = f"'{mine}' was marked, because {self._why(best, other)}. '{its}' was not marked"
            yield Remark(Oddity.TWO_WORKED, f"two notebooks were worked on. {marked}; {A_PERSON}")
        elif other.worked is Worked.UNTOUCHED and best.worked > other.worked and self._before(other, best):
            counts = f"the worked copy '{mine}' was marked"
            if best.worked is Worked.UNREADABLE:
                counts = f"the copy '{mine}' counts, which cannot be read"
            says = f"'{its}' is as it was released, so {counts}"
            yield Remark(Oddity.COPY, says)

    def _before(self, one: Looked, other: Looked) -> bool:
        return self._by_names(one) > self._by_names(other)

    def _why(self, best: Looked, other: Looked) -> str:
        if best.worked > other.worked:
            return "more of it is answered"
        mine, its = self._by_names(best), self._by_names(other)
        if mine[:3] > its[:3]:
            return "it lies in the right place"
        return "it has the right name" if mine[3:5] > its[3:5] else "it is the newer one"


def _about_checkpoint(others: Sequence[Looked]) -> Remark:
    """Return why JupyterLab's checkpoint is marked. others: the notebooks that the student has saved."""
    if not others:
        return Remark(Oddity.CHECKPOINT, "only the copy that JupyterLab kept was handed in")
    kept = "the copy that JupyterLab kept of it was marked"
    if any(each.worked is Worked.UNREADABLE for each in others):
        return Remark(Oddity.NOT_READ, f"the notebook cannot be read. So {kept}; {A_PERSON}")
    return Remark(Oddity.COPY, f"the notebook is as it was released; {kept}")


def _is_expected(lot: Lot, folders: Sequence[str]) -> bool:
    """Tell whether the notebook's place needs no remark: the lot is not a student's folder of assignments."""
    return lot.own is None or bool(lot.of or lot.platform) or (lot.own.archive and not folders)


def _of_lot(looked: Sequence[Looked], lot: Lot) -> list[Looked]:
    return [each for each in looked if each.candidate.lot is lot]


def _rank_of_lot(first: Looked) -> tuple:
    """Return a key to sort lots by: only the student can have made it, it has work, it is the newest."""
    lot = first.candidate.lot
    return not lot.inner, first.worked >= Worked.UNREADABLE, lot.attempt, _when(first.candidate), lot.place


def _when(candidate: Candidate) -> float:
    """Return the time in timestamp.txt; without it, the time when the archive or the file was written."""
    stamp, own = stamp_of(candidate).when, candidate.lot.own
    if stamp:
        return stamp.replace(tzinfo=UTC).timestamp()
    return own.changed if own and own.archive else candidate.file.entry.changed


def _name_of(candidate: Candidate, other: Candidate) -> str:
    """Return the candidate's name; with its folders, if the other candidate has the same name."""
    return candidate.place if candidate.name == other.name else shown(candidate.name)


def _lots(best: Looked, looked: Sequence[Looked]) -> Iterator[Remark]:
    """Yield remarks if work was handed in more than once."""
    mine = best.candidate.lot
    others = {id(each.candidate.lot): each for each in looked if each.candidate.lot is not mine}
    for other in others.values():
        its = other.candidate.lot
        if its.inner == mine.inner and _is_tied(best, other):
            says = f"two notebooks were worked on, and neither is newer: '{mine.place}' was marked"
            yield Remark(Oddity.TWO_WORKED, f"{says}, and '{its.place}' was not; {A_PERSON}")
        elif its.inner == mine.inner:
            why = "it is the newest one" if other.worked >= Worked.CHANGED else "only there somebody worked"
            said = f"it was handed in more than once: '{mine.place}' was marked, because {why}"
            remark = Remark(Oddity.SEVERAL, f"{said}, and '{its.place}' was not")
            yield names_alike(mine.place, why) if mine.place == its.place else remark


def _is_tied(best: Looked, other: Looked) -> bool:
    """Tell whether only the names decide which of two lots counts, although both have different work."""
    worked = min(best.worked, other.worked) >= Worked.CHANGED and best.texts != other.texts
    return worked and _rank_of_lot(best)[:-1] == _rank_of_lot(other)[:-1]


def _too_many(count: int) -> Iterator[Remark]:
    if count > MOST_LOOKED_AT:
        says = f"there are {count} notebooks. Only {MOST_LOOKED_AT} of them were looked at; {A_PERSON}"
        yield Remark(Oddity.NOT_READ, says)


def _untouched(best: Looked) -> Iterator[Remark]:
    if best.worked is Worked.UNTOUCHED:
        yield Remark(
            Oddity.UNTOUCHED, "the notebook was handed in as it was released: nothing in it was changed"
        )


def _left(best: Looked, looked: Sequence[Looked]) -> Iterator[NotUnderstood]:
    """Yield the lots that anybody may have made in the student's name. They change no mark."""
    mine = best.candidate.lot
    for lot in {id(each.candidate.lot): each.candidate.lot for each in looked}.values():
        if lot is not mine and lot.inner != mine.inner:
            yield NotUnderstood(
                lot.place, f"it bears the name of '{mine.student}', whose own folder was marked"
            )


def _no_notebook(claim: Claim) -> Unreadable:
    files = [file for lot in claim.lots for file in lot.files if not file.entry.is_folder]
    names = [shown(each.path[-1]) for each in files]
    found = ", ".join(each for each in names[:10] if each not in OF_NBGRADER) or f"only {OF_NBGRADER[0]}"
    says = f"there is no notebook in the folder (there is: {found})"
    return Unreadable(says if names else "the folder is empty")
