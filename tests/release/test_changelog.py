"""CHANGELOG.md: what a release writes into it."""

import datetime

import pytest
from ours import ROOT

from release import changelog

TODAY = datetime.date(2026, 12, 1)
START = "# Changelog\n\n## Unreleased\n\n{}## 0.1.0, 2026-11-26\n\n- First.\n"


def test_what_people_wrote_gets_the_number_and_the_day():
    told, day = changelog.written(START.format("- A site.\n\n"), "0.2.0", TODAY)
    assert day == TODAY
    new = "## Unreleased\n\n## 0.2.0, 2026-12-01\n\n- A site.\n\n## 0.1.0, 2026-11-26\n\n- First.\n"
    assert told == f"# Changelog\n\n{new}"


def test_where_nobody_wrote_it_says_so_and_shows_nobody_the_commits():
    told, _ = changelog.written(START.format(""), "0.2.0", TODAY)
    assert f"## 0.2.0, 2026-12-01\n\n{changelog.NOTHING}\n\n## 0.1.0" in told


def test_an_entry_that_is_there_stays_and_keeps_its_day():
    text = START.format("- Not yet.\n\n")
    assert changelog.written(text, "0.1.0", TODAY) == (text, datetime.date(2026, 11, 26))


def test_the_first_entry_needs_none_before_it():
    told, _ = changelog.written("# Changelog\n\n## Unreleased\n\n- All\n", "1.0", TODAY)
    assert told.endswith("## Unreleased\n\n## 1.0, 2026-12-01\n\n- All\n")


def test_where_there_is_no_place_for_an_entry_it_says_so():
    with pytest.raises(ValueError, match="no line '## Unreleased'"):
        changelog.written("# Changelog\n", "0.2.0", TODAY)


def test_ours_has_its_line():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.UNRELEASED in text
    assert changelog.ENTRY.search(text)
