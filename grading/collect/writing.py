"""Write a plan: each submission is complete in the place where the grader looks, or not there at all.

A submission is first written beside the attempts, to the disk, and then moved. Between two moves Ctrl + C
waits. If the power fails just then, the submission that was marked before is an attempt. The next `collect`
then puts the new one in its place. Only the owner may read these files.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from grading.collect.attempts import Attempt, print_of
from grading.collect.lying import COLLECTED, Remembered
from grading.collect.plan import Decision, Plan, Step
from grading.files import PART
from grading.repair.decode import Unreadable
from grading.submitted.times import FILE as TIMESTAMP

FILE_MODE, FOLDER_MODE = 0o600, 0o700
STAGED = ".new"
WAIT = {signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])}
Reader = Callable[[Attempt], Mapping[str, bytes]]  # returns the files of a submission by their names


def write_plan(plan: Plan, read: Reader) -> None:
    """Write the submissions of a plan for one student and one assignment.

    Raises Unreadable if a file cannot be read any more, and OSError if the disk is full or cannot be
    written to.
    """
    lying = plan.lying
    make_folder(lying.kept_in, lying.attempts.parent)
    make_folder(lying.place.parent, lying.submitted.parent)
    written = [each for each in plan.decisions if each.step.is_written]
    try:
        places = (lying.kept_in / f"{STAGED}{at}" for at in count())
        staged = [(each, _staged(place, each.attempt, read)) for each, place in zip(written, places)]
        remember(lying.kept_in, lying.remembered | {each.attempt.print: told for each, (_, told) in staged})
        with uninterrupted():
            _move(plan, [(each, folder) for each, (folder, _) in staged])
    finally:
        for left in lying.kept_in.glob(f"{STAGED}*"):
            shutil.rmtree(left, ignore_errors=True)


def make_folder(path: Path, above: Path) -> None:
    """Make a folder and those around it, below `above`, which is there. Only the owner may read them."""
    if path != above and not path.exists():
        make_folder(path.parent, above)
        path.mkdir(FOLDER_MODE, exist_ok=True)


def remember(folder: Path, remembered: Mapping[str, Remembered]) -> None:
    """Write the facts that are remembered of the submissions of one student for one assignment."""
    records = {key: each.record for key, each in remembered.items()}
    part = folder / f"{COLLECTED}{PART}"
    _write(part, json.dumps(records, indent=1, ensure_ascii=False, sort_keys=True).encode())
    os.replace(part, folder / COLLECTED)


def _staged(place: Path, attempt: Attempt, read: Reader) -> tuple[Path, Remembered]:
    """Write a submission beside the attempts. Raises Unreadable if it is not the one that was shown."""
    files = read(attempt)
    if print_of(files) != attempt.print:
        raise Unreadable("it has changed since the table was shown: run the same command again")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(FOLDER_MODE)
    for name, data in files.items():
        path = place / name
        make_folder(path.parent, place)
        _write(path, data)
        os.utime(path, (attempt.order.changed,) * 2)
    if attempt.when:
        _write(place / TIMESTAMP, f"{attempt.when:%Y-%m-%d %H:%M:%S.%f} UTC\n".encode())
    return place, Remembered.from_attempt(attempt, files.get(f"{attempt.assignment}.ipynb", b""))


def _write(path: Path, data: bytes) -> None:
    """Write a new file, to the disk. If there is a link of that name, it is removed and not followed."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(plan: Plan, staged: list[tuple[Decision, Path]]) -> None:
    lying = plan.lying
    for decision, folder in staged:
        if decision.step is Step.AGAIN:
            _note_time(plan, decision.attempt, folder)
        if decision.number:
            folder.rename(lying.kept_in / str(decision.number))
    if plan.kept_as:
        lying.place.rename(lying.kept_in / str(plan.kept_as))
    for decision, folder in staged:
        if decision.step.is_marked:
            _keep_time(lying.place, folder)
            folder.rename(lying.place)


def _note_time(plan: Plan, attempt: Attempt, folder: Path) -> None:
    """Put the time of a submission beside its files, if they are here already and have no time."""
    lying = plan.lying
    here = [*lying.earlier, *([lying.current] if lying.current else [])]
    for each in (each.folder for each in here if each.print == attempt.print):
        if (folder / TIMESTAMP).exists() and not (each / TIMESTAMP).exists():
            (folder / TIMESTAMP).replace(each / TIMESTAMP)


def _keep_time(place: Path, folder: Path) -> None:
    """Keep the timestamp in a folder that has no submission: the instructor wrote this time."""
    if place.exists():
        (place / TIMESTAMP).replace(folder / TIMESTAMP)
        place.rmdir()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl + C and other signals wait until a few moves are done.

    It is not enough to block a signal in this thread: Python accepts it from any other thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # a signal interrupts only the main thread
        return
    came: list[int] = []
    before = {each: signal.signal(each, lambda number, _: came.append(number)) for each in WAIT}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler if handler is not None else signal.SIG_DFL)
    for number in came[:1]:
        signal.raise_signal(number)
