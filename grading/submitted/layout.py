"""Find the student of each file in submitted/: in a folder for each student, or in a platform's download.

A *lot* is a group of files from one place that belong to one student.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grading.roster import ROSTER, same_text
from grading.submitted.endings import NOTEBOOK, stem_of
from grading.submitted.names import key_of_name, shown
from grading.submitted.people import People
from grading.submitted.platforms import (
    CANVAS,
    GRADESCOPE,
    METADATA,
    FromPlatform,
    Metadata,
    Submitter,
    from_platform,
    metadata_of,
)
from grading.submitted.released import Releases
from grading.submitted.remarks import NotUnderstood, Oddity, Remark, late_mark
from grading.submitted.resubmitted import submissions_of
from grading.submitted.sections import Sections, name_of, parts_for_one
from grading.submitted.tree import CHECKPOINTS, Entry

AROUND_ALL = frozenset({"submitted", "submissions", "students", "export", "download", "downloads", "all"})
OF_PLATFORMS = frozenset({METADATA, ROSTER, "marks.csv", "index.html", "grades.csv"})
NOBODY = "its name does not say which student handed it in"
EMPTY = "the folder is empty"
NO_SUBMITTERS = (
    "it does not say who submitted what, so students are called as the folders are. Download it all again"
)
Group = Sequence[tuple[FromPlatform, Entry]]  # a platform's files of one submission of a student


@dataclass(frozen=True)
class LotFile:
    """A file of a lot. path: its names below the lot. item: of two files, the newer has the larger number."""

    path: tuple[str, ...]
    entry: Entry
    item: int = 0


@dataclass(frozen=True)
class Lot:
    """A group of files from one place that belong to one student.

    of: the assignment, if a folder around the lot tells it.
    own: the folder or archive that the lot is, if it is one.
    attempt: of two lots, the newer lot has the larger attempt.
    time: the time of handing in, in words.
    platform: the platform of the download. number: the student's number on that platform.
    inner: whether the lot was in a folder that a student could have filled.
    """

    student: str
    place: str
    files: tuple[LotFile, ...]
    of: str = ""
    own: Entry | None = None
    attempt: str = ""
    time: str = ""
    remarks: tuple[Remark, ...] = ()
    inner: bool = False
    platform: str = ""
    number: str = ""


class Owners:
    """A finder of the owner of everything in submitted/."""

    def __init__(self, releases: Releases, people: People):
        self.titles, self.people, self.sections = releases.titles, people, Sections(releases)
        self.not_understood: list[NotUnderstood] = []

    def lots(self, folder: Entry, of: str = "", inner: bool = False) -> list[Lot]:
        """Return the lots in a folder. of: the folder's assignment, if it is known."""
        metadata, found = self._metadata(folder), []
        flat: dict[tuple[str, str], list[tuple[FromPlatform, Entry]]] = {}
        for entry in folder.below:
            told = _from_platform(entry)
            if entry.name == CHECKPOINTS and entry.is_folder:
                continue
            if told:
                flat.setdefault((told.platform, told.id or f"{told.who} {told.attempt}"), []).append(
                    (told, entry)
                )
            elif entry.name in metadata.submitters:
                found += self._of_gradescope(entry, of, metadata)
            else:
                found += self._of_entry(entry, of)
        called = Counter(same_text(group[0][0].who) for group in flat.values())
        for group in flat.values():
            alone = called[same_text(group[0][0].who)] == 1
            found += self._of_one(submissions_of(group), of, alone)
        return [replace(each, inner=inner or each.inner) for each in found]

    def _metadata(self, folder: Entry) -> Metadata:
        """Return the metadata that Gradescope writes beside its folders; empty without such a file."""
        entry = next((each for each in folder.below if each.name == METADATA), None)
        metadata = metadata_of(entry) if entry else Metadata()
        if entry and not metadata.submitters:
            self.not_understood.append(NotUnderstood(entry.place, NO_SUBMITTERS))
        return metadata

    def _of_entry(self, entry: Entry, of: str) -> Iterable[Lot]:
        if not entry.is_folder:
            return self._loose(entry, of)
        if not entry.below and not entry.why:
            self.not_understood.append(NotUnderstood(entry.place, EMPTY))
            return []
        named = "" if of else self.titles.named(entry.name)
        if named and not self._is_students(entry):
            return self._of_assignment(entry, named)
        if self._holds_students(entry):
            return self.lots(entry, of, inner=True)
        if not self._is_ones(entry) and self.sections.holds_several(entry):
            return self._of_section(entry, of)
        return [self._own(entry, of)]

    def _is_students(self, entry: Entry) -> bool:
        """Tell whether a folder contains an assignment's folder: then it belongs to one student."""
        return any(each.is_folder and self.titles.named(each.name) for each in entry.below)

    def _own(self, entry: Entry, of: str, student: str = "") -> Lot:
        inside = self.titles.inside(entry.name)
        if inside and not student and not self._is_students(entry) and not self.people.find(entry.name):
            of, student = of or inside, self.titles.rest(entry.name)
        files = tuple(
            LotFile(each.path[len(entry.path) :] or entry.path[-1:], each) for each in entry.files()
        )
        says = Remark(Oddity.PLACE, f"it was handed in as '{shown(entry.path[-1])}'")
        remarks = (says,) if entry.archive else ()
        return Lot(self.people.named(student, entry.name), entry.place, files, of, entry, remarks=remarks)

    def _of_assignment(self, entry: Entry, name: str) -> Iterator[Lot]:
        """Yield the lots of an assignment's folder with students' folders in it, instead of the reverse."""
        says = f"it lay in '{entry.place}', with the student's name below the assignment's"
        for lot in self.lots(entry, name):
            yield replace(lot, remarks=(*lot.remarks, Remark(Oddity.PLACE, says)))

    def _of_section(self, entry: Entry, of: str) -> Iterator[Lot]:
        """Yield the lots of a folder that has several students' work, judged by names and contents."""
        says = f"'{entry.place}' holds work of several students; the name in it says whose it is"
        for lot in self.lots(entry, of, inner=True):
            yield replace(lot, remarks=(*lot.remarks, Remark(Oddity.PLACE, says)))

    def _is_ones(self, entry: Entry) -> bool:
        return bool(self.people.find(entry.name)) or self._is_students(entry)

    def _holds_students(self, entry: Entry) -> bool:
        """Tell whether a folder contains many students' work, and does not belong to one student."""
        if self._is_ones(entry):
            return False
        told = {each.name: _from_platform(each) for each in entry.below if each.name not in OF_PLATFORMS}
        whose = {each.who for each in told.values() if each}
        if any(each.name == METADATA for each in entry.below) or len(whose) > 1:
            return True
        folders = [each for each in entry.below if each.is_folder]
        known = any(self.people.find(name_of(each)) for each in parts_for_one(entry))
        many = sum(map(self._is_students, folders))
        around = key_of_name(entry.name) in AROUND_ALL and many == 1
        return known or around or bool(whose) and all(told.values()) or many > 1

    def _loose(self, entry: Entry, of: str) -> Iterator[Lot]:
        """Yield the lot of a file beside the students' folders: its name must name the student."""
        stem = stem_of(entry.path[-1])
        taken = entry.path[-1].lower().endswith(NOTEBOOK) or bool(entry.why)
        rest = self.titles.rest(stem)
        student = self.people.find(stem, rest) or (self.people.named(rest) if rest and taken else "")
        if student:
            says = f"'{shown(entry.path[-1])}' was beside the students' folders. Its name names the student"
            file, remark = LotFile((entry.path[-1],), entry), Remark(Oddity.PLACE, says)
            yield Lot(student, entry.place, (file,), of, remarks=(remark,))
        elif entry.name not in OF_PLATFORMS:
            self.not_understood.append(NotUnderstood(entry.place, NOBODY))

    def _of_one(self, submissions: Sequence[Group], of: str, alone: bool) -> Iterator[Lot]:
        """Yield the lots of one student, the oldest first."""
        for at, group in enumerate(submissions):
            for lot in self._of_platform(group, of, alone):
                yield replace(lot, attempt=str(at).zfill(20)) if len(submissions) > 1 else lot

    def _of_platform(self, group: Group, of: str, alone: bool) -> Iterator[Lot]:
        """Yield the lot of one submission. alone: whether no other student has the same name."""
        first, who = group[0][0], group[0][0].who
        if first.with_title:
            of, who = of or self.titles.inside(who), self._without_title(who)
        is_canvas = bool(first.id) and first.platform == CANVAS  # Moodle's number is for one assignment only
        called = who if alone or not is_canvas else f"{who}_{first.id}"
        student = self.people.of_number(first.id, who, called) if is_canvas else self.people.named(who)
        group = [(told, entry) for told, entry in group if not told.receipt] or group
        remarks = (late_mark(first.platform),) if any(told.late for told, _ in group) else ()
        files = tuple(each for told, entry in group for each in _files(told, entry))
        lot = Lot(student, group[0][1].place, files, of, attempt=first.attempt, remarks=remarks)
        yield replace(lot, platform=first.platform, number=first.id)

    def _without_title(self, text: str) -> str:
        """Return the login after an assignment's name, or after another title, which may have underscores."""
        rest = self.titles.rest(text) if self.titles.inside(text) else ""
        parts = text.split("_")
        known = self.people.find(*("_".join(parts[at:]) for at in range(len(parts))))
        return known or rest or parts[-1]

    def _of_gradescope(self, entry: Entry, of: str, metadata: Metadata) -> Iterator[Lot]:
        """Yield one lot for each student of a group that handed in together."""
        attempt, time = entry.name.rpartition("_")[2].zfill(20), metadata.times.get(entry.name, "")
        for who in metadata.submitters[entry.name] or (Submitter(),):  # the metadata may name nobody
            known = self.people.find(who.email, who.sid, who.name)
            lot = self._own(entry, of, known or who.name or who.email or who.sid or entry.name)
            yield replace(lot, attempt=attempt, time=time, remarks=(), platform=GRADESCOPE)


def _from_platform(entry: Entry) -> FromPlatform | None:
    """Return what a platform's name says; None for a student's folder with a name like a platform's file."""
    told = from_platform(entry.path[-1])
    of_a_file = told and (told.file or told.receipt)
    return None if of_a_file and entry.is_folder and not entry.archive else told


def _files(told: FromPlatform, entry: Entry) -> Iterator[LotFile]:
    """Yield the files with the names that the student gave them."""
    first = (told.file or entry.path[-1],) if entry.archive or not entry.is_folder else ()
    for each in entry.files():
        yield LotFile((*first, *each.path[len(entry.path) :]), each, told.item)
