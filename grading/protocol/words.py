"""Words that stand in files and messages, each a member of an enum."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self


class Word(StrEnum):
    """An enum of words. Who reads a word may know fewer of them than who wrote it."""

    @classmethod
    def known(cls, word: Any) -> Self | None:
        """Return what a word stands for; None if this version does not know it."""
        return next((each for each in cls if each == word), None)
