"""The glossary: each term and symbol, the place that introduces it, and uses that come too early."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from release.sources import ORDER

from .course import Course, Place
from .formulas import symbols_of

GLOSSARY = Path(__file__).with_name("glossary.toml")
EARLY, MISSING, UNKNOWN = "used too early", "not introduced there", "not in the glossary"


@dataclass(frozen=True)
class Entry:
    """A term or a symbol.

    assignment, section: the place that introduces it; "" if students know it before.
    words: a pattern that finds the term; None for a symbol.
    says: words of the sentence that defines it, if it is neither in *italics* nor in **bold** there.
    """

    name: str
    words: re.Pattern[str] | None = None
    assignment: str = ""
    section: str = ""
    says: str = ""

    @property
    def key(self) -> str:
        """Return the form in which symbols are compared: all indices count as the same."""
        return self.name if self.words else symbols_of(self.name)[0]

    def is_in(self, place: Place, notation: frozenset[str]) -> bool:
        """Tell whether a block uses it."""
        if self.words:
            return bool(self.words.search(place.block.text))
        return self.key in symbols_in(place, notation)

    def introduces(self, place: Place, notation: frozenset[str]) -> bool:
        """Tell whether a block introduces it, if the block is in the right section."""
        if place.section != self.section or place.is_heading:
            return False
        if self.words and self.says:
            return self.says in place.block.text
        if self.words:
            return any(self._is_named_in(each) for each in place.block.emphasised)
        return self.is_in(place, notation)

    def _is_named_in(self, emphasised: str) -> bool:
        """Tell whether emphasised words are the term, or its long form, and not a sentence about it."""
        is_short = len(emphasised.split()) <= len(self.name.split()) + 2
        return is_short and self.words is not None and self.words.search(emphasised) is not None


@dataclass(frozen=True)
class Glossary:
    """All entries. notation: commands in formulas that are not symbols."""

    entries: tuple[Entry, ...]
    notation: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, order=True)
class Gap:
    """An error about a term or a symbol.

    section: the section of the assignment.
    where: file and line, for people.
    """

    kind: str
    assignment: str
    section: str
    name: str
    where: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.where or self.assignment}: section {self.section!r}: {self.name}: {self.kind}"


@functools.cache
def load_glossary(path: Path = GLOSSARY) -> Glossary:
    """Read the glossary."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    entries = [_term(name, **told) for name, told in read["assumed"].items()]
    entries += [Entry(name) for name in read["assumed_symbols"]]
    for assignment in ORDER:
        entries += [_term(name, assignment, **told) for name, told in read["terms"][assignment].items()]
        entries += [
            Entry(name, None, assignment, **told) for name, told in read["symbols"][assignment].items()
        ]
    return Glossary(tuple(entries), frozenset(read["notation"]))


def _term(name: str, assignment: str = "", words: str = "", **told: str) -> Entry:
    pattern = words or f"{re.escape(name)}s?"
    return Entry(name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I), assignment, **told)


def symbols_in(place: Place, notation: frozenset[str]) -> set[str]:
    """Return the symbols in the formulas of a block."""
    return {symbol for each in place.block.formulas for symbol in symbols_of(each, notation)}


def gaps(course: Course, glossary: Glossary) -> list[Gap]:
    """Return the gaps, each once for a section."""
    found = [*_unknown(course, glossary)]
    for entry in glossary.entries:
        if entry.assignment:
            found += _of_entry(entry, course, glossary)
    return sorted({gap: gap for gap in reversed(found)}.values())


def _unknown(course: Course, glossary: Glossary) -> Iterator[Gap]:
    known = {each.key for each in glossary.entries if each.words is None}
    for name, places in course.items():
        for place in places:
            for symbol in sorted(symbols_in(place, glossary.notation) - known):
                yield Gap(UNKNOWN, name, place.section, symbol, place.where)


def _of_entry(entry: Entry, course: Course, glossary: Glossary) -> Iterator[Gap]:
    begun = next(
        (each for each in course[entry.assignment] if entry.introduces(each, glossary.notation)), None
    )
    if begun is None:
        yield Gap(MISSING, entry.assignment, entry.section, entry.name)
    earlier = ORDER[: ORDER.index(entry.assignment)]
    for name in earlier if begun is None else (*earlier, entry.assignment):
        for place in course[name]:
            too_early = name != entry.assignment or begun is not None and _is_before(place, begun, entry)
            if too_early and entry.is_in(place, glossary.notation) and not _elsewhere(entry, name, glossary):
                yield Gap(EARLY, name, place.section, entry.name, place.where)


def _is_before(place: Place, begun: Place, entry: Entry) -> bool:
    """Tell whether a reader reaches a block before the introduction of a term.

    A section's heading may name the terms that the section introduces. Symbols in a formula are explained
    below it, in the same cell.
    """
    if place.is_heading and place.section == begun.section:
        return False
    at = (place.cell, place.at) if entry.words else (place.cell,)
    return at < ((begun.cell, begun.at) if entry.words else (begun.cell,))


def _elsewhere(entry: Entry, assignment: str, glossary: Glossary) -> bool:
    """Tell whether another entry introduces the same symbol in this assignment or an earlier one."""
    others = (each for each in glossary.entries if each.key == entry.key and each != entry)
    return any(
        not each.assignment or ORDER.index(each.assignment) <= ORDER.index(assignment) for each in others
    )
