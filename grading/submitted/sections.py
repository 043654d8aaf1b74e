"""Tell by its content whether a folder or archive has the work of several students: a part of the class."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator

from grading.submitted.endings import NOTEBOOK, archive_ending, stem_of
from grading.submitted.names import key_of_name
from grading.submitted.released import Releases
from grading.submitted.tree import CHECKPOINTS, Entry

MOST_READ, MOST_IN_ONE = 20, 3  # parts of a folder that are searched, and notebooks in each part
COPY = re.compile(r"(\s*\(\d+\)|[-_ ]*(copy|kopie|copie|copia)[-_ ]*\d*)+$", re.IGNORECASE)
# Names that one student gives to several folders or files of one assignment.
OF_ONE = re.compile(
    r"(backup|work|working|wip|drafts?|attempt|try|trial|part|section|week|day|exercises?|ex|tasks?|tests?"
    r"|untitled|scratch|notes?|data|analysis|results?|outputs?|src|code|python|jupyter|colab|kaggle|desktop"
    r"|downloads?|documents?|home|tmp|temp|files?|folder|archive|latest|fixed|clean|submit|submitted|first"
    r"|second|last|revised|corrected|wrong|right|mine|newer|older|original|abgabe|neu|alt|entwurf|loesung"
    r"|copy|kopie|copie|copia|final|new|old|v|version|solutions?|homework|hw|assignment|submission"
    r"|notebook|nb|ipynb|main|done|my|of|the|unzipped|extracted|\d)*"
)


def parts_for_one(folder: Entry) -> list[Entry]:
    """Return the parts of a folder that may each belong to one student: folders, archives and notebooks."""
    named = (each for each in folder.below if each.name != CHECKPOINTS)
    return [each for each in named if each.is_folder or each.path[-1].lower().endswith(NOTEBOOK)]


def name_of(part: Entry) -> str:
    """Return the name of a folder, an archive or a notebook, without its ending."""
    name = part.path[-1]
    return stem_of(name) if archive_ending(name) or not part.is_folder else name


class Sections:
    """A search for two parts of a folder with work on one assignment and with the names of two people."""

    def __init__(self, releases: Releases):
        self.releases, self.titles = releases, releases.titles

    def holds_several(self, folder: Entry) -> bool:
        """Tell whether a folder has the work of several students.

        If a part with a notebook has only an assignment's name, and no person's, the folder is one student's
        work.
        """
        called = [(self._person(part), part) for part in parts_for_one(folder)]
        people = [(_without_version(who, {each for each, _ in called}), part) for who, part in called]
        unnamed = [part for who, part in people if not who]
        if len({who for who, _ in people if who}) < 2 or any(map(self._holds_notebook, unnamed)):
            return False
        found: dict[str, set[str]] = defaultdict(set)
        for who, part in people[:MOST_READ]:
            for name in self._assignments(part) if who else ():
                found[name].add(who)
                if len(found[name]) > 1:
                    return True
        return False

    def _person(self, part: Entry) -> str:
        """Return the words in a part's name that may be a person's name, without signs of a copy; or ""."""
        key = key_of_name(self.titles.rest(COPY.sub("", name_of(part))))
        return "" if OF_ONE.fullmatch(key) else key

    def _holds_notebook(self, part: Entry) -> bool:
        return next(_notebooks(part), None) is not None

    def _assignments(self, part: Entry) -> Iterator[str]:
        """Yield the assignments of the first notebooks of a part, by their names or their contents."""
        for _, each in zip(range(MOST_IN_ONE), _notebooks(part)):
            names = each.path[len(part.path) - 1 :]
            called = (self.titles.inside(stem_of(name)) for name in reversed(names))
            if found := next(filter(None, called), "") or self.releases.of_entry(each):
                yield found


def _without_version(who: str, people: Collection[str]) -> str:
    """Return a name without "2" or "final" at its end, if the shorter name is also there."""
    shorter = (
        each for each in people if each and who.startswith(each) and OF_ONE.fullmatch(who[len(each) :])
    )
    return min(shorter, key=len, default=who)


def _notebooks(part: Entry) -> Iterator[Entry]:
    for each in part.files():
        if each.path[-1].lower().endswith(NOTEBOOK) and CHECKPOINTS not in each.path:
            yield each
