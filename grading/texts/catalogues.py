"""The catalogues of a course, texts/<language>/<name>.po: brought up to date, read, and checked.

A sentence without a translation has an empty msgstr. If an English sentence was changed, the old translation
is kept and marked "fuzzy". It is still used, and listed as outdated until a translator has checked it.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from grading.texts.collect import Sentence, once

FOLDER = "texts"
ALIKE = 0.75  # a new English sentence as similar as this to the old sentence gets its translation
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # the time of writing must not make files differ
WIDTH = 100
HEADER = "# Texts for students. Write the other words between the quotes of msgstr, with the same {fields}."


class Flaw(StrEnum):
    """A flaw of a translation. A translation with one of the last two flaws is broken, and cannot be used."""

    MISSING = "not translated"
    OUTDATED = "outdated"
    FIELDS = "other {fields} than the English sentence has"
    CODE = "other code than the English source has"

    @property
    def is_broken(self) -> bool:
        """Tell whether the translation cannot be used at all."""
        return self in (Flaw.FIELDS, Flaw.CODE)


@dataclass(frozen=True)
class Finding:
    """One flaw of a translation. where: the file. about: the place where students meet the sentence."""

    flaw: Flaw
    where: str
    sentence: str
    about: str = ""

    def __str__(self) -> str:
        about = f" ({self.about})" if self.about else ""
        return f"{self.where}: {self.flaw}: {self.sentence}{about}"


def paths_of(root: Path, language: str) -> list[Path]:
    """Return the catalogues of a course in a language, with those that an instructor has added."""
    return sorted((root / FOLDER / language).glob("*.po"))


def read(path: Path, language: str) -> Catalog:
    """Read a catalogue. Raises ValueError with its path if it cannot be read as a catalogue."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, charset="utf-8", abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path} cannot be read as a catalogue of texts: {error}.") from None


def update(path: Path, language: str, messages: Iterable[Sentence]) -> None:
    """Update a catalogue: add new sentences, and move sentences that are not used to its end; lose none."""
    template, wanted = _new(language), once(messages)
    for each in wanted.values():
        template.add(each.sentence, auto_comments=[each.about] if each.about else [])
    catalogue = read(path, language) if path.exists() else _new(language)
    before = [*catalogue, *catalogue.obsolete.values()]
    kept = {entry.id: entry.string for entry in before if entry.id and entry.string}
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    _use_on(catalogue, kept, {sentence for sentence in kept if sentence not in wanted})
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.creation_date = catalogue.revision_date = NEVER
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_previous=True, no_location=True)


def translations(catalogue: Catalog) -> dict[str, str]:
    """Return the translations with the same {fields} as the sentence, outdated translations included."""
    return {
        entry.id: entry.string
        for entry in catalogue
        if entry.id
        and entry.string
        and isinstance(entry.id, str)
        and fields(entry.id) == fields(entry.string)
    }


def flaws(path: Path, language: str, needed: Mapping[str, Sentence]) -> Iterator[Finding]:
    """Yield the flaws of a catalogue. needed: the sentences that it should have."""
    catalogue = read(path, language) if path.exists() else _new(language)
    known = {entry.id: entry for entry in catalogue if entry.id}
    for sentence, message in needed.items():
        entry = known.get(sentence)
        if entry is None or not entry.string:
            yield Finding(Flaw.MISSING, path.name, sentence, message.about)
        elif entry.fuzzy:
            yield Finding(Flaw.OUTDATED, path.name, sentence, message.about)
    for sentence, entry in known.items():
        if entry.string and fields(sentence) != fields(entry.string):
            yield Finding(Flaw.FIELDS, path.name, sentence)


def fields(sentence: str) -> set[str] | None:
    """Return the names of the {fields} in a sentence; None if its braces are not fields.

    Example:
        >>> sorted(fields("{name} holds {count:d} numbers"))
        ['count', 'name']
    """
    try:
        found = {
            name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(sentence) if name is not None
        }
    except ValueError:
        return None
    return found if all(each.isidentifier() for each in found) else None


def _new(language: str) -> Catalog:
    made = Catalog(locale=language, creation_date=NEVER, revision_date=NEVER, fuzzy=False)
    made.header_comment, made.project, made.version = HEADER, "texts", "1"
    made.msgid_bugs_address = made.last_translator = made.language_team = ""
    return made


def _use_on(catalogue: Catalog, kept: Mapping[str, str], gone: Collection[str]) -> None:
    """Give new sentences their earlier translation, or that of a similar sentence which is not used now."""
    for entry in catalogue:
        before = None if not entry.id or entry.string else _before(entry.id, kept, gone)
        if before:
            entry.string = kept[before]
            entry.previous_id = [before] if before != entry.id else []
            entry.flags |= {"fuzzy"} if before != entry.id else set()
            catalogue.obsolete.pop(before, None)


def _before(sentence: str, kept: Mapping[str, str], gone: Collection[str]) -> str | None:
    if sentence in kept:
        return sentence
    found = get_close_matches(sentence, gone, n=1, cutoff=ALIKE)
    return found[0] if found and fields(found[0]) == fields(sentence) else None
