"""A memory of the last run: if a new run would change nothing, it can end at once with the same words.

Importing this module is cheap. For each file that a run reads or writes, the data of the file system are
compared: size, times, and number. Nobody can set the time at which a file's entry was last changed (ctime).
So a submission is noticed even if another of the same size and time has replaced it.
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
MADE = ("__pycache__", ".ipynb_checkpoints")  # folders of other programs; no run reads them
MOST = 200_000  # files: if there are more, they are not compared


@dataclass(frozen=True)
class LastRun:
    """What a run was asked, the files that it read and wrote, their state, and the lines to print again."""

    asked: str
    places: tuple[str, ...]
    seen: str
    lines: tuple[str, ...]


def asked_for(*options: object) -> str:
    """Return a hash of what a run is asked for and what it runs on. The same hash means the same run."""
    packages = sorted(os.listdir(sysconfig.get_path("purelib")))
    return _digest([repr(options), sys.version, os.environ.get("GRADING_HIDDEN", ""), *packages])


def said_again(folder: Path, asked: str) -> tuple[str, ...]:
    """Return the lines that the last run would print again; nothing if a new run would have work to do.

    folder: the folder of results.
    """
    last = read_json(folder / FILE, _last_run, None)
    if last is None or last.asked != asked or last.seen != seen(map(Path, last.places)):
        return ()
    return last.lines


def remember(folder: Path, run: LastRun) -> None:
    """Write the memory of the run into the folder of results."""
    replace_file(folder / FILE, json.dumps(asdict(run), indent=1) + "\n")


def seen(places: Iterable[Path]) -> str:
    """Return a hash of the state of these files, and of all files in these folders; "" if too many."""
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
    """Yield a line for a file; for a folder a line for each file in it, sorted. No link is followed."""
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
