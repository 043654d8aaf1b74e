"""Compile the catalogues that `check` and the marking read: <language>.mo, for students and for marking.

Students get no sentence that shows an answer: reasons for wrong answers are only in the file for marking.
If instructors have renamed functions, the new names are put into the sentences here, in every language.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from checks.checker import TEXTS
from checks.texts import ENGLISH, NAMES
from grading.course import ENGINE, Course, package_folder
from grading.names import renamed_text
from grading.own_words import FILE
from grading.texts.catalogues import NEVER, paths_of, read, translations
from grading.texts.collect import Sentence, messages_of, once


def compile_texts(course: Course) -> list[Path]:
    """Write the compiled catalogues of a course; return the files that were written or removed.

    Raises ValueError if a catalogue cannot be read, or if the course's language has no catalogue.
    """
    if not course.words.names and not any(
        path for each in languages(course) for path in _sources(course, each)
    ):
        return _removed(folders_of(course), {})
    known = once(each for messages in messages_of(course).values() for each in messages)
    public, secret = folders_of(course)
    made: dict[Path, bytes] = {}
    for language in languages(course):
        said = texts_in(course, language, known)
        given = {sentence: text for sentence, text in said.items() if not _is_secret(sentence, known)}
        for folder, texts in ((public, given), (secret, said)):
            if texts:
                made[folder / f"{language}.mo"] = _compiled(texts, language)
    if names := dict(course.words.names):
        made[public / NAMES] = json.dumps(names, indent=1).encode()
    return [*_removed([public, secret], made), *(path for path, data in made.items() if _write(path, data))]


def folders_of(course: Course) -> tuple[Path, Path]:
    """Return the folders of the compiled catalogues: for students, and for marking."""
    return course.checker.public.folder / TEXTS, package_folder(course.exercises) / TEXTS


def languages(course: Course) -> list[str]:
    """Return the languages that are compiled: English, and the language that course.toml chooses.

    Raises ValueError if there are no texts in the chosen language.
    """
    chosen = course.words.language
    if chosen != ENGLISH and not _sources(course, chosen):
        raise ValueError(
            f"{course.root / FILE} chooses the language '{chosen}', and there are no texts in it. "
            f"Begin them with: python -m grading texts {chosen}"
        )
    return sorted({ENGLISH, chosen})


def texts_in(course: Course, language: str, known: Mapping[str, Sentence]) -> dict[str, str]:
    """Return the course's sentences in a language, with the course's names, by the English sentences.

    The course's own catalogues win over the engine's. Raises ValueError if a catalogue cannot be read.
    """
    said: dict[str, str] = {}
    for path in _sources(course, language):
        said |= translations(read(path, language))
    if names := course.words.names:
        said = {sentence: renamed_text(said.get(sentence, sentence), names) for sentence in {**known, **said}}
    return {sentence: text for sentence, text in sorted(said.items()) if text != sentence}


def _is_secret(sentence: str, known: Mapping[str, Sentence]) -> bool:
    """Tell whether students must not have a sentence. A sentence that is not known is secret, too."""
    return sentence not in known or known[sentence].secret


def _compiled(texts: Mapping[str, str], language: str) -> bytes:
    catalogue = Catalog(locale=language, creation_date=NEVER, revision_date=NEVER, fuzzy=False)
    for sentence, text in texts.items():
        catalogue.add(sentence, text)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def _sources(course: Course, language: str) -> list[Path]:
    """Return the catalogues of a language. Of two translations, that in the later catalogue counts."""
    return [path for root in dict.fromkeys([ENGINE, course.root]) for path in paths_of(root, language)]


def _removed(folders: Iterable[Path], made: Mapping[Path, bytes]) -> list[Path]:
    there = [path for folder in folders for path in (*folder.glob("*.mo"), *folder.glob(NAMES))]
    gone = [path for path in there if path not in made]
    for path in gone:
        path.unlink()
    return gone


def _write(path: Path, data: bytes) -> bool:
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
