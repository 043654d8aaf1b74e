"""A release adds its number and its date to CHANGELOG.md."""

import datetime

import pytest
from ours import ROOT

from release import changelog

TODAY = datetime.date(2026, 12, 1)
START = "# Changelog\n\n## Unreleased\n\n{}## 0.1.0, 2026-11-26\n\n- First.\n"


def test_the_unreleased_part_gets_the_number_and_the_date():
    told, day = changelog.written(START.format("- A site.\n\n"), "0.2.0", TODAY)
    assert day == TODAY
    new = "## Unreleased\n\n## 0.2.0, 2026-12-01\n\n- A site.\n\n## 0.1.0, 2026-11-26\n\n- First.\n"
    assert told == f"# Changelog\n\n{new}"


def test_without_an_unreleased_part_a_line_says_so_and_no_commits_are_listed():
    told, _ = changelog.written(START.format(""), "0.2.0", TODAY)
    assert f"## 0.2.0, 2026-12-01\n\n{changelog.NOTHING}\n\n## 0.1.0" in told


def test_an_existing_entry_is_kept_with_its_date():
    text = START.format("- Not yet.\n\n")
    assert changelog.written(text, "0.1.0", TODAY) == (text, datetime.date(2026, 11, 26))


def test_the_first_entry_needs_no_entry_before_it():
    told, _ = changelog.written("# Changelog\n\n## Unreleased\n\n- All\n", "1.0", TODAY)
    assert told.endswith("## Unreleased\n\n## 1.0, 2026-12-01\n\n- All\n")


def test_a_changelog_without_a_place_for_an_entry_is_refused():
    with pytest.raises(ValueError, match="no line '## Unreleased'"):
        changelog.written("# Changelog\n", "0.2.0", TODAY)


def test_our_changelog_has_the_line_for_entries():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.UNRELEASED in text
    assert changelog.ENTRY.search(text)
