"""What the last run saw and left: a run of which nothing would be different says so at once.

Importing this module is cheap. What is compared is what the file system says of each file that a run reads
or writes: size, times, and number. Nobody can set the time of the last change of a file's entry (ctime), so a
submission that was replaced by one of the same size and time is seen.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grading.files import read_json, replace_file

FILE = "last-run.json"
MADE = ("__pycache__", ".ipynb_checkpoints")  # of other programs; no run reads these
MOST = 200_000  # files: a folder that holds more is not compared


@dataclass(frozen=True)
class LastRun:
    """What a run was asked, which files it read and wrote, how these were, and what it would say again."""

    asked: str
    places: tuple[str, ...]
    seen: str
    lines: tuple[str, ...]


def asked_for(*options: object) -> str:
    """Return in a word what a run is asked for, with what it runs on: the same word means the same run."""
    packages = sorted(os.listdir(sysconfig.get_path("purelib")))
    return _digest([repr(options), sys.version, os.environ.get("GRADING_HIDDEN", ""), *packages])


def said_again(folder: Path, asked: str) -> tuple[str, ...]:
    """Return what the last run would say again; nothing if another would have something to do.

    folder: where its results are.
    """
    last = read_json(folder / FILE, _last_run, None)
    if last is None or last.asked != asked or last.seen != seen(map(Path, last.places)):
        return ()
    return last.lines


def remember(folder: Path, run: LastRun) -> None:
    """Write it beside the results."""
    replace_file(folder / FILE, json.dumps(asdict(run), indent=1) + "\n")


def seen(places: Iterable[Path]) -> str:
    """Return what tells these files, and all files in these folders, from what they were; "" if too many."""
    told = []
    for each in (found for place in places for found in _below(place)):
        told.append(each)
        if len(told) > MOST:
            return ""
    return _digest(told)


def _last_run(told: dict) -> LastRun | None:
    last = LastRun(told["asked"], tuple(told["places"]), told["seen"], tuple(told["lines"]))
    return last if last.seen and all(isinstance(each, str) for each in last.lines) else None


def _below(place: Path) -> Iterator[str]:
    """A line for a file; for a folder one for each file in it, in order. No link is followed."""
    try:
        told = os.lstat(place)
    except OSError:
        yield f"{place} is not there"
        return
    if not _is_folder(told):
        yield _line(os.fspath(place), told)
        return
    for at, folders, files in os.walk(place):
        folders[:] = sorted(each for each in folders if each not in MADE)
        yield at
        yield from _lines(at, files)


def _lines(at: str, files: Sequence[str]) -> Iterator[str]:
    for name in sorted(files):
        path = os.path.join(at, name)
        try:
            yield _line(path, os.lstat(path))
        except OSError:  # it was removed just now
            yield f"{path} is gone"


def _line(path: str, told: os.stat_result) -> str:
    return f"{path} {told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino} {told.st_mode}"


def _is_folder(told: os.stat_result) -> bool:
    return (told.st_mode & 0o170000) == 0o040000


def _digest(texts: Iterable[str]) -> str:
    made = hashlib.sha256()
    for text in texts:
        made.update(text.encode(errors="surrogateescape") + b"\0")
    return made.hexdigest()
