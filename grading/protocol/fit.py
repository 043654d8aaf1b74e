"""What a cell may have taken from the cells after it: words for both sides of the box."""

from __future__ import annotations

from grading.protocol.words import Word


class Unfit(Word):
    """Why a session cannot go on, though it is there."""

    FILES = "no file can be opened"
    PROCESSES = "no process can be started"
