"""The four notebooks are one course: they share a plan of minutes, symbols, and terms explained in time."""

import re

import pytest
from ours import COURSE, LESSONS, ROOT

every_lesson = pytest.mark.parametrize("assignment", list(map(COURSE.assignment, LESSONS)), ids=LESSONS)
HEADING = re.compile(r"^## (\d+) .* \((optional, )?(\d+) min\)$", re.MULTILINE)
HOURS = {"three and a half hours": 210, "four hours": 240}
STOP = "This is a good place to stop for the day."


def texts(assignment):
    return [cell.source for cell in assignment.cells().cells if cell.cell_type == "markdown"]


@every_lesson
def test_the_minutes_of_the_sections_add_up_to_the_planned_hours(assignment):
    whole = "\n".join(texts(assignment))
    headings = HEADING.findall(whole)
    assert [int(number) for number, _, _ in headings] == list(range(1, len(headings) + 1))
    assert len(headings) == len(re.findall(r"^## \d", whole, re.MULTILINE))
    planned = HOURS[re.search(r"\*\*Plan (.*)\.\*\*", texts(assignment)[0])[1]]
    assert abs(sum(int(minutes) for _, optional, minutes in headings if not optional) - planned) <= 15


@every_lesson
def test_the_first_cell_and_the_section_both_name_the_place_to_stop(assignment):
    first, *others = texts(assignment)
    said = re.search(r"A good place to stop for the day is after section (\d+)\.", " ".join(first.split()))
    section = int(said[1])
    (place,) = (at for at, text in enumerate(others) if STOP in text)
    done = max(int(each[0]) for text in others[: place + 1] for each in HEADING.findall(text))
    assert done == section
    assert others[place].endswith(STOP)
    assert others[place + 1].startswith(f"## {section + 1} ")


@every_lesson
def test_what_is_optional_is_named_in_the_first_cell(assignment):
    first, *others = texts(assignment)
    for number, optional, _ in HEADING.findall("\n".join(others)):
        assert (f"section {number} is optional" in first.lower().replace("\n", " ")) == bool(optional)


@every_lesson
def test_the_table_of_symbols_is_the_last_cell_and_the_first_cell_links_to_it(assignment):
    first, second, *_, last = texts(assignment)
    assert "[The last cell](#Symbols)" in first + second
    assert last == (ROOT / "solutions/symbols.md").read_text(encoding="utf-8").strip()
    assert last.startswith("## Symbols\n")


def test_links_of_the_table_lead_to_the_notebooks():
    text = (ROOT / "solutions/symbols.md").read_text(encoding="utf-8")
    links = dict(re.findall(r"^\[([\w-]+)\]: (\S+)$", text, re.MULTILINE))
    assert sorted(links) == sorted(LESSONS)
    for name, link in links.items():
        assert (COURSE.assignment(name).release.parent / link).resolve() == COURSE.assignment(name).release
        assert f"| [{name}] |" in text


def test_names_of_code_in_the_table_are_in_the_notebooks():
    text = (ROOT / "solutions/symbols.md").read_text(encoding="utf-8")
    notebooks = "".join(COURSE.assignment(name).source.read_text(encoding="utf-8") for name in LESSONS)
    rows = [row.split(" | ") for row in text.splitlines() if row.startswith("| ")][1:]
    names = {name for row in rows for name in re.findall(r"`([\w.]+)", row[1])}
    assert len(names) > 15
    assert [name for name in names if not re.search(rf"\b{re.escape(name)}\b", notebooks)] == []


def test_terms_are_introduced_before_they_are_needed():
    cells = COURSE.assignment("gaussian-mixture").cells().cells
    first = {
        what: next(at for at, cell in enumerate(cells) if found(cell))
        for what, found in {
            "exercise": lambda cell: "solution" in cell.metadata,
            "explorer": lambda cell: "\nexplore(" in cell.source,
            "E-step": lambda cell: "**expectation step** (E-step)" in cell.source,
            "M-step": lambda cell: "**maximisation step** (M-step)" in cell.source,
            "column": lambda cell: "**What is `[:, None]`?**" in cell.source,
            "bound": lambda cell: "**lower bound**" in cell.source,
        }.items()
    }
    used = next(at for at, cell in enumerate(cells) if "[:, None]" in cell.source)
    assert first["E-step"] == first["M-step"] < first["column"] == used < first["exercise"]
    assert first["bound"] < first["explorer"]
