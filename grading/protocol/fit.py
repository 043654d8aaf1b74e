"""Words for both sides of the box: the resource that a cell used up, so that the cells after it lack it."""

from __future__ import annotations

from grading.protocol.words import Word


class Unfit(Word):
    """The reason why a session cannot continue, although its process is alive."""

    FILES = "no file can be opened"
    PROCESSES = "no process can be started"
