"""The time when each participant handed in, from Moodle's grading worksheet.

Moodle's other download has no times. The column is "Last modified (submission)", in the time zone of the
person who downloaded it (`col_timesubmitted` in `mod/assign/gradingtable.php` of moodle/moodle). A dash
means that nothing was handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from grading.collect.attempts import Attempt, seconds
from grading.doors.moodle import IDENTIFIER, number_in
from grading.doors.sheets import Sheet
from grading.submitted.platforms import MOODLE
from grading.submitted.times import time_of

HANDED_IN = "Last modified (submission)"


def times_in(sheet: Sheet, zone: str) -> dict[str, datetime]:
    """Return the time of each participant, by number, in UTC. Raises ValueError, which says what to do."""
    try:
        ZoneInfo(zone)
    except (ValueError, KeyError, OSError):
        raise ValueError(f"there is no time zone {zone!r}: write one such as Europe/Berlin.") from None
    at, identifier = sheet.column(HANDED_IN), sheet.column(IDENTIFIER) or 0
    if at is None:
        raise ValueError(
            f"{sheet.name} has no column {HANDED_IN}. Set Moodle to English, and download the grading "
            "worksheet again."
        )
    return dict(_times(sheet, at, identifier, zone))


def _times(sheet: Sheet, at: int, identifier: int, zone: str) -> Iterator[tuple[str, datetime]]:
    for row in sheet.rows:
        text, number = row[at].strip(), number_in(row[identifier])
        if number and text not in ("", "-"):
            found = time_of(f"{text} {zone}".encode()).when
            if found is None:
                again = "Set Moodle to English, and download the worksheet again."
                raise ValueError(f"{sheet.name} has the time {text!r}, which is not understood. {again}")
            yield number, found


def timed(attempt: Attempt, times: Mapping[str, datetime]) -> Attempt:
    """Return a submission with its time, if it is from Moodle and the worksheet has a time for it."""
    told = attempt.origin.told if attempt.origin.platform == MOODLE else None
    when = times.get(told.id) if told else None
    return replace(attempt, when=when, order=replace(attempt.order, time=seconds(when))) if when else attempt
