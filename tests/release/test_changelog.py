"""CHANGELOG.md: what a release writes into it."""

import datetime

import pytest

from release import changelog

TODAY = datetime.date.today()
START = "# Changelog\n\n## Unreleased\n\n{}## 0.1.0, 2026-11-26\n\n- First.\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "CHANGELOG.md"


def test_what_people_wrote_gets_the_number_and_the_day(path):
    path.write_text(START.format("- A site.\n\n"))
    assert changelog.write(path, "0.2.0", ["ignored"]) == TODAY
    new = f"## Unreleased\n\n## 0.2.0, {TODAY}\n\n- A site.\n\n## 0.1.0, 2026-11-26\n\n- First.\n"
    assert path.read_text() == f"# Changelog\n\n{new}"


def test_where_nobody_wrote_the_commits_speak(path):
    path.write_text(START.format(""))
    changelog.write(path, "0.2.0", ["A second thing", "A first thing"])
    assert "\n\n- A second thing\n- A first thing\n\n## 0.1.0" in path.read_text()


def test_an_entry_that_is_there_stays_and_keeps_its_day(path):
    path.write_text(START.format("- Not yet.\n\n"))
    assert changelog.write(path, "0.1.0", ["x"]) == datetime.date(2026, 11, 26)
    assert path.read_text() == START.format("- Not yet.\n\n")


def test_the_first_entry_needs_none_before_it(path):
    path.write_text("# Changelog\n\n## Unreleased\n")
    changelog.write(path, "1.0", ["All"])
    assert path.read_text().endswith(f"## Unreleased\n\n## 1.0, {TODAY}\n\n- All\n")


@pytest.mark.parametrize(
    ("text", "subjects", "said"),
    [(START.format(""), [], "There are no commits"), ("# Changelog\n", ["x"], "no line '## Unreleased'")],
)
def test_where_there_is_nothing_to_say_it_says_so(path, text, subjects, said):
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        changelog.write(path, "0.2.0", subjects)
    assert path.read_text() == text


def test_ours_has_its_line():
    from ours import ROOT

    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.UNRELEASED in text
    assert changelog.ENTRY.search(text)
