"""Parse the time of handing in from timestamp.txt.

A time that is not certain does not count. An unknown zone is never read as UTC. Only a time without any zone
is in UTC, as in nbgrader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil import parser

from grading.submitted.names import shown
from grading.submitted.remarks import Oddity, Remark

FILE, MOST_BYTES, MOST_SHOWN = "timestamp.txt", 1_000, 40
YEARS = range(1990, 2101)
DATE = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)\s*(.*)", re.DOTALL)
OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d\d?)(?::?(\d\d))?", re.IGNORECASE)
GREENWICH = ("", "Z", "UTC", "GMT")
SLASHED = re.compile(r"\s*(\d\d?)([./-])(\d\d?)\2(\d{4})\b")  # the day may come first, or the month
# Files of the zone database that are not zones: for this computer, with New York's rules, with leap seconds.
OTHER_CLOCKS = ("localtime", "posix", "right/", "Factory")
NOTHING_OFF = "So it is not known when this was handed in, and nothing is taken off for being late"


@dataclass(frozen=True)
class HandedInTime:
    """A time in UTC, without a zone, as the gradebook keeps it. remark: the reason if there is no time."""

    when: datetime | None = None
    remark: Remark | None = None


class _UnknownZone(Exception):
    """The error for a zone that is not in the zone database. The message is its name."""


class _ClockChange(Exception):
    """The error for a time in the hour that clocks skip, or show twice."""


class _TwoDays(Exception):
    """The error for a date that can be read in two ways. The arguments are both dates."""


def time_of(data: bytes) -> HandedInTime:
    """Return the time in a timestamp.txt with any content. Raises no error."""
    try:
        text = data[:MOST_BYTES].decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        return no_time("holds bytes that are no text")
    if not text:
        return no_time("is empty")
    try:
        _refuse_two_days(text)
        return HandedInTime(_in_utc(_parsed(text)))
    except _TwoDays as both:
        one, other = (f"'{each:%Y-%m-%d}'" for each in both.args)
        found = f"the date '{_short(text)}' in {FILE} can be {one} or {other}"
        return _unknown(Oddity.UNCLEAR_TIME, found)
    except _ClockChange:
        found = f"the time '{_short(text)}' in {FILE} is in the hour in which clocks change there"
        return _unknown(Oddity.UNCLEAR_TIME, found)
    except _UnknownZone as error:
        found = f"the time zone '{_short(str(error))}' in {FILE} is not known (it says '{_short(text)}')"
        return _unknown(Oddity.UNKNOWN_ZONE, found)
    except Exception:  # the library that parses times raises more kinds of errors than it documents
        return no_time(f"holds no time ('{_short(text)}')")


def no_time(what: str) -> HandedInTime:
    """Return a missing time with its reason. what: words that follow "timestamp.txt" in a sentence."""
    return _unknown(Oddity.NO_TIME, f"{FILE} {what}")


def _unknown(kind: Oddity, found: str) -> HandedInTime:
    """Return a missing time. Its remark says what was found and that no marks are taken off.

    It does not say which forms of time are accepted: only the instructor needs to know these.
    """
    return HandedInTime(None, Remark(kind, f"{found}. {NOTHING_OFF}"))


def _refuse_two_days(text: str) -> None:
    """Raise _TwoDays if it is not clear which number is the day, as in 02.01.2026 or 02/01/2026."""
    found = SLASHED.match(text)
    if found:
        first, second, year = (int(found[n]) for n in (1, 3, 4))
        if first != second and 0 < first <= 12 and 0 < second <= 12 and year in YEARS:
            raise _TwoDays(date(year, second, first), date(year, first, second))


def _short(text: str) -> str:
    line = " ".join(shown(text).split())
    return line if len(line) <= MOST_SHOWN else f"{line[:MOST_SHOWN]} …"


def _parsed(text: str) -> datetime:
    """Parse a time with its zone. Raises ValueError, _UnknownZone, and all errors of dateutil."""
    found = DATE.fullmatch(text)
    if found and found.group(2).upper() not in ("AM", "PM"):
        return datetime.fromisoformat(found.group(1).replace(",", ".")).replace(tzinfo=_zone(found.group(2)))
    name = re.search(r"\s([A-Za-z_]+/[A-Za-z0-9_/+-]+)$", text)
    if name:
        return _certain(text[: name.start()]).replace(tzinfo=_zone(name.group(1)))
    return _certain(text)


def _certain(text: str) -> datetime:
    """Parse a time. Raises ValueError if a part is missing, or if day and month can be mixed up."""
    if len(text) > 100:
        raise ValueError("this is longer than a time")
    ways = [
        parser.parse(text, default=datetime(*day), tzinfos=_named_zone, dayfirst=first)
        for day, first in (
            ((2001, 1, 1, 1, 1), False),
            ((2002, 2, 2, 2, 2), False),
            ((2001, 1, 1, 1, 1), True),
        )
    ]
    if len({each.replace(second=0, microsecond=0) for each in ways}) > 1:
        raise ValueError("a part of it is missing, or can be read in two ways")
    return ways[0] if ways[0].tzinfo else ways[0].replace(tzinfo=UTC)


def _named_zone(name: str | None, offset: int | None) -> tzinfo:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return _zone(name or "")


def _zone(name: str) -> tzinfo:
    """Return the zone of a name in the zone database, or of an offset. Raises _UnknownZone."""
    if name.upper() in GREENWICH:
        return UTC
    offset = OFFSET.fullmatch(name)
    if offset:
        sign, hours, minutes = offset.groups()
        away = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if away <= timedelta(hours=14) and int(minutes or 0) < 60:
            return timezone(away if sign == "+" else -away)
    if name.startswith(OTHER_CLOCKS):
        raise _UnknownZone(name)
    try:
        return ZoneInfo(name)  # for any name, it looks only in its own folders
    except (ValueError, KeyError, OSError):
        raise _UnknownZone(name) from None


def _in_utc(when: datetime) -> datetime:
    if when.year not in YEARS:
        raise ValueError("nobody handed anything in then")
    if when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset():
        raise _ClockChange
    return when.astimezone(UTC).replace(tzinfo=None)
