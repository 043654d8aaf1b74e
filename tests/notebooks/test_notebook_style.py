"""Notebooks have the intended length and order of cells, and figures have alt texts.

A whole lesson (LESSONS) has a certain length, figures and the explorer. Another assignment may be as small as
it likes. But what it has must obey the same rules.
"""

import re
import subprocess
import sys
from statistics import median

import nbformat
import pytest
from ours import COURSE, LESSONS, ROOT

from explorer.widget import ABSENT

every_assignment = pytest.mark.parametrize("assignment", COURSE.assignments(), ids=lambda each: each.name)
every_lesson = pytest.mark.parametrize("assignment", list(map(COURSE.assignment, LESSONS)), ids=LESSONS)


def cells(path, kind=None):
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


def ninth_decile(numbers):
    return sorted(numbers)[int(0.9 * len(numbers))]


def code_lines(cell):
    return len([line for line in cell.source.splitlines() if line.strip()])


def lengths(assignment):
    """Return the number of lines of each code cell, and of words of each text cell."""
    lines = [code_lines(cell) for cell in cells(assignment.release, "code")]
    return lines, [len(cell.source.split()) for cell in cells(assignment.release, "markdown")]


@every_lesson
def test_length_and_proportion(assignment):
    lines, words = lengths(assignment)
    assert 40 <= len(lines) + len(words) <= 90
    assert 0.9 <= len(words) / len(lines) <= 1.25
    assert 2 <= median(lines) <= 4
    assert 25 <= median(words) <= 50


@every_assignment
def test_notebooks_and_their_cells_are_short(assignment):
    lines, words = lengths(assignment)
    assert len(lines) + len(words) <= 90
    lines[0] -= 4  # the lines above the imports say what to do if one is missing
    assert assignment.release.stat().st_size <= 64 * 1024
    assert ninth_decile(lines) <= 10
    assert ninth_decile(words) <= 130


@every_assignment
def test_never_more_than_two_code_cells_in_a_row(assignment):
    kinds = "".join(cell.cell_type[0] for cell in cells(assignment.release))
    assert "ccc" not in kinds


@every_assignment
def test_the_first_heading_is_the_only_h1(assignment):
    headings = [
        h for cell in cells(assignment.release, "markdown") for h in re.findall(r"^#+ .*", cell.source, re.M)
    ]
    assert headings[0].startswith("# ")
    assert all(not heading.startswith("# ") for heading in headings[1:])


@every_assignment
def test_an_exercise_asks_for_at_most_eight_lines(assignment):
    for cell in cells(assignment.solution, "code"):
        for block in re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", cell.source, re.DOTALL):
            assert len(block.strip().splitlines()) <= 8, cell.id


@every_assignment
def test_points_are_stated_in_the_prompt(assignment):
    """The last text before a test cell says how many marks it is worth."""
    prompt = ""
    for cell in cells(assignment.release):
        role = cell.metadata.get("nbgrader", {})
        if role.get("grade"):
            worth = f"**{role['points']:g} mark"
            assert worth in prompt, role["grade_id"]
            prompt = ""
        elif cell.cell_type == "markdown":
            prompt += cell.source


@every_assignment
def test_every_figure_has_alt_text(assignment):
    images = [
        image
        for cell in cells(assignment.solution, "code")
        for output in cell.outputs
        for image in re.findall("<img [^>]*>", output.get("data", {}).get("text/html", ""))
    ]
    bare = [
        o
        for cell in cells(assignment.solution, "code")
        for o in cell.outputs
        if "image/png" in o.get("data", {})
    ]
    assert images or assignment.name not in LESSONS
    assert not bare
    for image in images:
        (alt,) = re.findall('alt="([^"]*)"', image)
        assert len(alt.split()) >= 10


@every_assignment
def test_no_cell_needs_the_network(assignment):
    for cell in cells(assignment.release):
        assert not re.search(r"https?://|!pip|%pip|urlopen|requests\.", cell.source), cell.id


@every_lesson
def test_one_cell_has_the_explorer_with_a_question(assignment):
    """Where no widget runs, the cell shows words and a still figure."""
    (cell,) = [cell for cell in cells(assignment.solution, "code") if "\nexplore(" in cell.source]
    assert "nbval-ignore-output" in cell.metadata.tags
    assert re.search(r"ask=question|, question,", cell.source)
    words, still = (output.data for output in cell.outputs)
    assert words == {"text/plain": ABSENT}
    assert "explorer-still" in still["text/html"]
    assert still["text/plain"].startswith("EM on ")


@every_assignment
def test_outputs_are_small_and_hold_no_error(assignment):
    assert assignment.solution.stat().st_size < 1_000_000
    for cell in cells(assignment.solution, "code"):
        for output in cell.outputs:
            assert output.output_type != "error"
            assert output.get("name") != "stderr"


@every_lesson
def test_where_a_part_of_the_course_is_missing_the_first_cell_says_what_to_do(assignment):
    first = cells(assignment.release, "code")[0].source
    for missing in ("helpers", "matplotlib"):  # another Python has none of them, or only some
        bare = f"import sys; sys.modules[{missing!r}] = None\n{first}"
        done = subprocess.run([sys.executable, "-c", bare], cwd=ROOT, capture_output=True, text=True)
        said = done.stderr.splitlines()[-1]
        assert said.startswith("ImportError: ")
        assert "Start it as the README says." in said


@every_lesson
@pytest.mark.parametrize("name", ["helpers", "checks", "explorer"])
def test_if_a_file_hides_one_of_our_packages_the_first_cell_names_it(assignment, name, tmp_path):
    (tmp_path / f"{name}.py").write_text("def check(): pass")
    first = cells(assignment.release, "code")[0].source
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{first}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    said = done.stderr.splitlines()[-1]
    assert said.startswith("ImportError: ")
    assert name in said.split(". This notebook")[0]
    assert "If another file or package has one of these names: rename it" in said


@every_lesson
def test_the_notebook_says_how_to_stop_a_cell_and_has_what_it_recommends(assignment):
    first = cells(assignment.release, "markdown")[1].source
    assert "the square button ■ stops it" in first
    assert re.search(r"`example\(\"(\w+)\"\)`", first)[1] in assignment.mistakes()
    assert "example" in cells(assignment.release, "code")[0].source
