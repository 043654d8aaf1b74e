"""The time in timestamp.txt: either it is certain, or no time is used and a sentence says why."""

import os
import re

import pytest
from conftest import ROOT
from nbgrader.utils import parse_utc
from submissions.draft import NAME
from test_submitted import BOOK, UNTOUCHED, WORK, look, zipped

from grading.pages.render import sentence
from grading.run.look import TO_DO
from grading.submitted.remarks import Oddity
from grading.submitted.times import time_of

TIMES = {
    "2026-01-01 14:30:00 UTC": "2026-01-01T14:30:00",
    "2026-01-01 14:30:00": "2026-01-01T14:30:00",
    "2026-01-01 14:30": "2026-01-01T14:30:00",
    "2026-01-01T14:30:00Z": "2026-01-01T14:30:00",
    "\ufeff2026-01-01 14:30:00.250000 UTC\r\n": "2026-01-01T14:30:00.250000",
    "2026-01-01 14:30:00 +0200": "2026-01-01T12:30:00",
    "2026-01-01T14:30:00-05:00": "2026-01-01T19:30:00",
    "2026-01-01 14:30:00 EST": "2026-01-01T19:30:00",
    "2026-07-01 14:30:00 CET": "2026-07-01T12:30:00",
    "2026-01-01 14:30:00 Europe/Berlin": "2026-01-01T13:30:00",
    "2026-01-01 14:30:00 Asia/Kolkata": "2026-01-01T09:00:00",
    "Thu, 01 Jan 2026 14:30:00 -0500": "2026-01-01T19:30:00",
    "Thu Jan 1 14:30:00 EST 2026": "2026-01-01T19:30:00",
    "Jan 1, 2026 2:30 PM UTC": "2026-01-01T14:30:00",
    "2026-01-01 2:30 PM": "2026-01-01T14:30:00",
}
POLICIES = ROOT / "docs" / "policies.md"
ZONES = (
    "EDT",
    "CEST",
    "Europe/Foo",
    "CET DST",
    "A",
    "+9999",
    "../../etc/passwd",
    "/etc/localtime",
    "Europe",
    "localtime",
    "posixrules",
)
NO_TIMES = (
    "",
    " \n",
    "sorry, I was ill",
    "Monday",
    "tomorrow",
    "14:30",
    "2026",
    "2026-01-01",
    "1767277800",
    "12/2026 14:30",
    "02.13.2026",
    "99999-01-01 10:00:00 UTC",
    "9999-12-31 23:59:59 -1200",
    "0001-01-01 00:00:00 +0900",
    "2026-02-30 10:00:00 UTC",
    "2026-01-01 25:00:00 UTC",
    "\x00\x1b[31m",
    "1" * 5000,
    "(" * 500,
)


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_in_utc(text):
    told = time_of(text.encode())
    assert (told.when.isoformat(), told.remark) == (TIMES[text], None)


@pytest.mark.parametrize("zone", ZONES)
def test_an_unknown_time_zone_is_reported_and_never_read_as_utc(zone):
    told = time_of(f"2026-01-01 14:30:00 {zone}".encode())
    assert (told.when, told.remark.kind) == (None, Oddity.UNKNOWN_ZONE)
    assert f"the time zone '{zone}' in timestamp.txt is not known" in told.remark.says


TWO_DAYS = ("02.01.2026", "02/01/2026", "2-1-2026 14:30", "01/02/2026 14:30", "1.2.2026, 14:30 +0100")


@pytest.mark.parametrize("text", TWO_DAYS)
def test_a_date_that_can_be_two_days_is_asked_about(text):
    told = time_of(text.encode())
    assert (told.when, told.remark.kind) == (None, Oddity.UNCLEAR_TIME)
    assert told.remark.kind.needs_person
    assert {"'2026-01-02'", "'2026-02-01'"} <= set(told.remark.says.replace(".", " ").split())
    assert "no time (" not in told.remark.says


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_time_that_clocks_skip_or_show_twice_is_asked_about(day):
    told = time_of(f"{day} 02:30:00 Europe/Berlin".encode())
    assert (told.when, told.remark.kind) == (None, Oddity.UNCLEAR_TIME)
    assert "in the hour in which clocks change there" in told.remark.says
    assert time_of(f"{day} 02:30:00 +02:00".encode()).when.hour == 0
    assert time_of(f"{day} 02:30:00".encode()).when.hour == 2


@pytest.mark.parametrize("text", ["13.01.2026 14:30", "01/13/2026 14:30", "13-01-2026 14:30 UTC"])
def test_a_date_that_can_be_one_day_only_is_read(text):
    assert time_of(text.encode()).when.isoformat() == "2026-01-13T14:30:00"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Monday", "timestamp.txt holds no time ('Monday')"),
        ("2026-01-01 14:30 EDT", "'2026-01-01 14:30 EDT'"),
        ("02.01.2026", "the date '02.01.2026'"),
    ],
)
def test_the_sentence_says_what_was_found_and_tells_the_instructor_what_to_write(text, found):
    remark = time_of(text.encode()).remark
    assert found in remark.says
    assert remark.says.endswith("nothing is taken off for being late")
    assert time_of(TO_DO[remark.kind].split("form is ")[1].encode()).when


@pytest.mark.parametrize("text", NO_TIMES)
def test_an_uncertain_time_is_not_used(text):
    told = time_of(text.encode())
    assert (told.when, told.remark.kind) == (None, Oddity.NO_TIME)
    assert "nothing is taken off for being late" in told.remark.says
    assert told.remark.says.isprintable()


def test_bytes_that_are_no_text_are_no_time():
    assert "bytes that are no text" in time_of(b"\xff\xfe\x00").remark.says


def test_the_deadline_in_the_instructions_is_read_correctly():
    """nbgrader, whose gradebook gets the date, reads it in the same way."""
    (said,) = re.findall(r"policy due \S+ '(.*?)'", POLICIES.read_text(encoding="utf-8"))
    assert parse_utc(said) == time_of(said.encode()).when
    assert parse_utc(said).hour == 16


STAMPS = {
    "a named pipe": os.mkfifo,
    "a symbolic link": lambda path: path.symlink_to("/proc/uptime"),
    "a folder": lambda path: path.mkdir(),
    "more than": lambda path: path.write_text("2026-01-01 14:30:00 UTC" + " " * 5000),
}


@pytest.mark.parametrize("stamp", STAMPS)
def test_if_timestamp_txt_is_no_file_there_is_no_time_and_the_notebook_is_read(tmp_path, stamp):
    found, _ = look(tmp_path, {f"bob/{NAME}/{BOOK}": WORK, f"bob/{NAME}/timestamp.txt": STAMPS[stamp]})
    delivery = found[NAME, "bob"]
    assert (delivery.data, delivery.time.when) == (WORK, None)
    assert [each.kind for each in delivery.remarks] == [Oddity.NO_TIME]
    assert stamp in delivery.notes[0]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("timestamp.txt is empty", "timestamp.txt is empty"),
        ("line-fit.ipynb is empty", "line-fit.ipynb is empty"),
        ("e_step is missing", "e_step is missing"),
        ("it is the newer one. e.g. this", "It is the newer one. e.g. this"),
        ("a", "A"),
    ],
)
def test_a_file_name_at_the_beginning_of_a_sentence_gets_no_capital_letter(said, shown):
    assert sentence(said) == shown


ALONE = {f"bob/{NAME}/timestamp.txt": "2026-01-01 14:30:00 UTC"}
ELSEWHERE = {
    "Canvas": {f"bob_LATE_123_456_{BOOK}": WORK},
    "a zip": {"bob.zip": zipped({BOOK: WORK})},
    "a zip with an own time": {"bob.zip": zipped({BOOK: WORK, "timestamp.txt": "2020-01-01 00:00:00 UTC"})},
    "a zip before the folder": {
        f"bob_{NAME}.zip": zipped({BOOK: WORK}),
        "Bob.zip": zipped({BOOK: UNTOUCHED}),
    },
    "a loose notebook": {"bob.ipynb": WORK},
    "a folder too high": {f"bob/{BOOK}": WORK},
    "the assignment first": {f"{NAME}/bob/{BOOK}": WORK},
}


@pytest.mark.parametrize("where", ELSEWHERE)
@pytest.mark.parametrize("stamp_first", [True, False])
def test_a_time_that_the_instructor_writes_counts_wherever_the_notebook_is(tmp_path, where, stamp_first):
    both = (ALONE, ELSEWHERE[where])
    merged = {name: data for each in (both if stamp_first else both[::-1]) for name, data in each.items()}
    found, _ = look(tmp_path, merged)
    delivery = found[NAME, "bob"]
    assert (delivery.data, str(delivery.time.when)) == (WORK, "2026-01-01 14:30:00")
    assert Oddity.LATE_MARK not in {each.kind for each in delivery.remarks}


def test_an_unreadable_written_time_is_reported_and_the_platform_s_late_mark_stays(tmp_path):
    found, _ = look(tmp_path, {**ELSEWHERE["Canvas"], f"bob/{NAME}/timestamp.txt": "2026-02-01"})
    told = {each.kind for each in found[NAME, "bob"].remarks}
    assert {Oddity.NO_TIME, Oddity.LATE_MARK} <= told


NOT_WRITTEN = {
    "in a zip": {"bob.zip": zipped({f"{NAME}/timestamp.txt": "2026-01-01 14:30:00 UTC"})},
    "in a section": {f"a/eve/{NAME}/{BOOK}": WORK, f"a/bob/{NAME}/timestamp.txt": "2026-01-01 14:30:00 UTC"},
    "beside other work": {**ALONE, f"bob/{NAME}/essay.pdf": "%PDF"},
    "of another student": {f"eve/{NAME}/timestamp.txt": "2026-01-01 14:30:00 UTC"},
}


@pytest.mark.parametrize("where", NOT_WRITTEN)
def test_no_time_is_taken_from_places_that_students_can_write(tmp_path, where):
    found, _ = look(tmp_path, {**ELSEWHERE["Canvas"], **NOT_WRITTEN[where]})
    assert found[NAME, "bob"].time.when is None
    assert Oddity.LATE_MARK in {each.kind for each in found[NAME, "bob"].remarks}


def test_a_time_without_work_is_reported(tmp_path):
    found, _ = look(tmp_path, ALONE)
    assert found[NAME, "bob"] == "there is no notebook in the folder (there is: only timestamp.txt)"
    found, inbox = look(tmp_path / "high", {**ELSEWHERE["Canvas"], "bob/timestamp.txt": "2026-01-01"})
    assert found[NAME, "bob"].data == WORK
    assert [each.path for each in inbox.not_understood()] == ["bob"]
