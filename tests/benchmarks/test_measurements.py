"""Figures that were measured are only in the places where commands write them."""

import re
import subprocess
import sys

import pytest
from ours import ROOT

from benchmarks.__main__ import PARTS, SPEED
from benchmarks.answers import COMMAND, TEACH
from benchmarks.documents import (
    CLASS,
    MACHINES,
    MEASUREMENTS,
    TRUST,
    by_hand,
    sections,
    within,
    write_sections,
)

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
MEASURED = sections(TEXTS[MEASUREMENTS])
NUMBER = r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])"
# Numbers in these are not measurements: versions, addresses, programs.
NO_FIGURES = r"(?ms)^```.*?^```$|`[^`\n]*`|\]\([^)]*\)|\b(Python|Kubernetes|Ubuntu|nbgrader|version) [\d.]+"


def numbers(text):
    """Return the numbers in a text, without commas for thousands."""
    return {found.replace(",", "").rstrip(".") for found in re.findall(NUMBER, text)}


def cells(section):
    """Return the cells of tables, without the first column and the head."""
    rows = re.findall(r"^\|[^|]*\|(.*)\|$", section, re.M)
    heads = re.findall(r"^\|[^|]*\|(.*)\|\n\|---", section, re.M)
    return "\n".join(row for row in rows if row not in heads)


def figures(section):
    """Return the numbers of a section that can be only its own: with decimals, or large and not round.

    In sentences and heads of tables large numbers are sizes, which other documents may name.
    """
    decimal = {each for each in numbers(section) if "." in each and float(each) != 1}
    return decimal | {each for each in numbers(cells(section)) if len(each) > 2 and not each.endswith("0")}


ALL = {each: command for command, section in MEASURED.items() for each in figures(section)}


def test_measured_figures_are_recognised():
    """The test below must find these. Once they were typed by hand."""
    assert {PARTS[name].command for name in (*SPEED, "mutants")} <= set(ALL.values())
    row = "| memory, MB | 352 (1.00) | 295 (0.84) |\n\nA task of 2 seconds takes 0.4% longer, N = 1,500."
    assert figures(f"| of 123 | 456 |\n|---|---|\n{row}") == {"352", "295", "0.84", "0.4"}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_figure_that_was_measured_is_typed_by_hand(name):
    text = re.sub(NO_FIGURES, "", by_hand(TEXTS[name]))
    typed = {each: ALL[each] for each in numbers(text) & set(ALL)}
    assert not typed, f"{name} has figures of {MEASUREMENTS}: let the command write them, or refer to it"


@pytest.mark.parametrize("name", ["mutants", "stock", *SPEED])
def test_the_sentence_above_a_table_has_only_figures_of_the_table(name):
    said, _, tables = MEASURED[PARTS[name].command].partition("\n\n")
    assert "\n" not in said
    assert said.endswith(".")
    assert numbers(said) <= numbers(tables)


def test_every_measurement_has_its_place():
    assert set(MEASURED) == {part.command for part in PARTS.values()}
    places = {"alike": CLASS, "leaks": TRUST, "fair": TRUST, "marking": MACHINES}
    told = {(name, command) for name, text in TEXTS.items() for command in sections(text)}
    said = {(place, PARTS[name].command) for name, place in places.items()}
    assert told == said | {(TEACH, COMMAND)} | {(MEASUREMENTS, command) for command in MEASURED}
    for text in TEXTS.values():
        assert text.count("<!-- written by ") == text.count("<!-- end -->") == len(sections(text))


def test_the_numbers_for_a_large_class_are_those_of_the_table():
    """S, D and W of docs/many-machines.md are numbers of the table."""
    said, table = sections(TEXTS[MACHINES]), MEASURED[PARTS["marking"].command]
    S, D, W = re.findall(r"\| ([\d.]+) \|$", said[PARTS["marking"].command], re.M)
    assert re.search(r"CPU seconds per submission .*\| ([\d.]+) \(", table)[1] == S
    assert float(re.search(r"takes ([\d.]+)% longer", table)[1]) == pytest.approx(100 * float(D))
    assert re.search(r"takes ([\d.]+) seconds to read", table)[1] == W


def test_sections_replace_older_ones_and_nothing_else():
    text = "before\n<!-- written by make bench -->\nold\n<!-- end -->\nafter\n"
    changed = within(text, "make bench", "new")
    assert changed == "before\n<!-- written by make bench -->\nnew\n<!-- end -->\nafter\n"
    assert sections(changed) == {"make bench": "new"}
    assert by_hand(changed) == "before\n\nafter\n"
    with pytest.raises(ValueError, match=r"docs/measurements\.md has lost its line"):
        within("no place", "make bench", "new")


def test_nothing_is_written_if_a_place_is_missing(tmp_path):
    (tmp_path / "a.md").write_text("<!-- written by make x -->\n<!-- end -->\n")
    (tmp_path / "b.md").write_text("nothing\n")
    with pytest.raises(ValueError, match=r"b\.md has lost its line"):
        write_sections("make x", {"a.md": "1", "b.md": "1"}, tmp_path)
    assert (tmp_path / "a.md").read_text() == "<!-- written by make x -->\n<!-- end -->\n"
    write_sections("make x", {"a.md": "1"}, tmp_path)
    assert (tmp_path / "a.md").read_text() == "<!-- written by make x -->\n1\n<!-- end -->\n"


def test_the_command_says_what_it_can_measure():
    command = [sys.executable, "-m", "benchmarks"]
    shown = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert all(name in shown.stdout for name in PARTS)
    refused = subprocess.run([*command, "weather"], cwd=ROOT, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "there is no part weather" in refused.stderr


@pytest.mark.instructor
@pytest.mark.long
def test_every_part_can_be_imported():
    imports = "\n".join(f"from {part.module} import measured" for part in PARTS.values())
    done = subprocess.run([sys.executable, "-c", imports], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
