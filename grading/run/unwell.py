"""Which of the grader's own files are broken: a sentence for each, with what happens to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grading.files import is_broken
from grading.run import unclaimed, unmarked
from grading.run.journal import RESULTS, STRANGE, read_journal
from grading.run.sound import damage

# For each list that may be broken, by its name: how it is read, and the sentence if it is broken.
LISTS: dict[str, tuple[Callable[[Any], Any], str]] = {
    unmarked.FILE: (
        unmarked.unmarked_in,
        f"{unmarked.FILE} is broken, so nobody can tell here who is not marked yet. "
        "`make grade` looks into submitted/ again and writes it anew",
    ),
    unclaimed.UNCLAIMED: (
        unclaimed.unclaimed_in,
        f"{unclaimed.UNCLAIMED} is broken, so nobody can tell here what in submitted/ belongs to nobody. "
        "`make grade` looks there again and writes it anew",
    ),
}


def broken_files(folder: Path) -> list[str]:
    """Return sentences about all broken files, also the gradebook, for programs that only read them."""
    return [*broken_lists(folder), *damage(folder / "gradebook.db")]


def broken_lists(folder: Path) -> list[str]:
    """Return sentences about broken lists in a folder of results, before a run writes them again."""
    lists = [said for name, (form, said) in LISTS.items() if is_broken(folder / name, form)]
    return [*_lines(folder), *lists]


def _lines(folder: Path) -> list[str]:
    count = len(read_journal(folder).not_understood)
    lines, them = (
        (f"1 line of {RESULTS} is", "it") if count == 1 else (f"{count} lines of {RESULTS} are", "them")
    )
    what = f"`make grade` moves {them} to {STRANGE}, and marks again only who has no other line"
    return [f"{lines} broken. {what}"] if count else []
