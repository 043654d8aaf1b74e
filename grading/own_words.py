"""The words of one course: the language of its texts, and its own names. Its course.toml has both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ENGLISH = "en"
FILE = "course.toml"
SETTINGS = ("language", "names")


@dataclass(frozen=True)
class OwnWords:
    """A course's words. language: a short code such as "de". names: its names, by the engine's names."""

    language: str = ENGLISH
    names: Mapping[str, str] = field(default_factory=dict, hash=False)


def own_words(folder: Path) -> OwnWords:
    """Return the words in a folder's course.toml. If there is no such file, return English and no names.

    Raises ValueError, which names the file, if something in it is not understood.
    """
    path = folder / FILE
    if not path.is_file():
        return OwnWords()
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} cannot be read: {error}.") from None
    if unknown := sorted(told.keys() - set(SETTINGS)):
        raise ValueError(
            f"{path} says '{unknown[0]}', which means nothing here. It may say: {', '.join(SETTINGS)}."
        )
    return OwnWords(
        require_language(told.get("language", ENGLISH), path), _names(told.get("names", {}), path)
    )


def require_language(said: object, where: object) -> str:
    """Return a language's short code. Raises ValueError if the value is not such a code."""
    if not isinstance(said, str) or not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", said):
        raise ValueError(f'{where}: the language must be a short code, as in `language = "de"`.')
    return said


def _names(said: object, path: Path) -> dict[str, str]:
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise ValueError(
            f'{path}: each line below [names] gives one name another, as in `compute_means = "mu"`.'
        )
    return {name: other for name, other in said.items() if name != other}
