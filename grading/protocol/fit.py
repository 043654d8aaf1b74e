"""What a cell may have taken from the cells after it: words for both sides of the box."""

from __future__ import annotations

from enum import StrEnum


class Unfit(StrEnum):
    """Why a session cannot go on, though it is there."""

    FILES = "no file can be opened"
    PROCESSES = "no process can be started"

    @classmethod
    def known(cls, word: object) -> Unfit | None:
        """Return what a word stands for; None if it is none of these."""
        return next((each for each in cls if each == word), None)
