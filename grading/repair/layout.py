"""Find the place of each cell in the notebook that is marked: usually its place in the submission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from checks.texts import later, say
from grading.marking.quoting import quoted
from grading.places import Spot
from grading.repair.elsewhere import headings_of
from grading.repair.files import file_of, is_used
from grading.repair.homes import Home, lacks, only_in_file
from grading.repair.match import Known, Matches, own_test
from grading.repair.read import Submitted

FOUND = later("the code for {names} was found in {where}, and it was marked there")
FOUND_AND_SKIPPED = later(
    "the code for {names} was found in {where}, and it was marked there. Its own cell has no code and was "
    "skipped; this costs nothing"
)
FOUND_AND_ALL_SKIPPED = later(
    "the code for {names} was found in {where}, and it was marked there. Their own cells have no code and "
    "were skipped; this costs nothing"
)
NOT_IMPORTED = later("`{name}` is only in the file that {cell} writes; no cell imports `{name}` from it")
NO_IMPORT = later("`{name}` is only in the file that {cell} writes; no cell imports it")


@dataclass(frozen=True)
class Arrangement:
    """The submitted cells with their matches. homes: by place, the answers outside of their own cells."""

    known: Sequence[Known]
    submitted: Sequence[Submitted]
    matches: Matches
    homes: Mapping[int, Home]

    def anchor(self, place: int, solutions: bool = False) -> float:
        """Return where a cell belongs in the submission: after the nearest cell before it that is there."""
        for before in range(place - 1, -1, -1):
            cell = self.known[before]
            if before in self.matches and (cell.solution or not solutions) and not cell.is_test:
                return self.matches[before][0]
        return -1 if not solutions else self.anchor(place)

    def test_place(self, place: int) -> float:
        """Return where a test belongs: after all cells that it tests."""
        tested = [self.anchor(place, solutions=True), *self._homes_of(place)]
        return max(max(tested) + 0.5, float(self.matches.get(place, [-1])[0]))

    def _homes_of(self, test: int) -> list[int]:
        return [
            at for home in self.homes.values() if own_test(home.place, self.known) == test for at in home.at
        ]

    def owners(self) -> dict[int, int]:
        """Return the submitted cells that match an instructor's cell, each with the place of that cell."""
        return {at: place for place, places in self.matches.items() for at in places}

    def own_place(self, home: Home) -> float:
        """Return the place that an answer would have in its own cell."""
        return min((*home.stubs, *home.early), default=self.anchor(home.place) + 0.25)

    def place_of(self, at: int) -> float:
        """Return the place of a submitted cell. A cell that would overwrite an answer goes before it."""
        undone = [min(home.at) - 0.25 for home in self.homes.values() if at in home.early]
        return min([at, *undone])

    def left_out(self) -> set[int]:
        """Return the submitted cells in which nothing is written, because their answers are elsewhere."""
        return {at for home in self.homes.values() for at in home.stubs}

    def given_by(self, at: int) -> list[str]:
        """Return the names of the answers that a submitted cell gives in addition to its own answer."""
        homes = (
            home
            for home in self.homes.values()
            if at in home.at and at not in self.matches.get(home.place, ())
        )
        return [self.known[home.place].grade_id for home in homes]


def claimed(homes: Sequence[Home], known: Sequence[Known], matches: Matches) -> Matches:
    """Return the matches, in which a cell without another match belongs to the answer that it gives."""
    made = dict(matches)
    for home in homes:
        taken = {at for places in made.values() for at in places}
        own = [at for at in made.get(home.place, ()) if at not in home.stubs]
        if not own and len(home.at) == 1 and home.at[0] not in taken:
            made[home.place] = [*home.at, *home.stubs]
        elif not own:
            made.pop(home.place, None)
    return made


def found_elsewhere(layout: Arrangement, taken: Iterable[int]) -> Iterator[str]:
    """Say where answers were found that are not in their own cells. taken: cells that `match` has matched."""
    together: dict[tuple[str, bool], list[str]] = {}
    for home in layout.homes.values():
        where = say(" and ").join(_where(at, layout, set(taken)) for at in home.at)
        together.setdefault((where, bool(home.stubs)), []).append(f"`{layout.known[home.place].grade_id}`")
    for (where, stubs), names in together.items():
        sentence = FOUND if not stubs else FOUND_AND_SKIPPED if len(names) == 1 else FOUND_AND_ALL_SKIPPED
        yield say(sentence, names=", ".join(names), where=where)


def only_in_files(layout: Arrangement) -> Iterator[str]:
    """Say which answers are only in a file that a cell writes."""
    for place, mine in enumerate(layout.known):
        if mine.solution and mine.kind == "code" and lacks(place, mine, layout.submitted, layout.matches):
            for at in only_in_file(mine.source, layout.submitted) if place not in layout.homes else ():
                used = is_used(file_of(layout.submitted[at].source), layout.submitted)
                told = {"name": mine.grade_id, "cell": _where(at, layout, set())}
                yield say(NOT_IMPORTED if used else NO_IMPORT, **told)


def _where(at: int, layout: Arrangement, taken: Set[int]) -> str:
    place = layout.owners().get(at)
    if place is not None and at in taken and layout.known[place].grade_id:
        return say("the cell of `{name}`", name=layout.known[place].grade_id)
    headings = [each for cell in layout.submitted[:at] for each in headings_of(cell)]
    begins = quoted(layout.submitted[at].source)
    return str(Spot(at + 1, headings[-1] if headings else "", begins=begins))
