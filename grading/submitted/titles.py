"""Find the assignment that a name means, and the rest of the name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from grading.submitted.names import key_of_name

WORD = re.compile(r"[^\W_]+")
LONGEST = 300  # characters of a name that are read
ALIKE = 85  # per cent of a mistyped name that must be correct
NOT_A_NAME = re.compile(
    r"(copy|kopie|copia|copie|final|new|old|v|version|draft|solutions?|homework|hw|assignment|submission"
    r"|notebook|nb|ipynb|main|done|my|of|the|\d)*"
)


class Titles:
    """The names of a course's assignments.

    Example:
        Titles(["line-fit"]).named("Line Fit")  # "line-fit"
        Titles(["line-fit"]).rest("bob_line-fit (1)")  # "bob"
    """

    def __init__(self, names: Iterable[str]):
        self.names = tuple(names)
        self.by_key = {key_of_name(name): name for name in self.names}

    def named(self, text: str) -> str:
        """Return the assignment of this name, or "". Case, spaces, hyphens and underscores do not matter."""
        return self.by_key.get(key_of_name(text), "")

    def inside(self, text: str) -> str:
        """Return the assignment whose name is in a text, in whole words; of several the longest; or ""."""
        found = [name for name, *_ in self._places(text)]
        return max(found, key=len, default="")

    def like(self, text: str) -> str:
        """Return the assignment with nearly this name; "" if no assignment fits, or more than one."""
        key = key_of_name(text)
        found = [name for each, name in self.by_key.items() if fuzz.ratio(key, each) >= ALIKE]
        return found[0] if len(found) == 1 else ""

    def rest(self, text: str) -> str:
        """Return the part of a name beside the assignment's name, if it can be a person's name; or ""."""
        places = sorted(self._places(text), key=lambda each: -len(each[0]))
        first, last = places[0][1:] if places else (len(text), len(text))
        parts = [part.strip(" -_.,()[]") for part in (text[:first], text[last:])]
        return " ".join(part for part in parts if not NOT_A_NAME.fullmatch(key_of_name(part)))

    def _places(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield the assignments' names in a text, each with its beginning and its end."""
        words = list(WORD.finditer(text[:LONGEST]))
        for at in range(len(words)):
            for end in range(at + 1, min(at + 9, len(words) + 1)):
                key = "".join(key_of_name(each.group()) for each in words[at:end])
                if key in self.by_key:
                    yield self.by_key[key], words[at].start(), words[end - 1].end()
