"""All catalogues of a course in one language: find them, check them, and report on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading.course import Course
from grading.own_words import ENGLISH
from grading.texts.catalogues import FOLDER, Finding, Flaw, flaws, paths_of, update
from grading.texts.collect import COMMON, PAGES, Sentence, messages_of, once
from grading.texts.twins import twin_flaws


def chosen_names(course: Course, language: str, assignments: Sequence[str] = ()) -> list[str]:
    """Return the chosen assignments: these, or otherwise those that have a catalogue already, or all.

    Raises ValueError if there is no such assignment.
    """
    names = [each.name for each in course.assignments()]
    there = {path.stem for path in paths_of(course.root, language)}
    asked = [course.assignment(name).name for name in assignments]
    return asked or [name for name in names if name in there] or names


@dataclass(frozen=True)
class Shelf:
    """The catalogues of a course in a language. messages: the sentences of each catalogue, by its name."""

    course: Course
    language: str
    messages: Mapping[str, Sequence[Sentence]]

    @classmethod
    def of(cls, course: Course, language: str, assignments: Sequence[str]) -> Shelf:
        """Return the shelf with the catalogues of these assignments, and the two for all assignments."""
        messages = messages_of(course)
        return cls(course, language, {name: messages[name] for name in (COMMON, PAGES, *assignments)})

    def path(self, name: str) -> Path:
        """Return the file of a catalogue."""
        return self.course.root / FOLDER / self.language / f"{name}.po"

    def update(self) -> None:
        """Update the catalogues with the English sentences. Missing catalogues are written."""
        for name, messages in self.messages.items():
            update(self.path(name), self.language, messages)

    def findings(self) -> list[Finding]:
        """Return all flaws of the catalogues, and of the notebooks' sources in that language."""
        found = [
            each
            for name, messages in self.messages.items()
            for each in flaws(self.path(name), self.language, once(messages))
        ]
        if self.language == ENGLISH:  # English sentences need no translation
            return [each for each in found if each.flaw is not Flaw.MISSING]
        assignments = [each for each in self.course.assignments() if each.name in self.messages]
        return found + [each for one in assignments for each in twin_flaws(one, self.language)]

    def summary(self, found: Sequence[Finding]) -> Iterator[str]:
        """Yield a line about each catalogue, and then the next step."""
        for name, messages in self.messages.items():
            path = self.path(name)
            many = Counter(each.flaw for each in found if each.where == path.name)
            told = ", ".join(f"{count} {flaw}" for flaw, count in many.items()) or "nothing is missing"
            if self.language == ENGLISH and not many:
                told = "write other words behind msgstr, for any of them"
            yield f"{path.relative_to(self.course.root)}: {len(messages)} sentences; {told}"
        yield "Then build: python -m grading build"
