"""Files that must not be lost: they are renamed, or replaced in one step."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from grading.private import make_folder, opener

T = TypeVar("T")
PART = ".part"  # the end of a file's name while the file is being written
WHAT_TO_DO = {
    errno.EISDIR: "there is a folder where a file should be. Move it away, and run the same command again",
    errno.ENOTDIR: "there is a file where a folder should be. Move it away, and run the same command again",
    errno.EACCES: "you may not read or write it. Change its permissions, and run the same command again",
    errno.EROFS: "nothing can be written there. Choose another folder, or make it writable",
    errno.ENOSPC: "the disk is full. Make room, and run the same command again: it goes on from here",
}


def in_words(error: Exception) -> str:
    """Return what went wrong. For errors of the system with a file, return also what to do."""
    what = WHAT_TO_DO.get(error.errno) if isinstance(error, OSError) else None
    return f"{error.filename2 or error.filename}: {what}." if what and error.filename else str(error)


def keep_aside(path: Path, word: str) -> Path:
    """Rename x.txt to x.<word>1.txt, or use the next free number; return the new path."""
    names = (path.with_suffix(f".{word}{n}{path.suffix}") for n in range(1, 10_000))
    return path.rename(next(name for name in names if not name.exists()))


def read_json(path: Path, form: Callable[[Any], T], nothing: T) -> T:
    """Return what `form` makes of a JSON file of the grader; `nothing` if it is missing or broken."""
    return told if (told := _in_form(path, form)) is not None else nothing


def is_broken(path: Path, form: Callable[[Any], Any]) -> bool:
    """Tell whether a JSON file of the grader exists, and `form` cannot read it."""
    return path.exists() and _in_form(path, form) is None


def _in_form(path: Path, form: Callable[[Any], T]) -> T | None:
    try:
        return form(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def replace_file(path: Path, text: str) -> Path:
    """Write a new file in the same folder, then let it replace the old one; return its path.

    So the file is never half written. The new file is on the disk before it replaces the old one, so that a
    power cut cannot leave an empty file. Only the instructor can read it: see grading/private.py.
    """
    make_folder(path.parent)
    part = path.with_name(f"{path.name}{PART}")
    with open(part, "w", encoding="utf-8", errors="replace", newline="", opener=opener) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    return path
