"""Find the time of handing in of a notebook, in timestamp.txt or in a platform's data."""

from __future__ import annotations

from collections.abc import Iterator

from grading.repair.read import Unreadable
from grading.submitted.claims import Candidate, Claim, stamp_for
from grading.submitted.files import FileKind
from grading.submitted.times import FILE, MOST_BYTES, HandedInTime, no_time, time_of
from grading.submitted.tree import Entry


def written_time(claim: Claim) -> HandedInTime:
    """Return the time that the instructor wrote for work in another place, such as a single file or a zip.

    It is the only file in submitted/<student>/<assignment>/. Beside other files, it is the time of these
    files.
    """
    found = (stamp_for(lot, claim.assignment) for lot in claim.lots)
    entry = next((each for each in found if each), None)
    return _time_in(entry) if entry else HandedInTime()


def stamp_of(candidate: Candidate) -> HandedInTime:
    """Return a notebook's time of handing in, from the nearest timestamp.txt around it or from a platform."""
    for entry in _around(candidate):
        return _time_in(entry)
    told = candidate.lot.time
    return time_of(told.encode()) if told else HandedInTime()


def _time_in(entry: Entry) -> HandedInTime:
    if entry.kind is not FileKind.FILE:
        return no_time(f"is {entry.kind}")
    try:
        return time_of(entry.read(MOST_BYTES))
    except Unreadable as error:
        return no_time(f"cannot be read ({error})")


def _around(candidate: Candidate) -> Iterator[Entry]:
    """Yield each timestamp.txt in the notebook's folder, then in the folders above it, within its lot."""
    folders = _folders(candidate)
    for folder in reversed(folders):
        yield from (each for each in folder.below if each.path[-1] == FILE)
    if not folders:
        yield from (each.entry for each in candidate.lot.files if each.path[-1] == FILE)


def _folders(candidate: Candidate) -> list[Entry]:
    found = [candidate.lot.own] if candidate.lot.own else []
    for name in candidate.file.path[:-1] if found else ():
        inner = next((each for each in found[-1].below if each.path[-1] == name), None)
        if inner is None:
            break
        found.append(inner)
    return found
