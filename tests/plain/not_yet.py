"""The list of texts that are not yet rewritten, not_yet.toml.

It must equal what is found, so it can only shrink.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .course import course_of
from .glossary import Gap, gaps, load_glossary
from .rules import Violation, violations
from .texts import Text, all_texts

NOT_YET = Path(__file__).with_name("not_yet.toml")
HEAD = """\
# What is not yet rewritten. `rules`: which rules of rules.toml a file may still break. `gap`: which terms
# and symbols are still used too early, or not introduced where glossary.toml says. A line that is no longer
# true fails a test. `.venv/bin/python tests/plain --shrink` takes such lines out. Never add a line by hand.
"""
Broken = Mapping[str, frozenset[str]]  # the rules that each file breaks


@dataclass(frozen=True)
class NotYet:
    """Files with the rules that they break, and gaps of the glossary: as listed, or as found."""

    rules: Broken = field(default_factory=dict)
    gaps: frozenset[Gap] = frozenset()

    @classmethod
    def listed(cls, path: Path = NOT_YET) -> NotYet:
        """Read the list."""
        read = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        rules = {file: frozenset(names) for file, names in read.get("rules", {}).items()}
        return cls(rules, frozenset(Gap(**each) for each in read.get("gap", [])))

    @classmethod
    def found(cls, texts: Iterable[Text] | None = None) -> NotYet:
        """Read some texts, by default all, and the glossary; return what is found."""
        broken = violations(all_texts() if texts is None else texts)
        return cls(by_file(broken), frozenset(gaps(course_of(), load_glossary())))

    def both(self, other: NotYet) -> NotYet:
        """Return the entries that are both in this list and in another one."""
        rules = {file: names & other.rules.get(file, frozenset()) for file, names in self.rules.items()}
        return NotYet({file: names for file, names in rules.items() if names}, self.gaps & other.gaps)

    def without(self, other: NotYet) -> NotYet:
        """Return the entries of this list that are not in another one."""
        rules = {file: names - other.rules.get(file, frozenset()) for file, names in self.rules.items()}
        return NotYet({file: names for file, names in rules.items() if names}, self.gaps - other.gaps)

    def __str__(self) -> str:
        """Return the list as text, without its head."""
        told = [f'"{file}" = [{_quoted(names)}]' for file, names in sorted(self.rules.items())]
        return "\n".join(["[rules]", *told, *map(_gap, sorted(self.gaps))]) + "\n"

    def write(self, path: Path = NOT_YET) -> None:
        """Write the list."""
        path.write_text(f"{HEAD}\n{self}", encoding="utf-8", newline="\n")


def by_file(broken: Iterable[Violation]) -> Broken:
    """Return the rules that each file breaks."""
    found = defaultdict(set)
    for each in broken:
        found[each.file].add(each.rule)
    return {file: frozenset(names) for file, names in found.items()}


def shrink(found: NotYet, path: Path = NOT_YET) -> NotYet:
    """Remove from the list what is no longer found; return what was removed."""
    listed = NotYet.listed(path)
    listed.both(found).write(path)
    return listed.without(found)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{each}"' for each in sorted(names))


def _gap(gap: Gap) -> str:
    told = {"kind": gap.kind, "assignment": gap.assignment, "section": gap.section, "name": gap.name}
    return "\n[[gap]]\n" + "\n".join(f"{key} = '''{value}'''" for key, value in told.items())
