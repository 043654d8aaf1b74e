"""What of our own files somebody or something has broken, a sentence each, with what becomes of it."""

from __future__ import annotations

from pathlib import Path

from grading.files import is_broken
from grading.run import unclaimed, unmarked
from grading.run.journal import RESULTS, STRANGE, read_journal


def broken_lists(folder: Path) -> list[str]:
    """Return what is to be said of the lists in a folder of results, before a run writes them anew."""
    return [*_lines(folder), *_unmarked(folder), *_unclaimed(folder)]


def _lines(folder: Path) -> list[str]:
    count = len(read_journal(folder).not_understood)
    lines = f"1 line of {RESULTS} is" if count == 1 else f"{count} lines of {RESULTS} are"
    theirs, them = ("Its submission is", "it") if count == 1 else ("Their submissions are", "them")
    what = f"{lines} not understood: cut off, or written by another program"
    return (
        [f"{what}. {theirs} marked again by `make grade`, which keeps {them} in {STRANGE}"] if count else []
    )


def _unmarked(folder: Path) -> list[str]:
    if not is_broken(folder / unmarked.FILE, unmarked.unmarked_in):
        return []
    return [
        f"{unmarked.FILE} is broken, so nobody can tell here who is not marked yet. "
        "`make grade` looks into submitted/ again and writes it anew"
    ]


def _unclaimed(folder: Path) -> list[str]:
    if not is_broken(folder / unclaimed.UNCLAIMED, unclaimed.unclaimed_in):
        return []
    return [
        f"{unclaimed.UNCLAIMED} is broken, so nobody can tell here what in submitted/ belongs to nobody. "
        "`make grade` looks there again and writes it anew"
    ]
