"""The sentences that students read, in the language of their notebook. They are translated with gettext.

Sentences are in the code in English. `say` gives the same sentence in the language of the notebook, or in
English if there is no translation. No code ever depends on a sentence: code uses fields, names of the engine,
or enums.

A catalogue is a file <language>.mo in one of the folders of texts. `make build` writes it from texts/.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import json
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

ENGLISH = "en"
NAMES = "names.json"  # in the same folder as the catalogues: the engine's names, and the course's names
_folders: list[Path] = []
_session = ENGLISH  # the language of this kernel; a ContextVar would lose it at the end of the cell
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class Text(str):
    """A sentence that keeps its template and its values: so it can be said in another language later.

    As a string it is the English sentence. template: the sentence with {fields}. values: the fields' values.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, values: dict[str, Any]) -> Text:
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values = template, values
        return made

    def __reduce__(self) -> tuple[type, tuple[str, dict[str, Any]]]:
        return Text, (self.template, self.values)


def text(template: str, /, **values: Any) -> Text:
    """Return a sentence that is said later, perhaps in another language.

    Example:
        >>> text("there are {count} of them", count=3)
        'there are 3 of them'
    """
    return Text(template, values)


def say(sentence: str, /, **values: Any) -> str:
    """Return the sentence in the current language, with the values in its {fields}.

    Example:
        >>> say("{name} is empty", name="x")
        'x is empty'
    """
    if isinstance(sentence, Text):
        sentence, values = sentence.template, {**sentence.values, **values}
    said = _catalogue(spoken()).gettext(sentence) if sentence else ""
    filled = {name: say(each) if isinstance(each, Text) else each for name, each in values.items()}
    return said.format(**filled) if values else said


def later(sentence: str) -> str:
    """Return the sentence unchanged: it is said later. The collecting of texts finds it by this call."""
    return sentence


def called(name: str) -> str:
    """Return the course's name for a function of the engine: the same name, unless course.toml changes it."""
    return _other_names().get(name, name)


def spoken() -> str:
    """Return the current language, such as "en"."""
    return _spoken.get() or _session


def speak(language: str) -> None:
    """Use a language from now on, in this notebook. Raises ValueError if there are no texts in it.

    Example:
        >>> speak("en")
    """
    global _session
    if language not in languages():
        there = ", ".join(languages())
        raise ValueError(f"there are no texts in {language!r} here; there are: {there}.")
    _session = language


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language inside the `with` block; sentences that are not translated are in English."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def languages() -> list[str]:
    """Return the languages in which there are texts."""
    return sorted({ENGLISH, *(path.stem for folder in _folders for path in folder.glob("*.mo"))})


def add_texts(folder: Path) -> None:
    """Use the catalogues in a folder, before those of folders that were added earlier."""
    if folder in _folders:
        return
    _folders.insert(0, folder)
    _catalogue.cache_clear()
    _other_names.cache_clear()


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for path in reversed([folder / f"{language}.mo" for folder in _folders]):
        if path.is_file():
            with path.open("rb") as file:
                other = gettext.GNUTranslations(file)
            other.add_fallback(found)
            found = other
    return found


@functools.cache
def _other_names() -> dict[str, str]:
    paths = [folder / NAMES for folder in _folders]
    return {
        key: name for path in paths if path.is_file() for key, name in json.loads(path.read_text()).items()
    }
