"""Words that are written in files and messages. Each is a member of an enum."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self


class Word(StrEnum):
    """An enum of words. The program that reads a word may know fewer words than the program that wrote it."""

    @classmethod
    def known(cls, word: Any) -> Self | None:
        """Return the member for a word; None if this version of the program does not know the word."""
        return next((each for each in cls if each == word), None)
